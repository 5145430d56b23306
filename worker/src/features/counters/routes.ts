import { countersSchema } from '@zonedeck/shared/stats'
import * as z from 'zod'
import { json, route, router } from '../../http/route.ts'
import { readCounters } from './service.ts'

const read = route(
  { needs: { right: 'view', on: 'connection' }, stepUp: false },
  {
    method: 'get',
    path: '/connections/{connection}/counters',
    summary: 'What a server counts since it started, and what it holds now',
    request: { params: z.strictObject({ connection: z.string().max(80) }) },
    responses: { 200: json(countersSchema, 'In the order in which they are read best') },
  },
)

export const counters = router().openapi(read, async (c) =>
  c.json(await readCounters(c.get('call'), c.req.valid('param').connection), 200),
)
