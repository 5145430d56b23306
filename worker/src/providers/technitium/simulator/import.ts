import { ServerError } from './errors.ts'
import { belongsTo, sameName } from './names.ts'
import { DNSSEC_TYPES } from './record-types.ts'
import { checkInside, RECORD_TTL, type State } from './state.ts'
import { resolveHints } from './svcb-hints.ts'
import {
  makeRecord,
  nodeOrNew,
  nodesInOrder,
  removeIfEmpty,
  soaRecord,
  typeNumber,
  type HeldRecord,
  type HeldZone,
} from './zone.ts'
import { enumName } from './numbers.ts'
import { RECORD_TYPES } from './record-types.ts'
import { parseZoneFile, type FileRecord } from './zone-file-records.ts'
import { addToNode, deleteSet, forceSerial, setRecords } from './zone-writes.ts'

/** The server's own way to keep what a zone file cannot say: JSON in the comment. */
function readComment(text: string | null): { disabled: boolean; comments: string | null } {
  if (text === null || text === '') return { disabled: false, comments: null }
  const plain = text.replaceAll('\\r', '').replaceAll('\\n', '\n')
  if (!text.trimStart().startsWith('{')) return { disabled: false, comments: plain }
  try {
    const json: unknown = JSON.parse(text)
    const { disabled, comments } = json as { disabled?: unknown; comments?: unknown }
    return { disabled: disabled === true, comments: typeof comments === 'string' ? comments : null }
  } catch {
    return { disabled: false, comments: plain }
  }
}

/** Everything the file has for the zone; the first fault refuses all of it. */
export function readImport(state: State, zoneName: string, zone: HeldZone | null, text: string): HeldRecord[] {
  const file = parseZoneFile(text, zoneName, RECORD_TTL)
  const records: HeldRecord[] = []
  for (const entry of file) {
    if (entry.class !== 'IN') {
      throw new ServerError('Cannot import records: only IN class is supported by the DNS server.')
    }
    if (!belongsTo(zoneName, entry.name)) {
      if (entry.type === 'A' || entry.type === 'AAAA') continue
      throw new ServerError(
        `Cannot import records: the domain name '${entry.name}' does not belong to the zone '${zoneName}'.`,
      )
    }
    if (DNSSEC_TYPES.has(entry.type)) continue
    records.push(heldRecord(state, zone, entry, file))
  }
  return records
}

function heldRecord(state: State, zone: HeldZone | null, entry: FileRecord, file: FileRecord[]): HeldRecord {
  const { disabled, comments } = readComment(entry.comment)
  const record = makeRecord(entry.name, entry.type, entry.ttl, entry.rdata, {
    disabled: entry.type === 'SOA' ? false : disabled,
    comments,
    hints: entry.hints,
    lastModified: entry.comment ? state.now() : null,
  })
  if (entry.type === 'NS') record.glue = glueFor(entry, file)
  if (!record.rdata.svcb || (!entry.hints.ipv4 && !entry.hints.ipv6)) return record
  return { ...record, rdata: resolveHints(zone, record, file) }
}

function glueFor(entry: FileRecord, file: FileRecord[]): string[] | null {
  const host = entry.rdata.host ?? ''
  const addresses = file
    .filter((other) => (other.type === 'A' || other.type === 'AAAA') && sameName(other.name, host))
    .map((other) => other.rdata.address?.text ?? '')
  return addresses.length === 0 ? null : addresses
}

interface ImportMode {
  /** Replace the sets that are in the file, instead of adding to them. */
  overwrite: boolean
  overwriteZone: boolean
  overwriteSoaSerial: boolean
}

/** Set by set, each with a serial of its own; a refused set stops it there, and what went before stays. */
export function importRecords(state: State, zone: HeldZone, records: HeldRecord[], mode: ImportMode): void {
  if (!['Primary', 'Forwarder', 'Catalog'].includes(zone.type)) {
    throw new ServerError(`Zone must be a primary or forwarder type: ${zone.name}`)
  }
  if (mode.overwriteZone) deleteEverything(state, zone)
  let serial: number | null = null
  for (const [name, sets] of group(records)) {
    checkInside(zone, name)
    const node = nodeOrNew(zone, name)
    for (const set of sets.values()) {
      const type = set[0]!.type
      if (type === 'SOA' && sameName(name, zone.name)) {
        if (!mode.overwriteSoaSerial) set[0]!.dateSerial = soaRecord(zone).dateSerial
        serial = set[0]!.rdata.soa!.serial
      }
      if (mode.overwrite || mode.overwriteZone || ['CNAME', 'DNAME', 'SOA'].includes(type)) {
        setRecords(state, zone, node, set)
      } else {
        for (const record of set) addToNode(state, zone, node, record)
      }
    }
  }
  if (mode.overwriteSoaSerial && serial !== null) forceSerial(zone, serial)
}

function group(records: HeldRecord[]): Map<string, Map<string, HeldRecord[]>> {
  const names = new Map<string, Map<string, HeldRecord[]>>()
  for (const record of records) {
    const key = record.name.toLowerCase()
    const types = names.get(key) ?? new Map<string, HeldRecord[]>()
    names.set(key, types)
    types.set(record.type, [...(types.get(record.type) ?? []), record])
  }
  return names
}

function deleteEverything(state: State, zone: HeldZone): void {
  for (const node of nodesInOrder(zone)) {
    for (const number of node.sets.types()) {
      if (number !== typeNumber('SOA')) deleteSet(state, zone, node.name, enumName(RECORD_TYPES, number))
    }
    removeIfEmpty(zone, node)
  }
}
