import type { FilterOperation } from '@zonedeck/shared/filter-operation'
import type { Job, Plan } from '@zonedeck/shared/job'
import { findingKey } from '@zonedeck/shared/plan/keys'
import type { Call } from '../http/context.ts'
import { notFound } from '../http/problem-error.ts'
import { wait } from '../wait.ts'
import { unwrap } from './answer.ts'
import type { ApplyBody, WriteInput } from './writes/examine.ts'

/** In place of a zone: what concerns the server itself. */
export const wholeServer = '*'

/** Who writes, as the history names them: a person, or a script by its token. */
export interface Actor {
  id: string
  name: string
}

/** Where something is to be written. `zone` is `wholeServer` for what concerns none. */
interface Where {
  connection: string
  zone: string
}

/** Writes to one connection go through one writer, whichever zone they are for. */
function writer(call: Call, connection: string) {
  return call.env.ZONE_WRITER.getByName(connection)
}

function writeCall<B>(call: Call, me: Actor, where: Where, body: B) {
  return { ...where, actor: { id: me.id, name: me.name }, requestId: call.requestId, body }
}

/** Checks and signs; nothing is written. Throws `plan/conflict`, `plan/refused` and what the provider answers. */
export async function askPlan(call: Call, me: Actor, where: Where, input: WriteInput): Promise<Plan> {
  return unwrap(await writer(call, where.connection).plan(writeCall(call, me, where, input)))
}

/** Begins the job of a plan, and waits a few seconds for it. Throws `plan/…` when it is not begun. */
export async function askApply(call: Call, me: Actor, where: Where, input: ApplyBody): Promise<Job> {
  return unwrap(await writer(call, where.connection).apply(writeCall(call, me, where, input)))
}

/** How far a job is. Throws 404. */
export async function askJob(call: Call, { connection, zone }: Where, id: string): Promise<Job> {
  const job = await writer(call, connection).job(connection, zone, id)
  if (job === null) throw notFound()
  return job
}

/** How often a job that takes its time is looked after, in milliseconds. */
const step = 500

/**
 * An operation on a filter where nobody is there to accept anything: planned, every danger accepted, applied, and followed
 * until it is finished or `patience` (in milliseconds) is over.
 */
export async function askUnattended(
  call: Call,
  actor: Actor,
  connection: string,
  operation: FilterOperation,
  patience: number,
): Promise<Job> {
  const where = { connection, zone: wholeServer }
  const { plan, findings } = await askPlan(call, actor, where, { changes: [], operation })
  const accept = findings.filter(({ severity }) => severity === 'danger').map(findingKey)
  let job = await askApply(call, actor, where, { changes: [], operation, plan, accept })
  for (let waited = 0; waited < patience && job.finishedAt === undefined; waited += step) {
    await wait(step)
    job = await askJob(call, where, job.id)
  }
  return job
}
