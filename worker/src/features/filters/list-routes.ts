import { listCheckSchema, listFetchSchema, type ListCheck } from '@zonedeck/shared/content-filter'
import type { TypedResponse } from 'hono'
import * as z from 'zod'
import { signedIn } from '../../http/rights.ts'
import { body, json, route, router } from '../../http/route.ts'
import { readList } from './lists.ts'

const fetchRoute = route(
  { needs: { right: 'view', on: 'connection' }, stepUp: false },
  {
    method: 'post',
    path: '/connections/{connection}/filter/lists/fetch',
    summary: 'Fetches a block list and says what it is; who may not edit, of the configuration or the catalogue only',
    request: { params: z.strictObject({ connection: z.string().max(80) }), body: body(listFetchSchema) },
    responses: { 200: json(listCheckSchema, 'What is there, or why nothing is') },
  },
)

export const filterLists = router().openapi(fetchRoute, async (c) => {
  const { connection } = c.req.valid('param')
  const ownHost = new URL(c.req.url).hostname
  const answer = await readList(c.get('call'), await signedIn(c), connection, c.req.valid('json'), ownHost)
  // It is passed on as it comes, so nothing here has its type.
  return answer as Response & TypedResponse<ListCheck, 200, 'json'>
})
