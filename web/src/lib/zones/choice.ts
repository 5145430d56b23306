import type { Change } from '@zonedeck/shared/change'
import { setKey } from '@zonedeck/shared/plan/keys'
import { mergeSets } from '@zonedeck/shared/plan/merge'
import { sameSet } from '@zonedeck/shared/plan/same-set'
import type { Conflict } from '@zonedeck/shared/problem'

/** How a conflict is settled. */
export type Choice = 'both' | 'mine' | 'theirs'

/** Both where both can stand: nothing is lost then. */
export function firstChoice({ base, mine, theirs }: Conflict): Choice {
  return mergeSets(base, mine, theirs).both === null ? 'mine' : 'both'
}

/**
 * The draft with its conflicts settled: what the server holds now is the new base of each, so that the next plan compares
 * with what the person has just seen. A set whose outcome is what the server holds leaves the draft.
 */
export function settle(
  changes: readonly Change[],
  conflicts: readonly Conflict[],
  choices: ReadonlyMap<string, Choice>,
): Change[] {
  const settled = new Map(conflicts.map((conflict) => [setKey(conflict), conflict]))
  return changes.flatMap((change) => {
    const conflict = settled.get(setKey(change))
    if (conflict === undefined) return [change]
    const merge = mergeSets(conflict.base, conflict.mine, conflict.theirs)
    const outcome = merge[choices.get(setKey(conflict)) ?? firstChoice(conflict)] ?? merge.mine
    if (sameSet(outcome.set, conflict.theirs)) return []
    return [{ name: change.name, type: change.type, before: conflict.theirs, after: outcome.set }]
  })
}
