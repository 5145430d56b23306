import type { DnsRecord, RecordSet } from '../record-set.ts'
import { recordText, sameSet } from './same-set.ts'

/** One way out of a conflict: the set that would be in the draft (`null`: none), and what is lost by choosing it. */
export interface MergeOutcome {
  set: RecordSet | null
  /** Sentences. Empty when nothing is lost. */
  loses: string[]
}

export interface Merge {
  mine: MergeOutcome
  theirs: MergeOutcome
  /** Both edits together, record by record; null when they cannot stand together. */
  both: MergeOutcome | null
}

/** Types of which a name has one record at most. */
const single = new Set(['CNAME', 'DNAME', 'SOA'])

type Rows = Map<string, DnsRecord>

/** By value: with its own TTL made explicit, so that a record can move between sets of different TTL. */
function rows(set: RecordSet | null): Rows {
  return new Map(set?.records.map((record) => [record.rdata, { ...record, ttl: record.ttl ?? set.ttl }]) ?? [])
}

function same(a: DnsRecord | undefined, b: DnsRecord | undefined, type: string): boolean {
  if (a === undefined || b === undefined) return a === b
  const set: RecordSet = { name: '@', type, ttl: 0, records: [a] }
  return recordText(a, set) === recordText(b, set)
}

const list = (records: readonly string[]) => records.map((rdata) => `“${rdata}”`).join(', ')

/** What the second hand did since `base` that `result` does not hold. */
function lost(base: RecordSet | null, hand: RecordSet | null, result: RecordSet | null, whose: string): string[] {
  const was = rows(base)
  const did = rows(hand)
  const will = rows(result)
  const type = (base ?? hand ?? result)?.type ?? ''
  const added = [...did.keys()].filter((rdata) => !was.has(rdata) && !will.has(rdata))
  const removed = [...was.keys()].filter((rdata) => !did.has(rdata) && will.has(rdata))
  const changed = [...did.keys()].filter(
    (rdata) =>
      was.has(rdata) &&
      will.has(rdata) &&
      !same(was.get(rdata), did.get(rdata), type) &&
      !same(did.get(rdata), will.get(rdata), type),
  )
  const sentences: string[] = []
  if (added.length > 0) sentences.push(`Removes ${list(added)}, which ${whose} added.`)
  if (removed.length > 0) sentences.push(`Brings back ${list(removed)}, which ${whose} removed.`)
  if (changed.length > 0) sentences.push(`Undoes what ${whose} changed of ${list(changed)}.`)
  return sentences
}

/** Takes whichever side moved away from the base; when both did, mine. */
function pick<T>(base: T, mine: T, theirs: T, equal: (a: T, b: T) => boolean): T {
  return equal(mine, base) ? theirs : mine
}

function mergeBoth(base: RecordSet | null, mine: RecordSet | null, theirs: RecordSet | null): MergeOutcome | null {
  const shape = mine ?? theirs
  if (shape === null) return { set: null, loses: [] }
  const { name, type } = shape
  const was = rows(base)
  const my = rows(mine)
  const their = rows(theirs)

  const replaced = [...was.keys()].filter((rdata) => !my.has(rdata) && !their.has(rdata))
  const myNew = [...my.keys()].filter((rdata) => !was.has(rdata))
  const theirNew = [...their.keys()].filter((rdata) => !was.has(rdata))
  const disagree = replaced.length > 0 && myNew.some((rdata) => !their.has(rdata)) && theirNew.some((r) => !my.has(r))
  // Both gave the same record another value: keeping the two values is nobody's wish.
  if (disagree) return null

  const records: DnsRecord[] = []
  for (const rdata of new Set([...their.keys(), ...my.keys()])) {
    const record = pick(was.get(rdata), my.get(rdata), their.get(rdata), (a, b) => same(a, b, type))
    if (record !== undefined) records.push(record)
  }
  if (records.length === 0) return { set: null, loses: [] }
  if (single.has(type) && records.length > 1) return null
  const ttl = pick(base?.ttl ?? -1, mine?.ttl ?? theirs?.ttl ?? 0, theirs?.ttl ?? mine?.ttl ?? 0, (a, b) => a === b)
  const comments = pick(
    base?.comments,
    mine?.comments,
    theirs?.comments,
    (a, b) => JSON.stringify(a ?? []) === JSON.stringify(b ?? []),
  )
  // Only a TTL that someone really set apart stays with its record; the others follow the set's.
  const mixed = new Set(records.map((record) => record.ttl)).size > 1 && [mine, theirs].some(hasOwnTtl)
  const set: RecordSet = {
    name,
    type,
    ttl,
    records: records.map(({ ttl: own, ...record }) =>
      mixed && own !== undefined && own !== ttl ? { ...record, ttl: own } : record,
    ),
    ...(comments === undefined ? {} : { comments }),
  }
  return { set, loses: lost(base, theirs, set, 'the other edit') }
}

function hasOwnTtl(set: RecordSet | null): boolean {
  return set?.records.some((record) => record.ttl !== undefined && record.ttl !== set.ttl) ?? false
}

/**
 * Two hands on one set: `base` is what it was when editing began, `mine` what is in the draft, `theirs` what the server
 * holds now. Record by record, each side's additions and removals are carried over where they do not contradict.
 */
export function mergeSets(base: RecordSet | null, mine: RecordSet | null, theirs: RecordSet | null): Merge {
  const drop = sameSet(mine, theirs) ? [] : ['Drops your change to this set from the draft.']
  return {
    mine: { set: mine, loses: lost(base, theirs, mine, 'the other edit') },
    theirs: { set: theirs, loses: drop },
    both: mergeBoth(base, mine, theirs),
  }
}
