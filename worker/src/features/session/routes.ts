import type { AuthenticationResponseJSON, PublicKeyCredentialRequestOptionsJSON } from '@simplewebauthn/server'
import { confirmInputSchema, confirmWaysSchema, meSchema, sessionSchema, signInSchema } from '@zonedeck/shared/session'
import * as z from 'zod'
import { signedIn } from '../../http/rights.ts'
import { body, json, route, router } from '../../http/route.ts'
import { isObject } from '../access/ceremony.ts'
import { confirmByPasskey, confirmByPassword, confirmOptions, confirmWays } from './confirm.ts'
import { passkeyOptions, signInByPasskey } from './passkey.ts'
import { signInByPassword } from './password.ts'
import { endSession, listSessions, revokeOthers, revokeSession } from './service.ts'

const signedInAs = json(meSchema, 'Signed in: the session is in the cookie')
const ended = { 204: { description: 'Signed out' } }
const confirmed = { 204: { description: 'Confirmed: the session goes on under another token, in the cookie' } }
const begun = json(
  z.strictObject({
    ceremony: z.string(),
    options: z.custom<PublicKeyCredentialRequestOptionsJSON>(isObject).openapi({ type: 'object' }),
  }),
  'What the browser asks the authenticator for (WebAuthn Level 3, PublicKeyCredentialRequestOptionsJSON)',
)
const answer = z.strictObject({
  ceremony: z.string().max(100),
  response: z.custom<AuthenticationResponseJSON>(isObject).openapi({ type: 'object' }),
})

const password = route(
  { needs: 'anonymous', stepUp: false },
  {
    method: 'post',
    path: '/session',
    summary: 'Signs in by name and password',
    request: { body: body(signInSchema) },
    responses: { 200: signedInAs },
  },
)

const options = route(
  { needs: 'anonymous', stepUp: false },
  {
    method: 'post',
    path: '/session/passkey/options',
    summary: 'Begins to sign in by passkey',
    request: { body: body(z.strictObject({})) },
    responses: { 200: begun },
  },
)

const passkey = route(
  { needs: 'anonymous', stepUp: false },
  {
    method: 'post',
    path: '/session/passkey',
    summary: 'Signs in by passkey',
    request: { body: body(answer.extend({ remember: z.boolean().optional() })) },
    responses: { 200: signedInAs },
  },
)

const who = route(
  { needs: 'signed-in', stepUp: false },
  {
    method: 'get',
    path: '/session',
    summary: 'Who is signed in',
    responses: { 200: json(meSchema, 'The caller') },
  },
)

const signOut = route(
  { needs: 'signed-in', stepUp: false },
  {
    method: 'delete',
    path: '/session',
    summary: 'Signs out',
    responses: ended,
  },
)

const list = route(
  { needs: 'signed-in', stepUp: false },
  {
    method: 'get',
    path: '/sessions',
    summary: "The caller's sessions on every device",
    responses: { 200: json(z.array(sessionSchema), 'Newest use first') },
  },
)

const revoke = route(
  { needs: 'signed-in', stepUp: false },
  {
    method: 'delete',
    path: '/sessions/{id}',
    summary: "Ends one of the caller's sessions",
    request: { params: z.strictObject({ id: z.string().max(80) }) },
    responses: ended,
  },
)

const revokeAll = route(
  { needs: 'signed-in', stepUp: false },
  {
    method: 'delete',
    path: '/sessions',
    summary: "Ends all of the caller's sessions but this one",
    responses: ended,
  },
)

const ways = route(
  { needs: 'signed-in', stepUp: false },
  {
    method: 'get',
    path: '/session/confirm',
    summary: 'How the caller can confirm who they are',
    responses: { 200: json(confirmWaysSchema, 'What they have') },
  },
)

const confirmPassword = route(
  { needs: 'signed-in', stepUp: false },
  {
    method: 'post',
    path: '/session/confirm',
    summary: 'Confirms by password who the caller is, for what needs a fresh authentication',
    request: { body: body(confirmInputSchema) },
    responses: confirmed,
  },
)

const confirmBegin = route(
  { needs: 'signed-in', stepUp: false },
  {
    method: 'post',
    path: '/session/confirm/passkey/options',
    summary: 'Begins to confirm by passkey',
    request: { body: body(z.strictObject({})) },
    responses: { 200: begun },
  },
)

const confirmPasskey = route(
  { needs: 'signed-in', stepUp: false },
  {
    method: 'post',
    path: '/session/confirm/passkey',
    summary: 'Confirms by passkey who the caller is, for what needs a fresh authentication',
    request: { body: body(answer) },
    responses: confirmed,
  },
)

export const session = router()
  .openapi(password, async (c) => c.json(await signInByPassword(c, c.req.valid('json')), 200))
  .openapi(options, async (c) => c.json(await passkeyOptions(c), 200))
  .openapi(passkey, async (c) => c.json(await signInByPasskey(c, c.req.valid('json')), 200))
  .openapi(who, async (c) => c.json(await signedIn(c), 200))
  .openapi(ways, async (c) => c.json(await confirmWays(c.env.DB, await signedIn(c)), 200))
  .openapi(confirmPassword, async (c) => {
    await confirmByPassword(c, await signedIn(c), c.req.valid('json').password)
    return c.body(null, 204)
  })
  .openapi(confirmBegin, async (c) => c.json(await confirmOptions(c, await signedIn(c)), 200))
  .openapi(confirmPasskey, async (c) => {
    await confirmByPasskey(c, await signedIn(c), c.req.valid('json'))
    return c.body(null, 204)
  })
  .openapi(signOut, async (c) => {
    await endSession(c, await signedIn(c))
    return c.body(null, 204)
  })
  .openapi(list, async (c) => c.json(await listSessions(c.get('call'), await signedIn(c)), 200))
  .openapi(revoke, async (c) => {
    await revokeSession(c.get('call'), await signedIn(c), c.req.valid('param').id)
    return c.body(null, 204)
  })
  .openapi(revokeAll, async (c) => {
    await revokeOthers(c.get('call'), await signedIn(c))
    return c.body(null, 204)
  })
