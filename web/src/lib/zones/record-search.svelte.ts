import type { Problem } from '@zonedeck/shared/problem'
import { toProblem } from '#lib/problem-error.ts'
import type { SearchLine } from './search-api.ts'

/**
 * One search in the records of all servers. What the last one found stays until this one has something to show.
 */
export class RecordSearch {
  /** What is shown, and for which text. */
  lines: readonly SearchLine[] = $state.raw([])
  text: string = $state('')
  /** The whole request failed. */
  problem: Problem | null = $state.raw(null)
  busy: boolean = $state(false)

  #asks = 0

  /** Reads until every server has answered, or another search begins. Never throws. */
  async read(text: string, lines: AsyncIterable<SearchLine>): Promise<void> {
    const ask = ++this.#asks
    const current = () => ask === this.#asks
    let found: readonly SearchLine[] = []
    const show = (problem: Problem | null) => {
      this.lines = found
      this.text = text
      this.problem = problem
    }
    this.busy = true
    try {
      for await (const line of lines) {
        if (!current()) return
        found = [...found, line]
        show(null)
      }
      if (current()) show(null)
    } catch (error) {
      if (current()) show(toProblem(error))
    }
    if (current()) this.busy = false
  }

  /** What is under way is of no interest any more. */
  forget(): void {
    this.#asks += 1
    this.busy = false
  }
}
