import { filtersUnlessItFails, isFiltering, type CompiledSchedule } from './schedule.ts'
import type { Zone } from './time-zone.ts'

/** A stretch of one day in which a profile filters, or does not. Times are milliseconds since 1970. */
export interface Stretch {
  start: number
  /** Where the next one begins. */
  end: number
  filters: boolean
}

/** A day of a place. It has 23 or 25 hours when the clock is changed. */
export interface EffectiveDay {
  /** `2026-03-29`. */
  date: string
  start: number
  end: number
  /** One after the other, from the start of the day to its end. */
  stretches: readonly Stretch[]
}

const MINUTE = 60_000
const HOUR = 60 * MINUTE

/**
 * The hours in which a profile really filters, for seven days from a date on. A minute counts as it is at its half: the
 * app's windows end with an instant (`20:00` still filters, a moment later no more), which is no minute of its own.
 *
 * @param schedule null: it filters always
 * @param date `2026-03-23`, of the place
 */
export function effectiveHours(schedule: CompiledSchedule | null, zone: Zone, date: string): EffectiveDay[] {
  const days: EffectiveDay[] = []
  let start = startOfDay(zone, date)
  for (let day = 0; day < 7; day++) {
    const end = startOfDay(zone, nextDate(zone.localTime(start).date))
    days.push({ date: zone.localTime(start).date, start, end, stretches: stretches(schedule, start, end) })
    start = end
  }
  return days
}

function stretches(schedule: CompiledSchedule | null, start: number, end: number): Stretch[] {
  const found: Stretch[] = []
  for (let time = start; time < end; time += MINUTE) {
    const filters = filtersUnlessItFails(() => isFiltering(schedule, time + MINUTE / 2))
    const last = found.at(-1)
    if (last?.filters === filters) last.end = time + MINUTE
    else found.push({ start: time, end: time + MINUTE, filters })
  }
  return found
}

function nextDate(date: string): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + 24 * HOUR).toISOString().slice(0, 10)
}

/** The first minute that has the date. Days are skipped where a place crossed the date line. */
function startOfDay(zone: Zone, date: string): number {
  const noon = Date.parse(`${date}T12:00:00Z`)
  // No place is further than 14 hours from UTC, so this is the day before.
  let before = noon - 36 * HOUR
  let after = noon + 36 * HOUR
  while (after - before > MINUTE) {
    const middle = Math.floor((before + after) / 2 / MINUTE) * MINUTE
    if (zone.localTime(middle).date < date) before = middle
    else after = middle
  }
  return after
}
