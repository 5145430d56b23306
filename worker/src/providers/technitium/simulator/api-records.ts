import { parseAddress, reverseZone, type Address } from './address.ts'
import { recordJson, recordsJson, zoneJson } from './answers-json.ts'
import type { Call, Handler, Members } from './call.ts'
import { zoneAsServed } from './dnssec-records.ts'
import { grantCreator, type Right } from './directory.ts'
import { ServerError } from './errors.ts'
import { checkName, sameName, trimDots, belongsTo } from './names.ts'
import { parseBoolean, parseEnum, parseRawData, parseUint32 } from './numbers.ts'
import type { Parameters } from './parameters.ts'
import { nameRdata } from './rdata-hosts.ts'
import { soaRdata } from './rdata-soa.ts'
import { rdataFromWire } from './rdata-wire.ts'
import { isRaw, parametersOf, readDeleted } from './record-parameters.ts'
import { RECORD_TYPES } from './record-types.ts'
import {
  checkInside,
  createZone,
  findZone,
  NS_TTL,
  readName,
  RECORD_TTL,
  refuseInternal,
  requireRight,
  SOA_TTL,
  type State,
} from './state.ts'
import { resolveHints, updateHints } from './svcb-hints.ts'
import { parseTtl } from './ttl.ts'
import {
  makeRecord,
  nodeAt,
  recordsAt,
  recordsOfNode,
  recordsOfZone,
  soaRecord,
  type HeldRecord,
  type HeldZone,
} from './zone.ts'
import { addRecord, deleteRecord, deleteSet, setRecord, updateRecord } from './zone-writes.ts'

interface Place {
  domain: string
  zone: HeldZone
}

/** The zone that is named, or the closest one above the name: the named one may be below its zone, too. */
function placeOf(call: Call): Place {
  const { state, parameters } = call
  const domain = readName(parameters.text('domain'))
  const named = parameters.raw('zone')
  const zone = findZone(state, named === null || named === '' ? domain : readName(named))
  if (!zone) throw new ServerError(`No such zone was found: ${domain}`)
  return { domain, zone }
}

function writablePlace(call: Call, right: Right): Place {
  const place = placeOf(call)
  refuseInternal(place.zone)
  requireRight(call.state, call.user, place.zone, right)
  return place
}

const recordType = parseEnum(RECORD_TYPES)

function isAddressType(type: string): type is 'A' | 'AAAA' {
  return type === 'A' || type === 'AAAA'
}

export const getRecords: Handler = (call) => {
  const { domain, zone } = placeOf(call)
  requireRight(call.state, call.user, zone, 'canView')
  const wholeZone = call.parameters.read('listZone', parseBoolean, false)
  if (!wholeZone) checkInside(zone, domain)
  const served = zoneAsServed(zone)
  const records = wholeZone ? recordsOfZone(served) : recordsOfNode(nodeAt(served, checkName(domain, 'right')))
  return { zone: zoneJson(zone), records: recordsJson(records, zone) }
}

export const addRecordCall: Handler = (call) => {
  const { domain, zone } = writablePlace(call, 'canModify')
  const { state, parameters } = call
  const type = parameters.read('type', recordType)
  const ttl = parameters.read('ttl', parseTtl, type === 'NS' ? NS_TTL : RECORD_TTL)
  let overwrite = parameters.read('overwrite', parseBoolean, false)
  const comments = parameters.raw('comments')
  const expiryTtl = parameters.read('expiryTtl', parseTtl, 0)
  if (isAddressType(type)) addPointer(call, domain, type, ttl, expiryTtl)
  if (['CNAME', 'DNAME', 'APP'].includes(type)) {
    if (!overwrite && recordsAt(zone, domain, type).length > 0) {
      throw new ServerError('Record already exists. Use overwrite option if you wish to overwrite existing record.')
    }
    refuseLoop(type, domain, parameters)
    overwrite = true
  }
  const rdata = isRaw(type)
    ? rdataFromWire(type, parameters.read('rdata', parseRawData))
    : parametersOf(type).read(parameters)
  const record = makeRecord(checkName(domain), type, type === 'FWD' ? 0 : ttl, rdata, {
    comments: comments === '' ? null : comments,
    expiryTtl,
    lastModified: state.now(),
  })
  fillIn(zone, record, parameters)
  if (type === 'NS') record.glue = readGlue(zone, record, parameters)
  checkInside(zone, domain)
  if (overwrite) setRecord(state, zone, record)
  else if (!addRecord(state, zone, record)) throw new ServerError('Cannot add record: record already exists.')
  refreshHints(state, zone, domain, type, parameters)
  return { zone: zoneJson(zone), addedRecord: recordJson(record, null) }
}

/** A name must not point at itself, nor a whole tree below itself. */
function refuseLoop(type: string, owner: string, parameters: Parameters): void {
  if (type === 'APP') return
  const target = trimDots(parameters.either(type.toLowerCase(), 'value'))
  if (type === 'DNAME' && target.toLowerCase().endsWith(`.${owner.toLowerCase()}`)) {
    throw new ServerError('DNAME domain name cannot be a sub domain of the record name.')
  }
  if (sameName(target, owner)) {
    throw new ServerError(`${type} domain name cannot be same as that of the record name.`)
  }
}

/** Automatic hints are off unless they are sent. */
function fillIn(zone: HeldZone, record: HeldRecord, parameters: Parameters): void {
  if (!record.rdata.svcb) return
  record.hints = {
    ipv4: parameters.read('autoIpv4Hint', parseBoolean, false),
    ipv6: parameters.read('autoIpv6Hint', parseBoolean, false),
  }
  if (record.hints.ipv4 || record.hints.ipv6) record.rdata = resolveHints(zone, record)
}

/** Glue that is not sent is gone. */
function readGlue(zone: HeldZone, record: HeldRecord, parameters: Parameters): string[] | null {
  const text = parameters.text('glue', '')
  if (text === '') return null
  const host = record.rdata.host ?? ''
  if (sameName(zone.name, record.name) && belongsTo(record.name, host)) {
    throw new ServerError(
      "The zone's own NS records cannot have glue addresses. Please add separate A/AAAA records in the zone instead.",
    )
  }
  const glue = text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => parseAddress(part).text)
  return glue.length === 0 ? null : glue
}

function refreshHints(state: State, zone: HeldZone, name: string, type: string, parameters: Parameters): void {
  if (!isAddressType(type) || !parameters.read('updateSvcbHints', parseBoolean, false)) return
  updateHints(state, zone, name, type)
}

/** Before the record itself is written: what fails later leaves the pointer behind. */
function addPointer(call: Call, domain: string, type: 'A' | 'AAAA', ttl: number, expiryTtl: number): void {
  const { state, parameters } = call
  const address = parseAddress(parameters.either('ipAddress', 'value'))
  if (!parameters.read('ptr', parseBoolean, false)) return
  const zone = pointerZone(call, address, type)
  setPointer(state, zone, address, domain, ttl, expiryTtl)
}

function pointerName(address: Address, type: 'A' | 'AAAA'): string {
  return reverseZone(address, type === 'A' ? 32 : 128)
}

/** The zone that holds the pointer of an address; made where the caller allows it. */
function pointerZone(call: Call, address: Address, type: 'A' | 'AAAA'): HeldZone {
  const { state, parameters, user } = call
  const zone = findZone(state, pointerName(address, type)) ?? newPointerZone()
  const name = zone.name === '' ? '.' : zone.name
  if (zone.internal) throw new ServerError(`Reverse zone '${name}' is an internal zone.`)
  if (zone.type !== 'Primary' && zone.type !== 'Forwarder') {
    throw new ServerError(`Reverse zone '${name}' is not a primary or forwarder zone.`)
  }
  return zone

  function newPointerZone(): HeldZone {
    if (!parameters.read('createPtrZone', parseBoolean, false)) {
      throw new ServerError('No reverse zone available to add PTR record.')
    }
    const zoneName = reverseZone(address, type === 'A' ? 24 : 64)
    const made = createZone(state, zoneName, 'Primary')
    if (!made) throw new ServerError(`Failed to create reverse zone to add PTR record: ${zoneName}`)
    grantCreator(state.directory, made.name, user)
    return made
  }
}

function setPointer(
  state: State,
  zone: HeldZone,
  address: Address,
  host: string,
  ttl: number,
  expiryTtl: number,
): void {
  const name = reverseZone(address, 128)
  const rdata = nameRdata('ptrName', host)
  setRecord(state, zone, makeRecord(name, 'PTR', ttl, rdata, { expiryTtl, lastModified: state.now() }))
}

export const updateRecordCall: Handler = (call) => {
  const { domain, zone } = writablePlace(call, 'canModify')
  const { state, parameters } = call
  const newDomain = trimDots(parameters.text('newDomain', domain))
  const type = parameters.read('type', recordType)
  const defaultTtl = type === 'NS' ? NS_TTL : type === 'SOA' ? SOA_TTL : RECORD_TTL
  const ttl = parameters.read('ttl', parseTtl, defaultTtl)
  const metadata = {
    disabled: parameters.read('disable', parseBoolean, false),
    comments: parameters.raw('comments'),
    expiryTtl: parameters.read('expiryTtl', parseTtl, 0),
    lastModified: state.now(),
  }
  if (type === 'SOA') return updateSoa(call, zone, domain, ttl, metadata)
  if (isAddressType(type)) movePointer(call, domain, type, ttl, metadata.expiryTtl)
  const read = parametersOf(type)
  if (!read.readPair) refuseLoop(type, newDomain, parameters)
  const pair = read.readPair?.(parameters) ?? { old: null, fresh: read.read(parameters) }
  const record = makeRecord(readName(newDomain), type, type === 'FWD' ? 0 : ttl, pair.fresh, metadata)
  checkName(domain)
  checkName(record.name)
  fillIn(zone, record, parameters)
  if (type === 'NS') record.glue = readGlue(zone, record, parameters)
  checkInside(zone, domain)
  checkInside(zone, record.name)
  updateRecord(state, zone, domain, pair.old, record)
  refreshHints(state, zone, record.name, type, parameters)
  return { zone: zoneJson(zone), updatedRecord: recordJson(record, zone) }
}

/** With `ptr`: every pointer of the old address goes, and the new address points at the old name. */
function movePointer(call: Call, domain: string, type: 'A' | 'AAAA', ttl: number, expiryTtl: number): void {
  const { state, parameters } = call
  const old = parseAddress(parameters.either('ipAddress', 'value'))
  const fresh = parseAddress(parameters.either('newIpAddress', 'newValue', old.text))
  if (!parameters.read('ptr', parseBoolean, false)) return
  const zone = pointerZone(call, fresh, type)
  const oldName = pointerName(old, type)
  const oldZone = writablePointerZone(state, oldName)
  if (oldZone) deleteSet(state, oldZone, oldName, 'PTR')
  setPointer(state, zone, fresh, domain, ttl, expiryTtl)
}

function writablePointerZone(state: State, name: string): HeldZone | null {
  const zone = findZone(state, name)
  return zone && !zone.internal && (zone.type === 'Primary' || zone.type === 'Forwarder') ? zone : null
}

function updateSoa(
  { state, parameters }: Call,
  zone: HeldZone,
  domain: string,
  ttl: number,
  metadata: { comments: string | null; lastModified: number },
): Members {
  const rdata = soaRdata({
    primaryNameServer: trimDots(parameters.text('primaryNameServer')),
    responsiblePerson: trimDots(parameters.text('responsiblePerson')),
    serial: parameters.read('serial', parseUint32),
    refresh: parameters.read('refresh', parseTtl),
    retry: parameters.read('retry', parseTtl),
    expire: parameters.read('expire', parseTtl),
    minimum: parameters.read('minimum', parseTtl),
  })
  const managed = ['Primary', 'Forwarder', 'Catalog'].includes(zone.type)
  const dateSerial = managed && parameters.read('useSerialDateScheme', parseBoolean, false)
  if (managed) {
    checkInside(zone, domain)
    setRecord(state, zone, makeRecord(domain, 'SOA', ttl, rdata, { ...metadata, dateSerial }))
  }
  return { zone: zoneJson(zone), updatedRecord: recordJson(soaRecord(zone), zone) }
}

export const deleteRecordCall: Handler = (call) => {
  const { domain, zone } = writablePlace(call, 'canDelete')
  const { state, parameters } = call
  const type = parameters.read('type', recordType)
  const rdata = ['CNAME', 'DNAME', 'APP'].includes(type) ? null : readDeleted(type, parameters)
  checkInside(zone, domain)
  checkName(domain, 'right')
  const found = rdata ? deleteRecord(state, zone, domain, type, rdata) : deleteSet(state, zone, domain, type)
  if (!found) throw new ServerError('Cannot delete record: no such record exists.')
  if (isAddressType(type)) {
    deletePointer(state, parseAddress(parameters.either('ipAddress', 'value')), type, domain)
    refreshHints(state, zone, domain, type, parameters)
  }
  return {}
}

/** The pointer goes with its address, when it names that host. */
function deletePointer(state: State, address: Address, type: 'A' | 'AAAA', host: string): void {
  const name = pointerName(address, type)
  const zone = writablePointerZone(state, name)
  if (!zone) return
  const pointer = recordsAt(zone, name, 'PTR').find((record) => sameName(record.rdata.host ?? '', host))
  if (pointer) deleteRecord(state, zone, name, 'PTR', pointer.rdata)
}
