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
/** Unused for this long, everything is forgotten. */
const forget = 60 * 60_000

type Report = Answer<StatsReport>

/**
 * What visitors of shared pages get of a server's statistics, one object a connection (its name is the connection's id):
 * however many come, through whichever isolate, the server is asked once in 30 seconds for a range.
 *
 * Kept in storage, not in memory alone: an object that has nothing to do is put away after some seconds.
 */
export class StatsCache extends DurableObject<Env> implements StatsCacheCalls {
  readonly #asking = new Map<string, Promise<Report>>()

  async report(connection: string, range: StatsRange): Promise<Report> {
    const key = `report ${JSON.stringify(range)}`
    const known = await this.ctx.storage.get<{ at: number; answer: Report }>(key)
    if (known !== undefined && Date.now() < known.at + fresh) return known.answer
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
    await this.ctx.storage.put(key, { at: Date.now(), answer })
    await this.ctx.storage.setAlarm(Date.now() + forget)
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

  override alarm(): Promise<void> {
    return this.ctx.storage.deleteAll()
  }
}
