import type { Pause } from '@zonedeck/shared/content-filter'
import type { Problem } from '@zonedeck/shared/problem'
import { tick } from 'svelte'
import { toProblem } from '../../problem-error.ts'
import type { FilterDraft } from '../filter-draft.svelte.ts'
import { endPause } from './pause-api.ts'

/** A pause that is being ended by hand. */
export class EndPause {
  /** Its id. */
  busy: string | null = $state(null)
  problem: Problem | null = $state.raw(null)

  /**
   * Ends it, or forgets one that is over, and reads the filter again. Where the button goes with its pause, the focus goes
   * to the first one of `within`.
   */
  async end(draft: FilterDraft, { id }: Pause, within?: HTMLElement): Promise<void> {
    this.busy = id
    this.problem = null
    try {
      await endPause(draft.connection, id)
    } catch (error) {
      this.problem = toProblem(error)
    }
    await draft.read()
    this.busy = null
    await tick()
    if (document.activeElement === document.body) within?.querySelector('button')?.focus()
  }
}
