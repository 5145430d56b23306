import type { FilterQuery } from '@zonedeck/shared/filter/explain'
import type { VerdictFix } from '@zonedeck/shared/filter/smallest-fix'
import type { Explainer } from './explainer.ts'
import type { Verdicts } from './messages.ts'

/** A question with the configurations it is asked about. */
export interface Test {
  server: string
  /** Null: nothing waits to be saved. */
  draft: string | null
  query: FilterQuery
}

const SLOW = 1000

/** One name being tested: what is known of the last question, while the next one is answered. */
export class TestRun {
  /** The question that `verdicts` answers. */
  asked: Test | null = $state.raw(null)
  verdicts: Verdicts | null = $state.raw(null)
  /** Null while they are looked for. */
  fixes: readonly VerdictFix[] | null = $state.raw(null)
  trouble: string | null = $state(null)
  busy: boolean = $state(false)
  /** It takes long enough to say so. */
  slow: boolean = $state(false)

  #timer: ReturnType<typeof setTimeout> | undefined
  readonly #explainer: Pick<Explainer, 'ask' | 'end'>

  constructor(explainer: Pick<Explainer, 'ask' | 'end'>) {
    this.#explainer = explainer
  }

  ask(test: Test): void {
    this.busy = true
    this.#rest()
    this.#timer = setTimeout(() => {
      this.slow = this.busy
    }, SLOW)
    this.#explainer.ask(test, {
      verdicts: (verdicts) => {
        this.asked = test
        this.verdicts = verdicts
        this.fixes = null
        this.trouble = null
      },
      fixes: (fixes) => {
        this.fixes = fixes
        this.busy = false
        this.#rest()
      },
      failed: (why) => {
        this.trouble = why
        this.busy = false
        this.#rest()
      },
    })
  }

  #rest(): void {
    clearTimeout(this.#timer)
    this.slow = false
  }

  /** Gives up. */
  end(): void {
    this.#explainer.end('Ended.')
  }
}
