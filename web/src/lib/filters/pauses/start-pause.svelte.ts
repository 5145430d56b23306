import type { Pause, PauseTarget } from '@zonedeck/shared/content-filter'
import type { Problem } from '@zonedeck/shared/problem'
import { toProblem } from '../../problem-error.ts'
import { lengthInput, likelyClock, type Length } from './length.ts'
import { startPause } from './pause-api.ts'

/** A pause that is being asked for: how long it shall be, and what became of it. */
export class StartPause {
  length: Length = $state({ choice: '15', clock: likelyClock(Date.now()) })
  busy: boolean = $state(false)
  problem: Problem | null = $state.raw(null)
  /** Nothing is sent without a time. */
  readonly ready: boolean = $derived(lengthInput(this.length, Date.now()) !== null)

  /** The pause as it runs, or null with a reason in `problem`. */
  async start(connection: string, target: PauseTarget): Promise<Pause | null> {
    const input = lengthInput(this.length, Date.now())
    if (input === null || this.busy) return null
    this.busy = true
    this.problem = null
    try {
      return await startPause(connection, { target, ...input })
    } catch (error) {
      this.problem = toProblem(error)
      return null
    } finally {
      this.busy = false
    }
  }
}
