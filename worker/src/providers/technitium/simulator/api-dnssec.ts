import { requireSection, type Call, type Handler, type Members } from './call.ts'
import { isAllowed, zonePermission, type Right } from './directory.ts'
import {
  activateKsk,
  addKey,
  convertToNsec,
  convertToNsec3,
  deleteKey,
  publishKeys,
  retireKey,
  rollOver,
  signZone,
  unsignZone,
  updateDnsKeyTtl,
  updateKey,
  updateNsec3,
} from './dnssec.ts'
import { algorithmNumber, dsDigest, keyTag, type DnssecKey, type KeySpec, type KeyType } from './dnssec-keys.ts'
import { nextStateText } from './dnssec-times.ts'
import { accessDenied, ServerError } from './errors.ts'
import { parseByte, parseEnum, parseInt32, parseUint16 } from './numbers.ts'
import type { Parameters } from './parameters.ts'
import { readName, requireZone, zoneNamed } from './state.ts'
import { parseTtl } from './ttl.ts'
import { dnssecStatus, type HeldZone } from './zone.ts'

function readableZone(call: Call, section: Right): HeldZone {
  requireSection(call, 'Zones', section)
  const zone = zoneNamed(call.state, readName(call.parameters.text('zone')))
  if (zone && !zone.internal && zone.type !== 'Primary') throw new ServerError('The zone must be a primary zone.')
  return requireZone(call.state, call.user, readName(call.parameters.text('zone')), 'canView')
}

/**
 * Writes look at the rights first (of a zone that is not there, nobody has any), then at the parameters, and at the
 * zone last.
 */
function withZone<T>(call: Call, read: (parameters: Parameters) => T): { zone: HeldZone; read: T } {
  requireSection(call, 'Zones', 'canModify')
  const { state, parameters, user } = call
  const name = readName(parameters.text('zone'))
  if (!isAllowed(zonePermission(state.directory, name), user, 'canDelete')) throw accessDenied()
  const values = read(parameters)
  const zone = zoneNamed(state, name)
  if (zone?.type !== 'Primary' || zone.internal) throw new ServerError(`No such primary zone was found: ${name}`)
  return { zone, read: values }
}

const nothing = () => null
const keyTagOf = (parameters: Parameters) => parameters.read('keyTag', parseUint16)
const nsec3Of = (parameters: Parameters) => ({
  iterations: parameters.read('iterations', parseUint16, 0),
  saltLength: parameters.read('saltLength', parseByte, 0),
})

function summary(zone: HeldZone): Members {
  return {
    name: zone.name,
    type: zone.type,
    internal: zone.internal,
    disabled: zone.disabled,
    dnssecStatus: dnssecStatus(zone),
  }
}

function keyJson(key: DnssecKey): Members {
  const by = nextStateText(key)
  return {
    keyTag: keyTag(key),
    keyType: key.type,
    algorithm: key.bits === null ? key.algorithm : `${key.algorithm} (${key.bits} bits)`,
    algorithmNumber: algorithmNumber(key.algorithm),
    state: key.state,
    stateChangedOn: new Date(key.stateChangedOn).toISOString(),
    ...(by === null ? {} : { [key.type === 'KeySigningKey' ? 'stateReadyBy' : 'stateActiveBy']: by }),
    isRetiring: key.isRetiring,
    rolloverDays: key.rolloverDays,
  }
}

/** What the server answers for a zone whose keys it does not have. */
const UNSIGNED_DNSKEY_TTL = 86_400

export const getDnssecProperties: Handler = (call) => {
  const zone = readableZone(call, 'canModify')
  const { signing } = zone
  const keys = [...(signing?.keys ?? [])].sort(
    (a, b) =>
      Number(a.type === 'ZoneSigningKey') - Number(b.type === 'ZoneSigningKey') || a.stateChangedOn - b.stateChangedOn,
  )
  return {
    ...summary(zone),
    ...(signing?.nsec3
      ? { nsec3Iterations: signing.nsec3.iterations, nsec3SaltLength: signing.nsec3.salt.length }
      : {}),
    dnsKeyTtl: signing?.dnsKeyTtl ?? UNSIGNED_DNSKEY_TTL,
    dnssecPrivateKeys: keys.map(keyJson),
  }
}

export const viewDs: Handler = (call) => {
  const zone = readableZone(call, 'canView')
  if (!zone.signing) throw new ServerError('The zone must be signed with DNSSEC.')
  const keys = zone.signing.keys.filter(({ type, state }) => type === 'KeySigningKey' && state !== 'Generated')
  return { ...summary(zone), dsRecords: keys.map((key) => dsJson(zone.name, key)) }
}

function dsJson(zone: string, key: DnssecKey): Members {
  const by = nextStateText(key)
  return {
    keyTag: keyTag(key),
    dnsKeyState: key.state,
    ...(by === null ? {} : { dnsKeyStateReadyBy: by }),
    isRetiring: key.isRetiring,
    algorithm: key.algorithm,
    algorithmNumber: algorithmNumber(key.algorithm),
    publicKey: Buffer.from(key.publicKey).toString('base64'),
    // The numbers are texts here.
    digests: [
      { digestType: 'SHA256', digestTypeNumber: '2', digest: dsDigest(zone, key, 'sha256') },
      { digestType: 'SHA384', digestTypeNumber: '4', digest: dsDigest(zone, key, 'sha384') },
    ],
  }
}

export const signZoneCall: Handler = (call) => {
  const { zone, read } = withZone(call, (parameters) => {
    const algorithm = parameters.text('algorithm')
    const pemKsk = parameters.text('pemKskPrivateKey', '') || null
    const pemZsk = parameters.text('pemZskPrivateKey', '') || null
    const dnsKeyTtl = parameters.read('dnsKeyTtl', parseTtl, 3600)
    const zskRolloverDays = parameters.read('zskRolloverDays', parseUint16, pemZsk === null ? 30 : 0)
    const nsec3 = readProof(parameters) === 'NSEC3' ? nsec3Of(parameters) : null
    const name = readAlgorithm(parameters, algorithm)
    const ksk = { algorithm: name, bits: readBits(parameters, name, pemKsk, 'kskKeySize'), pem: pemKsk }
    const zsk = { algorithm: name, bits: readBits(parameters, name, pemZsk, 'zskKeySize'), pem: pemZsk }
    return { ksk, zsk, dnsKeyTtl, zskRolloverDays, nsec3 }
  })
  signZone(call.state, zone, read)
  return {}
}

function readProof(parameters: Parameters): string {
  const proof = parameters.text('nxProof', 'NSEC')
  const name = proof.toUpperCase()
  if (name !== 'NSEC' && name !== 'NSEC3') {
    throw new ServerError(`Non-existence proof type is not supported: ${proof}`)
  }
  return name
}

const HASHES: Readonly<Record<string, string>> = {
  MD5: 'RSAMD5',
  SHA1: 'RSASHA1',
  SHA256: 'RSASHA256',
  SHA512: 'RSASHA512',
}
const CURVES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  ECDSA: { P256: 'ECDSAP256SHA256', P384: 'ECDSAP384SHA384' },
  EDDSA: { ED25519: 'ED25519', ED448: 'ED448' },
}

function readAlgorithm(parameters: Parameters, algorithm: string): string {
  const family = algorithm.toUpperCase()
  if (family === 'RSA') {
    const hash = parameters.text('hashAlgorithm')
    const name = HASHES[hash.toUpperCase()]
    if (name === undefined) throw new ServerError(`Hash algorithm is not supported: ${hash}`)
    return name
  }
  const curves = CURVES[family]
  if (!curves) throw new ServerError(`Algorithm is not supported: ${algorithm}`)
  const curve = parameters.text('curve')
  const name = curves[curve.toUpperCase()]
  if (name === undefined) {
    throw new ServerError(`${family === 'ECDSA' ? 'ECDSA' : 'EdDSA'} curve is not supported: ${curve}`)
  }
  return name
}

function readBits(parameters: Parameters, algorithm: string, pem: string | null, name: string): number | null {
  return algorithm.startsWith('RSA') && pem === null ? parameters.read(name, parseInt32) : null
}

export const unsignZoneCall: Handler = (call) => {
  requireSection(call, 'Zones', 'canModify')
  const name = readName(call.parameters.text('zone'))
  const zone = requireZone(call.state, call.user, name, 'canDelete')
  if (zone.type !== 'Primary') throw new ServerError(`No such primary zone was found: ${zone.name}`)
  unsignZone(call.state, zone)
  return {}
}

export const convertToNsecCall: Handler = (call) => {
  const { zone } = withZone(call, nothing)
  convertToNsec(call.state, zone)
  return {}
}

export const convertToNsec3Call: Handler = (call) => {
  const { zone, read } = withZone(call, nsec3Of)
  convertToNsec3(call.state, zone, read.iterations, read.saltLength)
  return {}
}

export const updateNsec3Call: Handler = (call) => {
  const { zone, read } = withZone(call, nsec3Of)
  updateNsec3(call.state, zone, read.iterations, read.saltLength)
  return {}
}

export const updateDnsKeyTtlCall: Handler = (call) => {
  const { zone, read } = withZone(call, (parameters) => parameters.read('ttl', parseTtl))
  updateDnsKeyTtl(call.state, zone, read)
  return {}
}

const KEY_TYPES = { Unknown: 0, KeySigningKey: 1, ZoneSigningKey: 2 }

export const addPrivateKey: Handler = (call) => {
  const { zone, read } = withZone(call, (parameters) => {
    const type: KeyType =
      parameters.read('keyType', parseEnum(KEY_TYPES)) === 'ZoneSigningKey' ? 'ZoneSigningKey' : 'KeySigningKey'
    const rolloverDays = parameters.read('rolloverDays', parseUint16, type === 'ZoneSigningKey' ? 30 : 0)
    const algorithm = parameters.text('algorithm')
    const pem = parameters.text('pemPrivateKey', '') || null
    const name = readAlgorithm(parameters, algorithm)
    const spec: KeySpec = { algorithm: name, bits: readBits(parameters, name, pem, 'keySize'), pem }
    return { type, rolloverDays, spec }
  })
  return { addedDnssecPrivateKey: keyJson(addKey(call.state, zone, read.type, read.spec, read.rolloverDays)) }
}

export const updatePrivateKey: Handler = (call) => {
  const { zone, read } = withZone(call, (parameters) => ({
    tag: keyTagOf(parameters),
    rolloverDays: parameters.read('rolloverDays', parseUint16),
  }))
  return { updatedDnssecPrivateKey: keyJson(updateKey(zone, read.tag, read.rolloverDays)) }
}

export const deletePrivateKey: Handler = (call) => {
  const { zone, read } = withZone(call, keyTagOf)
  deleteKey(zone, read)
  return {}
}

export const publishAllPrivateKeys: Handler = (call) => {
  const { zone } = withZone(call, nothing)
  publishKeys(call.state, zone)
  return {}
}

export const activateKskDnsKey: Handler = (call) => {
  const { zone, read } = withZone(call, keyTagOf)
  activateKsk(call.state, zone, read)
  return {}
}

export const rolloverDnsKey: Handler = (call) => {
  const { zone, read } = withZone(call, keyTagOf)
  rollOver(call.state, zone, read)
  return {}
}

export const retireDnsKey: Handler = (call) => {
  const { zone, read } = withZone(call, keyTagOf)
  retireKey(call.state, zone, read)
  return {}
}
