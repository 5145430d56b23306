import { DurableObject } from 'cloudflare:workers'
import type { Env, SamplerCalls } from '../env.ts'
import { openConnection } from '../features/connections/open.ts'
import type { Reading } from '../features/statistics/samples/increase.ts'
import { hour } from '../features/statistics/samples/steps.ts'
import { deleteAll, deleteOld, putSamples } from '../features/statistics/samples/store.ts'
import { begin, goOn, type Sampling } from '../features/statistics/samples/take.ts'
import { log } from '../http/log.ts'
import { ProblemError } from '../http/problem-error.ts'
import { ProviderError } from '../providers/provider-error.ts'
import { makeInTurn } from './in-turn.ts'

const minute = 60_000
/** Minutes until a silent server is asked again: after the first time, the second … */
const waits = [1, 2, 5, 10]
/** Upstream calls a reading may take: one, and what is retried of it. */
const calls = 4

interface State {
  connection: string
  sampling: Sampling | null
  /** How often in a row there was no answer. */
  fails: number
  /** Counts the addresses it has had: what one of them has counted is never compared with another. */
  place: number
}

/** What became of asking: a reading, why there is none, or that there is nothing to ask. */
type Outcome = { reading: Reading } | { trouble: string } | 'nothing to sample'

/**
 * Asks one server every minute what it has counted, and keeps the differences in D1. One object a connection, named by its
 * id. It goes on by itself until there is no such connection any more: the next alarm is set before anything else is done.
 */
export class Sampler extends DurableObject<Env> implements SamplerCalls {
  /** What reads and writes the state waits for its turn, so that no reading is lost and none comes after the end. */
  readonly #inTurn = makeInTurn()

  begin(connection: string, elsewhere: boolean): Promise<void> {
    return this.#inTurn(async () => {
      const state = await this.#read()
      const sampling = elsewhere ? null : (state?.sampling ?? null)
      await this.#write({ connection, sampling, fails: 0, place: (state?.place ?? 0) + (elsewhere ? 1 : 0) })
      // Whoever has just made a connection is still busy with it. What goes on already is not put off.
      const goesOn = state?.fails === 0 && (await this.ctx.storage.getAlarm()) !== null
      if (!goesOn) await this.#wake(2)
    })
  }

  note(connection: string, reading: Reading): Promise<void> {
    return this.#inTurn(async () => {
      const state = await this.#read()
      if (state !== undefined && state.sampling !== null) return
      await this.#write({ connection, sampling: begin(reading), fails: 0, place: state?.place ?? 0 })
      await this.#wake(1)
    })
  }

  async last(): Promise<Reading | null> {
    return (await this.#read())?.sampling?.last ?? null
  }

  end(connection: string): Promise<void> {
    return this.#inTurn(() => this.#end(connection))
  }

  override async alarm(): Promise<void> {
    const asked = await this.#read()
    if (asked === undefined) return
    await this.#wake(1)
    const outcome = await this.#ask(asked.connection)
    try {
      await this.#inTurn(() => this.#keep(asked.place, outcome))
    } catch {
      // The state is as it was: the next reading has this minute in it, too.
      log({ event: 'sampling', connection: asked.connection, trouble: 'not stored' })
    }
  }

  async #ask(connection: string): Promise<Outcome> {
    try {
      // eslint-disable-next-line no-restricted-globals -- the entry of this object, as index.ts is the entry of requests
      const outside = (request: Request) => fetch(request)
      const { stats } = await openConnection(this.env, connection, Date.now, outside, calls)
      if (stats?.tally === undefined || stats.report !== undefined) return 'nothing to sample'
      return { reading: { tally: await stats.tally(), at: Date.now() } }
    } catch (error) {
      if (error instanceof ProblemError && error.problem.status === 404) return 'nothing to sample'
      return { trouble: error instanceof ProviderError ? error.kind : 'failed' }
    }
  }

  async #keep(place: number, outcome: Outcome): Promise<void> {
    const state = await this.#read()
    // It has ended meanwhile, or is about another server.
    if (state?.place !== place) return
    const { connection, sampling, fails } = state
    if (outcome === 'nothing to sample') return this.#end(connection)
    if ('trouble' in outcome) {
      await this.#write({ ...state, fails: fails + 1 })
      await this.#wake(waits[Math.min(fails, waits.length - 1)] ?? 1)
      if (fails === 0) log({ event: 'sampling', connection, trouble: outcome.trouble })
      return
    }
    const { reading } = outcome
    const next = sampling === null ? { sampling: begin(reading), samples: [] } : goOn(sampling, reading)
    await putSamples(this.env.DB, connection, next.samples)
    await this.#write({ ...state, sampling: next.sampling, fails: 0 })
    if (next.samples.some(({ step }) => step === hour)) await deleteOld(this.env.DB, connection, reading.at / 1000)
  }

  async #end(connection: string): Promise<void> {
    await this.ctx.storage.deleteAlarm()
    await this.ctx.storage.deleteAll()
    await deleteAll(this.env.DB, connection)
  }

  #read(): Promise<State | undefined> {
    return this.ctx.storage.get<State>('state')
  }

  #write(state: State): Promise<void> {
    return this.ctx.storage.put('state', state)
  }

  /** So many full minutes from now, the one that has begun not counted. */
  #wake(minutes: number): Promise<void> {
    return this.ctx.storage.setAlarm((Math.floor(Date.now() / minute) + minutes) * minute)
  }
}
