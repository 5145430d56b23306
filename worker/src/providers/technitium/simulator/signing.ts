import { createHash } from 'node:crypto'
import type { DnssecKey } from './dnssec-keys.ts'
import { nameToWire } from './wire-names.ts'

/** What a signed zone has beside its records; those that signing makes are made anew for every answer. */
export interface Signing {
  /** In the order of their DNSKEY records; keys that are only generated have none yet. */
  keys: DnssecKey[]
  /** Seconds. */
  dnsKeyTtl: number
  /** Null for NSEC. */
  nsec3: Nsec3 | null
  /** Milliseconds: what was not changed since was signed then. */
  signedAt: number
}

export interface Nsec3 {
  iterations: number
  salt: Uint8Array
}

const BASE32HEX = '0123456789ABCDEFGHIJKLMNOPQRSTUV'

/** RFC 5155 §5, in base32 as in the record's name. */
export function hashedName(name: string, { iterations, salt }: Nsec3): string {
  let hash = createHash('sha1').update(nameToWire(name)).update(salt).digest()
  for (let round = 0; round < iterations; round++) hash = createHash('sha1').update(hash).update(salt).digest()
  const bits = Array.from(hash, (byte) => byte.toString(2).padStart(8, '0')).join('')
  return bits.replace(/.{5}/g, (five) => BASE32HEX[Number.parseInt(five, 2)]!)
}
