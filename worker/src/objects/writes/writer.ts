import { orderChanges } from '@zonedeck/shared/plan/order'
import type { Finding, Job, Plan } from '@zonedeck/shared/job'
import type { Operation } from '@zonedeck/shared/operation'
import { findingKey } from '@zonedeck/shared/plan/keys'
import { makeId } from '../../http/ids.ts'
import { ProblemError } from '../../http/problem-error.ts'
import { toProblem } from '../../http/problem.ts'
import { wait as sleep } from '../../wait.ts'
import type { Answer } from '../answer.ts'
import { makeInTurn } from '../in-turn.ts'
import { withoutStateText } from './filter-text.ts'
import { examine, type ApplyBody, type WriteInput } from './examine.ts'
import type { AskParent } from './parent-gate.ts'
import { isBesideZones } from './operation-state.ts'
import { pendingResults, toJob, type StoredJob } from './job-state.ts'
import { makeJobStore } from './job-store.ts'
import {
  digestDangers,
  digestInput,
  digestBase,
  planLifetime,
  readPlan,
  signPlan,
  type PlanClaims,
} from './plan-token.ts'
import { backoff, failBeforeSending, reasonOf, rescueAfter, work, type WorkDeps } from './work.ts'

/** Who asks for what, as the route has checked it. */
export interface WriteCall<B> {
  connection: string
  zone: string
  actor: { id: string; name: string }
  requestId: string
  body: B
}

export interface Writer {
  plan(call: WriteCall<WriteInput>): Promise<Answer<Plan>>
  apply(call: WriteCall<ApplyBody>): Promise<Answer<Job>>
  job(connection: string, zone: string, id: string): Job | null
  alarm(): Promise<void>
}

export interface WriterDeps extends Omit<WorkDeps, 'store'> {
  storage: DurableObjectStorage
  /** 32 bytes, or undefined when the operator has set none. */
  planKey: Uint8Array<ArrayBuffer> | undefined
  /** Asked before keys are taken away. */
  askParent: AskParent
  /** How long a POST waits for its job, in milliseconds. */
  patience?: number
  log?: (job: Job) => void
}

/** Writing goes on with what checking left over. */
const callsToCheck = 40

/**
 * Makes plans, and applies them one after the other: all writes to one connection pass through one writer, so two of
 * them never interleave (PowerDNS locks its whole database, and no provider has etags).
 */
export function makeWriter(deps: WriterDeps): Writer {
  const { storage, now, open, planKey, patience = 5000 } = deps
  const store = makeJobStore(storage)
  const workDeps: WorkDeps = { open, now, record: deps.record, store }
  /** Jobs with somebody at work on them in this very process. */
  const running = new Set<string>()
  const inTurn = makeInTurn()

  async function setAlarm(): Promise<void> {
    const due = store.nextDue()
    if (due !== undefined) await storage.setAlarm(Math.max(due, now()))
  }

  function key(): Uint8Array<ArrayBuffer> {
    if (planKey !== undefined) return planKey
    throw new ProblemError(503, 'config/kek-missing', 'A key is missing', {
      detail:
        'The worker has no PLAN_KEY (base64 of 32 bytes). Without it no plan can be signed, and nothing is written.',
    })
  }

  const above = () => ({ ask: deps.askParent, now: now() })

  async function plan({ connection, zone, actor, body }: WriteCall<WriteInput>): Promise<Plan> {
    const secret = key()
    const examined = await examine(await open(connection, callsToCheck), zone, body, above())
    const { findings, consequences, before, expected } = examined
    const expires = now() + planLifetime
    const claims: PlanClaims = {
      connection,
      zone,
      actor: actor.id,
      input: await digestInput(body),
      dangers: await digestDangers(findings),
      ...(isOfAnyBase(body.operation) ? {} : { base: await digestBase(examined) }),
      expires,
      nonce: crypto.randomUUID(),
    }
    return {
      plan: await signPlan(secret, claims),
      expiresAt: new Date(expires).toISOString(),
      findings,
      consequences,
      ...(before === undefined ? {} : { before: withoutStateText(before) }),
      ...(expected === undefined ? {} : { expected: withoutStateText(expected) }),
    }
  }

  /** The claims of a plan that is ours, of this person, for these very changes, and not too old. */
  async function check({ connection, zone, actor, body }: WriteCall<ApplyBody>): Promise<PlanClaims> {
    const claims = await readPlan(key(), body.plan)
    const fits =
      claims !== null &&
      claims.connection === connection &&
      claims.zone === zone &&
      claims.actor === actor.id &&
      claims.input === (await digestInput(body))
    if (!fits) {
      throw new ProblemError(409, 'plan/mismatch', 'This is not what was reviewed', {
        detail: 'The plan was not made for these changes. Review them again; nothing was written.',
      })
    }
    if (claims.expires <= now()) {
      throw new ProblemError(409, 'plan/expired', 'The review is too old', {
        detail: 'A plan is good for ten minutes. Review the changes again; nothing was written.',
      })
    }
    return claims
  }

  async function apply(call: WriteCall<ApplyBody>): Promise<Answer<Job>> {
    const claims = await check(call)
    const job = newJob(call, now())
    if (!store.begin(job, claims.nonce, claims.expires)) {
      throw new ProblemError(409, 'plan/mismatch', 'This plan was applied already', {
        detail: 'A plan is good once. The history shows what became of it.',
      })
    }
    // Before anything goes out: should this process die, the alarm finds the job and looks what became of it.
    running.add(job.id)
    await setAlarm()
    const wait = { over: false }
    const done = inTurn(() => begin(job, call, claims, wait)).finally(async () => {
      running.delete(job.id)
      await setAlarm()
    })
    const refusal = await Promise.race([done, sleep(patience)])
    wait.over = true
    if (refusal instanceof ProblemError || refusal instanceof Error) throw refusal
    return { ok: true, value: toJob(store.load(job.id) ?? job) }
  }

  /**
   * Holds the plan against the zone once more, and goes to work. Returns why it did not, as long as somebody waits for
   * the answer; later it becomes a job that failed.
   */
  async function begin(
    job: StoredJob,
    call: WriteCall<ApplyBody>,
    claims: PlanClaims,
    wait: { over: boolean },
  ): Promise<Error | undefined> {
    let first: Parameters<typeof work>[2]
    try {
      const opened = await open(call.connection, callsToCheck)
      const examined = await examine(opened, call.zone, call.body, above())
      job.accepted = await acceptedFindings(examined.findings, call.body, claims)
      if (claims.base !== undefined && claims.base !== (await digestBase(examined))) {
        throw changedMeanwhile(call.body.operation)
      }
      const { operation } = call.body
      job.connectionName = opened.connection.name
      const { publishDelay } = opened.about.capabilities
      if (publishDelay !== undefined) job.publishDelay = publishDelay
      job.changes = orderChanges(examined.changes)
      job.results = pendingResults(job.changes)
      // The history keeps the whole zone that goes.
      if (operation?.operation === 'delete') {
        job.changes = examined.recordSets.map((set) => ({ name: set.name, type: set.type, before: set, after: null }))
      }
      if (examined.before !== undefined) job.before = examined.before
      first = { open: opened, recordSets: examined.recordSets, secrets: call.body.secrets ?? {} }
    } catch (error) {
      const cause = error instanceof Error ? error : new Error('unknown')
      if (!wait.over) {
        store.drop(job.id)
        return cause
      }
      failBeforeSending(job, reasonOf(error), now())
      await proceed(job)
      return undefined
    }
    job.phase = 'writing'
    job.nextAt = now() + rescueAfter
    store.save(job, ['changes', 'accepted', 'results', 'about'])
    await proceed(job, first)
    return undefined
  }

  async function proceed(job: StoredJob, first?: Parameters<typeof work>[2]): Promise<void> {
    await work(job, workDeps, first)
    if (job.phase === 'over') deps.log?.(toJob(job))
  }

  /** One job an alarm: each has the calls of one invocation. */
  async function alarm(): Promise<void> {
    store.prune(now())
    const due = store.due(now())
    for (const { id } of due) if (running.has(id)) store.postpone(id, now() + rescueAfter)
    for (const { id, over } of due) if (over) store.drop(id)
    const next = due.find(({ id, over }) => !over && !running.has(id))
    if (next !== undefined) {
      running.add(next.id)
      try {
        await inTurn(async () => {
          const job = store.load(next.id)
          if (job !== undefined) await proceed(job)
        })
      } catch {
        store.postpone(next.id, now() + backoff(5))
      } finally {
        running.delete(next.id)
      }
    }
    await setAlarm()
  }

  function job(connection: string, zone: string, id: string): Job | null {
    const found = store.load(id)
    if (found === undefined || found.connection !== connection || found.zone !== zone) return null
    const orphaned = found.phase === 'sending' && !running.has(id)
    return toJob(orphaned ? { ...found, unknown: true } : found)
  }

  return {
    plan: (call) => answer(call.requestId, async () => ({ ok: true, value: await plan(call) })),
    apply: (call) => answer(call.requestId, () => apply(call)),
    job,
    alarm,
  }
}

async function answer<T>(requestId: string, body: () => Promise<Answer<T>>): Promise<Answer<T>> {
  try {
    return await body()
  } catch (error) {
    return { ok: false, problem: toProblem(error, requestId) }
  }
}

/** Record changes bring what they were made from along; and what is only read again may be anything by then. */
function isOfAnyBase(operation: Operation | undefined): boolean {
  return operation === undefined || operation.operation === 'filter-refresh'
}

function changedMeanwhile(operation: Operation | undefined): ProblemError {
  return new ProblemError(409, 'plan/conflict', `${subjectOf(operation)} was changed meanwhile`, {
    detail: 'It is no longer what was reviewed. Review it again; nothing was written.',
    conflicts: [],
  })
}

/** What a plan is about, as a sentence begins. */
function subjectOf(operation: Operation | undefined): string {
  if (operation === undefined || !isBesideZones(operation)) return 'The zone'
  if ('user' in operation) return 'The account'
  return operation.operation === 'filter-blocking' ? 'The server’s own blocking' : 'The filter'
}

/** The dangerous findings, which must be those that were shown, and each accepted by its key. */
async function acceptedFindings(findings: readonly Finding[], body: ApplyBody, claims: PlanClaims): Promise<Finding[]> {
  if ((await digestDangers(findings)) !== claims.dangers) throw changedMeanwhile(body.operation)
  const accepted = new Set(body.accept)
  const dangers = findings.filter(({ severity }) => severity === 'danger')
  const missing = dangers.filter((finding) => !accepted.has(findingKey(finding)))
  if (missing.length > 0) {
    throw new ProblemError(422, 'plan/not-accepted', 'A danger was not accepted', {
      detail: 'Each dangerous finding needs its own “apply anyway”. Nothing was written.',
      errors: missing.map((finding) => ({
        pointer: '/accept',
        detail: `${findingKey(finding).trim()}: ${finding.title}`,
      })),
    })
  }
  return dangers
}

function newJob({ connection, zone, actor, body }: WriteCall<ApplyBody>, now: number): StoredJob {
  return {
    id: makeId('job'),
    connection,
    connectionName: connection,
    zone,
    zoneOnServer: zone,
    actorId: actor.id,
    actor: actor.name,
    ...(body.operation === undefined ? {} : { operation: body.operation }),
    changes: body.changes,
    results: pendingResults(body.changes),
    accepted: [],
    phase: 'checking',
    unknown: false,
    begun: false,
    tries: 0,
    nextAt: now + rescueAfter,
    startedAt: now,
    sentAt: now,
  }
}
