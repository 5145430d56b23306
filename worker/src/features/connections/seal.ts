import { ProblemError } from '../../http/problem-error.ts'
import type { KeyRing } from './key-ring.ts'

/** A value under a key of its own, and that key under the ring's. All base64; a 96-bit IV comes first. */
export interface Sealed {
  kekId: string
  wrappedKey: string
  sealed: string
}

/** Where a value belongs. It cannot be opened anywhere else: a row copied over another one is refused. */
export interface Place {
  connection: string
  field: string
}

const ivLength = 12

export async function seal(ring: KeyRing, place: Place, text: string): Promise<Sealed> {
  const context = binding(place, ring.active)
  const raw = crypto.getRandomValues(new Uint8Array(32))
  const own = await crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt'])
  return {
    kekId: ring.active,
    wrappedKey: await encrypt(await ring.key(ring.active), context, raw),
    sealed: await encrypt(own, context, new TextEncoder().encode(text)),
  }
}

/** Throws 503 when the key is missing or the value was not sealed for this place with it. */
export async function unseal(ring: KeyRing, place: Place, value: Sealed): Promise<string> {
  const context = binding(place, value.kekId)
  const outer = await ring.key(value.kekId)
  try {
    const raw = await decrypt(outer, context, value.wrappedKey)
    const own = await crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['decrypt'])
    return new TextDecoder().decode(await decrypt(own, context, value.sealed))
  } catch {
    throw new ProblemError(503, 'config/kek-missing', 'Credentials cannot be opened', {
      detail: `The worker's secret KEK_${value.kekId} is not the one they were sealed with. Enter them again, or restore it.`,
    })
  }
}

/** Table, row, field, key and format, each of which a swapped ciphertext would have to share. */
function binding({ connection, field }: Place, kekId: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(JSON.stringify(['credentials', connection, field, kekId, 1]))
}

async function encrypt(key: CryptoKey, context: Uint8Array<ArrayBuffer>, plain: Uint8Array<ArrayBuffer>) {
  const iv = crypto.getRandomValues(new Uint8Array(ivLength))
  const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: context }, key, plain)
  return Buffer.concat([iv, new Uint8Array(sealed)]).toString('base64')
}

function decrypt(key: CryptoKey, context: Uint8Array<ArrayBuffer>, text: string): Promise<ArrayBuffer> {
  const bytes = Uint8Array.from(Buffer.from(text, 'base64'))
  const iv = bytes.subarray(0, ivLength)
  return crypto.subtle.decrypt({ name: 'AES-GCM', iv, additionalData: context }, key, bytes.subarray(ivLength))
}
