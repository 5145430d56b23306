import type { Problem } from '@zonedeck/shared/problem'
import type { LoggedQuery, QueryLogPage } from '@zonedeck/shared/statistics'
import { toProblem } from '#lib/problem-error.ts'

/** A row while the log is followed. `row` changes from one answer to the next; `id` stays. */
export interface TailRow extends LoggedQuery {
  id: number
}

/** Milliseconds between two looks; after a failure twice as long each time, up to the longest. */
export const EVERY = 4000
const LONGEST = 60_000
/** Rows kept: the oldest fall out. */
export const KEPT = 500

/** Follows a log: asks again and again for what came after the newest row seen. */
export class Tail {
  /** The newest first. */
  rows: readonly TailRow[] = $state.raw([])
  /** When the server was asked last, RFC 3339. null: never. */
  readAt: string | null = $state(null)
  problem: Problem | null = $state.raw(null)

  readonly #ask: (after: string | undefined) => Promise<QueryLogPage>
  #next = 1
  #wait = EVERY
  #awake = false
  #asking = false
  #timer: ReturnType<typeof setTimeout> | undefined

  /** @param ask without a time: the newest rows, newest first; with one: those after it, oldest first */
  constructor(ask: (after: string | undefined) => Promise<QueryLogPage>) {
    this.#ask = ask
  }

  /** Asks now, and goes on. */
  wake(): void {
    this.#awake = true
    this.#wait = EVERY
    clearTimeout(this.#timer)
    void this.#look()
  }

  /** Asks no more. */
  rest(): void {
    this.#awake = false
    clearTimeout(this.#timer)
  }

  async #look(): Promise<void> {
    // Woken while an answer is under way: that one goes on.
    if (this.#asking) return
    this.#asking = true
    try {
      await this.#read()
      this.problem = null
      this.#wait = EVERY
    } catch (error) {
      this.problem = toProblem(error)
      this.#wait = Math.min(Math.max(this.#wait * 2, (this.problem.retryAfter ?? 0) * 1000), LONGEST)
    }
    this.#asking = false
    if (this.#awake) this.#timer = setTimeout(() => void this.#look(), this.#wait)
  }

  /** Until it is all there. Of more than is kept only the newest is read: nothing of what is shown would stay. */
  async #read(): Promise<void> {
    for (;;) {
      const after = this.rows[0]?.at
      const page = await this.#ask(after)
      this.readAt = page.readAt
      if (after === undefined) {
        this.#put(page.rows, [])
        return
      }
      if (page.entries > KEPT) {
        this.#put((await this.#ask(undefined)).rows, [])
        return
      }
      this.#put(page.rows.toReversed(), this.rows)
      if (page.pages <= 1 || page.rows.length === 0) return
    }
  }

  #put(newer: readonly LoggedQuery[], older: readonly TailRow[]): void {
    if (newer.length === 0 && older === this.rows) return
    const first = this.#next
    this.#next += newer.length
    // The newest has the highest number.
    const added = newer.map((row, index) => ({ ...row, id: first + newer.length - 1 - index }))
    this.rows = [...added, ...older].slice(0, KEPT)
  }
}
