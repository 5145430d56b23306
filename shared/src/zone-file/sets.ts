import { toRelative } from '../names.ts'
import type { RecordSet } from '../record-set.ts'
import type { ZoneRecord } from './zone-record.ts'

/**
 * Gathers records into sets with names relative to the zone, in the order of the file. Every record keeps its own TTL
 * where it differs from the set's, which is its first one. A record that comes twice is kept once, the live one rather
 * than the disabled. Names outside of the zone have no place in a set: `checkZone` reports them.
 *
 * @param zone without the last dot; `@` is the root
 */
export function toRecordSets(records: readonly ZoneRecord[], zone: string): RecordSet[] {
  const sets = new Map<string, { set: RecordSet; seen: Map<string, RecordSet['records'][number]> }>()
  for (const { name, type, ttl, rdata, disabled, comment } of records) {
    const relative = toRelative(name, zone)
    if (relative === null) continue
    const key = `${relative} ${type}`
    let entry = sets.get(key)
    if (entry === undefined)
      sets.set(key, (entry = { set: { name: relative, type, ttl, records: [] }, seen: new Map() }))
    const before = entry.seen.get(rdata)
    if (before !== undefined) {
      if (!disabled) delete before.disabled
      if (comment !== undefined) before.comment ??= comment
      continue
    }
    const record: RecordSet['records'][number] = { rdata }
    if (ttl !== entry.set.ttl) record.ttl = ttl
    if (disabled) record.disabled = true
    if (comment !== undefined) record.comment = comment
    entry.seen.set(rdata, record)
    entry.set.records.push(record)
  }
  return Array.from(sets.values(), ({ set }) => set)
}
