import type { Delegation } from '@zonedeck/shared/delegation'
import type { Problem } from '@zonedeck/shared/problem'
import { toProblem } from '#lib/problem-error.ts'

/** Whether anyone can see the page. */
export interface Visibility {
  hidden(): boolean
  /** Returns what ends the listening. */
  onchange(listener: () => void): () => void
}

/** Seconds between two looks: quick at first, for whoever has just been at the registrar. */
const PACE = [4, 4, 6, 10, 15, 30, 60]

const thisPage: Visibility = {
  hidden: () => document.hidden,
  onchange(listener) {
    document.addEventListener('visibilitychange', listener)
    return () => {
      document.removeEventListener('visibilitychange', listener)
    }
  },
}

/** What the zone above says of a zone, looked at again and again until it delegates it. */
export class DelegationWatch {
  found: Delegation | null = $state.raw(null)
  /** Why the last look failed. */
  problem: Problem | null = $state.raw(null)
  busy: boolean = $state(false)
  /** Looks again by itself. */
  waiting: boolean = $state(false)

  readonly #read: () => Promise<Delegation>

  constructor(read: () => Promise<Delegation>) {
    this.#read = read
  }

  /** One look. Never throws. */
  async look(): Promise<void> {
    if (this.busy) return
    this.busy = true
    try {
      this.found = await this.#read()
      this.problem = null
    } catch (error) {
      this.problem = toProblem(error)
    }
    this.busy = false
  }

  /**
   * Looks now, and then ever more seldom until the zone is delegated. Nothing is asked while nobody sees the page; who
   * comes back to it sees a fresh answer. Returns what ends it.
   */
  follow(page: Visibility = thisPage): () => void {
    let looks = 0
    let ended = false
    let timer: ReturnType<typeof setTimeout> | undefined
    const run = async () => {
      await this.look()
      looks++
      clearTimeout(timer)
      this.waiting = !ended && !this.#settled()
      if (this.waiting && !page.hidden()) timer = setTimeout(() => void run(), (PACE[looks - 1] ?? 60) * 1000)
    }
    const stopListening = page.onchange(() => {
      clearTimeout(timer)
      if (page.hidden() || !this.waiting) return
      looks = 0
      void run()
    })
    void run()
    return () => {
      ended = true
      this.waiting = false
      clearTimeout(timer)
      stopListening()
    }
  }

  /** Asking again would change nothing. */
  #settled(): boolean {
    if (this.problem !== null) return [401, 403, 404].includes(this.problem.status)
    const state = this.found?.nameServers.state
    return state === 'delegated' || state === 'private'
  }
}
