import { dnssecStateSchema } from '@zonedeck/shared/dnssec'
import { zoneSettingsSchema } from '@zonedeck/shared/zone'
import { zonePermissionsSchema } from '@zonedeck/shared/zone-permissions'
import * as z from 'zod'
import { signedIn } from '../../http/rights.ts'
import { json, route, router } from '../../http/route.ts'
import { zoneParam } from '../zones/zone-param.ts'
import { exportZone, readDnssec, readPermissions, readSettings } from './service.ts'

const zone = z.strictObject({ connection: z.string().max(80), zone: zoneParam })
const base = '/connections/{connection}/zones/{zone}'
const text: string = 'text/plain'

const settings = route(
  { needs: { right: 'view', on: 'zone' }, stepUp: false },
  {
    method: 'get',
    path: `${base}/settings`,
    summary: 'Options of a zone beside its records, as its server holds them',
    request: { params: zone },
    responses: { 200: json(zoneSettingsSchema, 'Fields with their values; the operation `settings` changes them') },
  },
)

const permissions = route(
  { needs: { right: 'full', on: 'zone' }, stepUp: false },
  {
    method: 'get',
    path: `${base}/permissions`,
    summary: 'The server’s own rights on a zone',
    request: { params: zone },
    responses: { 200: json(zonePermissionsSchema, 'By user and group; the operation `permissions` changes them') },
  },
)

const dnssec = route(
  { needs: { right: 'view', on: 'zone' }, stepUp: false },
  {
    method: 'get',
    path: `${base}/dnssec`,
    summary: 'State, keys and DS of a zone, and what can be done now',
    request: { params: zone },
    responses: { 200: json(dnssecStateSchema, 'The operation `dnssec` does one of its actions') },
  },
)

const file = route(
  { needs: { right: 'view', on: 'zone' }, stepUp: false },
  {
    method: 'get',
    path: `${base}/export`,
    summary: 'The zone file as the server itself writes it',
    request: { params: zone },
    responses: { 200: { description: 'A master file', content: { [text]: { schema: z.string() } } } },
  },
)

export const zoneState = router()
  .openapi(settings, async (c) => {
    const { connection, zone } = c.req.valid('param')
    return c.json(await readSettings(c.get('call'), await signedIn(c), connection, zone), 200)
  })
  .openapi(permissions, async (c) => {
    const { connection, zone } = c.req.valid('param')
    return c.json(await readPermissions(c.get('call'), connection, zone), 200)
  })
  .openapi(dnssec, async (c) => {
    const { connection, zone } = c.req.valid('param')
    return c.json(await readDnssec(c.get('call'), connection, zone), 200)
  })
  .openapi(file, async (c) => {
    const { connection, zone } = c.req.valid('param')
    return c.body(await exportZone(c.get('call'), connection, zone), 200, { 'Content-Type': text })
  })
