import type { Change } from '@zonedeck/shared/change'
import { setKey } from '@zonedeck/shared/plan/keys'
import { mergeSets } from '@zonedeck/shared/plan/merge'
import { sameSet } from '@zonedeck/shared/plan/same-set'
import { mergeChanges } from './draft-changes.ts'

/**
 * Puts what an editor made into a draft. An edit says what the set was when its editor opened; when the draft has moved
 * on since, in another tab, both edits are joined record by record, and where they contradict the last one stands.
 */
export function joinEdits(draft: readonly Change[], edits: readonly Change[]): Change[] {
  const known = new Map(draft.map((change) => [setKey(change), change]))
  const joined = edits.map((edit) => {
    const theirs = known.get(setKey(edit))
    if (theirs === undefined || same(theirs.after, edit.before)) return edit
    const both = mergeSets(edit.before, edit.after, theirs.after).both
    return both === null ? edit : { ...edit, after: both.set }
  })
  return mergeChanges(draft, joined)
}

function same(a: Change['after'], b: Change['after']): boolean {
  return a === null || b === null ? a === b : sameSet(a, b)
}
