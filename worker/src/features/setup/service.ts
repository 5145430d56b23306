import { timingSafeEqual } from 'node:crypto'
import type { PublicKeyCredentialCreationOptionsJSON, WebAuthnCredential } from '@simplewebauthn/server'
import type { Me } from '@zonedeck/shared/session'
import type { AppContext } from '../../http/context.ts'
import { digest, makeId } from '../../http/ids.ts'
import { notFound, ProblemError } from '../../http/problem-error.ts'
import { noteAccess } from '../access/access-log.ts'
import { accountLimiter, pepperOf, takeFromNetwork } from '../access/attempts.ts'
import { insertPasskey } from '../access/passkeys.ts'
import { insertPerson, nameKey } from '../access/people.ts'
import { beginRegistration, finishRegistration, type Registration } from '../access/registration.ts'
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
  await admit(c, input.token)
  return beginRegistration(c, 'register', { name: input.name })
}

export async function setUpByPasskey(c: AppContext, input: Applicant & Registration): Promise<Me> {
  await admit(c, input.token)
  return makeOwner(c, input.name, null, await finishRegistration(c, 'register', input))
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
    noteAccess(env.DB, at, { id, name }, id, { did: 'set-up', by: passkey === undefined ? 'password' : 'passkey' }),
  ]
  try {
    return await beginSession(c, id, 'setup', false, first)
  } catch (error) {
    if (await isSetUp(env.DB)) throw notFound()
    throw error
  }
}
