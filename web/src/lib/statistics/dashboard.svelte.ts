import type { Problem } from '@zonedeck/shared/problem'
import type { StatsRange, StatsReport } from '@zonedeck/shared/statistics'
import { toProblem } from '#lib/problem-error.ts'

/** One server's part of the dashboard. */
export interface Part {
  connection: string
  /** What it said of the range that is shown; stays when it does not answer the next time. */
  report: StatsReport | null
  /** Why it could not be read the last time. */
  problem: Problem | null
  waiting: boolean
}

/** After this many ms what is there is shown, and who is missing is named. */
const PATIENCE = 2500

/**
 * What several servers count in one range. Another range replaces the last one as a whole, once it is there: figures of
 * two ranges never stand side by side.
 */
export class Dashboard {
  parts: readonly Part[] = $state.raw([])
  /** The range the parts are of; null while nothing was read. */
  range: StatsRange | null = $state.raw(null)
  busy: boolean = $state(false)

  #ask: (connection: string, range: StatsRange) => Promise<StatsReport>
  #connections: readonly string[]
  #run = 0

  constructor(connections: readonly string[], ask: (connection: string, range: StatsRange) => Promise<StatsReport>) {
    this.#connections = connections
    this.#ask = ask
  }

  /** Never throws. A later reading takes the place of an earlier one that is still under way. */
  async read(range: StatsRange): Promise<void> {
    const run = ++this.#run
    const same = isSame(range, this.range)
    let parts: readonly Part[] = same
      ? this.parts.map((part) => ({ ...part, waiting: true }))
      : this.#connections.map((connection) => ({ connection, report: null, problem: null, waiting: true }))
    let shown = same
    let patient = true
    const show = () => {
      if (run !== this.#run) return
      shown = true
      this.range = range
      this.parts = parts
    }
    const patience = setTimeout(() => {
      if (parts.some(({ report }) => report !== null)) show()
      else patient = false
    }, PATIENCE)
    this.busy = true
    await Promise.all(
      this.#connections.map(async (connection) => {
        const told = await this.#ask(connection, range).then(
          (report) => ({ report, problem: null }),
          (error: unknown) => ({ problem: toProblem(error) }),
        )
        parts = parts.map((part) => (part.connection === connection ? { ...part, ...told, waiting: false } : part))
        if (shown || (!patient && told.problem === null)) show()
      }),
    )
    clearTimeout(patience)
    show()
    if (run === this.#run) this.busy = false
  }
}

function isSame(one: StatsRange, other: StatsRange | null): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}
