import { isSignedSet, proofChanges, proofsAround } from './dnssec-chain.ts'
import { ServerError } from './errors.ts'
import { sameName } from './names.ts'
import { matches, type Rdata } from './rdata.ts'
import { soaRdata } from './rdata-soa.ts'
import { DNSSEC_TYPES } from './record-types.ts'
import { nextSerial } from './serials.ts'
import {
  makeRecord,
  nodeAt,
  nodeOrNew,
  removeIfEmpty,
  soaOf,
  soaRecord,
  typeName,
  typeNumber,
  type HeldRecord,
  type HeldZone,
  type ZoneNode,
} from './zone.ts'

/** What the writes need to know of the server they happen in. */
export interface WriteContext {
  now: () => number
  /** Before version 15 an existing value with another TTL was refused. */
  legacy: boolean
}

const CNAME_ERROR = 'Cannot add record: a CNAME record cannot exists with other record types for the same name.'

function isApex(zone: HeldZone, node: ZoneNode): boolean {
  return node.name === zone.name
}

/** Zones whose records come from elsewhere, and the catalog's own name, take no records. */
function refuseReadOnly(zone: HeldZone, node: ZoneNode, what: string): void {
  const catalog = zone.type === 'Catalog' && isApex(zone, node)
  if (catalog || zone.type === 'Stub' || zone.type.startsWith('Secondary')) {
    throw new ServerError(`Cannot ${what} in ${typeName(zone.type)} zone.`)
  }
}

/** Every change of a zone ends here: one serial further. */
export function commit(context: WriteContext, zone: HeldZone): void {
  const held = soaRecord(zone)
  const soa = soaOf(zone)
  const serial = nextSerial(soa.serial, 0, held.dateSerial, context.now())
  zone.lastModified = context.now()
  nodeOrNew(zone, zone.name).sets.set(typeNumber('SOA'), [{ ...held, rdata: soaRdata({ ...soa, serial }) }])
}

/**
 * A change of one set, with a serial of its own. In a signed zone more serials follow: one for the set's signature, and
 * those of the proofs around it.
 */
function change(context: WriteContext, zone: HeldZone, node: ZoneNode, type: string, write: () => boolean): boolean {
  const before = proofsAround(zone, node.name)
  if (!write()) return false
  commit(context, zone)
  if (!zone.signing) return true
  const signed = isSignedSet(zone, node, type) ? 1 : 0
  const further = signed + proofChanges(before, proofsAround(zone, node.name))
  for (let count = 0; count < further; count++) commit(context, zone)
  return true
}

/** Signing knows no disabled records, and no types that stand for others. */
function refuseInSigned(zone: HeldZone, type: string, disabled: boolean, verb: 'set' | 'add' | 'update'): void {
  if (!zone.signing) return
  if (verb !== 'update' && (type === 'ANAME' || type === 'APP')) {
    throw new ServerError('The record type is not supported by DNSSEC signed primary zones.')
  }
  if (disabled) {
    const what = verb === 'set' ? 'records' : 'record'
    throw new ServerError(`Cannot ${verb} ${what}: disabling records in a signed zones is not supported.`)
  }
}

function setSoa(context: WriteContext, zone: HeldZone, records: HeldRecord[]): void {
  const record = records[0]
  const sent = record?.rdata.soa
  if (records.length !== 1 || !record || !sent || !sameName(record.name, zone.name)) {
    throw new ServerError('Invalid SOA record.')
  }
  if (record.ttl > sent.expire) throw new ServerError('Cannot set record: TTL cannot be greater than SOA EXPIRE.')
  if (sent.retry > sent.refresh) {
    throw new ServerError('Cannot set record: SOA RETRY cannot be greater than SOA REFRESH.')
  }
  if (sent.refresh > sent.expire) {
    throw new ServerError('Cannot set record: SOA REFRESH cannot be greater than SOA EXPIRE.')
  }
  const held = soaOf(zone)
  const serial = nextSerial(held.serial, sent.serial, record.dateSerial, context.now())
  const soa = { ...sent, serial }
  if (zone.type !== 'Primary') soa.responsiblePerson = 'invalid'
  if (zone.type === 'Catalog') soa.primaryNameServer = 'invalid'
  zone.lastModified = context.now()
  nodeOrNew(zone, zone.name).sets.set(typeNumber('SOA'), [
    makeRecord(zone.name, 'SOA', zone.type === 'Primary' ? record.ttl : 0, soaRdata(soa), {
      comments: record.comments,
      dateSerial: record.dateSerial,
      lastModified: context.now(),
    }),
  ])
  // The proofs have this TTL.
  if (zone.signing && held.minimum !== sent.minimum) commit(context, zone)
}

/** The serial of an import that asks for it, whatever the zone's was. */
export function forceSerial(zone: HeldZone, serial: number): void {
  const held = soaRecord(zone)
  nodeOrNew(zone, zone.name).sets.set(typeNumber('SOA'), [{ ...held, rdata: soaRdata({ ...soaOf(zone), serial }) }])
}

function refuseType(zone: HeldZone, node: ZoneNode, type: string, verb: 'set' | 'add'): void {
  const apex = isApex(zone, node)
  const primary = zone.type === 'Primary'
  if (primary && type === 'DS' && apex) throw new ServerError('Cannot set DS record at zone apex.')
  if (DNSSEC_TYPES.has(type) || (type === 'DS' && !primary && apex)) {
    if (verb === 'add' && (primary || !apex)) throw new ServerError('Cannot add DNSSEC record.')
    throw new ServerError('Cannot set DNSSEC records.')
  }
  if (primary && type === 'FWD') throw new ServerError('The record type is not supported by primary zones.')
}

/** Replaces one set. All records have one name and type. */
export function setRecords(context: WriteContext, zone: HeldZone, node: ZoneNode, records: HeldRecord[]): void {
  const type = records[0]!.type
  const apex = isApex(zone, node)
  if (type === 'SOA' && !zone.type.startsWith('Secondary') && zone.type !== 'Stub') {
    if (!apex) throw new ServerError('Cannot set SOA record on sub domain.')
    return setSoa(context, zone, records)
  }
  refuseReadOnly(zone, node, 'set records')
  const disabled = records.some((record) => record.disabled)
  refuseInSigned(zone, type, disabled, 'set')
  if (apex && type === 'CNAME') throw new ServerError('Cannot set CNAME record at zone apex.')
  refuseType(zone, node, type, 'set')
  if (records[0]!.ttl > soaOf(zone).expire) {
    throw new ServerError('Cannot set records: TTL cannot be greater than SOA EXPIRE.')
  }
  const cname = node.sets.get(typeNumber('CNAME')) !== undefined
  if (type === 'CNAME' ? node.sets.size() > 0 && !cname : cname) throw new ServerError(CNAME_ERROR)
  change(context, zone, node, type, () => {
    node.sets.set(typeNumber(type), records)
    return true
  })
}

export function setRecord(context: WriteContext, zone: HeldZone, record: HeldRecord): void {
  setRecords(context, zone, nodeOrNew(zone, record.name), [record])
}

/** Adds one record to its set; false when it is there already. */
export function addToNode(context: WriteContext, zone: HeldZone, node: ZoneNode, record: HeldRecord): boolean {
  refuseReadOnly(zone, node, 'add record')
  refuseInSigned(zone, record.type, record.disabled, 'add')
  if (record.type === 'APP' && zone.type === 'Primary' && isApex(zone, node)) {
    throw new ServerError('Cannot add record: use SetRecords() for APP record')
  }
  refuseType(zone, node, record.type, 'add')
  if (record.ttl > soaOf(zone).expire) {
    throw new ServerError('Cannot add record: TTL cannot be greater than SOA EXPIRE.')
  }
  return change(context, zone, node, record.type, () => insert(context, node, record))
}

/**
 * The TTL of the new record becomes the TTL of the whole set, and a record whose TTL changes that way loses its
 * comments, its expiry and its being disabled: the server makes a new record of the old one's data.
 */
function insert(context: WriteContext, node: ZoneNode, record: HeldRecord): boolean {
  if (['CNAME', 'DNAME', 'SOA'].includes(record.type)) {
    throw new ServerError(`Cannot add record: use SetRecords() for ${record.type} record.`)
  }
  if (node.sets.get(typeNumber('CNAME')) !== undefined) throw new ServerError(CNAME_ERROR)
  const held = node.sets.get(typeNumber(record.type)) ?? []
  const twin = held.find((other) => matches(record.rdata, other.rdata))
  if (twin && (context.legacy || twin.ttl === record.ttl)) return false
  const updated = held.map((other) =>
    other.ttl === record.ttl ? other : makeRecord(other.name, other.type, record.ttl, other.rdata),
  )
  node.sets.set(typeNumber(record.type), twin ? updated : [...updated, record])
  return true
}

export function addRecord(context: WriteContext, zone: HeldZone, record: HeldRecord): boolean {
  return addToNode(context, zone, nodeOrNew(zone, record.name), record)
}

function remove(node: ZoneNode, type: string, rdata: Rdata): boolean {
  const held = node.sets.get(typeNumber(type))
  const at = held?.findIndex((record) => matches(rdata, record.rdata)) ?? -1
  if (!held || at < 0) return false
  if (held.length === 1) node.sets.delete(typeNumber(type))
  else node.sets.set(typeNumber(type), held.toSpliced(at, 1))
  return true
}

function refuseDelete(zone: HeldZone, node: ZoneNode, type: string, what: string): void {
  if (type === 'SOA' && isApex(zone, node) && (zone.type === 'Primary' || zone.type === 'Forwarder')) {
    throw new ServerError('Cannot delete SOA record.')
  }
  refuseReadOnly(zone, node, what)
  if (zone.type === 'Primary' && DNSSEC_TYPES.has(type)) throw new ServerError('Cannot delete DNSSEC records.')
}

/** One record; false when it is not there. */
export function deleteRecord(context: WriteContext, zone: HeldZone, name: string, type: string, rdata: Rdata): boolean {
  const node = nodeAt(zone, name)
  if (!node) return false
  refuseDelete(zone, node, type, 'delete records')
  if (!change(context, zone, node, type, () => remove(node, type, rdata))) return false
  removeIfEmpty(zone, node)
  return true
}

/** A whole set; false when it is not there. */
export function deleteSet(context: WriteContext, zone: HeldZone, name: string, type: string): boolean {
  const node = nodeAt(zone, name)
  if (!node) return false
  refuseDelete(zone, node, type, 'delete record')
  if (node.sets.get(typeNumber(type)) === undefined) return false
  change(context, zone, node, type, () => {
    node.sets.delete(typeNumber(type))
    return true
  })
  removeIfEmpty(zone, node)
  return true
}

const OVERWRITTEN = new Set(['CNAME', 'DNAME', 'APP'])

/** `oldName` holds `old`, and becomes `record`, perhaps under another name. */
export function updateRecord(
  context: WriteContext,
  zone: HeldZone,
  oldName: string,
  old: Rdata | null,
  record: HeldRecord,
): void {
  const node = nodeAt(zone, oldName)
  if (!node) throw new ServerError(`Cannot update record: zone '${zone.name}' does not exists.`)
  if (old === null || OVERWRITTEN.has(record.type)) {
    if (!sameName(oldName, record.name)) deleteSet(context, zone, oldName, record.type)
    return setRecord(context, zone, record)
  }
  if (!sameName(oldName, record.name)) {
    if (!deleteRecord(context, zone, oldName, record.type, old)) {
      throw new ServerError('Cannot update record: the old record does not exists.')
    }
    addRecord(context, zone, record)
    return
  }
  refuseReadOnly(zone, node, 'update record')
  if (zone.type === 'Primary' && DNSSEC_TYPES.has(record.type)) {
    throw new ServerError('Cannot update DNSSEC records.')
  }
  refuseInSigned(zone, record.type, record.disabled, 'update')
  if (record.ttl > soaOf(zone).expire) {
    throw new ServerError('Cannot update record: TTL cannot be greater than SOA EXPIRE.')
  }
  const updated = change(context, zone, node, record.type, () => {
    if (!remove(node, record.type, old)) return false
    insert(context, node, record)
    return true
  })
  if (!updated) throw new ServerError('Cannot update record: the record does not exists to be updated.')
}
