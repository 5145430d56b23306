import { meSchema, setupInputSchema } from '@zonedeck/shared/session'
import * as z from 'zod'
import { body, json, route, router } from '../../http/route.ts'
import { registrationBegun, registrationShape } from '../access/registration.ts'
import { isSetUp, passkeyOptions, setUpByPasskey, setUpByPassword } from './service.ts'

const who = setupInputSchema.omit({ password: true })
const owner = json(meSchema, 'The first owner, signed in: the session is in the cookie')

const state = route(
  { needs: 'anonymous', stepUp: false },
  {
    method: 'get',
    path: '/setup',
    summary: 'Is there an owner yet?',
    responses: { 200: json(z.strictObject({ done: z.boolean() }), 'Whether setup is done') },
  },
)

const password = route(
  { needs: 'anonymous', stepUp: false },
  {
    method: 'post',
    path: '/setup/password',
    summary: 'Makes the first owner, with a password; once, by the setup link',
    request: { body: body(setupInputSchema) },
    responses: { 200: owner },
  },
)

const options = route(
  { needs: 'anonymous', stepUp: false },
  {
    method: 'post',
    path: '/setup/passkey/options',
    summary: 'Begins to make the first owner, with a passkey',
    request: { body: body(who) },
    responses: { 200: registrationBegun },
  },
)

const passkey = route(
  { needs: 'anonymous', stepUp: false },
  {
    method: 'post',
    path: '/setup/passkey',
    summary: 'Makes the first owner, with a passkey; once, by the setup link',
    request: { body: body(who.extend(registrationShape)) },
    responses: { 200: owner },
  },
)

export const setup = router()
  .openapi(state, async (c) => c.json({ done: await isSetUp(c.env.DB) }, 200))
  .openapi(password, async (c) => c.json(await setUpByPassword(c, c.req.valid('json')), 200))
  .openapi(options, async (c) => c.json(await passkeyOptions(c, c.req.valid('json')), 200))
  .openapi(passkey, async (c) => c.json(await setUpByPasskey(c, c.req.valid('json')), 200))
