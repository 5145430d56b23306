import { createHmac, randomBytes, scrypt, timingSafeEqual } from 'node:crypto'

/** OWASP's scrypt setting for 16 MiB of memory: N = 2^14, r = 8, p = 5. */
const now = { ln: 14, r: 8, p: 5 }
type Cost = typeof now
const keyLength = 32

export interface Verdict {
  ok: boolean
  /** A hash with today's cost, when the stored one has another. */
  rehash?: string
}

/**
 * Hashes a password as a PHC string, `$scrypt$ln=14,r=8,p=5$<salt>$<hash>`. The pepper, a worker secret, goes in first:
 * a stolen database alone cannot be guessed at.
 */
export async function hashPassword(password: string, pepper: string): Promise<string> {
  const salt = randomBytes(16)
  const key = await derive(password, pepper, salt, now)
  return `$scrypt$ln=${now.ln},r=${now.r},p=${now.p}$${unpadded(salt)}$${unpadded(key)}`
}

export async function verifyPassword(password: string, stored: string | null, pepper: string): Promise<Verdict> {
  const known = stored === null ? null : parse(stored)
  const key = await derive(password, pepper, known?.salt ?? randomBytes(16), known?.cost ?? now)
  if (known === null || known.key.length !== key.length || !timingSafeEqual(key, known.key)) return { ok: false }
  const { ln, r, p } = known.cost
  if (ln === now.ln && r === now.r && p === now.p) return { ok: true }
  return { ok: true, rehash: await hashPassword(password, pepper) }
}

function derive(password: string, pepper: string, salt: Buffer, cost: Cost): Promise<Buffer> {
  const peppered = createHmac('sha256', pepper).update(password.normalize('NFC')).digest()
  const options = { N: 2 ** cost.ln, r: cost.r, p: cost.p, maxmem: 2 ** 26 }
  return new Promise((resolve, reject) => {
    scrypt(peppered, salt, keyLength, options, (error, key) => (error === null ? resolve(key) : reject(error)))
  })
}

function parse(text: string): { cost: Cost; salt: Buffer; key: Buffer } | null {
  const match = /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/.exec(text)
  if (match === null) return null
  const [, ln, r, p, salt = '', key = ''] = match
  return {
    cost: { ln: Number(ln), r: Number(r), p: Number(p) },
    salt: Buffer.from(salt, 'base64'),
    key: Buffer.from(key, 'base64'),
  }
}

function unpadded(bytes: Buffer): string {
  return bytes.toString('base64').replace(/=+$/, '')
}
