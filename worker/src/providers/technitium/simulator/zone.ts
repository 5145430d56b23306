import { ServerError } from './errors.ts'
import { treeKey } from './names.ts'
import type { Hints, Rdata, Soa } from './rdata.ts'
import type { Signing } from './signing.ts'
import { createTypeTable, type TypeTable } from './type-table.ts'
import { RECORD_TYPES } from './record-types.ts'
import type { ZoneOptions } from './zone-options.ts'

export const ZONE_TYPES = {
  Unknown: 0,
  Primary: 1,
  Secondary: 2,
  Stub: 3,
  Forwarder: 4,
  SecondaryForwarder: 5,
  Catalog: 6,
  SecondaryCatalog: 7,
} as const

export interface HeldRecord {
  name: string
  /** As the API prints it: a name, or the number of a type without one. */
  type: string
  ttl: number
  rdata: Rdata
  disabled: boolean
  comments: string | null
  /** Seconds until the server deletes it, 0 for never. */
  expiryTtl: number
  /** Milliseconds, or null for records that were never touched. */
  lastModified: number | null
  /** Addresses of NS records. */
  glue: string[] | null
  hints: Hints
  /** SOA: serials are dates. */
  dateSerial: boolean
}

export interface ZoneNode {
  name: string
  sets: TypeTable<HeldRecord[]>
}

export interface HeldZone {
  /** Lower case. */
  name: string
  type: string
  internal: boolean
  disabled: boolean
  lastModified: number
  catalog: string | null
  options: ZoneOptions
  /** By name in lower case, the apex included. */
  nodes: Map<string, ZoneNode>
  /** Catalog zones: the node of each member, by the member's name. */
  members: Map<string, string>
  /** Null for a zone that is not signed. */
  signing: Signing | null
}

export function makeRecord(
  name: string,
  type: string,
  ttl: number,
  rdata: Rdata,
  more: Partial<HeldRecord> = {},
): HeldRecord {
  return {
    name,
    type,
    ttl,
    rdata,
    disabled: false,
    comments: null,
    expiryTtl: 0,
    lastModified: null,
    glue: null,
    hints: { ipv4: false, ipv6: false },
    dateSerial: false,
    ...more,
  }
}

export function typeNumber(type: string): number {
  return RECORD_TYPES[type] ?? Number(type)
}

export function nodeAt(zone: HeldZone, name: string): ZoneNode | undefined {
  return zone.nodes.get(name.toLowerCase())
}

/** The node is there from then on, also when nothing is put in it: the server's later errors depend on it. */
export function nodeOrNew(zone: HeldZone, name: string): ZoneNode {
  const key = name.toLowerCase()
  let node = zone.nodes.get(key)
  if (!node) zone.nodes.set(key, (node = { name: key, sets: createTypeTable() }))
  return node
}

export function removeIfEmpty(zone: HeldZone, node: ZoneNode): void {
  if (node.sets.size() === 0 && node.name !== zone.name) zone.nodes.delete(node.name)
}

export function recordsAt(zone: HeldZone, name: string, type: string): HeldRecord[] {
  return nodeAt(zone, name)?.sets.get(typeNumber(type)) ?? []
}

/** All records of one name, in the server's order. */
export function recordsOfNode(node: ZoneNode | undefined): HeldRecord[] {
  return node ? node.sets.types().flatMap((type) => node.sets.get(type)!) : []
}

/** Every node in the order of the server's tree, the apex first. */
export function nodesInOrder(zone: HeldZone): ZoneNode[] {
  return [...zone.nodes.values()]
    .map((node) => ({ node, key: treeKey(node.name) }))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ node }) => node)
}

export function recordsOfZone(zone: HeldZone): HeldRecord[] {
  return nodesInOrder(zone).flatMap(recordsOfNode)
}

export function soaRecord(zone: HeldZone): HeldRecord {
  const record = recordsAt(zone, zone.name, 'SOA')[0]
  if (!record) throw new ServerError('The zone does not contain a SOA record.')
  return record
}

export function soaOf(zone: HeldZone): Soa {
  return soaRecord(zone).rdata.soa!
}

export function dnssecStatus({ signing }: HeldZone): string {
  return signing ? (signing.nsec3 ? 'SignedWithNSEC3' : 'SignedWithNSEC') : 'Unsigned'
}

/** `Secondary Forwarder` and the like, as in error texts. */
export function typeName(type: string): string {
  return type.replace(/(?<=.)(Forwarder|Catalog)$/, ' $1')
}
