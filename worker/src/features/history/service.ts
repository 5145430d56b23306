import type { HistoryEntry } from '@zonedeck/shared/job'
import type { Me } from '@zonedeck/shared/session'
import type { Call } from '../../http/context.ts'
import { notFound } from '../../http/problem-error.ts'
import { requireRight } from '../../http/rights.ts'
import { neededFor, selectEntry, selectPage } from './store.ts'

/** Newest first, only what the caller may view, without `changes` and `results`. */
export function listHistory(
  call: Call,
  me: Me,
  filter: { connection?: string; zone?: string; before?: string | undefined },
): Promise<HistoryEntry[]> {
  return selectPage(call.env.DB, me, filter)
}

/** One entry whole. Throws 404 for one that is not there or of a zone that the caller may not view, and 403. */
export async function findEntry(call: Call, me: Me, id: string): Promise<HistoryEntry> {
  const entry = await selectEntry(call.env.DB, id)
  if (entry === null) throw notFound()
  requireRight(me, neededFor(entry), entry.connection, entry.zone)
  return entry
}
