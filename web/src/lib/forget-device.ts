import { draft } from './draft.svelte.ts'
import { forgetFilterDrafts } from './filters/filter-drafts.ts'
import { keepEditor } from './records/kept-editor.ts'
import { lastReadings } from './zones/last-readings.ts'

/**
 * What is forgotten on this device at sign-out: the names of zones that were listed, always; what was typed and never
 * applied, only when the person said so.
 */
export async function forgetDevice(withDraft: boolean): Promise<void> {
  lastReadings(localStorage).clear()
  if (!withDraft) return
  keepEditor(sessionStorage, null)
  await Promise.all([draft.clear(), forgetFilterDrafts()])
}
