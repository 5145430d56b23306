import type { FilterContent } from '@zonedeck/shared/content-filter'
import type { FilterOperation } from '@zonedeck/shared/filter-operation'
import type { Job, Plan } from '@zonedeck/shared/job'
import type { Call } from '../../http/context.ts'
import { digest } from '../../http/ids.ts'
import { notFound } from '../../http/problem-error.ts'
import { askApply, askJob, askPlan, wholeServer, type Actor } from '../../objects/ask-writer.ts'
import type { FilterBackend } from '../../providers/provider.ts'
import { offered } from '../connections/offered.ts'
import { openConnection } from '../connections/open.ts'
import { listPauses } from './pauses.ts'
import { blockingWarnings } from './warnings.ts'

/** The filter behind a connection, or 422 with the reason why it has none. */
export async function openFilter(call: Call, connection: string): Promise<FilterBackend> {
  const { about, filter } = await openConnection(call.env, connection, call.now, call.fetch)
  return offered(filter, about.capabilities.filter, 'This server filters nothing')
}

/** Everything the page of a filter shows, fresh from its server. */
export async function readFilter(call: Call, connection: string): Promise<FilterContent> {
  const filter = await openFilter(call, connection)
  const [{ text, about }, blocking] = await Promise.all([filter.read(), filter.blocking?.read() ?? null])
  const pauses = await listPauses(call, connection, text)
  return {
    about,
    text,
    hash: digest(text),
    blocking,
    warnings: blocking === null ? [] : blockingWarnings(blocking),
    pauses,
    readAt: new Date(call.now()).toISOString(),
  }
}

/** The configuration alone. */
export async function readFilterText(call: Call, connection: string): Promise<string> {
  return (await (await openFilter(call, connection)).read()).text
}

export function planFilter(call: Call, me: Actor, connection: string, operation: FilterOperation): Promise<Plan> {
  return askPlan(call, me, { connection, zone: wholeServer }, { changes: [], operation })
}

export function applyFilter(
  call: Call,
  me: Actor,
  connection: string,
  input: { plan: string; accept: string[]; operation: FilterOperation },
): Promise<Job> {
  return askApply(call, me, { connection, zone: wholeServer }, { ...input, changes: [] })
}

/** Throws 404, for jobs about accounts on this server too: those are for whoever may do everything. */
export async function findFilterJob(call: Call, connection: string, id: string): Promise<Job> {
  const job = await askJob(call, { connection, zone: wholeServer }, id)
  if (job.operation?.operation.startsWith('filter') !== true) throw notFound()
  return job
}
