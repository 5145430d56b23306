import type { AppConfig } from '@zonedeck/shared/filter/app-config'
import { effectiveHours, type EffectiveDay } from '@zonedeck/shared/filter/effective-hours'
import { compileSchedule } from '@zonedeck/shared/filter/schedule'
import { chooseZone, type Zone } from '@zonedeck/shared/filter/time-zone'
import type { MinuteRange } from '@zonedeck/shared/filter/week-grid'
import { weekdays, type Day } from '@zonedeck/shared/filter/week'
import { clock, shortDay } from './clock.ts'

const MINUTE = 60_000
const DAY = 86_400_000

/** A day of the week that is shown, as it will really be. */
export interface ShownDay {
  day: Day
  /** `2026-03-29` */
  date: string
  /** Where it filters, by the hands of the clock. Where the clock goes back, two of them may share an hour. */
  filters: readonly MinuteRange[]
  /** 24, unless the clock is changed on it. */
  hours: number
}

/** The place that a configuration's schedules go by: UTC where the app finds none. */
export function placeOf(config: AppConfig): Zone {
  return chooseZone(config.timeZone).zone ?? utc()
}

function utc(): Zone {
  const { zone } = chooseZone('UTC')
  if (zone === null) throw new Error('UTC is always there.')
  return zone
}

function compiled(config: AppConfig, name: string) {
  const schedule = config.profiles.get(name)?.schedule ?? null
  return compileSchedule(schedule, chooseZone(config.timeZone).zone, config.scheduleAllDay)
}

/** The hours in which a profile really filters, Monday to Sunday of the week that a moment is in. */
export function effectiveWeek(config: AppConfig, name: string, now: number): ShownDay[] {
  const zone = placeOf(config)
  const { weekday, date } = zone.localTime(now)
  const monday = new Date(Date.parse(`${date}T00:00:00Z`) - ((weekday + 6) % 7) * DAY).toISOString().slice(0, 10)
  return effectiveHours(compiled(config, name), zone, monday).map((day) => shownDay(zone, day))
}

function shownDay(zone: Zone, { date, start, end, stretches }: EffectiveDay): ShownDay {
  const minute = (time: number) => Math.round(zone.localTime(time).milliseconds / MINUTE)
  return {
    day: weekdays[zone.localTime(start).weekday] ?? 'mon',
    date,
    // The end is where its last minute ends: the next one may be another day's, or come after a change of the clock.
    filters: stretches.flatMap((stretch) =>
      stretch.filters ? { from: minute(stretch.start), to: minute(stretch.end - MINUTE) + 1 } : [],
    ),
    hours: (end - start) / (60 * MINUTE),
  }
}

/** Does a profile filter in this minute, and when does that change? Null: not within a week. */
export function filteringNow(config: AppConfig, name: string, now: number): { filters: boolean; until: number | null } {
  const schedule = compiled(config, name)
  const zone = placeOf(config)
  const stretches = effectiveHours(schedule, zone, zone.localTime(now).date).flatMap((day) => day.stretches)
  const filters = stretches.find(({ end }) => end > now)?.filters ?? false
  return { filters, until: stretches.find((each) => each.end > now && each.filters !== filters)?.start ?? null }
}

/** `Tue 07:00`, on the clock of the place. */
export function momentThere(zone: Zone, time: number): string {
  const { weekday, milliseconds } = zone.localTime(time)
  return `${shortDay(weekdays[weekday] ?? 'mon')} ${clock(Math.floor(milliseconds / MINUTE))}`
}
