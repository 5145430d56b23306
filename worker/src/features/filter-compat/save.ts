import type { FilterCall, FilterOperation } from '@zonedeck/shared/filter-operation'
import { sameJson, type Json } from '@zonedeck/shared/filter/json'
import type { Job } from '@zonedeck/shared/job'
import type { Call } from '../../http/context.ts'
import { digest } from '../../http/ids.ts'
import { ProblemError } from '../../http/problem-error.ts'
import { askUnattended, type Actor } from '../../objects/ask-writer.ts'
import { wait } from '../../wait.ts'
import { bad } from './bad.ts'
import { openFilter, readFilterText } from '../filters/service.ts'

/** What a call makes of the text that the server holds; the same text when there is nothing to do. */
export interface Next {
  text: string
  note: string
  warning?: string
  /** What stands at the position that the call names, where it names one. */
  at?: Json
  /** The same as a call of the Web UI's own, for a server that speaks it. */
  call?: FilterCall
}

/** What is answered. `reloaded` null: nothing was written, or the server does not say. */
export interface Saved {
  reloaded: boolean | null
  warning?: string
}

/** A write by somebody else in between is followed by another attempt; each is a few calls of the fifty a request has. */
const attempts = 6
/** As for the panel's own pages, so that what a script wrote can be undone there. */
const longest = 8_000_000
/** How long a save may take, in milliseconds: the caller is a script and can wait for more than a person. */
const patience = 25_000

/** Who calls, for which connection, and the hash of the one configuration it is meant for, when that was said. */
export interface Caller {
  call: Call
  script: Actor
  connection: string
  match: string | undefined
}

/**
 * Reads the configuration, makes the next one of it, and plans and applies that through the same door as the panel's own
 * pages: compared before and read back after, in the history, to be undone from there.
 *
 * Nobody is there to say “apply anyway”. The script says what it wants by calling, as it would to the Web UI, which asks
 * nothing either; so dangers are accepted, and the history names each with the entry. What the app would refuse, or
 * nobody can mean, is refused here as everywhere.
 *
 * A call is an edit and not a text: when somebody else writes meanwhile it is made anew, of what they wrote. Throws 409
 * when that goes on and on, or when what it named by a position is elsewhere by then, and 412 when it was meant for what is
 * no longer there.
 */
export async function saveFilter(caller: Caller, next: (text: string, isWebUi: boolean) => Next): Promise<Saved> {
  const { call, connection, match } = caller
  const filter = await openFilter(call, connection)
  let first: Next | undefined
  for (let attempt = 1; attempt <= attempts; attempt++) {
    const { text: before, about } = await filter.read()
    const base = digest(before)
    if (match !== undefined && match !== base) throw notMatched()
    const made = next(before, about.transport === 'web-ui')
    first ??= made
    if (!sameJson(first.at, made.at)) throw overtaken('Somebody else moved what is at this position meanwhile.')
    const { text, note, warning, call: own } = made
    if (text.length > longest) throw bad('A configuration may have 8 million characters.')
    const more = warning === undefined ? {} : { warning }
    if (text === before) return { reloaded: null, ...more }
    const job = await write(caller, { operation: 'filter', base, text, note, ...(own && { call: own }) })
    if (job?.state === 'done') return { reloaded: job.reloaded ?? null, ...more }
    if (job !== null && (job.state !== 'failed' || digest((await filter.read()).text) === base)) throw failed(job)
    if (attempt < attempts) await wait(Math.random() * 200 * attempt)
  }
  throw overtaken(`Somebody else changed this filter at each of ${attempts} attempts.`)
}

function overtaken(how: string): ProblemError {
  return new ProblemError(409, 'plan/conflict', 'The filter was changed meanwhile', {
    detail: `${how} Nothing was written; read it and try again.`,
  })
}

/** Null: somebody else wrote before it. */
async function write({ call, script, connection }: Caller, operation: FilterOperation): Promise<Job | null> {
  try {
    return await askUnattended(call, script, connection, operation, patience)
  } catch (error) {
    if (error instanceof ProblemError && error.problem.type === '/problems/plan/conflict') return null
    throw error
  }
}

/** The app reads what it has again. */
export async function refreshFilter({ call, script, connection, match }: Caller): Promise<Saved> {
  if (match !== undefined && match !== digest(await readFilterText(call, connection))) throw notMatched()
  const job = await askUnattended(call, script, connection, { operation: 'filter-refresh' }, patience)
  if (job.state !== 'done') throw failed(job)
  return { reloaded: job.reloaded ?? null }
}

function notMatched(): ProblemError {
  return new ProblemError(412, 'filter/not-matched', 'The filter was changed meanwhile', {
    detail: 'The filter is no longer the one that If-Match names. Nothing was written; read it again.',
  })
}

function failed({ finishedAt, operationResult }: Job): ProblemError {
  return finishedAt === undefined
    ? new ProblemError(504, 'filter/unknown', 'It is not known yet whether it was saved', {
        detail:
          'It is not known yet whether it was saved. The history of the panel will tell; read before trying again.',
      })
    : new ProblemError(502, 'filter/not-saved', 'The server did not do it', {
        detail: operationResult?.detail ?? 'The server did not do it.',
      })
}
