import type { Change } from '../change.ts'
import type { RecordSet } from '../record-set.ts'
import { compareText, setKey, orderKey } from './keys.ts'
import { sameSet } from './same-set.ts'

/**
 * What turns one state of a zone into another, a change a record set, in linear time plus the sorting of what differs.
 * The order is by name (the apex first, then names with those below them) and type, whatever order the sets came in.
 * A key that occurs twice in one list counts with its last set.
 */
export function diffZones(before: readonly RecordSet[], after: readonly RecordSet[]): Change[] {
  const old = new Map(before.map((set) => [setKey(set), set]))
  const wanted = new Map(after.map((set) => [setKey(set), set]))
  const changes: Change[] = []
  for (const [key, set] of wanted) {
    const was = old.get(key) ?? null
    if (!sameSet(was, set)) changes.push({ name: set.name, type: set.type, before: was, after: set })
  }
  for (const [key, set] of old) {
    if (!wanted.has(key)) changes.push({ name: set.name, type: set.type, before: set, after: null })
  }
  return sortChanges(changes)
}

/** By name and type: the order in which changes are shown. */
function sortChanges(changes: readonly Change[]): Change[] {
  return changes
    .map((change) => ({ change, key: orderKey(change.name) }))
    .sort((a, b) => compareText(a.key, b.key) || compareText(a.change.type, b.change.type))
    .map(({ change }) => change)
}

/** The sets of a zone as they will be once the changes are made, by key. */
export function applyChanges(recordSets: readonly RecordSet[], changes: readonly Change[]): Map<string, RecordSet> {
  const sets = new Map(recordSets.map((set) => [setKey(set), set]))
  for (const change of changes) {
    if (change.after === null) sets.delete(setKey(change))
    else sets.set(setKey(change), change.after)
  }
  return sets
}
