import { setKey } from '@zonedeck/shared/plan/keys'
import { sameSet } from '@zonedeck/shared/plan/same-set'
import type { Change } from '@zonedeck/shared/change'
import type { RecordSet } from '@zonedeck/shared/record-set'

/** How many sets are made, changed and deleted. */
export interface Counts {
  create: number
  modify: number
  delete: number
}

/**
 * Puts a change into a draft. An earlier edit of the same set keeps its base (what the server held when editing began),
 * so that a conflict is still found; a set edited back to what it was leaves the draft.
 */
export function mergeChanges(draft: readonly Change[], edits: readonly Change[]): Change[] {
  const merged = new Map(draft.map((change) => [setKey(change), change]))
  for (const edit of edits) {
    const key = setKey(edit)
    const before = merged.has(key) ? (merged.get(key)?.before ?? null) : edit.before
    if (unchanged(before, edit.after)) merged.delete(key)
    else merged.set(key, { name: edit.name, type: edit.type, before, after: edit.after })
  }
  return [...merged.values()]
}

function unchanged(before: RecordSet | null, after: RecordSet | null): boolean {
  if (before === null || after === null) return before === after
  return sameSet(before, after)
}

/** Counts a draft by what happens to each set. */
export function countChanges(changes: readonly Change[]): Counts {
  const counts = { create: 0, modify: 0, delete: 0 }
  for (const { before, after } of changes) {
    if (before === null) counts.create++
    else if (after === null) counts.delete++
    else counts.modify++
  }
  return counts
}

/** The changes of a draft but for some sets. */
export function withoutSets(changes: readonly Change[], sets: readonly { name: string; type: string }[]): Change[] {
  const gone = new Set(sets.map(setKey))
  return changes.filter((change) => !gone.has(setKey(change)))
}
