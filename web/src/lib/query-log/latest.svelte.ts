import type { Problem } from '@zonedeck/shared/problem'
import { toProblem } from '#lib/problem-error.ts'

/** Answers to questions that follow one another: the last one counts, and the one before stays until it is there. */
export class Latest<T> {
  content: T | null = $state.raw(null)
  problem: Problem | null = $state.raw(null)
  busy: boolean = $state(false)
  #asked = 0

  /** Never throws. */
  async read(ask: () => Promise<T>): Promise<void> {
    const number = ++this.#asked
    this.busy = true
    let answer: { content: T } | { problem: Problem }
    try {
      answer = { content: await ask() }
    } catch (error) {
      answer = { problem: toProblem(error) }
    }
    if (number !== this.#asked) return
    this.busy = false
    this.problem = 'problem' in answer ? answer.problem : null
    if ('content' in answer) this.content = answer.content
  }
}
