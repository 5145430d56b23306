import type { ApplyInput, Job, Plan, PlanInput } from '@zonedeck/shared/job'
import type { Problem } from '@zonedeck/shared/problem'
import type { Me } from '@zonedeck/shared/session'
import type { ZoneContent } from '@zonedeck/shared/zone'
import type { Call } from '../../http/context.ts'
import { notFound, ProblemError } from '../../http/problem-error.ts'
import { openConnection } from '../connections/open.ts'

/** The whole zone as its server holds it now. */
export async function readZone(call: Call, connection: string, zone: string): Promise<ZoneContent> {
  const { dns } = await openConnection(call.env, connection, call.now, call.fetch)
  const content = await dns.readZone(zone)
  return { ...content, readAt: new Date(call.now()).toISOString() }
}

/** Writes to one connection go through one writer, whichever zone they are for. */
function writer(call: Call, connection: string) {
  return call.env.ZONE_WRITER.getByName(connection)
}

function writeCall<B>(call: Call, me: Me, connection: string, zone: string, body: B) {
  return { connection, zone, actor: { id: me.id, name: me.name }, requestId: call.requestId, body }
}

/** Checks and signs; nothing is written. Throws `plan/conflict`, `plan/refused` and what the provider answers. */
export async function makePlan(call: Call, me: Me, connection: string, zone: string, input: PlanInput): Promise<Plan> {
  return unwrap(await writer(call, connection).plan(writeCall(call, me, connection, zone, input)))
}

/** Begins the job of a plan, and waits a few seconds for it. Throws `plan/…` when it is not begun. */
export async function applyPlan(call: Call, me: Me, connection: string, zone: string, input: ApplyInput): Promise<Job> {
  return unwrap(await writer(call, connection).apply(writeCall(call, me, connection, zone, input)))
}

export async function findJob(call: Call, connection: string, zone: string, id: string): Promise<Job> {
  const job = await writer(call, connection).job(connection, zone, id)
  if (job === null) throw notFound()
  return job
}

function unwrap<T>(answer: { ok: true; value: T } | { ok: false; problem: Problem }): T {
  if (answer.ok) return answer.value
  const { status, type, title, ...more } = answer.problem
  throw new ProblemError(status, type.replace('/problems/', ''), title, more)
}
