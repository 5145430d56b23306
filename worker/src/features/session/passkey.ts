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

export interface PasskeyAnswer {
  ceremony: string
  response: AuthenticationResponseJSON
}

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
  input: PasskeyAnswer & { remember?: boolean | undefined },
): Promise<Me> {
  const person = await checkPasskey(c, input)
  if (person !== null) return beginSession(c, person, 'passkey', input.remember)
  throw new ProblemError(401, 'auth/wrong-credentials', 'This passkey does not open the panel', {
    detail: 'It is not known here, or the attempt took longer than five minutes.',
  })
}

/** The id of the person whose passkey has answered the ceremony, or null. For a confirmation it must be that of `me`. */
export async function checkPasskey(c: AppContext, input: PasskeyAnswer, me?: Me): Promise<string | null> {
  const { env, now, requestId } = c.get('call')
  const kind = me === undefined ? 'sign-in' : (`confirm ${me.session}` as const)
  const challenge = await endCeremony(env.DB, kind, input.ceremony, now())
  const passkey = typeof input.response.id === 'string' ? await findPasskey(env.DB, input.response.id) : null
  const possible = challenge !== null && passkey !== null && (me === undefined || me.id === passkey.userId)
  if (possible && (await isGenuine(c, challenge, passkey, input.response))) return passkey.userId
  log({
    event: me === undefined ? 'sign-in' : 'confirm',
    requestId,
    ok: false,
    by: 'passkey',
    network: coarseNetwork(c.req.raw),
  })
  return null
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
