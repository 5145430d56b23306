import { deniedNames, hashedOwner, isSignedSet, provenTypes } from './dnssec-chain.ts'
import type { DnssecKey } from './dnssec-keys.ts'
import { signatureValidity } from './dnssec-times.ts'
import { enumName } from './numbers.ts'
import { compareCanonically } from './names.ts'
import { dnskeyRdata, nsec3paramRdata, nsec3Rdata, nsecRdata, rrsigRdata } from './rdata-dnssec.ts'
import { RECORD_TYPES } from './record-types.ts'
import { createTypeTable } from './type-table.ts'
import type { Signing } from './signing.ts'
import {
  makeRecord,
  nodeAt,
  nodesInOrder,
  soaOf,
  typeNumber,
  type HeldRecord,
  type HeldZone,
  type ZoneNode,
} from './zone.ts'

/** The zone as its readers see it: with the records that signing makes, which the server alone writes. */
export function zoneAsServed(zone: HeldZone): HeldZone {
  if (!zone.signing) return zone
  const served: HeldZone = { ...zone, nodes: new Map() }
  for (const node of nodesInOrder(zone)) served.nodes.set(node.name, copyOf(node))
  const { signing } = zone
  addSet(
    served,
    zone.name,
    'DNSKEY',
    signing.dnsKeyTtl,
    published(signing).map((key) => dnskeyRdata(zone.name, key)),
  )
  if (signing.nsec3) addSet(served, zone.name, 'NSEC3PARAM', soaOf(zone).minimum, [nsec3paramRdata(signing.nsec3)])
  addProofs(zone, served)
  for (const node of served.nodes.values()) sign(zone, signing, node)
  return served
}

/** Sets are put in again from the last, so that the table keeps its order. */
function copyOf(node: ZoneNode): ZoneNode {
  const sets = createTypeTable<HeldRecord[]>()
  for (const type of node.sets.types().reverse()) sets.set(type, node.sets.get(type)!)
  return { name: node.name, sets }
}

function published({ keys }: Signing): DnssecKey[] {
  return keys.filter((key) => key.state !== 'Generated')
}

function addSet(zone: HeldZone, name: string, type: string, ttl: number, rdata: HeldRecord['rdata'][]): void {
  const key = name.toLowerCase()
  const node = nodeAt(zone, key) ?? { name: key, sets: createTypeTable<HeldRecord[]>() }
  zone.nodes.set(key, node)
  node.sets.set(
    typeNumber(type),
    rdata.map((data) => makeRecord(name, type, ttl, data)),
  )
}

function addProofs(zone: HeldZone, served: HeldZone): void {
  const ttl = soaOf(zone).minimum
  const names = deniedNames(zone)
  const nsec3 = zone.signing!.nsec3
  if (!nsec3) {
    names.sort(compareCanonically)
    for (const [at, name] of names.entries()) {
      const next = names[(at + 1) % names.length]!
      addSet(served, name, 'NSEC', ttl, [nsecRdata(next, provenTypes(zone, name) ?? [])])
    }
    return
  }
  const hashed = names
    .map((name) => ({ owner: hashedOwner(zone, name), types: provenTypes(zone, name) ?? [] }))
    .sort((a, b) => (a.owner < b.owner ? -1 : 1))
  for (const [at, { owner, types }] of hashed.entries()) {
    const next = hashed[(at + 1) % hashed.length]!.owner.split('.')[0]!
    addSet(served, owner, 'NSEC3', ttl, [nsec3Rdata(nsec3, next, types)])
  }
}

/** KSKs sign the keys, ZSKs all else. The SOA comes last: every change signs it anew. */
function sign(zone: HeldZone, signing: Signing, node: ZoneNode): void {
  const signatures: HeldRecord[] = []
  const types = node.sets.types().map((number) => enumName(RECORD_TYPES, number))
  for (const type of types.sort((a, b) => Number(a === 'SOA') - Number(b === 'SOA'))) {
    if (!isSignedSet(zone, node, type)) continue
    for (const key of signersOf(signing, type)) signatures.push(signature(zone, signing, node, type, key))
  }
  if (signatures.length > 0) node.sets.set(typeNumber('RRSIG'), signatures)
}

function signersOf({ keys }: Signing, type: string): DnssecKey[] {
  return type === 'DNSKEY'
    ? keys.filter((key) => key.type === 'KeySigningKey' && !['Generated', 'Retired'].includes(key.state))
    : keys.filter((key) => key.type === 'ZoneSigningKey' && ['Ready', 'Active'].includes(key.state))
}

function signature(zone: HeldZone, signing: Signing, node: ZoneNode, type: string, key: DnssecKey): HeldRecord {
  const records = node.sets.get(typeNumber(type))!
  const { name, ttl } = records[0]!
  const changed = type === 'SOA' ? zone.lastModified : Math.max(...records.map((record) => record.lastModified ?? 0))
  const signedAt = Math.round(Math.max(signing.signedAt, changed) / 1000)
  const data = records.map((record) => record.rdata.key).join(' ')
  return makeRecord(
    name,
    'RRSIG',
    ttl,
    rrsigRdata(zone.name, key, { name, type, ttl, data }, signedAt, signatureValidity(zone)),
  )
}
