import { EditError } from '@zonedeck/shared/filter/edit'
import { mergeConfigs, type ConfigConflict } from '@zonedeck/shared/filter/merge'
import type { FilterBase, KeptFilter } from './filter-store.ts'

export type Choices = ReadonlyMap<string, 'mine' | 'theirs'>

/**
 * A draft when the server holds something else than what it was made from.
 *
 * - `merged`: every change finds its place in what the server holds.
 * - `conflicts`: both changed the same things.
 * - `unreadable`: one of the two is no JSON object, so nothing can be said part by part.
 */
export type Meeting =
  | { state: 'merged'; text: string }
  | { state: 'conflicts'; conflicts: readonly ConfigConflict[] }
  | { state: 'unreadable' }

export function meetServer(base: string, mine: string, theirs: string, choices?: Choices): Meeting {
  try {
    const merge = mergeConfigs(base, mine, theirs, choices)
    return merge.text === null
      ? { state: 'conflicts', conflicts: merge.conflicts }
      : { state: 'merged', text: merge.text }
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof EditError) return { state: 'unreadable' }
    throw error
  }
}

/**
 * What the device shall keep when another tab may have written meanwhile: the edits of both; where both edited one thing,
 * those made here, which are the later ones.
 *
 * @param knew what the device held when this tab looked last
 * @param there what it holds now
 */
export function meetOtherTab(
  knew: KeptFilter | undefined,
  mine: KeptFilter | undefined,
  there: KeptFilter | undefined,
): KeptFilter | undefined {
  if (mine === undefined || there === undefined || mine.base.hash !== there.base.hash) return mine
  const from = knew?.base.hash === there.base.hash ? knew.text : there.base.text
  if (there.text === from) return mine
  const first = meetServer(from, mine.text, there.text)
  const choices: Choices = new Map(
    first.state === 'conflicts' ? first.conflicts.map(({ pointer }) => [pointer, 'mine']) : [],
  )
  const meeting = first.state === 'conflicts' ? meetServer(from, mine.text, there.text, choices) : first
  return meeting.state === 'merged' ? { ...mine, text: meeting.text } : mine
}

export function sameKept(a: KeptFilter | undefined, b: KeptFilter | undefined): boolean {
  return a?.text === b?.text && sameBase(a?.base, b?.base)
}

function sameBase(a: FilterBase | undefined, b: FilterBase | undefined): boolean {
  return a?.hash === b?.hash
}
