import { DurableObject } from 'cloudflare:workers'
import type { StatsRange, StatsReport } from '@zonedeck/shared/statistics'
import type { Env, StatsCacheCalls } from '../env.ts'
import { readStatistics } from '../features/statistics/service.ts'
import { ProblemError } from '../http/problem-error.ts'
import { toProblem } from '../http/problem.ts'
import { ProviderError } from '../providers/provider-error.ts'
import type { Answer } from './answer.ts'

/** How long an answer is good, in ms; what failed as well, so that visitors do not hammer a server that is down. */
const fresh = 30_000
/** How often what is no longer good is deleted, in ms. */
const sweep = 5 * 60_000

type Report = Answer<StatsReport>

interface Kept {
  at: number
  answer: Report
}

/**
 * What visitors of shared pages get of a server's statistics, one object a connection (its name is the connection's id):
 * however many come, through whichever isolate, the server is asked once in 30 seconds for a range.
 *
 * Kept in storage, not in memory alone: an object that has nothing to do is put away after some seconds. Nothing stays for
 * longer than six minutes, whatever else is asked for meanwhile: an answer names clients, as the server gave it.
 */
export class StatsCache extends DurableObject<Env> implements StatsCacheCalls {
  readonly #asking = new Map<string, Promise<Report>>()

  async report(connection: string, range: StatsRange): Promise<Report> {
    const key = `report ${JSON.stringify(range)}`
    const known = await this.ctx.storage.get<Kept>(key)
    if (known !== undefined && isFresh(known)) return known.answer
    const asking = this.#asking.get(key) ?? this.#ask(key, connection, range)
    this.#asking.set(key, asking)
    try {
      return await asking
    } finally {
      this.#asking.delete(key)
    }
  }

  async #ask(key: string, connection: string, range: StatsRange): Promise<Report> {
    const answer = await this.#read(connection, range)
    await this.ctx.storage.put<Kept>(key, { at: Date.now(), answer })
    if ((await this.ctx.storage.getAlarm()) === null) await this.#sweepLater()
    return answer
  }

  async #read(connection: string, range: StatsRange): Promise<Report> {
    // eslint-disable-next-line no-restricted-globals -- the entry of this object, as index.ts is the entry of requests
    const outside = { env: this.env, now: () => Date.now(), fetch: (request: Request) => fetch(request) }
    try {
      return { ok: true, value: await readStatistics({ ...outside, requestId: 'stats-cache' }, connection, range) }
    } catch (error) {
      if (!(error instanceof ProblemError) && !(error instanceof ProviderError)) throw error
      return { ok: false, problem: toProblem(error, 'stats-cache') }
    }
  }

  override async alarm(): Promise<void> {
    const all = [...(await this.ctx.storage.list<Kept>())]
    const old = all.filter(([, kept]) => !isFresh(kept))
    if (old.length === all.length) return this.ctx.storage.deleteAll()
    await Promise.all(old.map(([key]) => this.ctx.storage.delete(key)))
    await this.#sweepLater()
  }

  #sweepLater(): Promise<void> {
    return this.ctx.storage.setAlarm(Date.now() + sweep)
  }
}

function isFresh({ at }: Kept): boolean {
  return Date.now() < at + fresh
}
