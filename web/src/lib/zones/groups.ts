import { compareText, setKey, orderKey } from '@zonedeck/shared/plan/keys'
import type { Change } from '@zonedeck/shared/change'
import type { DnsRecord, RecordSet } from '@zonedeck/shared/record-set'

/** One line of the zone page: a record, or what a draft makes of it. */
export interface Row {
  key: string
  type: string
  /** The set as it will be, or as it was when it is deleted. */
  set: RecordSet
  state: 'same' | 'create' | 'modify' | 'delete'
  record: DnsRecord
  /** What a modified row was; shown above the new value. */
  was?: DnsRecord
  ttl: number
  wasTtl?: number
}

/** All rows of one name. Very long groups come in several parts, so that no item of the list is taller than a screen or two. */
export interface Group {
  key: string
  name: string
  part: number
  rows: Row[]
}

const ROWS_PER_PART = 60
const TYPE_ORDER = ['SOA', 'NS', 'A', 'AAAA', 'CNAME', 'ALIAS', 'ANAME', 'MX', 'TXT', 'SPF', 'CAA', 'SRV']

/** The record sets of a zone as groups by name: apex first, then DNSSEC's order (children right after their parent). */
export function groupRecords(recordSets: readonly RecordSet[], changes: readonly Change[] = []): Group[] {
  const byName = new Map<string, RecordSet[]>()
  const pending = new Map<string, Change>()
  for (const change of changes) {
    pending.set(setKey(change), change)
    if (!byName.has(change.name)) byName.set(change.name, [])
  }
  const seen = new Set<string>()
  for (const set of recordSets) {
    const sets = byName.get(set.name)
    if (sets === undefined) byName.set(set.name, [set])
    else sets.push(set)
    if (pending.size > 0) seen.add(setKey(set))
  }
  for (const [key, change] of pending) {
    const shown = change.after ?? change.before
    if (!seen.has(key) && shown !== null) byName.get(change.name)?.push(shown)
  }
  const names = [...byName.keys()].map((name) => ({ name, order: orderKey(name) }))
  names.sort((a, b) => compareText(a.order, b.order))
  return names.flatMap(({ name }) => toGroups(name, byName.get(name) ?? [], pending))
}

/**
 * Lays a draft over groups made once from what was read: only the names it touches are grouped again, so that an edit in
 * a zone of 100,000 records costs no more than in a small one.
 */
export function overlayChanges(base: readonly Group[], changes: readonly Change[]): readonly Group[] {
  if (changes.length === 0) return base
  const names = new Set(changes.map(({ name }) => name))
  const touched = new Set<RecordSet>()
  const rest: Group[] = []
  for (const group of base) {
    if (names.has(group.name)) for (const { set } of group.rows) touched.add(set)
    else rest.push(group)
  }
  const parts: Group[][] = []
  let done = 0
  for (const group of groupRecords([...touched], changes)) {
    const at = firstAfter(rest, orderKey(group.name), done)
    parts.push(rest.slice(done, at), [group])
    done = at
  }
  parts.push(rest.slice(done))
  return parts.flat()
}

/** Index of the first group that comes after a name in the list's order, by halving. */
function firstAfter(groups: readonly Group[], order: string, from: number): number {
  let low = from
  let high = groups.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (compareText(orderKey(groups[middle]?.name ?? ''), order) <= 0) low = middle + 1
    else high = middle
  }
  return low
}

function toGroups(name: string, sets: RecordSet[], pending: ReadonlyMap<string, Change>): Group[] {
  sets.sort((a, b) => typeRank(a.type) - typeRank(b.type) || (a.type < b.type ? -1 : 1))
  const rows = sets.flatMap((set) => rowsOf(set, pending.get(setKey(set))))
  const groups: Group[] = []
  for (let start = 0; start < rows.length; start += ROWS_PER_PART) {
    const part = rows.slice(start, start + ROWS_PER_PART)
    groups.push({ key: `${name} ${String(start)}`, name, part: start / ROWS_PER_PART, rows: part })
  }
  return groups
}

/** Rows of one set: equal records stay as they are, removed and added ones are paired as modifications in their order. */
export function rowsOf(set: RecordSet, change?: Change): Row[] {
  const key = setKey(set)
  const row = (state: Row['state'], record: DnsRecord, index: number, shown: RecordSet): Row => ({
    key: `${key} ${state} ${String(index)}`,
    type: set.type,
    set: shown,
    state,
    record,
    ttl: record.ttl ?? shown.ttl,
  })
  if (change === undefined) return set.records.map((record, index) => row('same', record, index, set))
  const { before, after } = change
  if (before === null) return (after ?? set).records.map((record, index) => row('create', record, index, after ?? set))
  if (after === null) return before.records.map((record, index) => row('delete', record, index, before))

  const left = before.records.slice()
  const added: { record: DnsRecord; index: number }[] = []
  const rows: { index: number; row: Row }[] = []
  after.records.forEach((record, index) => {
    const at = left.findIndex((old) => sameRecord(old, record))
    if (at === -1) added.push({ record, index })
    else {
      left.splice(at, 1)
      const same = row('same', record, index, after)
      rows.push({ index, row: before.ttl === after.ttl ? same : { ...same, state: 'modify', wasTtl: before.ttl } })
    }
  })
  for (const { record, index } of added) {
    // The same value with another comment or switch belongs together, whatever stands between.
    const at = Math.max(
      0,
      left.findIndex((old) => old.rdata === record.rdata),
    )
    const was = left.splice(at, 1)[0]
    if (was === undefined) rows.push({ index, row: row('create', record, index, after) })
    else {
      const modified: Row = { ...row('modify', record, index, after), was }
      if (before.ttl !== after.ttl) modified.wasTtl = before.ttl
      rows.push({ index, row: modified })
    }
  }
  rows.sort((a, b) => a.index - b.index)
  return [...rows.map((each) => each.row), ...left.map((record, index) => row('delete', record, index, after))]
}

function sameRecord(a: DnsRecord, b: DnsRecord): boolean {
  return (
    a.rdata === b.rdata &&
    (a.disabled ?? false) === (b.disabled ?? false) &&
    (a.comment ?? '') === (b.comment ?? '') &&
    a.ttl === b.ttl
  )
}

function typeRank(type: string): number {
  const rank = TYPE_ORDER.indexOf(type)
  return rank === -1 ? TYPE_ORDER.length : rank
}

/** What the filters of the zone page ask for. */
export interface RecordFilter {
  /** Words that must all appear in name, type, value or comment. */
  query: string
  /** Only this type; empty for all. */
  type: string
  /** Only rows the draft changes. */
  changed: boolean
}

/** The groups and rows a filter leaves. Keeps the very same objects where nothing is left out. */
export function filterGroups(groups: readonly Group[], filter: RecordFilter): readonly Group[] {
  const words = filter.query.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0 && filter.type === '' && !filter.changed) return groups
  const kept: Group[] = []
  for (const group of groups) {
    const rows = group.rows.filter(
      (row) =>
        (filter.type === '' || row.type === filter.type) &&
        (!filter.changed || row.state !== 'same') &&
        (words.length === 0 || hasWords(group.name, row, words)),
    )
    if (rows.length === group.rows.length) kept.push(group)
    else if (rows.length > 0) kept.push({ ...group, rows })
  }
  return kept
}

/** What is searched of a row, made once: rows are never changed, and each key typed looks at all of them. */
const searched = new WeakMap<Row, string>()

function hasWords(name: string, row: Row, words: readonly string[]): boolean {
  let text = searched.get(row)
  if (text === undefined) {
    const { record, was } = row
    text = `${name} ${row.type} ${record.rdata} ${record.comment ?? ''} ${was?.rdata ?? ''}`.toLowerCase()
    searched.set(row, text)
  }
  return words.every((word) => text.includes(word))
}

/** How many rows each type has, most frequent first: the filter chips. */
export function countTypes(groups: readonly Group[]): { type: string; count: number }[] {
  const counts = new Map<string, number>()
  for (const { rows } of groups) for (const { type } of rows) counts.set(type, (counts.get(type) ?? 0) + 1)
  return [...counts].map(([type, count]) => ({ type, count })).sort((a, b) => typeRank(a.type) - typeRank(b.type))
}
