import type { PublicKeyCredentialCreationOptionsJSON, WebAuthnCredential } from '@simplewebauthn/server'
import type { Invitation } from '@zonedeck/shared/people'
import type { Me } from '@zonedeck/shared/session'
import type { AppContext } from '../../http/context.ts'
import { invalid, ProblemError } from '../../http/problem-error.ts'
import { beginSession } from '../session/begin.ts'
import { noteAccess } from './access-log.ts'
import { accountLimiter, pepperOf, takeFromNetwork } from './attempts.ts'
import { findInvitation, isSpent, takeInvitation, type Opened } from './invitation-store.ts'
import { deletePasskeys, insertPasskey } from './passkeys.ts'
import { endSessions, nameKey, setPassword } from './people.ts'
import { beginRegistration, finishRegistration, type Registration } from './registration.ts'

export async function lookAtInvitation(c: AppContext, token: string): Promise<Invitation> {
  const { name, expiresAt, known } = await open(c, token)
  return { name, expiresAt, known }
}

export async function joinByPassword(c: AppContext, { token, password }: { token: string; password: string }) {
  const { env } = c.get('call')
  const opened = await open(c, token)
  const account = accountLimiter(env, nameKey(opened.name))
  const hash = await account.hash(password, pepperOf(env))
  const me = await join(c, opened, token, { password: hash })
  // Whoever tried the old password too often has a new one now.
  await account.clear()
  return me
}

export async function invitedPasskeyOptions(
  c: AppContext,
  token: string,
): Promise<{ ceremony: string; options: PublicKeyCredentialCreationOptionsJSON }> {
  const { person, name } = await open(c, token)
  return beginRegistration(c, `register ${person}`, { id: person, name })
}

export async function joinByPasskey(c: AppContext, { token, ...answer }: Registration & { token: string }) {
  const opened = await open(c, token)
  const passkey = await finishRegistration(c, `register ${opened.person}`, answer)
  return join(c, opened, token, { passkey })
}

/** Lets in who has a link that is good. The token cannot be guessed; who tries is slowed down all the same. */
async function open(c: AppContext, token: string): Promise<Opened> {
  const { env, now } = c.get('call')
  const right = await takeFromNetwork(c)
  const opened = await findInvitation(env.DB, token, now())
  if (opened === null) throw spent()
  await right()
  return opened
}

function spent(): ProblemError {
  return new ProblemError(404, 'invitation/spent', 'This link opens nothing', {
    detail: 'It was used, a newer one took its place, or it is older than seven days. An owner can make another.',
  })
}

/**
 * What they choose takes the place of all they signed in with before, and ends every session: a link is also how an
 * account comes back from a lost device. All or nothing: of two at once, one is too late.
 */
async function join(
  c: AppContext,
  { person, name }: Opened,
  token: string,
  chosen: { password: string } | { passkey: WebAuthnCredential },
): Promise<Me> {
  const { env, now } = c.get('call')
  const db = env.DB
  const at = new Date(now()).toISOString()
  const passkey = 'passkey' in chosen ? chosen.passkey : null
  const first = [
    ...takeInvitation(db, token, now()),
    endSessions(db, person),
    setPassword(db, person, 'password' in chosen ? chosen.password : null),
    deletePasskeys(db, person),
    ...(passkey === null ? [] : [insertPasskey(db, person, passkey, at)]),
    noteAccess(db, at, { id: person, name }, person, { did: 'join', by: passkey === null ? 'password' : 'passkey' }),
  ]
  try {
    return await beginSession(c, person, 'invitation', false, first)
  } catch (error) {
    if (isSpent(error)) throw spent()
    if (error instanceof Error && error.message.includes('passkeys.id')) {
      throw invalid([{ pointer: '/response', detail: 'This passkey belongs to somebody else here.' }])
    }
    throw error
  }
}
