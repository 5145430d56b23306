import type {
  AuthenticationResponseJSON,
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
  RegistrationResponseJSON,
} from '@simplewebauthn/browser'

/** Passkeys need a secure page and a name: browsers refuse them on bare addresses. The reason, or null when they work. */
export function passkeyRefusal(place: Pick<Location, 'hostname'>, secure: boolean): string | null {
  if (/^[\d.]+$|^\[/.test(place.hostname)) return 'Passkeys need a host name: this page was opened by an address.'
  if (!secure) return 'Passkeys need an encrypted page (https).'
  if (typeof PublicKeyCredential === 'undefined') return 'This browser has no passkeys.'
  return null
}

// What the API says of extensions is typed for another library; nothing here uses any.
type Options<T> = Omit<T, 'extensions'>

/** Asks the device to make a passkey. Rejects with a sentence when the person or the device does not. */
export async function makePasskey(
  options: Options<PublicKeyCredentialCreationOptionsJSON>,
): Promise<RegistrationResponseJSON> {
  const { startRegistration } = await import('@simplewebauthn/browser')
  return startRegistration({ optionsJSON: options }).catch((cause: unknown) => {
    throw new Error(sentence(cause, 'made'), { cause })
  })
}

/** Asks the device to prove that it holds a passkey. Rejects with a sentence when the person or the device does not. */
export async function usePasskey(
  options: Options<PublicKeyCredentialRequestOptionsJSON>,
): Promise<AuthenticationResponseJSON> {
  const { startAuthentication } = await import('@simplewebauthn/browser')
  return startAuthentication({ optionsJSON: options }).catch((cause: unknown) => {
    throw new Error(sentence(cause, 'used'), { cause })
  })
}

function sentence(cause: unknown, verb: 'made' | 'used'): string {
  const name = cause instanceof Error ? cause.name : ''
  if (name === 'NotAllowedError' || name === 'AbortError')
    return `No passkey was ${verb}: the device's prompt was closed, or it took too long.`
  if (name === 'InvalidStateError') return 'This device already holds a passkey for this panel.'
  if (name === 'SecurityError')
    return 'Passkeys do not work at this address: open the panel by its host name, with https.'
  return `No passkey was ${verb}: ${cause instanceof Error ? cause.message : String(cause)}`
}
