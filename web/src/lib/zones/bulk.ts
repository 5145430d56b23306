import type { Change } from '@zonedeck/shared/change'
import type { DnsRecord, RecordSet } from '@zonedeck/shared/record-set'
import type { Row } from './groups.ts'

/**
 * Deletes the selected records. A set keeps the records that are not selected; it goes when none is left.
 *
 * @param rows selected rows, as they are shown with the draft laid over
 */
export function deleteRows(rows: readonly Row[]): Change[] {
  return bySet(rows).map(({ set, rows: selected }) => {
    const gone = new Set(selected.map(({ record }) => record))
    const records = set.records.filter((record) => !gone.has(record))
    return { name: set.name, type: set.type, before: set, after: records.length === 0 ? null : { ...set, records } }
  })
}

/** Gives the sets of the selected records another TTL. A TTL belongs to the whole set (RFC 2181 §5.2). */
export function setTtl(rows: readonly Row[], ttl: number): Change[] {
  return bySet(rows).map(({ set }) => ({
    name: set.name,
    type: set.type,
    before: set,
    after: { ...set, ttl, records: set.records.map(withoutTtl) },
  }))
}

function withoutTtl(record: DnsRecord): DnsRecord {
  const shared = { ...record }
  delete shared.ttl
  return shared
}

/** Why a row cannot be selected for a bulk edit, or null. */
export function fixedReason(row: Row): string | null {
  if (row.state === 'delete') return 'It is deleted in the draft.'
  return row.set.readOnly === undefined ? null : 'It is kept by the server.'
}

function bySet(rows: readonly Row[]): { set: RecordSet; rows: Row[] }[] {
  const sets = new Map<RecordSet, Row[]>()
  for (const row of rows) {
    if (fixedReason(row) !== null) continue
    const known = sets.get(row.set)
    if (known === undefined) sets.set(row.set, [row])
    else known.push(row)
  }
  return [...sets].map(([set, selected]) => ({ set, rows: selected }))
}

/** A selection with one key put in or taken out. */
export function toggled(selected: ReadonlySet<string>, key: string, on: boolean): ReadonlySet<string> {
  const next = new Set(selected)
  if (on) next.add(key)
  else next.delete(key)
  return next
}
