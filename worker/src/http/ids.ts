import { createHash } from 'node:crypto'

const letters = 'abcdefghijklmnopqrstuvwxyz234567'

/** An id of ours: three letters that say what it is of, `_`, 80 random bits. Not a secret. */
export function makeId(kind: 'usr' | 'ses' | 'con' | 'job' | 'acc' | 'tok' | 'shr' | 'pau'): string {
  const random = crypto.getRandomValues(new Uint8Array(16))
  return `${kind}_${Array.from(random, (byte) => letters[byte % 32]).join('')}`
}

/** 256 random bits, base64url: what only its holder knows. We keep its `digest` alone. */
export function makeToken(): string {
  return Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString('base64url')
}

/** SHA-256, hex. */
export function digest(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}
