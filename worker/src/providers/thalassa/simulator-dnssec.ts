import { Answer, stringOf, type Json } from './simulator-answer.ts'

export interface SimulatedSigning {
  region: string
  kmsKeyIdentity: string
  keyTag: number
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
  if (asked !== '' && key?.region !== region) throw new Answer(400, `no active KMS key ${asked} in region ${region}`)
  const kept = before?.region === region ? before.kmsKeyIdentity : undefined
  const kmsKeyIdentity = asked || kept || `kms-${numberOf(`${zone} ${now}`).toString(36)}`
  if (before?.region === region && before.kmsKeyIdentity === kmsKeyIdentity) return before
  return {
    region,
    kmsKeyIdentity,
    keyTag: numberOf(zone + kmsKeyIdentity) % 65_536,
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

export function statusOf(state: SimulatedSigning | undefined): Json {
  if (state === undefined) return { enabled: false, dsDelegated: false }
  const { keyTag, algorithm, dsDelegated, region, kmsKeyIdentity, lastSignedAt, lastSignError, nextProbe } = state
  const digests: [type: number, name: string, length: number][] = [
    [2, 'SHA-256', 64],
    [4, 'SHA-384', 96],
  ]
  return {
    ...{ enabled: true, dsDelegated },
    dsRecords: digests.map(([type, digestTypeName, length]) => ({
      record: `${keyTag} ${algorithm} ${type} ${digest(kmsKeyIdentity + type, length)}`,
      ...{ digestTypeName, keyTag, algorithm, keyRole: 'CSK', publicKey: btoa(digest(kmsKeyIdentity, 48)) },
    })),
    ...(lastSignedAt === undefined ? {} : { lastSignedAt: iso(lastSignedAt) }),
    ...(lastSignError === undefined ? {} : { lastSignError }),
    ...{ nextDsProbeAt: iso(nextProbe), kmsKeyIdentity, region },
  }
}

/** A number that is the same for the same text (FNV-1a). */
function numberOf(text: string): number {
  let hash = 0x811c9dc5
  for (const character of text) hash = Math.imul(hash ^ character.charCodeAt(0), 0x01000193) >>> 0
  return hash
}

/** Hex digits that look like a digest and are none. */
function digest(text: string, length: number): string {
  let hex = ''
  while (hex.length < length)
    hex += numberOf(text + hex)
      .toString(16)
      .padStart(8, '0')
  return hex.slice(0, length)
}
