import { DurableObject } from 'cloudflare:workers'
import type { Env, LimiterCalls } from '../env.ts'
import { hashPassword, verifyPassword, type Verdict } from './password-hash.ts'

const free = 5
const firstWait = 60_000
const longestWait = 60 * 60_000
const forget = 24 * 60 * 60_000

/** Times in milliseconds since 1970. */
interface Attempts {
  fails: number
  until: number
  /** When the last of them was taken, and the one before; what was kept by an older version does not know. */
  at?: number
  before?: number
}

/**
 * Counts attempts to sign in, one object an account and one a network: five may fail, then each failure doubles the wait
 * from a minute to an hour; a day without one forgets them. An attempt counts as failed until it is known to be right,
 * so that a thousand at once get no more tries than a thousand in a row.
 *
 * Passwords are hashed here too: 10 ms of CPU, all a request has on the free plan, cannot hold it.
 */
export class Limiter extends DurableObject<Env> implements LimiterCalls {
  #minute = { end: 0, calls: 0 }

  /** Takes one attempt. Seconds to wait when there is none to take, else 0. */
  async take(now: number): Promise<number> {
    const { fails, until, at = now } = await this.#read()
    if (now < until) return Math.ceil((until - now) / 1000)
    const next = fails + 1
    await this.ctx.storage.put<Attempts>('attempts', {
      fails: next,
      until: next < free ? 0 : now + Math.min(firstWait * 2 ** (next - free), longestWait),
      at: now,
      before: at,
    })
    await this.ctx.storage.setAlarm(now + forget)
    return 0
  }

  /** The attempt just taken was right after all: those before it are forgotten when they would have been without it. */
  async giveBack(): Promise<void> {
    const { fails, before } = await this.#read()
    if (fails <= 1 || before === undefined) return this.clear()
    await this.ctx.storage.put<Attempts>('attempts', { fails: fails - 1, until: 0, at: before, before })
    await this.ctx.storage.setAlarm(before + forget)
  }

  /** Forgets every failure: who signs in owns the account. */
  async clear(): Promise<void> {
    await this.ctx.storage.deleteAll()
  }

  /**
   * Takes one of so many calls a minute: seconds to wait when all were taken, else 0. It is held in memory alone: losing
   * count once in a while costs nothing, writing for each call would.
   */
  callsAMinute(now: number, most: number): Promise<number> {
    if (now >= this.#minute.end) this.#minute = { end: now + 60_000, calls: 0 }
    if (this.#minute.calls >= most) return Promise.resolve(Math.ceil((this.#minute.end - now) / 1000))
    this.#minute.calls += 1
    return Promise.resolve(0)
  }

  hash(password: string, pepper: string): Promise<string> {
    return hashPassword(password, pepper)
  }

  /** `stored` null stands for an unknown person: it takes as long, and is never right. */
  verify(password: string, stored: string | null, pepper: string): Promise<Verdict> {
    return verifyPassword(password, stored, pepper)
  }

  override alarm(): Promise<void> {
    return this.clear()
  }

  async #read(): Promise<Attempts> {
    return (await this.ctx.storage.get<Attempts>('attempts')) ?? { fails: 0, until: 0 }
  }
}
