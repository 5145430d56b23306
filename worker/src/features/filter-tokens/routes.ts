import { filterTokenInputSchema, filterTokenMadeSchema, filterTokenSchema } from '@zonedeck/shared/content-filter'
import * as z from 'zod'
import { signedIn } from '../../http/rights.ts'
import { body, json, route, router } from '../../http/route.ts'
import { listTokens, makeFilterToken, revokeToken } from './service.ts'

const connection = z.strictObject({ connection: z.string().max(80) })
const base = '/connections/{connection}/filter/tokens'
const needs = { right: 'full', on: 'connection' } as const

const list = route(
  { needs, stepUp: false },
  {
    method: 'get',
    path: base,
    summary: 'The tokens of scripts that use the API of the Content Filter’s Web UI through the panel',
    request: { params: connection },
    responses: { 200: json(z.array(filterTokenSchema), 'By name, without what they open the filter with') },
  },
)

const make = route(
  { needs, stepUp: true },
  {
    method: 'post',
    path: base,
    summary: 'Makes a token for a script; it acts in the name of who made it, on this filter alone',
    request: { params: connection, body: body(filterTokenInputSchema) },
    responses: { 201: json(filterTokenMadeSchema, 'The token, shown this once, and the base URL it belongs to') },
  },
)

const revoke = route(
  { needs, stepUp: false },
  {
    method: 'delete',
    path: `${base}/{token}`,
    summary: 'Revokes a token: the next call with it is refused',
    request: { params: connection.extend({ token: z.string().max(80) }) },
    responses: { 204: { description: 'Revoked' } },
  },
)

export const filterTokens = router()
  .openapi(list, async (c) => c.json(await listTokens(c.get('call'), c.req.valid('param').connection), 200))
  .openapi(make, async (c) => {
    const me = await signedIn(c)
    const { origin } = new URL(c.req.url)
    const { connection } = c.req.valid('param')
    return c.json(await makeFilterToken(c.get('call'), me, connection, c.req.valid('json'), origin), 201)
  })
  .openapi(revoke, async (c) => {
    const { connection, token } = c.req.valid('param')
    await revokeToken(c.get('call'), connection, token)
    return c.body(null, 204)
  })
