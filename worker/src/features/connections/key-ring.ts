import { variable, type Env } from '../../env.ts'
import { ProblemError } from '../../http/problem-error.ts'

/** Key-encryption keys by id. New values are sealed with the active one; older ones stay readable under theirs. */
export interface KeyRing {
  active: string
  /** Throws 503 when the worker does not have this key. */
  key: (id: string) => Promise<CryptoKey>
}

/** Fails closed: without a whole active key nothing is stored and nothing is read. */
export function keyRing(env: Env): KeyRing {
  const active = env.KEK_ACTIVE ?? ''
  if (keyBytes(env, active) === null) throw missing(active)
  return {
    active,
    key: (id) => {
      const bytes = keyBytes(env, id)
      if (bytes === null) throw missing(id)
      return crypto.subtle.importKey('raw', bytes, 'AES-GCM', false, ['encrypt', 'decrypt'])
    },
  }
}

function keyBytes(env: Env, id: string): Uint8Array<ArrayBuffer> | null {
  if (!/^[A-Za-z0-9]{1,20}$/.test(id)) return null
  const bytes = Uint8Array.from(Buffer.from(variable(env, `KEK_${id}`) ?? '', 'base64'))
  return bytes.length === 32 ? bytes : null
}

function missing(id: string): ProblemError {
  const what = id === '' ? 'KEK_ACTIVE, the id of the key,' : `KEK_${id.slice(0, 20)}, base64 of 32 bytes,`
  return new ProblemError(503, 'config/kek-missing', 'Credentials cannot be opened', {
    detail: `The worker has no secret ${what} with which they are sealed.`,
  })
}
