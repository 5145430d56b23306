import type { Job } from '@zonedeck/shared/job'
import type { Problem } from '@zonedeck/shared/problem'
import { toProblem } from '#lib/problem-error.ts'

/** ms between two looks at a running job: quick at first. */
const PACE = [300, 500, 1000, 1000, 2000]

/** Follows a job until it is finished. A look that fails is repeated: the job goes on without this page. */
export class JobFollower {
  job: Job | null = $state.raw(null)
  /** Why the last look failed. */
  problem: Problem | null = $state.raw(null)

  #stopped = false

  /**
   * @param read one look
   * @param onfinish called once, when the job is finished
   */
  async follow(
    read: () => Promise<Job>,
    onfinish: (job: Job) => void,
    wait: (ms: number) => Promise<unknown> = (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  ): Promise<void> {
    for (let look = 0; !this.#stopped; look++) {
      try {
        this.job = await read()
        this.problem = null
        if (this.job.finishedAt !== undefined) {
          onfinish(this.job)
          return
        }
      } catch (error) {
        this.problem = toProblem(error)
        // There is no such job, or it may not be seen: asking again will not help.
        if (this.problem.status === 404 || this.problem.status === 403 || this.problem.status === 401) return
      }
      await wait(PACE[Math.min(look, PACE.length - 1)] ?? 2000)
    }
  }

  stop(): void {
    this.#stopped = true
  }
}
