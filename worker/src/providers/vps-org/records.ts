import { NameError, parseName, toRelative } from '@zonedeck/shared/names'
import { setKey } from '@zonedeck/shared/plan/keys'
import type { ReadOnly, RecordSet } from '@zonedeck/shared/record-set'
import { ProviderError } from '../provider-error.ts'
import { TYPES } from './about.ts'
import { readRdata, writeName } from './rdata.ts'
import type { WireRecord } from './wire.ts'

/** One record in our words, and `body`: everything that has to be sent to have it so. */
export interface RecordState {
  name: string
  type: string
  rdata: string
  ttl: number
  body: Readonly<Record<string, unknown>>
}

/** A record that the server holds. */
export interface HeldRecord extends RecordState {
  uuid: string
}

/** The documents' default, where a record comes without. */
const DEFAULT_TTL = 3600

/** Null for a record whose name lies outside of the zone; there should be none. */
export function readRecord(zone: string, wire: WireRecord): HeldRecord | null {
  const name = readName(wire.name, zone)
  if (name === null) return null
  const { uuid, created_at: _, ...body } = wire
  return { uuid, name, type: wire.record_type, rdata: readRdata(wire, zone), ttl: wire.ttl ?? DEFAULT_TTL, body }
}

export function readRecords(zone: string, wires: readonly WireRecord[]): HeldRecord[] {
  return wires.flatMap((wire) => readRecord(zone, wire) ?? [])
}

/** Names are listed relative or in full, with or without a last dot. */
function readName(text: string, zone: string): string | null {
  if (text === '' || text === '@') return '@'
  try {
    const name = parseName(text.endsWith('.') ? text : `${text}.`)
    const inZone = toRelative(name, zone)
    if (inZone !== null || text.endsWith('.')) return inZone
    return name.slice(0, -1)
  } catch (error) {
    if (!(error instanceof NameError)) throw error
    throw new ProviderError('protocol', 'VPS.org lists a record whose name is no DNS name.')
  }
}

/** A relative name, unless it would be taken for the full name that it looks like. */
export function nameToSend(name: string, zone: string): string {
  const plain = writeName(name)
  return plain === zone || plain.endsWith(`.${zone}`) ? `${plain}.${zone}` : plain
}

/** Do two records say the same? What the server holds besides is not compared. */
export function sameRecord(a: RecordState, b: RecordState): boolean {
  return a.name === b.name && a.type === b.type && a.rdata === b.rdata && a.ttl === b.ttl
}

/** The record sets that single records make up. The set's TTL is the lowest of its records', which resolvers take. */
export function toRecordSets(records: readonly HeldRecord[]): RecordSet[] {
  const byKey = Map.groupBy(records, setKey)
  return [...byKey.values()].flatMap((group) => {
    const [first] = group
    if (first === undefined) return []
    const { name, type } = first
    const ttls = [...new Set(group.map((record) => record.ttl))].sort((a, b) => a - b)
    const ttl = ttls[0] ?? first.ttl
    const readOnly = lockOf(name, type)
    return {
      name,
      type,
      ttl,
      records: group.map(({ rdata, uuid, ttl: own }) => ({ rdata, ref: uuid, ...(own === ttl ? {} : { ttl: own }) })),
      ...(readOnly === null ? {} : { readOnly }),
      ...(ttls.length > 1
        ? { warnings: [`Its records have different TTLs (${ttls.join(', ')} seconds). Resolvers take the lowest.`] }
        : {}),
    }
  })
}

function lockOf(name: string, type: string): ReadOnly | null {
  if (type === 'SOA') return 'soa'
  if (type === 'NS' && name === '@') return 'apex-ns'
  return TYPES.includes(type) ? null : 'unsupported'
}
