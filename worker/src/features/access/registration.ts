import {
  generateRegistrationOptions,
  verifyRegistrationResponse,
  type PublicKeyCredentialCreationOptionsJSON,
  type RegistrationResponseJSON,
  type WebAuthnCredential,
} from '@simplewebauthn/server'
import * as z from 'zod'
import type { AppContext } from '../../http/context.ts'
import { invalid } from '../../http/problem-error.ts'
import { json } from '../../http/route.ts'
import { beginCeremony, endCeremony, isObject, relyingParty } from './ceremony.ts'

type Kind = Extract<Parameters<typeof beginCeremony>[1], `register${string}`>

export interface Registration {
  ceremony: string
  response: RegistrationResponseJSON
}

/** The answer to who begins to make a passkey. */
export const registrationBegun = json(
  z.strictObject({
    ceremony: z.string(),
    options: z.custom<PublicKeyCredentialCreationOptionsJSON>(isObject).openapi({ type: 'object' }),
  }),
  'What the browser asks the authenticator for (WebAuthn Level 3, PublicKeyCredentialCreationOptionsJSON)',
)

/** What the authenticator gave back. */
export const registrationShape = {
  ceremony: z.string().max(100),
  response: z.custom<RegistrationResponseJSON>(isObject).openapi({ type: 'object' }),
}

/** @param id an authenticator that knows this person already puts the new passkey in the old one's place */
export async function beginRegistration(
  c: AppContext,
  kind: Kind,
  { name, id }: { name: string; id?: string },
): Promise<{ ceremony: string; options: PublicKeyCredentialCreationOptionsJSON }> {
  const { env, now } = c.get('call')
  const options = await generateRegistrationOptions({
    rpName: 'Zonedeck',
    rpID: relyingParty(c.req.raw).id,
    userName: name,
    ...(id === undefined ? {} : { userID: new Uint8Array(Buffer.from(id)) }),
    attestationType: 'none',
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  })
  return { ceremony: await beginCeremony(env.DB, kind, options.challenge, now()), options }
}

/** The passkey that was made. Throws 422 when it was made for something else, or too late. */
export async function finishRegistration(
  c: AppContext,
  kind: Kind,
  { ceremony, response }: Registration,
): Promise<WebAuthnCredential> {
  const { env, now } = c.get('call')
  const challenge = await endCeremony(env.DB, kind, ceremony, now())
  const passkey = challenge === null ? null : await verify(c, challenge, response)
  if (passkey !== null) return passkey
  throw invalid([
    { pointer: '/response', detail: 'The passkey was not made for this page, or it took longer than five minutes.' },
  ])
}

async function verify(
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
