import type { AppConfig } from '@zonedeck/shared/filter/app-config'
import { compileSchedule } from '@zonedeck/shared/filter/schedule'
import { chooseZone } from '@zonedeck/shared/filter/time-zone'
import { weekdays, type Day } from '@zonedeck/shared/filter/week'
import { gridOfSchedule, MINUTES_A_DAY } from '@zonedeck/shared/filter/week-grid'

/** Whether a profile filters at a moment, and until when that holds. */
export interface FiltersNow {
  filters: boolean
  /** On the clock of the filter's place; null: it never changes. */
  until: { day: Day; minute: number } | null
  /** The day of the moment there. */
  today: Day | null
}

/** @param time milliseconds since 1970 */
export function filtersNow(config: AppConfig, profile: string, time: number): FiltersNow {
  const { zone } = chooseZone(config.timeZone)
  const schedule = compileSchedule(config.profiles.get(profile)?.schedule ?? null, zone, config.scheduleAllDay)
  if (schedule === null) return { filters: true, until: null, today: null }
  // The app fails on a broken time zone, and lets everything pass.
  if (zone === null) return { filters: false, until: null, today: null }
  const { weekday, milliseconds } = zone.localTime(time)
  const today = weekdays[weekday] ?? 'sun'
  const grid = gridOfSchedule(schedule)
  const week = Math.floor(milliseconds / 60_000)
  const filtersAt = (minute: number): boolean => {
    const day = weekdays[Math.floor(minute / MINUTES_A_DAY) % 7] ?? 'sun'
    const clock = minute % MINUTES_A_DAY
    return grid[day].some(({ from, to }) => from <= clock && clock < to)
  }
  const now = weekday * MINUTES_A_DAY + week
  const filters = filtersAt(now)
  for (let minute = now + 1; minute <= now + 7 * MINUTES_A_DAY; minute++) {
    if (filtersAt(minute) === filters) continue
    const day = weekdays[Math.floor(minute / MINUTES_A_DAY) % 7] ?? 'sun'
    return { filters, until: { day, minute: minute % MINUTES_A_DAY }, today }
  }
  return { filters, until: null, today }
}

const SHORT: Record<Day, string> = {
  mon: 'Mon',
  tue: 'Tue',
  wed: 'Wed',
  thu: 'Thu',
  fri: 'Fri',
  sat: 'Sat',
  sun: 'Sun',
}

/** `until 21:00`, `until Tue 07:00`; nothing when it never changes. */
export function untilWords({ until, today }: FiltersNow): string {
  if (until === null) return ''
  const clock = `${String(Math.floor(until.minute / 60)).padStart(2, '0')}:${String(until.minute % 60).padStart(2, '0')}`
  return until.day === today ? `until ${clock}` : `until ${SHORT[until.day]} ${clock}`
}
