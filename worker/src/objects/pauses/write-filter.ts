import type { FilterOperation } from '@zonedeck/shared/filter-operation'
import type { Job } from '@zonedeck/shared/job'
import type { Call } from '../../http/context.ts'
import { ProviderError } from '../../providers/provider-error.ts'
import { askUnattended, type Actor } from '../ask-writer.ts'

/**
 * Writes to a filter the way everybody does: planned, compared, read back, in the history. True when it is there, false
 * when that cannot be told yet. Throws ProblemError, and ProviderError when it was not done.
 */
export type WriteFilter = (connection: string, actor: Actor, operation: FilterOperation) => Promise<boolean>

/** How long a job may take, in milliseconds. */
const patience = 10_000

export function makeWriteFilter(call: Call): WriteFilter {
  // Whoever began the pause has accepted what it does.
  return async (connection, actor, operation) =>
    isDone(await askUnattended(call, actor, connection, operation, patience))
}

/**
 * What reading again did not confirm may have been written all the same, with somebody else's write on top of it: only a
 * plain refusal is one.
 */
function isDone({ finishedAt, state, operationResult }: Job): boolean {
  if (finishedAt === undefined) return false
  if (state === 'done') return true
  if (operationResult?.status !== 'failed' || operationResult.verified !== undefined) return false
  throw new ProviderError('refused', operationResult?.detail ?? 'The server did not do it.')
}
