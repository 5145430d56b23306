import { SvelteMap } from 'svelte/reactivity'
import { toProblem } from '#lib/problem-error.ts'
import type { Explainer } from './explainer.ts'

/** A block list that is wanted here. Its URL is spelled as the registry spells it. */
export interface WantedList {
  url: string
  name: string
  type: 'domain' | 'regex'
}

export type ListState =
  | { state: 'loading' }
  | { state: 'loaded'; entries: number }
  /** Why it could not be had, as a sentence. */
  | { state: 'failed'; trouble: string }

/** The panel's answer to fetching a list (`ListCheck`), with its text. */
export type FetchList = (connection: string, url: string, type: 'domain' | 'regex') => Promise<Blob>

/** The block lists of this session, by URL: fetched by the panel, read by the evaluator beside the page. */
export class LoadedLists {
  readonly states: ReadonlyMap<string, ListState>
  /** Goes up with every list that has come: verdicts from before may be others now. */
  version: number = $state(0)
  readonly #states = new SvelteMap<string, ListState>()
  readonly #explainer: Pick<Explainer, 'addList'>
  readonly #fetch: FetchList

  constructor(explainer: Pick<Explainer, 'addList'>, fetch: FetchList) {
    this.states = this.#states
    this.#explainer = explainer
    this.#fetch = fetch
  }

  /** Loads what is not there yet, one after the other: a phone has little room for several at once. Never throws. */
  async load(connection: string, lists: readonly WantedList[]): Promise<void> {
    const missing = lists.filter(({ url }) => !['loading', 'loaded'].includes(this.#states.get(url)?.state ?? ''))
    for (const { url } of missing) this.#states.set(url, { state: 'loading' })
    for (const { url, type } of missing) this.#states.set(url, await this.#one(connection, url, type))
  }

  async #one(connection: string, url: string, type: 'domain' | 'regex'): Promise<ListState> {
    try {
      const outcome = await this.#explainer.addList(url, type, await this.#fetch(connection, url, type))
      if (!outcome.ok) return { state: 'failed', trouble: outcome.trouble }
      this.version++
      return { state: 'loaded', entries: outcome.entries }
    } catch (error) {
      const { detail, title } = toProblem(error)
      return { state: 'failed', trouble: detail ?? title }
    }
  }
}
