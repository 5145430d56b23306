import { NameError, parseName, toRelative } from '@zonedeck/shared/names'
import { setKey } from '@zonedeck/shared/plan/keys'
import type { DnsRecord, ReadOnly, RecordSet } from '@zonedeck/shared/record-set'
import { typeRefusal } from '@zonedeck/shared/refusals'
import type { Zone } from '@zonedeck/shared/zone'
import { about } from './about.ts'
import { toRdata } from './content.ts'
import type { Domain, WireRecord } from './wire.ts'

/** A name as the server spells it, IDN and without its final dot → canonical; null for one that is none. */
export function readName(text: string): string | null {
  try {
    return parseName(text.endsWith('.') ? text : `${text}.`)
  } catch (error) {
    if (error instanceof NameError) return null
    throw error
  }
}

/** The zone's name as the panel knows it, or null for something that no zone can be called. */
export function zoneName(domain: Pick<Domain, 'name'>): string | null {
  const name = readName(domain.name)
  return name === null || name === '.' ? null : name.slice(0, -1)
}

const KINDS: Readonly<Record<string, string>> = { NATIVE: 'Native', MASTER: 'Master', SLAVE: 'Slave' }

export function toZone(name: string, { type, zoneId, dateModified }: Domain): Zone {
  const kind = type.toUpperCase()
  return {
    name,
    kind: KINDS[kind] ?? type,
    ...(kind === 'SLAVE' ? { readOnly: 'This is a copy: its records come from the primary server.' } : {}),
    ...(dateModified === undefined ? {} : { modifiedAt: dateModified }),
    ...(zoneId === null ? {} : { ref: String(zoneId) }),
  }
}

/** Which set of the zone a record is of; null when its name is outside of the zone, or none at all. */
export function placeOf(zone: string, { name, type }: Pick<WireRecord, 'name' | 'type'>) {
  const absolute = readName(name)
  const relative = absolute === null ? null : toRelative(absolute, zone)
  return relative === null ? null : { name: relative, type: type.toUpperCase() }
}

/**
 * The zone's sets, out of single records that each have a TTL of their own. An inactive record is not answered, so it
 * has no part in the TTL of its set and always carries its own. `lost` says how many records have no place in the zone.
 */
export function toRecordSets(zone: string, records: readonly WireRecord[]): { recordSets: RecordSet[]; lost: number } {
  const bySet = new Map<string, { name: string; type: string; records: WireRecord[] }>()
  let lost = 0
  for (const record of records) {
    const place = placeOf(zone, record)
    if (place === null) {
      lost += 1
      continue
    }
    const set = bySet.get(setKey(place)) ?? { ...place, records: [] }
    bySet.set(setKey(place), set)
    set.records.push(record)
  }
  return { recordSets: [...bySet.values()].map(toSet), lost }
}

function toSet({ name, type, records }: { name: string; type: string; records: readonly WireRecord[] }): RecordSet {
  const active = records.filter((record) => record.active)
  const ttls = (active.length > 0 ? active : records).map(ttlOf)
  const ttl = Math.min(...ttls)
  const readOnly = readOnlyOf(type)
  return {
    name,
    type,
    ttl,
    records: records.map((record) => toRecord(type, record, ttl)),
    ...(readOnly === null ? {} : { readOnly }),
    ...(active.length > 0 && Math.max(...ttls) > ttl ? { warnings: ['mixed-ttl'] } : {}),
  }
}

function toRecord(type: string, record: WireRecord, ttl: number): DnsRecord {
  return {
    rdata: toRdata(type, record),
    ...(record.active ? {} : { disabled: true }),
    ref: String(record.id),
    ...(record.active && ttlOf(record) === ttl ? {} : { ttl: ttlOf(record) }),
  }
}

/** What is out of range is 0 to every resolver (RFC 2181 §8). */
function ttlOf({ ttl }: Pick<WireRecord, 'ttl'>): number {
  return ttl < 0 || ttl > about.capabilities.ttl.max ? 0 : ttl
}

function readOnlyOf(type: string): ReadOnly | null {
  if (type === 'SOA') return 'soa'
  return typeRefusal(about.capabilities, type) === null ? null : 'unsupported'
}
