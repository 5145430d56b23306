import type { DnsRecord, RecordSet } from '../record-set.ts'
import { compareText } from './keys.ts'
import { stableJson } from './stable-json.ts'

/** What two reads of a set may differ in and still be the same set. */
interface Leniency {
  /** Servers count the serial of a SOA up with every write. */
  serial?: boolean
  /** Servers fill in native fields of their own where none were sent. */
  native?: boolean
}

/** `mname rname serial refresh retry expire minimum` without the serial. */
function withoutSerial(rdata: string): string {
  const fields = rdata.split(' ')
  fields[2] = ''
  return fields.join(' ')
}

/** Everything of a record that counts, as one text. Its own TTL is the set's where it has none. */
export function recordText(record: DnsRecord, set: RecordSet, lenient: Leniency = {}): string {
  const rdata = lenient.serial && set.type === 'SOA' ? withoutSerial(record.rdata) : record.rdata
  const { disabled, comment, native } = record
  const ttl = record.ttl ?? set.ttl
  const more = native === undefined || lenient.native || Object.keys(native).length === 0 ? '' : stableJson(native)
  return `${rdata}\u0000${ttl}\u0000${disabled === true ? '-' : ''}\u0000${comment ?? ''}\u0000${more}`
}

function commentTexts(set: RecordSet): string[] {
  return (set.comments ?? []).map(({ content, account }) => `${content}\u0000${account ?? ''}`).sort(compareText)
}

function sameTexts(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((text, index) => text === b[index])
}

/** The common case, without making texts: most sets did not change, and most servers keep their order. */
function isPlainlySame(a: DnsRecord, setA: RecordSet, b: DnsRecord | undefined, setB: RecordSet): boolean {
  return (
    b !== undefined &&
    a.rdata === b.rdata &&
    (a.ttl ?? setA.ttl) === (b.ttl ?? setB.ttl) &&
    (a.disabled === true) === (b.disabled === true) &&
    (a.comment ?? '') === (b.comment ?? '') &&
    a.native === undefined &&
    b.native === undefined
  )
}

function compare(a: RecordSet | null, b: RecordSet | null, lenient: Leniency): boolean {
  if (a === b) return true
  if (a === null || b === null) return false
  if (a.name !== b.name || a.type !== b.type || a.records.length !== b.records.length) return false
  if ((a.comments?.length ?? 0) !== (b.comments?.length ?? 0)) return false
  if (!a.records.every((record, index) => isPlainlySame(record, a, b.records[index], b))) {
    const ours = a.records.map((record) => recordText(record, a, lenient)).sort(compareText)
    const theirs = b.records.map((record) => recordText(record, b, lenient)).sort(compareText)
    if (!sameTexts(ours, theirs)) return false
  }
  return a.comments === undefined || sameTexts(commentTexts(a), commentTexts(b))
}

/**
 * Do two states of a set say the same? The order of its records, native ids (`ref`), warnings and the reason why it
 * cannot be edited do not count; TTLs, comments, what is disabled and the provider's native fields do.
 */
export function sameSet(a: RecordSet | null, b: RecordSet | null): boolean {
  return compare(a, b, {})
}

/** Is the set still what it was when editing began? A serial that the server counted up meanwhile is no conflict. */
export function unchangedSince(before: RecordSet | null, fresh: RecordSet | null): boolean {
  return compare(before, fresh, { serial: true })
}

/** Does the server hold what was asked for? Native fields and the serial are the server's to fill in. */
export function holds(wanted: RecordSet | null, found: RecordSet | null): boolean {
  if (compare(wanted, found, { serial: true })) return true
  return wanted !== null && compare(wanted, found, { serial: true, native: true })
}
