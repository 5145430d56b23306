import { createHmac } from 'node:crypto'

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
/** Milliseconds. */
const STEP = 30_000

function fromBase32(text: string): Uint8Array {
  const bits = Array.from(text.replace(/=+$/, ''), (letter) =>
    BASE32.indexOf(letter.toUpperCase()).toString(2).padStart(5, '0'),
  ).join('')
  return Uint8Array.from(bits.match(/.{8}/g) ?? [], (byte) => Number.parseInt(byte, 2))
}

/** RFC 6238 with its defaults: SHA-1, 30 seconds, six digits. @param now milliseconds */
export function totpCode(secret: string, now: number): string {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(now / STEP)))
  const hash = createHmac('sha1', fromBase32(secret)).update(counter).digest()
  const offset = hash[19]! & 15
  return String((hash.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}

/** The step before and the one after count, too. */
export function isTotpCode(secret: string, code: string, now: number): boolean {
  return [-STEP, 0, STEP].some((shift) => totpCode(secret, now + shift) === code)
}
