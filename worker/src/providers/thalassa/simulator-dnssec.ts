import { createHash } from 'node:crypto'
import { Answer, stringOf, type Json } from './simulator-answer.ts'

export interface SimulatedSigning {
  region: string
  kmsKeyIdentity: string
  /** Of the key, in base64. */
  publicKey: string
  algorithm: number
  dsDelegated: boolean
  /** Milliseconds since 1970. */
  enabledAt: number
  nextProbe: number
  lastSignedAt?: number
  lastSignError?: string
}

const PROBE_EVERY = 60_000
/** Regions, and whether they have a KMS. */
const REGIONS: Readonly<Record<string, boolean>> = { 'nl-01': true, 'nl-02': true, 'de-01': false }
/** Keys that the organisation has, by the region they are in. */
const KEYS: Readonly<Record<string, { region: string; algorithm: number }>> = {
  'kms-p256': { region: 'nl-01', algorithm: 13 },
  'kms-p384': { region: 'nl-01', algorithm: 14 },
  'kms-rsa': { region: 'nl-02', algorithm: 8 },
}

/** Signing after a PUT: the same key goes on as it is, another one starts from the beginning. */
export function signing(before: SimulatedSigning | undefined, zone: string, body: Json, now: number): SimulatedSigning {
  const region = stringOf(body, 'region')
  if (!Object.hasOwn(REGIONS, region)) throw new Answer(400, `unknown region: ${region}`)
  if (!REGIONS[region]) throw new Answer(503, `KMS is not available in region ${region}`)
  const asked = typeof body.kmsKeyIdentity === 'string' ? body.kmsKeyIdentity : ''
  const key = Object.hasOwn(KEYS, asked) ? KEYS[asked] : undefined
  const kept = before?.region === region ? before.kmsKeyIdentity : undefined
  if (asked !== '' && asked !== kept && key?.region !== region) {
    throw new Answer(400, `no active KMS key ${asked} in region ${region}`)
  }
  const kmsKeyIdentity = asked || kept || `kms-${hash('sha256', `${zone} ${now}`).toString('hex').slice(0, 12)}`
  if (before?.region === region && before.kmsKeyIdentity === kmsKeyIdentity) return before
  return {
    region,
    kmsKeyIdentity,
    publicKey: publicKeyOf(kmsKeyIdentity, key?.algorithm ?? 13),
    algorithm: key?.algorithm ?? 13,
    dsDelegated: false,
    enabledAt: now,
    nextProbe: now + PROBE_EVERY,
  }
}

/** Looks whether the parent has the DS, when it is time to look again. True: the zone is signed from now on. */
export function probe(state: SimulatedSigning, parentHasDs: boolean, now: number): boolean {
  if (now < state.nextProbe) return false
  state.nextProbe = now + PROBE_EVERY
  const begins = parentHasDs && !state.dsDelegated
  state.dsDelegated = parentHasDs
  if (begins && state.lastSignError === undefined) state.lastSignedAt = now
  return begins
}

const iso = (time: number) => new Date(time).toISOString()

export function statusOf(zone: string, state: SimulatedSigning | undefined): Json {
  if (state === undefined) return { enabled: false, dsDelegated: false }
  const { dsDelegated, region, kmsKeyIdentity, lastSignedAt, lastSignError, nextProbe } = state
  return {
    ...{ enabled: true, dsDelegated, dsRecords: dsOf(zone, state) },
    ...(lastSignedAt === undefined ? {} : { lastSignedAt: iso(lastSignedAt) }),
    ...(lastSignError === undefined ? {} : { lastSignError }),
    ...{ nextDsProbeAt: iso(nextProbe), kmsKeyIdentity, region },
  }
}

const DIGESTS = [
  { type: 2, digestTypeName: 'SHA-256', name: 'sha256' },
  { type: 4, digestTypeName: 'SHA-384', name: 'sha384' },
]

/** One for each digest (RFC 4034 §5.1.4). */
export function dsOf(zone: string, state: SimulatedSigning | undefined) {
  if (state === undefined) return []
  const { publicKey, algorithm } = state
  const key = Buffer.concat([Buffer.from([1, 1, 3, algorithm]), Buffer.from(publicKey, 'base64')])
  const keyTag = keyTagOf(key)
  const owner = Buffer.concat(zone.split('.').map((label) => Buffer.from(String.fromCharCode(label.length) + label)))
  return DIGESTS.map(({ type, digestTypeName, name }) => {
    const digest = hash(name, Buffer.concat([owner, Buffer.from([0]), key])).toString('hex')
    const record = `${keyTag} ${algorithm} ${type} ${digest}`
    return { record, digestTypeName, keyTag, algorithm, keyRole: 'CSK', publicKey }
  })
}

const hash = (name: string, data: string | Uint8Array) => createHash(name).update(data).digest()

/** Bytes that look like a public key of the algorithm; nobody holds the private one. */
function publicKeyOf(seed: string, algorithm: number): string {
  const bytes = Buffer.concat([1, 2, 3, 4, 5].map((part) => hash('sha512', `${part} ${seed}`)))
  switch (algorithm) {
    case 13:
      return bytes.subarray(0, 64).toString('base64')
    case 14:
      return bytes.subarray(0, 96).toString('base64')
    default:
      // RFC 3110: the length of the exponent, 65537, and a modulus of 2048 bits.
      return Buffer.concat([Buffer.from([3, 1, 0, 1]), bytes.subarray(0, 256)]).toString('base64')
  }
}

/** RFC 4034, appendix B. */
function keyTagOf(key: Uint8Array): number {
  const sum = key.reduce((all, byte, at) => all + (at % 2 === 0 ? byte << 8 : byte), 0)
  return (sum + (sum >> 16)) & 0xffff
}
