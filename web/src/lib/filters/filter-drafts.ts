import { readFilter } from './filter-api.ts'
import { FilterDraft } from './filter-draft.svelte.ts'
import { filterStore } from './filter-store.ts'
import { judge, prepareJudge } from './judge.ts'

const drafts = new Map<string, FilterDraft>()

/** The one draft of a connection's filter: it stays while one moves between pages, with the steps to undo. */
export function filterDraftOf(connection: string): FilterDraft {
  let draft = drafts.get(connection)
  if (draft === undefined) {
    prepareJudge()
    draft = new FilterDraft(connection, { read: readFilter, judge, store: filterStore })
    drafts.set(connection, draft)
  }
  return draft
}

/** How many filters have edits on this device that were never applied. */
export async function countFilterDrafts(): Promise<number> {
  return (await filterStore?.all().catch(() => []))?.length ?? 0
}

/** Forgets all edits, on the device too. */
export async function forgetFilterDrafts(): Promise<void> {
  drafts.clear()
  await filterStore?.clear().catch(() => undefined)
}
