import { randomBytes } from 'node:crypto'
import {
  createKey,
  keyTag,
  setRolloverDays,
  setState,
  type DnssecKey,
  type KeySpec,
  type KeyType,
} from './dnssec-keys.ts'
import { propagationDelay, signatureValidity } from './dnssec-times.ts'
import { ServerError } from './errors.ts'
import type { Nsec3, Signing } from './signing.ts'
import { recordsOfZone, type HeldRecord, type HeldZone } from './zone.ts'
import { commit, type WriteContext } from './zone-writes.ts'

/** What a zone is signed with, and how its denial of names is proved. */
export interface SignRequest {
  ksk: KeySpec
  zsk: KeySpec
  dnsKeyTtl: number
  zskRolloverDays: number
  /** Null for NSEC. */
  nsec3: { iterations: number; saltLength: number } | null
}

const DAY = 86_400

function outOfRange(what: string, range: string, parameter: string): ServerError {
  return new ServerError(`NSEC3 ${what} valid range is ${range} (Parameter '${parameter}')`)
}

function nsec3Parameters({ iterations, saltLength }: { iterations: number; saltLength: number }): Nsec3 {
  if (iterations > 50) throw outOfRange('iterations', '0-50', 'iterations')
  if (saltLength > 32) throw outOfRange('salt length', '0-32', 'saltLength')
  return { iterations, salt: randomBytes(saltLength) }
}

export function signZone(context: WriteContext, zone: HeldZone, request: SignRequest): void {
  const now = context.now()
  const ksk = createKey('KeySigningKey', request.ksk, 0, now)
  const zsk = createKey('ZoneSigningKey', request.zsk, request.zskRolloverDays, now)
  if (request.nsec3 && request.nsec3.saltLength > 32) throw outOfRange('salt length', '0-32', 'saltLength')
  if (zone.signing) throw new ServerError('Cannot sign zone: the zone is already signed.')
  const nsec3 = request.nsec3 && nsec3Parameters(request.nsec3)
  const records = recordsOfZone(zone)
  for (const record of records) refuseUnsignable(record)
  const maxTtl = records.reduce((highest, record) => Math.max(highest, record.ttl), 0)
  setState(ksk, 'Published', now, maxTtl + propagationDelay(zone))
  setState(zsk, 'Active', now)
  zone.signing = { keys: [ksk, zsk], dnsKeyTtl: request.dnsKeyTtl, nsec3, signedAt: now }
  commit(context, zone)
  commit(context, zone)
}

function refuseUnsignable({ type, disabled }: HeldRecord): void {
  if (type === 'ANAME' || type === 'APP') {
    throw new ServerError(
      `Cannot sign RRSet: The record type [${type}] is not supported by DNSSEC signed primary zones.`,
    )
  }
  if (disabled) throw new ServerError('Cannot sign RRSet: Signing disabled records is not supported.')
}

export function unsignZone(context: WriteContext, zone: HeldZone): void {
  if (!zone.signing) throw new ServerError('Cannot unsign zone: the is zone not signed.')
  zone.signing = null
  commit(context, zone)
}

export function convertToNsec(context: WriteContext, zone: HeldZone): void {
  if (!zone.signing?.nsec3) {
    throw new ServerError('Cannot convert to NSEC: the zone must be signed with NSEC3 for conversion.')
  }
  replaceProofs(context, zone, zone.signing, null)
}

export function convertToNsec3(context: WriteContext, zone: HeldZone, iterations: number, saltLength: number): void {
  if (!zone.signing || zone.signing.nsec3) {
    throw new ServerError('Cannot convert to NSEC3: the zone must be signed with NSEC for conversion.')
  }
  replaceProofs(context, zone, zone.signing, nsec3Parameters({ iterations, saltLength }))
}

export function updateNsec3(context: WriteContext, zone: HeldZone, iterations: number, saltLength: number): void {
  if (!zone.signing?.nsec3) {
    throw new ServerError('Cannot update NSEC3 parameters: the zone must be signed with NSEC3 first.')
  }
  replaceProofs(context, zone, zone.signing, nsec3Parameters({ iterations, saltLength }))
}

/** One serial for the proofs that go, one for those that come. */
function replaceProofs(context: WriteContext, zone: HeldZone, signing: Signing, nsec3: Nsec3 | null): void {
  signing.nsec3 = nsec3
  commit(context, zone)
  commit(context, zone)
}

function requireSigned(zone: HeldZone): Signing {
  if (!zone.signing) throw new ServerError('The zone must be signed.')
  return zone.signing
}

function keyWithTag(signing: Signing, tag: number, what: string): DnssecKey {
  const key = signing.keys.find((each) => keyTag(each) === tag)
  if (!key) throw new ServerError(`Cannot ${what} private key: no such private key was found.`)
  return key
}

export function updateDnsKeyTtl(context: WriteContext, zone: HeldZone, ttl: number): void {
  const signing = requireSigned(zone)
  if (signing.keys.some(({ state }) => state !== 'Ready' && state !== 'Active')) {
    throw new ServerError(
      'Cannot update DNSKEY TTL value: one or more private keys have state other than Ready or Active.',
    )
  }
  signing.dnsKeyTtl = ttl
  commit(context, zone)
}

export function addKey(
  context: WriteContext,
  zone: HeldZone,
  type: KeyType,
  spec: KeySpec,
  rolloverDays: number,
): DnssecKey {
  if (!zone.signing) throw new ServerError('The primary zone must be signed.')
  const { keys } = zone.signing
  const make = () => createKey(type, spec, rolloverDays, context.now())
  const taken = (key: DnssecKey) => keys.some((other) => keyTag(other) === keyTag(key))
  let key = make()
  for (let attempt = 1; attempt < 5 && spec.pem === null && taken(key); attempt++) key = make()
  if (taken(key)) {
    throw new ServerError(
      spec.pem === null
        ? 'Failed to add private key: key tag collision. Please try again.'
        : `Failed to add ${type === 'KeySigningKey' ? 'KSK' : 'ZSK'} private key: key tag collision. ` +
            'Please generate another private key and try again.',
    )
  }
  keys.push(key)
  return key
}

export function updateKey(zone: HeldZone, tag: number, rolloverDays: number): DnssecKey {
  // The server does not look whether there are keys at all.
  if (!zone.signing) throw new ServerError("Value cannot be null. (Parameter 'obj')")
  const key = keyWithTag(zone.signing, tag, 'update')
  setRolloverDays(key, rolloverDays)
  return key
}

export function deleteKey(zone: HeldZone, tag: number): void {
  const signing = requireSigned(zone)
  const key = keyWithTag(signing, tag, 'delete')
  if (key.state !== 'Generated') {
    throw new ServerError('Cannot delete private key: only keys with Generated state can be deleted.')
  }
  signing.keys = signing.keys.filter((other) => other !== key)
}

export function publishKeys(context: WriteContext, zone: HeldZone): void {
  const signing = requireSigned(zone)
  const generated = signing.keys.filter(({ state }) => state === 'Generated')
  if (generated.length === 0) throw new ServerError('Cannot publish DNSKEY: no generated private keys were found.')
  for (const key of generated) {
    setState(key, 'Published', context.now(), signing.dnsKeyTtl + propagationDelay(zone))
  }
  commit(context, zone)
}

export function activateKsk(context: WriteContext, zone: HeldZone, tag: number): void {
  const key = keyWithTag(requireSigned(zone), tag, 'activate')
  const refuse = (why: string) => new ServerError(`Cannot activate private key: ${why}`)
  if (key.type !== 'KeySigningKey') throw refuse('only a Key Signing Key (KSK) can be activated.')
  if (key.state !== 'Ready') throw refuse("the Key Signing Key (KSK) must be in 'Ready' state.")
  if (key.isRetiring) throw refuse('the Key Signing Key (KSK) is already set to retire.')
  setState(key, 'Active', context.now())
}

/** A key like it is made and published; the old one retires when the new one has taken over. */
export function rollOver(context: WriteContext, zone: HeldZone, tag: number): void {
  const key = keyWithTag(requireSigned(zone), tag, 'rollover')
  const refuse = (why: string) => new ServerError(`Cannot rollover private key: the private key ${why}`)
  if (key.state !== 'Ready' && key.state !== 'Active') {
    throw refuse('state must be Ready or Active to be able to rollover.')
  }
  if (key.isRetiring) throw refuse('is already set to retire.')
  addKey(context, zone, key.type, { algorithm: key.algorithm, bits: key.bits, pem: null }, key.rolloverDays)
  publishKeys(context, zone)
  key.isRetiring = true
}

export function retireKey(context: WriteContext, zone: HeldZone, tag: number): void {
  const signing = requireSigned(zone)
  const key = keyWithTag(signing, tag, 'retire')
  const refuse = (why: string) => new ServerError(`Cannot retire private key: ${why}`)
  if (key.type === 'KeySigningKey' && key.state !== 'Ready' && key.state !== 'Active') {
    throw refuse('the KSK private key state must be Ready or Active to be able to retire.')
  }
  if (key.type === 'ZoneSigningKey' && key.state !== 'Active') {
    throw refuse('the ZSK private key state must be Active to be able to retire.')
  }
  if (!retire(context, zone, signing, key, true)) {
    throw refuse('no successor key was found to safely retire the key.')
  }
}

/** @param byHand a successor of another algorithm will do, when it has a partner of its own */
function retire(context: WriteContext, zone: HeldZone, signing: Signing, key: DnssecKey, byHand: boolean): boolean {
  const usable = (other: DnssecKey) => !other.isRetiring && other !== key
  const hasPartner = (other: DnssecKey) =>
    signing.keys.some(
      (partner) =>
        partner.type !== other.type &&
        partner.algorithm === other.algorithm &&
        !partner.isRetiring &&
        (partner.state === 'Active' || (partner.type === 'KeySigningKey' && partner.state === 'Ready')),
    )
  const successor = signing.keys.find(
    (other) =>
      other.type === key.type &&
      usable(other) &&
      (other.algorithm === key.algorithm || (byHand && hasPartner(other))) &&
      (other.state === 'Active' || (key.type === 'KeySigningKey' && other.state === 'Ready' && key.state === 'Ready')),
  )
  if (!successor) return false
  if (key.type === 'KeySigningKey') {
    // Without a network the server takes a day for the TTL of the DS records and a day for the parent's secondaries.
    setState(key, 'Retired', context.now(), 2 * DAY)
    return true
  }
  const maxTtl = recordsOfZone(zone).reduce((highest, { ttl }) => Math.max(highest, ttl), 0)
  setState(key, 'Retired', context.now(), maxTtl + propagationDelay(zone))
  commit(context, zone)
  return true
}

/** What the server's timer does with the keys of a zone; here before every call, as if it had just run. */
export function ageKeys(context: WriteContext, zone: HeldZone): void {
  const { signing } = zone
  if (!signing) return
  const now = context.now()
  for (const key of [...signing.keys]) {
    const due = key.nextStateBy !== null && now > key.nextStateBy
    if (key.type === 'KeySigningKey') ageKsk(context, zone, signing, key, due)
    else ageZsk(context, zone, signing, key, due)
  }
  // Signed anew when a third of the time is left.
  if (now > signing.signedAt + (signatureValidity(zone) * 1000 * 2) / 3) {
    signing.signedAt = now
    commit(context, zone)
  }
}

/** A key that is ready stays so until somebody activates it: the parent is never asked for the DS records. */
function ageKsk(context: WriteContext, zone: HeldZone, signing: Signing, key: DnssecKey, due: boolean): void {
  const now = context.now()
  if (key.state === 'Published' && due) setState(key, 'Ready', now)
  else if ((key.state === 'Ready' || key.state === 'Active') && key.isRetiring)
    retire(context, zone, signing, key, false)
  else if (key.state === 'Retired' && due) {
    // RFC 7583 §3.3.4.
    setState(key, 'Revoked', now, Math.max(3600, Math.min(15 * DAY, signing.dnsKeyTtl / 2)))
    signing.keys = [...signing.keys.filter((other) => other !== key), key]
    commit(context, zone)
  } else if (key.state === 'Revoked' && due) unpublish(context, zone, signing, key)
}

function ageZsk(context: WriteContext, zone: HeldZone, signing: Signing, key: DnssecKey, due: boolean): void {
  const now = context.now()
  if (key.state === 'Published' && due) {
    setState(key, 'Active', now)
    signing.signedAt = now
    commit(context, zone)
  } else if (key.state === 'Active' && key.isRetiring) retire(context, zone, signing, key, false)
  else if (key.state === 'Active' && key.rolloverDays > 0 && now > key.stateChangedOn + key.rolloverDays * DAY * 1000) {
    rollOver(context, zone, keyTag(key))
  } else if (key.state === 'Retired' && due) unpublish(context, zone, signing, key)
}

function unpublish(context: WriteContext, zone: HeldZone, signing: Signing, key: DnssecKey): void {
  signing.keys = signing.keys.filter((other) => other !== key)
  commit(context, zone)
}
