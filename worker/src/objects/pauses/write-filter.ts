import type { FilterOperation } from '@zonedeck/shared/filter-operation'
import type { Job } from '@zonedeck/shared/job'
import { findingKey } from '@zonedeck/shared/plan/keys'
import type { Call } from '../../http/context.ts'
import { ProviderError } from '../../providers/provider-error.ts'
import { askApply, askJob, askPlan, wholeServer, type Actor } from '../ask-writer.ts'

/**
 * Writes to a filter the way everybody does: planned, compared, read back, in the history. True when it is there, false
 * when that cannot be told yet. Throws ProblemError, and ProviderError when it was not done.
 */
export type WriteFilter = (connection: string, actor: Actor, operation: FilterOperation) => Promise<boolean>

/** How often a job that takes its time is looked after, and how often that is done. In milliseconds. */
const step = 500
const steps = 20

export function makeWriteFilter(call: Call): WriteFilter {
  return async (connection, actor, operation) => {
    const where = { connection, zone: wholeServer }
    const { plan, findings } = await askPlan(call, actor, where, { changes: [], operation })
    // Nobody is there to accept anything: whoever began the pause has.
    const accept = findings.filter(({ severity }) => severity === 'danger').map(findingKey)
    let job = await askApply(call, actor, where, { changes: [], operation, plan, accept })
    for (let count = 0; count < steps && job.finishedAt === undefined; count += 1) {
      await new Promise((resolve) => setTimeout(resolve, step))
      job = await askJob(call, where, job.id)
    }
    return isDone(job)
  }
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
