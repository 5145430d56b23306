import type { ApplyInput, Job, Plan, PlanInput } from '@zonedeck/shared/job'
import type { Me } from '@zonedeck/shared/session'
import type { Zone, ZoneContent } from '@zonedeck/shared/zone'
import type { Call } from '../../http/context.ts'
import { notFound } from '../../http/problem-error.ts'

/** One line of JSON a connection, in the order in which they answer. */
export function streamZones(_call: Call, _me: Me): ReadableStream<Uint8Array> {
  throw notFound()
}

export async function listZones(_call: Call, _me: Me, _connection: string): Promise<Zone[]> {
  throw notFound()
}

export async function readZone(_call: Call, _connection: string, _zone: string): Promise<ZoneContent> {
  throw notFound()
}

export async function makePlan(
  _call: Call,
  _me: Me,
  _connection: string,
  _zone: string,
  _input: PlanInput,
): Promise<Plan> {
  throw notFound()
}

export async function applyPlan(
  _call: Call,
  _me: Me,
  _connection: string,
  _zone: string,
  _input: ApplyInput,
): Promise<Job> {
  throw notFound()
}

export async function findJob(_call: Call, _connection: string, _zone: string, _job: string): Promise<Job> {
  throw notFound()
}
