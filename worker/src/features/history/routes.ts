import { historyEntrySchema } from '@zonedeck/shared/job'
import * as z from 'zod'
import { signedIn } from '../../http/rights.ts'
import { json, route, router } from '../../http/route.ts'
import { zoneParam } from '../zones/zone-param.ts'
import { findEntry, listHistory } from './service.ts'

const query = z.strictObject({ before: z.string().max(80).optional() })
const entries = json(z.array(historyEntrySchema), 'Newest first, without their changes; `before` asks for older ones')

const all = route(
  { needs: 'signed-in', stepUp: false },
  {
    method: 'get',
    path: '/history',
    summary: 'What was changed, in every zone the caller may see',
    request: { query },
    responses: { 200: entries },
  },
)

const ofZone = route(
  { needs: { right: 'view', on: 'zone' }, stepUp: false },
  {
    method: 'get',
    path: '/connections/{connection}/zones/{zone}/history',
    summary: 'What was changed in a zone',
    request: { params: z.strictObject({ connection: z.string().max(80), zone: zoneParam }), query },
    responses: { 200: entries },
  },
)

const one = route(
  { needs: 'signed-in', stepUp: false },
  {
    method: 'get',
    path: '/history/{id}',
    summary: 'One entry with before and after of each change',
    request: { params: z.strictObject({ id: z.string().max(80) }) },
    responses: { 200: json(historyEntrySchema, 'The entry') },
  },
)

export const history = router()
  .openapi(all, async (c) => c.json(await listHistory(c.get('call'), await signedIn(c), c.req.valid('query')), 200))
  .openapi(ofZone, async (c) =>
    c.json(
      await listHistory(c.get('call'), await signedIn(c), { ...c.req.valid('param'), ...c.req.valid('query') }),
      200,
    ),
  )
  .openapi(one, async (c) => c.json(await findEntry(c.get('call'), await signedIn(c), c.req.valid('param').id), 200))
