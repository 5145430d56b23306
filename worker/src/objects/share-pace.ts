import { DurableObject } from 'cloudflare:workers'
import type { Env, SharePaceCalls } from '../env.ts'

const minute = 60_000
/** A page asks once a minute: a hundred visitors, and as many reloads. */
const most = 200

/** Holds back the visitors of one link (its name is the link's id). What it counts is worth no storage. */
export class SharePace extends DurableObject<Env> implements SharePaceCalls {
  #since = 0
  #count = 0

  /** Seconds to wait, 0 for come in. */
  take(now: number): Promise<number> {
    if (now >= this.#since + minute || now < this.#since) {
      this.#since = now
      this.#count = 0
    }
    if (this.#count >= most) return Promise.resolve(Math.ceil((this.#since + minute - now) / 1000))
    this.#count++
    return Promise.resolve(0)
  }
}
