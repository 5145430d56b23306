import { invitationPasswordSchema, invitationSchema, invitationTokenSchema } from '@zonedeck/shared/people'
import { meSchema } from '@zonedeck/shared/session'
import { body, json, route, router } from '../../http/route.ts'
import { invitedPasskeyOptions, joinByPasskey, joinByPassword, lookAtInvitation } from './invited.ts'
import { registrationBegun, registrationShape } from './registration.ts'

const joined = json(meSchema, 'Signed in: the session is in the cookie')

const look = route(
  { needs: 'anonymous', stepUp: false },
  {
    method: 'post',
    path: '/invitations/look',
    summary: 'For whom a one-time link is; looking does not use it up',
    request: { body: body(invitationTokenSchema) },
    responses: { 200: json(invitationSchema, 'For whom, and how long it is good') },
  },
)

const password = route(
  { needs: 'anonymous', stepUp: false },
  {
    method: 'post',
    path: '/invitations/use/password',
    summary: 'Uses a one-time link: sets a password, in the place of all the person signed in with before',
    request: { body: body(invitationPasswordSchema) },
    responses: { 200: joined },
  },
)

const options = route(
  { needs: 'anonymous', stepUp: false },
  {
    method: 'post',
    path: '/invitations/use/passkey/options',
    summary: 'Begins to use a one-time link with a passkey',
    request: { body: body(invitationTokenSchema) },
    responses: { 200: registrationBegun },
  },
)

const passkey = route(
  { needs: 'anonymous', stepUp: false },
  {
    method: 'post',
    path: '/invitations/use/passkey',
    summary: 'Uses a one-time link: keeps a passkey, in the place of all the person signed in with before',
    request: { body: body(invitationTokenSchema.extend(registrationShape)) },
    responses: { 200: joined },
  },
)

export const invitations = router()
  .openapi(look, async (c) => c.json(await lookAtInvitation(c, c.req.valid('json').token), 200))
  .openapi(password, async (c) => c.json(await joinByPassword(c, c.req.valid('json')), 200))
  .openapi(options, async (c) => c.json(await invitedPasskeyOptions(c, c.req.valid('json').token), 200))
  .openapi(passkey, async (c) => c.json(await joinByPasskey(c, c.req.valid('json')), 200))
