import type { Problem } from '@zonedeck/shared/problem'
import { toProblem } from './problem-error.ts'

/** What a server was asked for last. Asking again keeps the old answer in place until the new one is there. */
export class Reading<T> {
  content: T | null = $state.raw(null)
  problem: Problem | null = $state.raw(null)
  busy: boolean = $state(false)

  #ask: () => Promise<T>

  constructor(ask: () => Promise<T>) {
    this.#ask = ask
  }

  /** Never throws. */
  async read(): Promise<void> {
    this.busy = true
    try {
      this.content = await this.#ask()
      this.problem = null
    } catch (error) {
      this.problem = toProblem(error)
    }
    this.busy = false
  }
}
