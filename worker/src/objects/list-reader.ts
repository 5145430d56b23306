import { DurableObject } from 'cloudflare:workers'
import type { ListFetch } from '@zonedeck/shared/content-filter'
import type { Env, ListReaderCalls } from '../env.ts'
import { policyFromEnv } from '../providers/url-policy.ts'
import { fetchList } from './lists/fetch-list.ts'
import { listAnswer } from './lists/list-answer.ts'

const minute = 60_000
const most = 40

/**
 * Fetches block lists, one object a person: counting millions of bytes takes more CPU than the 10 ms that a request has on
 * the free plan, and nobody may make the panel fetch without end.
 */
export class ListReader extends DurableObject<Env> implements ListReaderCalls {
  /** When lists were fetched in the last minute, in ms. Forgotten with the object, which no one needs for long. */
  #fetched: number[] = []
  /** One for all, so that they wait for each other beyond six at a time. */
  readonly #budget = { left: Number.MAX_SAFE_INTEGER }

  async read(input: ListFetch, { ownHost, mayPrivate }: Parameters<ListReaderCalls['read']>[1]) {
    const now = Date.now()
    this.#fetched = this.#fetched.filter((at) => at > now - minute)
    if (this.#fetched.length >= most) return Math.ceil(((this.#fetched[0] ?? now) + minute - now) / 1000)
    this.#fetched.push(now)
    const fetched = await fetchList(input, {
      // eslint-disable-next-line no-restricted-globals -- the entry of this object, as index.ts is the entry of requests
      fetch: (request) => fetch(request),
      policy: policyFromEnv(this.env, [ownHost]),
      mayPrivate,
      budget: this.#budget,
    })
    return listAnswer(fetched)
  }
}
