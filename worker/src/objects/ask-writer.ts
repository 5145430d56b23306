import type { Job, Plan } from '@zonedeck/shared/job'
import type { Call } from '../http/context.ts'
import { notFound } from '../http/problem-error.ts'
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
