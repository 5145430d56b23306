import type { Change, ChangeResult } from '@zonedeck/shared/change'
import type { Finding, Job } from '@zonedeck/shared/job'
import type { Operation, OperationState } from '@zonedeck/shared/operation'
import { holds, unchangedSince } from '@zonedeck/shared/plan/same-set'
import type { RecordSet } from '@zonedeck/shared/record-set'
import { setKey } from '@zonedeck/shared/plan/keys'
import { withoutStateText, withoutText } from './filter-text.ts'

/**
 * Where a job stands, as it is stored before and after each step:
 *
 * - `checking`: the zone is being compared; nothing was sent.
 * - `writing`: no call is under way; what is `pending` may be sent.
 * - `sending`: a write is under way. Found without a runner, it is not known what became of it.
 * - `reading`: everything was sent, the zone is to be read again.
 * - `recording`: the outcome is known and has to reach the history.
 * - `over`: kept for a day for whoever follows it.
 */
type Phase = 'checking' | 'writing' | 'sending' | 'reading' | 'recording' | 'over'

export interface StoredJob {
  id: string
  connection: string
  connectionName: string
  zone: string
  /** What the server calls the zone it created, where that differs. */
  zoneOnServer: string
  actorId: string
  actor: string
  operation?: Operation
  operationResult?: ChangeResult
  /** What the operation is about, as it was and as it was read again. */
  before?: OperationState
  after?: OperationState
  changes: Change[]
  /** One for each change, in the same order. */
  results: ChangeResult[]
  accepted: Finding[]
  phase: Phase
  /** It is not known what became of a write: the zone has to tell. */
  unknown: boolean
  /** The first pending change may be half written already. */
  begun: boolean
  /** Failed attempts of the present phase. */
  tries: number
  /** When somebody has to look after it next, milliseconds since 1970. */
  nextAt: number
  startedAt: number
  /** When the last write was sent. */
  sentAt: number
  finishedAt?: number
  verifiedAt?: number
  publishDelay?: [number, number]
  /** What the server said of a filter's new configuration: the app took it up, or will later. */
  reloaded?: boolean
}

export function pendingResults(changes: readonly Change[]): ChangeResult[] {
  return changes.map(({ name, type }) => ({ name, type, status: 'pending' }))
}

/** Puts what a provider answered in its place; the last answer of a change counts, a finished one is not reopened. */
export function takeResults(results: readonly ChangeResult[], answers: readonly ChangeResult[]): ChangeResult[] {
  const byKey = new Map(answers.map((answer) => [setKey(answer), answer]))
  return results.map((result) => {
    const answer = byKey.get(setKey(result))
    return answer !== undefined && isOpen(result) ? answer : result
  })
}

export function isOpen({ status }: Pick<ChangeResult, 'status'>): boolean {
  return status === 'pending' || status === 'unknown'
}

/** Marks everything that is still open. */
export function closeOpen(
  results: readonly ChangeResult[],
  status: 'failed' | 'unknown',
  detail: string,
): ChangeResult[] {
  return results.map((result) => (isOpen(result) ? { name: result.name, type: result.type, status, detail } : result))
}

const describeSet = (set: RecordSet | null | undefined): string =>
  set ? `${set.records.map(({ rdata }) => rdata).join(', ')} with TTL ${set.ttl}`.slice(0, 500) : 'no such set'

/**
 * What a fresh read proves of each change. What was answered as done is verified; what is open is decided: it holds what
 * was asked for, or what was before, or something else.
 */
export function decide(
  changes: readonly Change[],
  results: readonly ChangeResult[],
  recordSets: readonly RecordSet[],
): ChangeResult[] {
  const fresh = new Map(recordSets.map((set) => [setKey(set), set]))
  return results.map((result, index) => {
    const change = changes[index]
    if (change === undefined) return result
    const found = fresh.get(setKey(change)) ?? null
    const there = holds(change.after, found)
    if (result.status === 'done') {
      if (there) return { ...result, verified: true }
      return {
        ...result,
        verified: false,
        detail: `The server said it was done, but it holds ${describeSet(found)}.`,
      }
    }
    if (!isOpen(result)) return result
    const { name, type } = result
    if (there) return { name, type, status: 'done', verified: true }
    const cause = result.detail === undefined ? '' : ` ${result.detail}`
    if (unchangedSince(change.before, found)) {
      return { name, type, status: 'failed', verified: false, detail: `It was not written.${cause}` }
    }
    return {
      name,
      type,
      status: 'failed',
      verified: false,
      detail: `The server now holds ${describeSet(found)}, neither what was before nor what was asked for.${cause}`,
    }
  })
}

/** `done` when all of it is there, `failed` when nothing was done, `partial` between. */
export function outcome(job: Pick<StoredJob, 'results' | 'operationResult'>): 'done' | 'partial' | 'failed' {
  const all = [...(job.operationResult ? [job.operationResult] : []), ...job.results]
  if (all.every(({ status, verified }) => status === 'done' && verified !== false)) return 'done'
  return all.some(({ status }) => status === 'done') ? 'partial' : 'failed'
}

const iso = (time: number) => new Date(time).toISOString()

/** The job as the API shows it. */
export function toJob(job: StoredJob): Job {
  const open = job.unknown || [job.operationResult, ...job.results].some((result) => result?.status === 'unknown')
  return {
    id: job.id,
    connection: job.connection,
    zone: job.zone,
    state: job.finishedAt !== undefined ? outcome(job) : open ? 'unknown' : 'running',
    ...(job.operation ? { operation: withoutText(job.operation) } : {}),
    ...(job.operationResult ? { operationResult: job.operationResult } : {}),
    results: job.results,
    ...(job.before ? { before: withoutStateText(job.before) } : {}),
    ...(job.after ? { after: withoutStateText(job.after) } : {}),
    ...(job.reloaded === undefined ? {} : { reloaded: job.reloaded }),
    startedAt: iso(job.startedAt),
    ...(job.finishedAt === undefined ? {} : { finishedAt: iso(job.finishedAt) }),
    ...(job.verifiedAt === undefined ? {} : { verifiedAt: iso(job.verifiedAt) }),
    ...(job.publishDelay ? { publishDelay: job.publishDelay } : {}),
  }
}
