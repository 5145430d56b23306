import type { Change } from '@zonedeck/shared/change'
import type { Finding, Job, Plan } from '@zonedeck/shared/job'
import type { Operation } from '@zonedeck/shared/operation'
import { findingKey } from '@zonedeck/shared/plan/keys'
import type { Conflict, Problem } from '@zonedeck/shared/problem'
import { toProblem } from '#lib/problem-error.ts'
import type { Place } from './zone-api.ts'

interface Input<O extends Operation> {
  changes: Change[]
  operation?: O
}

/** The calls an apply needs; the page gives the real ones. */
export interface ApplyCalls<O extends Operation> {
  makePlan: (place: Place, input: Input<O>) => Promise<Plan>
  startJob: (place: Place, input: Input<O> & { plan: string; accept: string[] }) => Promise<Job>
}

/**
 * The way of a draft to the server: the server plans it, the person accepts what is dangerous, the server applies exactly
 * that plan. A conflict leads back to the draft, a plan that is too old is made again.
 */
export class Apply<O extends Operation = Operation> {
  step: 'planning' | 'ready' | 'sending' | 'sent' | 'stopped' = $state('planning')
  plan: Plan | null = $state.raw(null)
  /** Why it stopped; with conflicts, they are in `conflicts`. */
  problem: Problem | null = $state.raw(null)
  conflicts: readonly Conflict[] = $state.raw([])
  /** The plan was older than ten minutes and was made again. */
  renewed: boolean = $state(false)
  accepted: readonly string[] = $state.raw([])

  readonly place: Place
  readonly changes: readonly Change[]
  readonly operation: O | undefined
  readonly dangers: readonly Finding[] = $derived(
    (this.plan?.findings ?? []).filter(({ severity }) => severity === 'danger'),
  )
  /** Dangerous findings that are not accepted yet. */
  readonly open: number = $derived(
    this.dangers.filter((finding) => !this.accepted.includes(findingKey(finding))).length,
  )

  #calls: ApplyCalls<O>

  constructor(calls: ApplyCalls<O>, place: Place, changes: readonly Change[], operation?: O) {
    this.#calls = calls
    this.place = place
    this.changes = changes
    this.operation = operation
  }

  /** Asks for a plan; writes nothing. */
  async review(): Promise<void> {
    this.step = 'planning'
    this.problem = null
    this.conflicts = []
    try {
      this.plan = await this.#calls.makePlan(this.place, this.#input())
      this.step = 'ready'
    } catch (error) {
      this.#stop(error)
    }
  }

  /** Sends the plan that was shown. Returns the job, which may still be running, or null when it stopped. */
  async send(): Promise<Job | null> {
    const plan = this.plan
    if (plan === null || this.step !== 'ready' || this.open > 0) return null
    this.step = 'sending'
    const accept = this.accepted.filter((key) => this.dangers.some((finding) => findingKey(finding) === key))
    try {
      const job = await this.#calls.startJob(this.place, { ...this.#input(), plan: plan.plan, accept })
      this.step = 'sent'
      return job
    } catch (error) {
      if (toProblem(error).type === '/problems/plan/expired') {
        await this.review()
        this.renewed = true
      } else this.#stop(error)
      return null
    }
  }

  accept(finding: Finding, accepted: boolean): void {
    const key = findingKey(finding)
    this.accepted = accepted ? [...this.accepted, key] : this.accepted.filter((each) => each !== key)
  }

  isAccepted(finding: Finding): boolean {
    return this.accepted.includes(findingKey(finding))
  }

  #input(): Input<O> {
    const changes = [...this.changes]
    return this.operation === undefined ? { changes } : { changes, operation: this.operation }
  }

  #stop(error: unknown): void {
    this.problem = toProblem(error)
    this.conflicts = this.problem.conflicts ?? []
    this.plan = null
    this.step = 'stopped'
  }
}
