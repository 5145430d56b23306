import type { FilterContent } from '@zonedeck/shared/content-filter'
import type { FilterOperation } from '@zonedeck/shared/filter-operation'
import type { Job, Plan } from '@zonedeck/shared/job'
import { isRefusal } from '@zonedeck/shared/refusals'
import type { Me } from '@zonedeck/shared/session'
import type { Call } from '../../http/context.ts'
import { digest } from '../../http/ids.ts'
import { ProblemError } from '../../http/problem-error.ts'
import { askApply, askJob, askPlan } from '../../objects/ask-writer.ts'
import type { FilterBackend } from '../../providers/provider.ts'
import { openConnection } from '../connections/open.ts'
import { blockingWarnings } from './warnings.ts'

/** In place of a zone: an operation on the server itself. */
const everything = '*'

/** The filter behind a connection, or 422 with the reason why it has none. */
async function openFilter(call: Call, connection: string): Promise<FilterBackend> {
  const { about, filter } = await openConnection(call.env, connection, call.now, call.fetch)
  const support = about.capabilities.filter
  if (filter !== undefined && support === true) return filter
  throw new ProblemError(422, 'provider/unsupported', 'This server filters nothing', {
    detail: isRefusal(support) ? support.reason : 'This server offers no way to do it.',
  })
}

/** Everything the page of a filter shows, fresh from its server. */
export async function readFilter(call: Call, connection: string): Promise<FilterContent> {
  const filter = await openFilter(call, connection)
  const [{ text, about }, blocking] = await Promise.all([filter.read(), filter.blocking?.read() ?? null])
  return {
    about,
    text,
    hash: digest(text),
    blocking,
    warnings: blocking === null ? [] : blockingWarnings(blocking),
    pauses: [],
    readAt: new Date(call.now()).toISOString(),
  }
}

export function planFilter(call: Call, me: Me, connection: string, operation: FilterOperation): Promise<Plan> {
  return askPlan(call, me, { connection, zone: everything }, { changes: [], operation })
}

export function applyFilter(
  call: Call,
  me: Me,
  connection: string,
  input: { plan: string; accept: string[]; operation: FilterOperation },
): Promise<Job> {
  return askApply(call, me, { connection, zone: everything }, { ...input, changes: [] })
}

export function findFilterJob(call: Call, connection: string, id: string): Promise<Job> {
  return askJob(call, { connection, zone: everything }, id)
}
