import { connectionSchema } from '@zonedeck/shared/connection'
import * as z from 'zod'
import { signedIn } from '../../http/rights.ts'
import { body, json, route, router } from '../../http/route.ts'
import { addSandboxConnection } from './service.ts'
import { sandboxOffers } from './offers.ts'

const offerSchema = z
  .strictObject({ name: z.string(), provider: z.string(), url: z.string(), blurb: z.string() })
  .meta({ id: 'SandboxOffer' })

const list = route(
  { needs: 'signed-in', stepUp: false },
  {
    method: 'get',
    path: '/sandbox',
    summary: 'Simulated servers that can be connected with one click',
    responses: { 200: json(z.strictObject({ connections: z.array(offerSchema) }), 'None when there is no sandbox') },
  },
)

const add = route(
  { needs: 'owner', stepUp: false },
  {
    method: 'post',
    path: '/connections/sandbox',
    summary: 'Connects to a simulated server; once is enough, a second time gives the same connection',
    request: { body: body(z.strictObject({ name: z.string().max(60) })) },
    responses: { 201: json(connectionSchema, 'The connection') },
  },
)

export const sandbox = router()
  .openapi(list, (c) =>
    c.json(
      {
        connections: sandboxOffers(c.env).map(({ name, provider, url, blurb }) => ({ name, provider, url, blurb })),
      },
      200,
    ),
  )
  .openapi(add, async (c) =>
    c.json(await addSandboxConnection(c.get('call'), await signedIn(c), c.req.valid('json').name), 201),
  )
