import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server'
import { createHash } from 'node:crypto'

/** An authenticator in software: one P-256 key, which it lets be used by whom the test says (WebAuthn Level 3). */
export interface Authenticator {
  counter: number
  userVerified: boolean
  register: (challenge: string, origin: string, rpId: string) => RegistrationResponseJSON
  signIn: (challenge: string, origin: string, rpId: string) => Promise<AuthenticationResponseJSON>
}

const encode = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url')
const sha256 = (bytes: string | Uint8Array) => createHash('sha256').update(bytes).digest()

export async function makeAuthenticator(): Promise<Authenticator> {
  const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify'])
  const jwk = await crypto.subtle.exportKey('jwk', pair.publicKey)
  const id = crypto.getRandomValues(new Uint8Array(16))

  const clientData = (type: string, challenge: string, origin: string) =>
    Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }))

  /** RP id hash, flags (present, verified, credential attached), counter (§6.1). */
  const authData = (rpId: string, attached?: Uint8Array) => {
    const head = Buffer.alloc(5)
    head[0] = 0x01 | (authenticator.userVerified ? 0x04 : 0) | (attached ? 0x40 : 0)
    head.writeUInt32BE(authenticator.counter, 1)
    return Buffer.concat([sha256(rpId), head, ...(attached ? [attached] : [])])
  }

  const authenticator: Authenticator = {
    counter: 1,
    userVerified: true,
    register: (challenge, origin, rpId) => {
      // COSE_Key (RFC 9053 §7.1): kty EC2, alg ES256, crv P-256, x, y.
      const key = Buffer.concat([
        Buffer.from([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20]),
        Buffer.from(jwk.x ?? '', 'base64url'),
        Buffer.from([0x22, 0x58, 0x20]),
        Buffer.from(jwk.y ?? '', 'base64url'),
      ])
      const attached = Buffer.concat([Buffer.alloc(16), Buffer.from([0, id.length]), id, key])
      const data = authData(rpId, attached)
      // { fmt: "none", attStmt: {}, authData: bytes } in CBOR.
      const attestation = Buffer.concat([
        Buffer.from([0xa3, 0x63]),
        Buffer.from('fmt'),
        Buffer.from([0x64]),
        Buffer.from('none'),
        Buffer.from([0x67]),
        Buffer.from('attStmt'),
        Buffer.from([0xa0, 0x68]),
        Buffer.from('authData'),
        Buffer.from([0x58, data.length]),
        data,
      ])
      return {
        ...{ id: encode(id), rawId: encode(id), type: 'public-key', clientExtensionResults: {} },
        response: {
          clientDataJSON: encode(clientData('webauthn.create', challenge, origin)),
          attestationObject: encode(attestation),
          transports: ['internal'],
        },
      }
    },
    signIn: async (challenge, origin, rpId) => {
      authenticator.counter++
      const data = authData(rpId)
      const client = clientData('webauthn.get', challenge, origin)
      const signed = await crypto.subtle.sign(
        { name: 'ECDSA', hash: 'SHA-256' },
        pair.privateKey,
        Buffer.concat([data, sha256(client)]),
      )
      return {
        ...{ id: encode(id), rawId: encode(id), type: 'public-key', clientExtensionResults: {} },
        response: {
          clientDataJSON: encode(client),
          authenticatorData: encode(data),
          signature: encode(derSignature(new Uint8Array(signed))),
        },
      }
    },
  }
  return authenticator
}

/** WebAuthn wants ECDSA signatures as ASN.1, WebCrypto gives r and s side by side. */
function derSignature(raw: Uint8Array): Uint8Array {
  const integer = (bytes: Uint8Array) => {
    const start = bytes.findIndex((byte) => byte !== 0)
    const trimmed = bytes.subarray(start === -1 ? bytes.length - 1 : start)
    const positive = (trimmed[0] ?? 0) > 0x7f ? [0, ...trimmed] : [...trimmed]
    return [0x02, positive.length, ...positive]
  }
  const body = [...integer(raw.subarray(0, 32)), ...integer(raw.subarray(32))]
  return Uint8Array.from([0x30, body.length, ...body])
}
