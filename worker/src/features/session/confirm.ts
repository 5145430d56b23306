import { generateAuthenticationOptions, type PublicKeyCredentialRequestOptionsJSON } from '@simplewebauthn/server'
import type { ConfirmWays, Me } from '@zonedeck/shared/session'
import { coarseNetwork } from '../../http/client.ts'
import type { AppContext } from '../../http/context.ts'
import { digest, makeToken } from '../../http/ids.ts'
import { log } from '../../http/log.ts'
import { ProblemError } from '../../http/problem-error.ts'
import { giveCookie } from '../../http/session.ts'
import { beginCeremony, relyingParty } from '../access/ceremony.ts'
import { passkeysOf } from '../access/passkeys.ts'
import { personByName } from '../access/people.ts'
import { checkPasskey, type PasskeyAnswer } from './passkey.ts'
import { checkPassword } from './password.ts'
import { confirmSession } from './store.ts'

/** How the signed-in person can prove again who they are. */
export async function confirmWays(db: D1Database, me: Me): Promise<ConfirmWays> {
  const [person, passkeys] = await Promise.all([personByName(db, me.name), passkeysOf(db, me.id)])
  return { password: person !== null && person.password !== null, passkey: passkeys.length > 0 }
}

/** Throws 401 for a wrong password, and 429 past the limits of signing in, which it shares. */
export async function confirmByPassword(c: AppContext, me: Me, password: string): Promise<void> {
  if ((await checkPassword(c, 'confirm', me.name, password)) !== me.id) {
    throw new ProblemError(401, 'auth/wrong-credentials', 'The password is wrong')
  }
  await confirm(c, me, 'password')
}

/** The challenge is bound to the session, and only the person's own passkeys are asked for. */
export async function confirmOptions(
  c: AppContext,
  me: Me,
): Promise<{ ceremony: string; options: PublicKeyCredentialRequestOptionsJSON }> {
  const { env, now } = c.get('call')
  const options = await generateAuthenticationOptions({
    rpID: relyingParty(c.req.raw).id,
    userVerification: 'required',
    allowCredentials: await passkeysOf(env.DB, me.id),
  })
  return { ceremony: await beginCeremony(env.DB, `confirm ${me.session}`, options.challenge, now()), options }
}

export async function confirmByPasskey(c: AppContext, me: Me, input: PasskeyAnswer): Promise<void> {
  if ((await checkPasskey(c, input, me)) === null) {
    throw new ProblemError(401, 'auth/wrong-credentials', 'This passkey does not confirm that it is you', {
      detail: 'It is not one of yours, or the attempt took longer than five minutes.',
    })
  }
  await confirm(c, me, 'passkey')
}

/** The session goes on under another token: one that was copied before is not made fresh along with it. */
async function confirm(c: AppContext, me: Me, by: 'password' | 'passkey'): Promise<void> {
  const { env, now, requestId } = c.get('call')
  const token = makeToken()
  const next = { tokenHash: digest(token), now: new Date(now()).toISOString() }
  const session = await confirmSession(env.DB, me.id, me.session, next)
  if (session === null) throw new ProblemError(401, 'auth/signed-out', 'You are signed out')
  giveCookie(c, token, session.remember)
  log({ event: 'confirm', requestId, ok: true, by, network: coarseNetwork(c.req.raw) })
}
