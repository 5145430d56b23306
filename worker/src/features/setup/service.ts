import { timingSafeEqual } from 'node:crypto'
import {
  generateRegistrationOptions,
  verifyRegistrationResponse,
  type PublicKeyCredentialCreationOptionsJSON,
  type RegistrationResponseJSON,
  type WebAuthnCredential,
} from '@simplewebauthn/server'
import type { Me } from '@zonedeck/shared/session'
import type { AppContext } from '../../http/context.ts'
import { digest, makeId } from '../../http/ids.ts'
import { invalid, notFound, ProblemError } from '../../http/problem-error.ts'
import { accountLimiter, pepperOf, takeFromNetwork } from '../access/attempts.ts'
import { beginCeremony, endCeremony, relyingParty } from '../access/ceremony.ts'
import { insertPasskey } from '../access/passkeys.ts'
import { insertPerson, nameKey } from '../access/people.ts'
import { beginSession } from '../session/begin.ts'

interface Applicant {
  token: string
  name: string
}

export async function isSetUp(db: D1Database): Promise<boolean> {
  return (await db.prepare("SELECT 1 AS found FROM facts WHERE key = 'setup'").first<{ found: 1 }>()) !== null
}

export async function setUpByPassword(c: AppContext, input: Applicant & { password: string }): Promise<Me> {
  const { env } = c.get('call')
  await admit(c, input.token)
  const password = await accountLimiter(env, nameKey(input.name)).hash(input.password, pepperOf(env))
  return makeOwner(c, input.name, password)
}

export async function passkeyOptions(
  c: AppContext,
  input: Applicant,
): Promise<{ ceremony: string; options: PublicKeyCredentialCreationOptionsJSON }> {
  const { env, now } = c.get('call')
  await admit(c, input.token)
  const options = await generateRegistrationOptions({
    rpName: 'Zonedeck',
    rpID: relyingParty(c.req.raw).id,
    userName: input.name,
    attestationType: 'none',
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  })
  return { ceremony: await beginCeremony(env.DB, 'register', options.challenge, now()), options }
}

export async function setUpByPasskey(
  c: AppContext,
  input: Applicant & { ceremony: string; response: RegistrationResponseJSON },
): Promise<Me> {
  const { env, now } = c.get('call')
  await admit(c, input.token)
  const challenge = await endCeremony(env.DB, 'register', input.ceremony, now())
  const passkey = challenge === null ? null : await register(c, challenge, input.response)
  if (passkey === null) {
    throw invalid([
      { pointer: '/response', detail: 'The passkey was not made for this page, or it took longer than five minutes.' },
    ])
  }
  return makeOwner(c, input.name, null, passkey)
}

/** Lets in who has the setup link, until there is an owner. From then on there is nothing here. */
async function admit(c: AppContext, token: string): Promise<void> {
  const { env } = c.get('call')
  if (await isSetUp(env.DB)) throw notFound()
  const expected = env.SETUP_TOKEN ?? ''
  if (expected.length < 20) {
    throw new ProblemError(503, 'config/setup-token-missing', 'Setup is not possible yet', {
      detail: 'The worker has no secret SETUP_TOKEN of at least 20 characters.',
    })
  }
  const right = await takeFromNetwork(c)
  if (!timingSafeEqual(Buffer.from(digest(token)), Buffer.from(digest(expected)))) {
    throw new ProblemError(401, 'auth/wrong-credentials', 'The setup link is not right', {
      detail: 'Open the whole link that was printed when the panel was started or deployed.',
    })
  }
  await right()
}

async function register(
  c: AppContext,
  expectedChallenge: string,
  response: RegistrationResponseJSON,
): Promise<WebAuthnCredential | null> {
  const { id, origin } = relyingParty(c.req.raw)
  try {
    const { verified, registrationInfo } = await verifyRegistrationResponse({
      response,
      expectedChallenge,
      expectedOrigin: origin,
      expectedRPID: id,
      requireUserVerification: true,
    })
    return verified && registrationInfo !== undefined ? registrationInfo.credential : null
  } catch {
    // The library throws for each of the many ways an answer can be wrong; they are all the same to us.
    return null
  }
}

/** Person, passkey, session and the note that setup is done, all or nothing: of two at once, one is too late. */
async function makeOwner(
  c: AppContext,
  name: string,
  password: string | null,
  passkey?: WebAuthnCredential,
): Promise<Me> {
  const { env, now } = c.get('call')
  const at = new Date(now()).toISOString()
  const id = makeId('usr')
  const first = [
    env.DB.prepare("INSERT INTO facts (key, value) VALUES ('setup', ?)").bind(at),
    insertPerson(env.DB, { id, name, owner: true, password, at }),
    ...(passkey === undefined ? [] : [insertPasskey(env.DB, id, passkey, at)]),
  ]
  try {
    return await beginSession(c, id, 'setup', false, first)
  } catch (error) {
    if (await isSetUp(env.DB)) throw notFound()
    throw error
  }
}
