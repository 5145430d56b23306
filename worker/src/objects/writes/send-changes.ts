import type { Change } from '@zonedeck/shared/change'
import { holds, unchangedSince } from '@zonedeck/shared/plan/same-set'
import type { RecordSet } from '@zonedeck/shared/record-set'
import { setKey } from '@zonedeck/shared/plan/keys'
import type { DnsProvider } from '../../providers/provider.ts'
import { ProviderError } from '../../providers/provider-error.ts'
import { takeResults, type StoredJob } from './job-state.ts'

/** A provider that asks to be called again and gets nowhere is not asked for ever. */
const mostIdleCalls = 20

/**
 * Sends what is pending, as far as the provider gets in this invocation. Each set is compared with the fresh read once
 * more; one that somebody else changed meanwhile fails alone. True: more is to be sent in another invocation (phase
 * `writing`); false: the phase is `reading`.
 */
export async function sendChanges(
  job: StoredJob,
  dns: DnsProvider,
  recordSets: readonly RecordSet[],
  keep: { sending: () => void; saveChanges: () => void },
): Promise<boolean> {
  if (job.operation?.operation === 'create') {
    adopt(job, recordSets)
    keep.saveChanges()
  }
  const batch = prepare(job, recordSets)
  if (batch.length === 0) return toReading(job)
  keep.sending()
  let answer: Awaited<ReturnType<DnsProvider['apply']>>
  try {
    answer = await dns.apply(job.zoneOnServer, batch, recordSets)
  } catch (error) {
    return afterError(job, batch, error)
  }
  job.results = takeResults(job.results, answer.results)
  const pending = job.results.some(({ status }) => status === 'pending')
  if (!pending) return toReading(job)
  const idle = answer.results.length === 0
  job.tries = idle ? job.tries + 1 : 0
  if ((idle && !answer.more) || job.tries > mostIdleCalls) {
    mark(job, batch, 'unknown', 'The server gave no answer for it.')
    return toReading(job)
  }
  job.begun = answer.more
  job.phase = 'writing'
  return true
}

function toReading(job: StoredJob): false {
  job.phase = 'reading'
  job.tries = 0
  return false
}

/**
 * What a new zone's server made by itself (SOA, name servers) becomes the state before of what the zone file brings;
 * nobody else can have written to a zone that young.
 */
function adopt(job: StoredJob, recordSets: readonly RecordSet[]): void {
  const fresh = new Map(recordSets.map((set) => [setKey(set), set]))
  job.changes = job.changes.map((change, index) =>
    change.before === null && job.results[index]?.status === 'pending'
      ? { ...change, before: fresh.get(setKey(change)) ?? null }
      : change,
  )
}

/** What is to be sent now. What is there already is done, what was changed by somebody else has failed. */
function prepare(job: StoredJob, recordSets: readonly RecordSet[]): Change[] {
  const fresh = new Map(recordSets.map((set) => [setKey(set), set]))
  const batch: Change[] = []
  let first = true
  job.results = job.results.map((result, index) => {
    const change = job.changes[index]
    if (change === undefined || result.status !== 'pending') return result
    const found = fresh.get(setKey(change)) ?? null
    const begun = first && job.begun
    first = false
    const { name, type } = result
    if (begun && !holds(change.after, found)) {
      batch.push({ ...change, before: found })
      return result
    }
    if (!begun && unchangedSince(change.before, found)) {
      batch.push(change)
      return result
    }
    if (holds(change.after, found)) return { name, type, status: 'done' }
    return { name, type, status: 'failed', detail: 'It was changed on the server meanwhile, and was not sent.' }
  })
  return batch
}

/** The call broke. Some of it may have been written, whatever the error says: the zone is read before anything else. */
function afterError(job: StoredJob, batch: readonly Change[], error: unknown): false {
  const provider = error instanceof ProviderError ? error : undefined
  const unknown = provider === undefined || provider.kind === 'unknown'
  job.unknown ||= unknown
  mark(job, batch, unknown ? 'unknown' : 'pending', provider?.message ?? 'The panel itself failed.')
  return toReading(job)
}

function mark(job: StoredJob, batch: readonly Change[], status: 'unknown' | 'pending', detail: string): void {
  const sent = new Set(batch.map(setKey))
  job.results = job.results.map((result) =>
    result.status === 'pending' && sent.has(setKey(result)) ? { ...result, status, detail } : result,
  )
}
