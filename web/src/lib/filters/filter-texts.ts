import type { HistoryEntry } from '@zonedeck/shared/job'

/** A filter's configuration before and after an entry of the history; null when the entry is not about one. */
export function filterTexts({
  before,
  after,
}: Pick<HistoryEntry, 'before' | 'after'>): { before: string; after: string } | null {
  if (before?.about !== 'filter' || after?.about !== 'filter') return null
  if (before.text === undefined || after.text === undefined) return null
  return { before: before.text, after: after.text }
}
