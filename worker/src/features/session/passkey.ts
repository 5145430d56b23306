import {
  generateAuthenticationOptions,
  verifyAuthenticationResponse,
  type AuthenticationResponseJSON,
  type PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/server'
import type { Me } from '@zonedeck/shared/session'
import { coarseNetwork } from '../../http/client.ts'
import type { AppContext } from '../../http/context.ts'
import { log } from '../../http/log.ts'
import { ProblemError } from '../../http/problem-error.ts'
import { beginCeremony, endCeremony, relyingParty } from '../access/ceremony.ts'
import { advanceCounter, findPasskey, type Passkey } from '../access/passkeys.ts'
import { beginSession } from './begin.ts'

/** Any passkey of ours will do: the authenticator knows which, so that no name is asked for and none is given away. */
export async function passkeyOptions(
  c: AppContext,
): Promise<{ ceremony: string; options: PublicKeyCredentialRequestOptionsJSON }> {
  const { env, now } = c.get('call')
  const options = await generateAuthenticationOptions({
    rpID: relyingParty(c.req.raw).id,
    userVerification: 'required',
  })
  return { ceremony: await beginCeremony(env.DB, 'sign-in', options.challenge, now()), options }
}

/** No limit here: nothing can be guessed, and failed passwords must not lock out who has a passkey. */
export async function signInByPasskey(
  c: AppContext,
  input: { ceremony: string; response: AuthenticationResponseJSON; remember?: boolean | undefined },
): Promise<Me> {
  const { env, now, requestId } = c.get('call')
  const challenge = await endCeremony(env.DB, 'sign-in', input.ceremony, now())
  const passkey = typeof input.response.id === 'string' ? await findPasskey(env.DB, input.response.id) : null
  if (challenge === null || passkey === null || !(await isGenuine(c, challenge, passkey, input.response))) {
    log({ event: 'sign-in', requestId, ok: false, by: 'passkey', network: coarseNetwork(c.req.raw) })
    throw new ProblemError(401, 'auth/wrong-credentials', 'This passkey does not open the panel', {
      detail: 'It is not known here, or the attempt took longer than five minutes.',
    })
  }
  return beginSession(c, passkey.userId, 'passkey', input.remember)
}

async function isGenuine(
  c: AppContext,
  expectedChallenge: string,
  passkey: Passkey,
  response: AuthenticationResponseJSON,
): Promise<boolean> {
  const { id, origin } = relyingParty(c.req.raw)
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response,
      expectedChallenge,
      expectedOrigin: origin,
      expectedRPID: id,
      // Compared below, in the statement that stores it: two answers at once cannot both be newer.
      credential: { ...passkey, counter: 0 },
      requireUserVerification: true,
    })
    if (!verified) return false
    if (await advanceCounter(c.env.DB, passkey.id, authenticationInfo.newCounter)) return true
    log({ event: 'passkey-counter', requestId: c.get('call').requestId, user: passkey.userId })
    return false
  } catch {
    // The library throws for each of the many ways an answer can be wrong; they are all the same to us.
    return false
  }
}
