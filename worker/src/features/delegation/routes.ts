import { delegationSchema } from '@zonedeck/shared/delegation'
import * as z from 'zod'
import { json, route, router } from '../../http/route.ts'
import { zoneParam } from '../zones/zone-param.ts'
import { readDelegation } from './service.ts'

const read = route(
  { needs: { right: 'view', on: 'zone' }, stepUp: false },
  {
    method: 'get',
    path: '/connections/{connection}/zones/{zone}/delegation',
    summary: 'What the zone above says of this zone: its name servers and DS records, asked over HTTPS',
    request: { params: z.strictObject({ connection: z.string().max(80), zone: zoneParam }) },
    responses: { 200: json(delegationSchema, 'As found just now') },
  },
)

export const delegation = router().openapi(read, async (c) => {
  const { connection, zone } = c.req.valid('param')
  return c.json(await readDelegation(c.get('call'), connection, zone), 200)
})
