import {
  newShareSchema,
  sharedViewSchema,
  shareInputSchema,
  sharePreviewInputSchema,
  shareSchema,
} from '@zonedeck/shared/share'
import * as z from 'zod'
import { signedIn } from '../../http/rights.ts'
import { body, json, route, router } from '../../http/route.ts'
import { addShare, endShare, listShares, previewShare } from './service.ts'

const list = route(
  { needs: 'signed-in', stepUp: false },
  {
    method: 'get',
    path: '/shares',
    summary: 'Links that show statistics of servers on which one may share',
    responses: { 200: json(z.array(shareSchema), 'Newest first') },
  },
)

const preview = route(
  { needs: 'signed-in', stepUp: false },
  {
    method: 'post',
    path: '/shares/preview',
    summary: 'What visitors of such a link would see now, exactly',
    request: { body: body(sharePreviewInputSchema) },
    responses: { 200: json(sharedViewSchema, 'The page') },
  },
)

const add = route(
  { needs: 'signed-in', stepUp: true },
  {
    method: 'post',
    path: '/shares',
    summary: 'Makes a link; needs the right to edit each of its servers',
    request: { body: body(shareInputSchema) },
    responses: { 201: json(newShareSchema, 'The link with its token, which is shown this once') },
  },
)

const end = route(
  { needs: 'signed-in', stepUp: false },
  {
    method: 'delete',
    path: '/shares/{share}',
    summary: 'Ends a link, for those as well who have it open',
    request: { params: z.strictObject({ share: z.string().max(80) }) },
    responses: { 204: { description: 'Ended' } },
  },
)

export const shares = router()
  .openapi(list, async (c) => c.json(await listShares(c.get('call'), await signedIn(c)), 200))
  .openapi(preview, async (c) => c.json(await previewShare(c.get('call'), await signedIn(c), c.req.valid('json')), 200))
  .openapi(add, async (c) => c.json(await addShare(c.get('call'), await signedIn(c), c.req.valid('json')), 201))
  .openapi(end, async (c) => {
    await endShare(c.get('call'), await signedIn(c), c.req.valid('param').share)
    return c.body(null, 204)
  })
