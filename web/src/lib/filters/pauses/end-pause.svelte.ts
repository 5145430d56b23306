import type { Pause } from '@zonedeck/shared/content-filter'
import type { Problem } from '@zonedeck/shared/problem'
import { toProblem } from '../../problem-error.ts'
import type { FilterDraft } from '../filter-draft.svelte.ts'
import { endPause } from './pause-api.ts'

/** A pause that is being ended by hand. */
export class EndPause {
  /** Its id. */
  busy: string | null = $state(null)
  problem: Problem | null = $state.raw(null)

  /** Ends it, or forgets one that is over, and reads the filter again. */
  async end(draft: FilterDraft, { id }: Pause): Promise<void> {
    this.busy = id
    this.problem = null
    try {
      await endPause(draft.connection, id)
    } catch (error) {
      this.problem = toProblem(error)
    }
    await draft.read()
    this.busy = null
  }
}
