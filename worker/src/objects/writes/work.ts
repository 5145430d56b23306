import type { OpenConnection } from '../../features/connections/open.ts'
import { ProblemError } from '../../http/problem-error.ts'
import { ProviderError } from '../../providers/provider-error.ts'
import { decideOperation, sendOperation, type FoundAfter, type Secrets } from './operation.ts'
import { isBesideZones, readState } from './operation-state.ts'
import { closeOpen, decide, isOpen, type StoredJob } from './job-state.ts'
import type { JobStore } from './job-store.ts'
import { sendChanges } from './send-changes.ts'

export interface WorkDeps {
  /** `calls`: how many upstream calls may be spent. */
  open: (connection: string, calls: number) => Promise<OpenConnection>
  now: () => number
  store: JobStore
  /** Puts the finished job into the history; called again after a failure, and then finds it there or not. */
  record: (job: StoredJob) => Promise<void>
}

/** Upstream calls of one invocation: a free worker has 50 (D1 and storage not counted). */
const callsToWrite = 40
const callsToReadAfter = 8
/** Nobody looks after a job that long: whoever works on it is gone. */
export const rescueAfter = 60_000
/** A write whose answer was lost may land a little later: what it did is judged this long after it was sent. */
const settleTime = 10_000
const mostTries = 8
const keptFor = 86_400_000

export const backoff = (tries: number) => Math.min(300_000, 2000 * 2 ** tries)

/** What an error says to a person; what is not meant to be shown stays inside. */
export function reasonOf(error: unknown): string {
  if (error instanceof ProviderError) return error.message
  if (error instanceof ProblemError) return error.problem.detail ?? error.problem.title
  return 'The panel itself failed.'
}

/**
 * Goes on with a job until it is over, or until it has to wait for another invocation (`nextAt` says when). Each step
 * is stored before and after its call, so that whoever comes next knows what may have happened. Does not throw.
 */
export async function work(
  job: StoredJob,
  deps: WorkDeps,
  first?: { open: OpenConnection; recordSets: StoredSets; secrets: Secrets | undefined },
): Promise<void> {
  let calls = first === undefined ? callsToWrite + callsToReadAfter : callsToReadAfter
  let opened = first
  const { store, now } = deps
  for (;;) {
    switch (job.phase) {
      case 'checking':
        failBeforeSending(job, 'The panel was interrupted before anything was sent.', now())
        break
      case 'writing': {
        const again = await write(job, deps, opened)
        opened = undefined
        calls = callsToReadAfter
        if (again) return store.save(job)
        break
      }
      case 'sending':
        // Whoever sent it is gone, and with them the answer. Nothing is sent twice: the zone has to tell.
        job.unknown = true
        job.phase = 'reading'
        break
      case 'reading':
        if (await read(job, deps, calls)) return store.save(job)
        store.save(job, ['results', 'about'])
        continue
      case 'recording':
        if (await record(job, deps)) return store.save(job)
        break
      case 'over':
        return store.save(job)
    }
    store.save(job)
  }
}

type StoredSets = Awaited<ReturnType<OpenConnection['dns']['readZone']>>['recordSets']

/** True: to be continued in another invocation. */
async function write(
  job: StoredJob,
  deps: WorkDeps,
  opened: { open: OpenConnection; recordSets: StoredSets; secrets: Secrets | undefined } | undefined,
): Promise<boolean> {
  const { now, store } = deps
  const sending = () => {
    job.phase = 'sending'
    job.sentAt = now()
    job.nextAt = now() + rescueAfter
    store.save(job)
  }
  let open: OpenConnection
  let recordSets: StoredSets
  try {
    open = opened?.open ?? (await deps.open(job.connection, callsToWrite))
    if (job.operation !== undefined && job.operationResult === undefined) {
      const whole = opened?.recordSets ?? (job.operation.operation === 'import' ? await setsOf(open, job) : [])
      await sendOperation(job, open, whole, opened?.secrets, sending)
      if (job.phase !== 'writing') return false
      store.save(job)
      recordSets = await setsOf(open, job)
    } else recordSets = opened?.recordSets ?? (await setsOf(open, job))
  } catch (error) {
    // Only looking failed. What was sent before this stays as it is.
    job.tries += 1
    if (job.tries < mostTries) return later(job, now() + backoff(job.tries))
    job.results = closeOpen(job.results, 'failed', `It was not sent. ${reasonOf(error)}`)
    job.tries = 0
    job.phase = 'reading'
    return false
  }
  const more = await sendChanges(job, open.dns, recordSets, {
    sending,
    saveChanges: () => store.save(job, ['changes']),
  })
  return more ? later(job, now()) : false
}

async function setsOf({ dns }: OpenConnection, job: StoredJob): Promise<StoredSets> {
  return (await dns.readZone(job.zoneOnServer)).recordSets
}

function later(job: StoredJob, at: number): true {
  job.nextAt = at
  return true
}

/** Reads the zone again and lets it tell what became of everything. True: to be tried again later. */
async function read(job: StoredJob, { open, now }: WorkDeps, calls: number): Promise<boolean> {
  job.unknown ||= [job.operationResult, ...job.results].some((result) => result?.status === 'unknown')
  let found: Found
  try {
    found = await readAgain(await open(job.connection, calls), job)
  } catch (error) {
    job.tries += 1
    if (job.tries < mostTries) return later(job, now() + backoff(job.tries))
    job.results = closeOpen(job.results, 'unknown', `The zone could not be read again. ${reasonOf(error)}`)
    if (job.operationResult !== undefined && isOpen(job.operationResult)) {
      job.operationResult = { ...job.operationResult, status: 'unknown', detail: notRead }
    }
    finish(job, now())
    return false
  }
  const results = decide(job.changes, job.results, found.recordSets)
  const held = results.every(({ status, verified }) => status === 'done' && verified === true)
  const operationResult = decideOperation(job, { ...found, held })
  const unwritten =
    results.some(({ status }, index) => status === 'failed' && isOpen(job.results[index] ?? { status })) ||
    (operationResult?.status === 'failed' && job.operationResult?.status !== 'failed')
  if (job.unknown && unwritten && now() < job.sentAt + settleTime) return later(job, job.sentAt + settleTime)
  job.results = results
  if (operationResult !== undefined) job.operationResult = operationResult
  if (found.state !== undefined) job.after = found.state
  job.verifiedAt = now()
  job.unknown = false
  finish(job, now())
  return false
}

type Found = Omit<FoundAfter, 'held'> & { recordSets: StoredSets }

const notRead = 'It could not be read again.'

/** The zone, and what the operation is about, as they are now. */
async function readAgain(open: OpenConnection, job: StoredJob): Promise<Found> {
  const { zoneOnServer, operation } = job
  const beside = operation !== undefined && isBesideZones(operation)
  const content = beside ? null : await readOrMissing(open, zoneOnServer)
  const zone = content?.zone ?? null
  const state = beside || zone !== null ? await readStateAfter(open, job) : undefined
  const confirmed =
    operation?.operation === 'action' && zone !== null
      ? (open.dns.actions?.confirms({ action: operation.action, values: operation.values }, zone) ?? null)
      : null
  return { zone, state, confirmed, recordSets: content?.recordSets ?? [] }
}

/** With a deleted account its own key is gone, and nothing is left to look with: that it is refused is the proof. */
async function readStateAfter(open: OpenConnection, { zoneOnServer, operation, before }: StoredJob) {
  try {
    return await readState(open, zoneOnServer, operation)
  } catch (error) {
    const own = operation?.operation === 'user-delete' && before?.about === 'account' && before.account?.self === true
    if (!own || !(error instanceof ProviderError) || error.kind !== 'auth') throw error
    return { about: 'account' as const, account: null }
  }
}

async function readOrMissing({ dns }: OpenConnection, zone: string) {
  try {
    return await dns.readZone(zone)
  } catch (error) {
    if (error instanceof ProviderError && error.kind === 'missing') return null
    throw error
  }
}

/** Nothing of the job was sent, and nothing will be. */
export function failBeforeSending(job: StoredJob, detail: string, now: number): void {
  job.results = closeOpen(job.results, 'failed', detail)
  if (job.operation !== undefined) {
    job.operationResult = { name: job.zone, type: job.operation.operation, status: 'failed', detail }
  }
  finish(job, now)
}

function finish(job: StoredJob, now: number): void {
  job.phase = 'recording'
  job.tries = 0
  job.finishedAt = now
  job.nextAt = now + rescueAfter
}

async function record(job: StoredJob, deps: WorkDeps): Promise<boolean> {
  const now = deps.now()
  try {
    await deps.record(job)
  } catch {
    // The history has to have it: tried until it is there.
    job.tries += 1
    return later(job, now + backoff(job.tries))
  }
  job.phase = 'over'
  job.nextAt = (job.finishedAt ?? now) + keptFor
  return false
}
