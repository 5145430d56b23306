import type { ZoneContent } from '@zonedeck/shared/zone'
import { Reading } from '#lib/reading.svelte.ts'
import { readZone, type Place } from './zone-api.ts'

/** A zone as it was read last. */
export class ZoneReading extends Reading<ZoneContent> {
  readonly place: Place

  constructor(place: Place) {
    super(() => readZone(place))
    this.place = place
  }
}
