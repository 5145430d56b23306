import type { HistoryEntry } from '@zonedeck/shared/job'
import type { Me } from '@zonedeck/shared/session'
import type { Call } from '../../http/context.ts'
import { notFound } from '../../http/problem-error.ts'

/** Newest first, only what the caller may view, without `changes` and `results`. */
export async function listHistory(
  _call: Call,
  _me: Me,
  _filter: { connection?: string; zone?: string; before?: string | undefined },
): Promise<HistoryEntry[]> {
  return []
}

export async function findEntry(_call: Call, _me: Me, _id: string): Promise<HistoryEntry> {
  throw notFound()
}
