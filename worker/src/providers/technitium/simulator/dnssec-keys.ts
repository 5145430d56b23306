import { createHash, createPrivateKey, randomBytes } from 'node:crypto'
import { ServerError } from './errors.ts'
import { DNSSEC_ALGORITHMS } from './rdata-digests.ts'
import { nameToWire } from './wire-names.ts'

export type KeyType = 'KeySigningKey' | 'ZoneSigningKey'

/** In the order keys go through them; a key never goes back. */
const KEY_STATES = ['Generated', 'Published', 'Ready', 'Active', 'Retired', 'Revoked'] as const
export type KeyState = (typeof KEY_STATES)[number]

export interface DnssecKey {
  type: KeyType
  /** A name of `DNSSEC_ALGORITHMS`. */
  algorithm: string
  /** Of RSA keys. */
  bits: number | null
  /** As in a DNSKEY record (RFC 3110, 6605, 8080). */
  publicKey: Uint8Array
  state: KeyState
  /** Milliseconds. */
  stateChangedOn: number
  /** Milliseconds: when caches have forgotten what was before this state. */
  nextStateBy: number | null
  isRetiring: boolean
  /** 0 for never. */
  rolloverDays: number
}

/** What a call may ask for; `bits` for RSA alone. */
export interface KeySpec {
  algorithm: string
  bits: number | null
  /** A private key of the caller's own. */
  pem: string | null
}

/** Bytes of a public key and of a signature, of algorithms with one size. */
const SIZES: Readonly<Record<string, { key: number; signature: number; jwk: string }>> = {
  ECDSAP256SHA256: { key: 64, signature: 64, jwk: 'P-256' },
  ECDSAP384SHA384: { key: 96, signature: 96, jwk: 'P-384' },
  ED25519: { key: 32, signature: 64, jwk: 'Ed25519' },
  ED448: { key: 57, signature: 114, jwk: 'Ed448' },
}

function shortType(type: KeyType): string {
  return type === 'KeySigningKey' ? 'KSK' : 'ZSK'
}

export function createKey(type: KeyType, spec: KeySpec, rolloverDays: number, now: number): DnssecKey {
  const made = spec.pem === null ? randomKey(type, spec) : keyFromPem(type, spec.algorithm, spec.pem)
  const key: DnssecKey = {
    type,
    algorithm: spec.algorithm,
    ...made,
    state: 'Generated',
    stateChangedOn: now,
    nextStateBy: null,
    isRetiring: false,
    rolloverDays: 0,
  }
  setRolloverDays(key, rolloverDays)
  return key
}

/** Of the right length, and nothing more: nobody verifies what the simulator signs. */
function randomKey(type: KeyType, { algorithm, bits }: KeySpec): { bits: number | null; publicKey: Uint8Array } {
  const size = SIZES[algorithm]
  if (size) return { bits: null, publicKey: randomBytes(size.key) }
  if (bits === null || bits < 1024 || bits > 4096) throw invalidSize(type, 'keySize')
  const modulus = randomBytes(Math.ceil(bits / 8))
  modulus[0]! |= 0x80
  modulus[modulus.length - 1]! |= 1
  return { bits, publicKey: rsaKey(Uint8Array.of(1, 0, 1), modulus) }
}

function invalidSize(type: KeyType, parameter: string): ServerError {
  return new ServerError(
    `Valid RSA (${shortType(type)}) private key size range is between 1024-4096 bits. (Parameter '${parameter}')`,
  )
}

function rsaKey(exponent: Uint8Array, modulus: Uint8Array): Uint8Array {
  return Uint8Array.of(exponent.length, ...exponent, ...modulus)
}

function keyFromPem(type: KeyType, algorithm: string, pem: string): { bits: number | null; publicKey: Uint8Array } {
  const bytes = (text: unknown) => new Uint8Array(Buffer.from(typeof text === 'string' ? text : '', 'base64url'))
  let jwk: Record<string, unknown>
  try {
    jwk = { ...createPrivateKey(pem).export({ format: 'jwk' }) }
  } catch {
    throw new ServerError(
      'No supported key formats were found. Check that the input represents the contents of a PEM-encoded key file, ' +
        "not the path to such a file. (Parameter 'input')",
    )
  }
  const size = SIZES[algorithm]
  if (!size) {
    const modulus = bytes(jwk['n'])
    if (jwk['kty'] !== 'RSA' || modulus.length < 128 || modulus.length > 512) throw invalidSize(type, 'pemPrivateKey')
    return { bits: modulus.length * 8, publicKey: rsaKey(bytes(jwk['e']), modulus) }
  }
  if (jwk['crv'] !== size.jwk) {
    const curve = algorithm.startsWith('ECDSA')
      ? `The ECDSA (${shortType(type)}) private key must have key size of ${size.key * 4} bits.`
      : `The EdDSA (${shortType(type)}) private key must be for ${size.jwk} curve.`
    throw new ServerError(`${curve} (Parameter 'pemPrivateKey')`)
  }
  return { bits: null, publicKey: Uint8Array.of(...bytes(jwk['x']), ...bytes(jwk['y'])) }
}

export function setRolloverDays(key: DnssecKey, days: number): void {
  if (key.type === 'KeySigningKey') {
    if (days !== 0) throw new ServerError('Automatic rollover is not supported for Key Signing Keys (KSK).')
    return
  }
  if (days > 365) {
    throw new ServerError(
      "Zone Signing Key (ZSK) automatic rollover days valid range is 0-365. (Parameter 'RolloverDays')",
    )
  }
  if (key.state === 'Retired' || key.state === 'Revoked') {
    throw new ServerError('Zone Signing Key (ZSK) automatic rollover cannot be set due to invalid key state.')
  }
  if (key.isRetiring) {
    throw new ServerError('Zone Signing Key (ZSK) automatic rollover cannot be set since it is set to retire.')
  }
  key.rolloverDays = days
}

/** @param seconds until what was before has left the caches; 0 for a state that does not end by itself */
export function setState(key: DnssecKey, state: KeyState, now: number, seconds = 0): void {
  if (KEY_STATES.indexOf(state) <= KEY_STATES.indexOf(key.state)) return
  key.state = state
  key.stateChangedOn = now
  key.nextStateBy = seconds === 0 ? null : now + seconds * 1000
}

export function algorithmNumber(algorithm: string): number {
  return DNSSEC_ALGORITHMS[algorithm] ?? 0
}

export function dnskeyFlags(key: DnssecKey): number {
  return 256 + (key.type === 'KeySigningKey' ? 1 : 0) + (key.state === 'Revoked' ? 128 : 0)
}

/** The DNSKEY record's data (RFC 4034 §2.1). */
function dnskeyWire(key: DnssecKey): Uint8Array {
  const flags = dnskeyFlags(key)
  return Uint8Array.of(flags >> 8, flags & 255, 3, algorithmNumber(key.algorithm), ...key.publicKey)
}

/** RFC 4034 appendix B, and B.1 for RSA/MD5. */
export function keyTag(key: DnssecKey): number {
  const wire = dnskeyWire(key)
  if (key.algorithm === 'RSAMD5') return wire[wire.length - 3]! * 256 + wire[wire.length - 2]!
  const sum = wire.reduce((total, byte, at) => total + (at % 2 === 0 ? byte * 256 : byte), 0)
  return (sum + (sum >>> 16)) & 0xffff
}

/** The digests of a DS record (RFC 4034 §5.1.4), upper-case hexadecimal. */
export function dsDigest(zone: string, key: DnssecKey, hash: 'sha256' | 'sha384'): string {
  return createHash(hash).update(nameToWire(zone)).update(dnskeyWire(key)).digest('hex').toUpperCase()
}

/**
 * As long as a signature of the key is, and the same for the same input; it verifies nothing.
 * @param over what is signed: a change of it changes the signature
 */
export function imitateSignature(key: DnssecKey, over: string): Uint8Array {
  const length = SIZES[key.algorithm]?.signature ?? Math.ceil((key.bits ?? 0) / 8)
  const bytes = new Uint8Array(length)
  for (let at = 0; at < length; at += 64) {
    const block = createHash('sha512').update(key.publicKey).update(`${at} ${over}`).digest()
    bytes.set(block.subarray(0, Math.min(64, length - at)), at)
  }
  return bytes
}
