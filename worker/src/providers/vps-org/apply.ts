import type { Change, ChangeResult } from '@zonedeck/shared/change'
import { setKey } from '@zonedeck/shared/plan/keys'
import { unchangedSince } from '@zonedeck/shared/plan/same-set'
import type { RecordSet } from '@zonedeck/shared/record-set'
import { isRefusal, typeRefusal } from '@zonedeck/shared/refusals'
import { ProviderError, type ProviderErrorKind } from '../provider-error.ts'
import { about } from './about.ts'
import { compile, tell, type Step } from './compile.ts'
import { sameRecord, toRecordSets, type HeldRecord } from './records.ts'
import type { RecordWriter, Written } from './write-record.ts'

/** Calls that are left unspent, to undo a change that fails midway. */
const RESERVE = 6
/** Errors after which the next change would fare no better. */
const HOPELESS = new Set<ProviderErrorKind>(['auth', 'rate-limited', 'unavailable'])

type Outcome = { result: ChangeResult; written: Written[]; hopeless?: string } | 'more'

/**
 * Makes the changes one after the other, as far as the calls reach. A change that fails midway is taken back; so is a
 * deletion that only made room for it. What cannot be taken back is told, record by record.
 */
export async function applyChanges(
  changes: readonly Change[],
  given: {
    zone: string
    /** The zone's records as they are this moment. */
    held: readonly HeldRecord[]
    /** As the caller compared it. */
    fresh: readonly RecordSet[]
    writer: RecordWriter
    callsLeft: () => number
  },
): Promise<{ results: ChangeResult[]; more: boolean }> {
  const { writer, callsLeft } = given
  const now = Map.groupBy(given.held, setKey)
  const fresh = new Map(given.fresh.map((set) => [setKey(set), set]))
  const results: ChangeResult[] = []
  /** What was written for each result. */
  const written: Written[][] = []
  /** Types that the list has to confirm in the end, a call each. */
  const listed = new Set<string>()
  const spare = () => RESERVE + listed.size
  let hopeless: string | undefined

  for (const change of changes) {
    if (hopeless !== undefined) {
      results.push(failed(change, `It was not sent. ${hopeless}`))
      continue
    }
    if (callsLeft() <= spare()) break
    const held = now.get(setKey(change)) ?? []
    const outcome = await applyOne(change, held, fresh.get(setKey(change)) ?? null)
    if (outcome === 'more') break
    results.push(outcome.result)
    written.push(outcome.written)
    hopeless = outcome.hopeless
    // After a broken connection the rest waits for the zone to be read again.
    if (outcome.result.status === 'unknown') break
    if (outcome.result.status === 'done') {
      if (outcome.written.some(({ step }) => step.do !== 'edit')) listed.add(change.type)
    } else await fillRoom(change, outcome.result.detail ?? '')
  }
  for (const type of listed) await confirm(type)
  return { results, more: results.length < changes.length }

  async function applyOne(change: Change, held: HeldRecord[], compared: RecordSet | null): Promise<Outcome> {
    const done: Written[] = []
    try {
      guard(change)
      if (!unchangedSince(compared, toRecordSets(held)[0] ?? null)) {
        throw new ProviderError('conflict', 'It was changed on VPS.org this moment, and was not sent.')
      }
      for (const step of compile(given.zone, held, change.after)) {
        if (callsLeft() <= spare() + done.length) return 'more'
        const one = await writer.take(step)
        done.push(one)
        if (one.complaint !== undefined) throw new ProviderError('refused', one.complaint)
      }
      const { name, type } = change
      return { result: { name, type, status: 'done' }, written: done }
    } catch (error) {
      if (!(error instanceof ProviderError)) throw error
      const { kind, message } = error
      return {
        result: kind === 'unknown' ? unknown(change, message, done) : await takeBack(change, done, message),
        written: [],
        ...(HOPELESS.has(kind) ? { hopeless: message } : {}),
      }
    }
  }

  /** Undoes what was written, the last first. */
  async function takeBack(change: Change, done: readonly Written[], why: string): Promise<ChangeResult> {
    const left = [...done]
    try {
      for (let last = left.at(-1); last !== undefined; last = left.at(-1)) {
        const { complaint } = await writer.take(last.undo)
        if (complaint !== undefined) throw new ProviderError('refused', complaint)
        left.pop()
      }
    } catch (error) {
      if (!(error instanceof ProviderError)) throw error
      return unknown(change, `${why} Taking it back failed: ${error.message}`, left)
    }
    if (done.length === 0) return failed(change, why)
    const { name, type } = change
    return { name, type, status: 'rolled-back', detail: `${why} What had been written of it was taken back.` }
  }

  /** A CNAME and what it takes the place of stand or fall together. */
  async function fillRoom(refused: Change, why: string): Promise<void> {
    if (refused.after === null) return
    for (const [index, result] of results.entries()) {
      const change = changes[index]
      const made = written[index] ?? []
      const room = change?.after === null && change.name === refused.name && result.status === 'done'
      if (!room || ![change.type, refused.type].includes('CNAME') || made.length === 0) continue
      written[index] = []
      results[index] = await takeBack(
        change,
        made,
        `The ${refused.type} that was to take its place was refused. ${why}`,
      )
    }
  }

  /** What was added has to be in the list of its type, and what was removed must not be. */
  async function confirm(type: string): Promise<void> {
    let list: HeldRecord[]
    try {
      list = await writer.listType(type)
    } catch (error) {
      // The zone is read again in any case.
      if (error instanceof ProviderError) return
      throw error
    }
    const byUuid = new Map(list.map((record) => [record.uuid, record]))
    for (const [index, result] of results.entries()) {
      const sure = result.type !== type || result.status !== 'done'
      if (sure || (written[index] ?? []).every((one) => isListed(one, byUuid))) continue
      results[index] = unknown(result, 'VPS.org accepted it and does not list it so yet.', [])
    }
  }
}

function isListed({ step, uuid }: Written, list: ReadonlyMap<string, HeldRecord>): boolean {
  const found = list.get(uuid)
  if (step.do === 'remove') return found === undefined
  return found !== undefined && sameRecord(found, step.to)
}

function failed({ name, type }: Pick<Change, 'name' | 'type'>, detail: string): ChangeResult {
  return { name, type, status: 'failed', detail }
}

function unknown(
  { name, type }: Pick<Change, 'name' | 'type'>,
  why: string,
  left: readonly { step: Step }[],
): ChangeResult {
  const told = left.map(({ step }) => tell(step)).join(' ')
  return { name, type, status: 'unknown', detail: told === '' ? why : `${why} Written before: ${told}` }
}

/** What VPS.org has no place for, and would lose or refuse in other words. Throws `refused`. */
function guard({ name, type, after }: Change): void {
  const { capabilities } = about
  const managed = type === 'SOA' ? capabilities.soa : type === 'NS' && name === '@' ? capabilities.apexNs : null
  const reason = (support: unknown) => (isRefusal(support) ? support.reason : undefined)
  const refusal =
    reason(managed) ??
    (after === null
      ? undefined
      : (typeRefusal(capabilities, type)?.reason ??
        (after.records.some(({ disabled }) => disabled) ? reason(capabilities.disableRecord) : undefined) ??
        (after.comments?.length || after.records.some(({ comment }) => comment)
          ? reason(capabilities.comments)
          : undefined)))
  if (refusal !== undefined) throw new ProviderError('refused', refusal)
}
