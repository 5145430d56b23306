import type { Problem } from '@zonedeck/shared/problem'
import type { ZoneContent } from '@zonedeck/shared/zone'
import { toProblem } from '#lib/problem-error.ts'
import { readZone, type Place } from './zone-api.ts'

/** A zone as it was read last. Reading again keeps the old content in place until the new one is there. */
export class ZoneReading {
  content: ZoneContent | null = $state.raw(null)
  problem: Problem | null = $state.raw(null)
  busy: boolean = $state(false)

  readonly place: Place

  constructor(place: Place) {
    this.place = place
  }

  /** Never throws. */
  async read(): Promise<void> {
    this.busy = true
    try {
      this.content = await readZone(this.place)
      this.problem = null
    } catch (error) {
      this.problem = toProblem(error)
    }
    this.busy = false
  }
}
