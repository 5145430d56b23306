import type { AppConfig, AppProfile } from '@zonedeck/shared/filter/app-config'
import type { ConfigEdit } from '@zonedeck/shared/filter/edit'
import { isObject, objectOf, type Json, type JsonObject } from '@zonedeck/shared/filter/json'
import type { Path } from '@zonedeck/shared/filter/pointer'
import { compileSchedule } from '@zonedeck/shared/filter/schedule'
import { chooseZone } from '@zonedeck/shared/filter/time-zone'
import {
  gridOfSchedule,
  MINUTES_A_DAY,
  paintHours,
  scheduleOfGrid,
  type MinuteRange,
  type WeekGrid,
} from '@zonedeck/shared/filter/week-grid'
import { days, nextDay, type Day } from '@zonedeck/shared/filter/week'

/**
 * The hours that are set in a profile, by day. Null is a day without hours, which the app filters all day; no ranges are
 * a free day, which a window of one instant stands for.
 */
export type Week = Readonly<Record<Day, readonly MinuteRange[] | null>>

/** A range that goes on into the next morning when `to` is not after `from`, and the days it begins on. */
export interface Hours {
  days: readonly Day[]
  from: number
  to: number
}

export const WHOLE_DAY: readonly MinuteRange[] = [{ from: 0, to: MINUTES_A_DAY }]
const NO_HOURS = weekWhere(() => null)
const FREE = weekWhere(() => [])

function weekWhere(hoursOf: (day: Day) => readonly MinuteRange[] | null): Week {
  return Object.fromEntries(days.map((day) => [day, hoursOf(day)])) as Record<Day, readonly MinuteRange[] | null>
}

/** What a schedule sets, by the evaluator's own reading of its windows, as if schedules count. */
export function weekOf(schedule: AppProfile['schedule']): Week {
  const grid = gridOfSchedule(compileSchedule(schedule, chooseZone('UTC').zone, false))
  const set = new Set([...(schedule ?? [])].flatMap(([key, windows]) => (windows.length > 0 ? key.toLowerCase() : [])))
  return weekWhere((day) => (set.has(day) ? grid[day] : null))
}

/** No day has hours: the profile filters always. */
export function isAlways(week: Week): boolean {
  return days.every((day) => week[day] === null)
}

export function isWholeDay(ranges: readonly MinuteRange[]): boolean {
  return ranges.length === 1 && ranges[0]?.from === 0 && ranges[0].to === MINUTES_A_DAY
}

/**
 * Paints hours onto a day. The first hours of a day without any are all that it has from then on; a free stretch is cut
 * out of the whole day. A night's morning leaves a day without hours as it is: that one is filtered all day anyway.
 */
export function paint(week: Week, day: Day, from: number, to: number, filters: boolean): Week {
  const next = to <= from && to > 0 ? nextDay(day) : null
  const before = (each: Day) => week[each] ?? (filters && each === day ? [] : WHOLE_DAY)
  const painted = paintHours(weekWhere(before) as WeekGrid, day, from, to, filters)
  const carries = next !== null && (week[next] !== null || !filters)
  return { ...week, [day]: painted[day], ...(carries ? { [next]: painted[next] } : {}) }
}

/** A range moves to where its ends were pulled. */
export function resize(week: Week, day: Day, old: MinuteRange, { from, to }: MinuteRange): Week {
  const without = (week[day] ?? []).filter((range) => range.from !== old.from)
  return paint({ ...week, [day]: without }, day, from, to, true)
}

export function setDay(week: Week, day: Day, ranges: readonly MinuteRange[] | null): Week {
  return { ...week, [day]: ranges }
}

/** A week with these hours, and free at all other times. */
export function weekOfHours(hours: readonly Hours[]): Week {
  return addHours(FREE, hours)
}

export function addHours(week: Week, hours: readonly Hours[]): Week {
  return hours.reduce(
    (all, { days: on, from, to }) => on.reduce((some, day) => paint(some, day, from, to, true), all),
    week,
  )
}

const SCHOOL_DAYS: readonly Day[] = ['mon', 'tue', 'wed', 'thu', 'fri']
const SCHOOL_NIGHTS: readonly Day[] = ['sun', 'mon', 'tue', 'wed', 'thu']

/** Weeks to begin with. */
export const presets: readonly { title: string; week: Week }[] = [
  { title: 'Always', week: NO_HOURS },
  { title: 'School nights 21:00–07:00', week: weekOfHours([{ days: SCHOOL_NIGHTS, from: 1260, to: 420 }]) },
  { title: 'Every night 22:00–06:00', week: weekOfHours([{ days, from: 1320, to: 360 }]) },
  { title: 'Homework 15:00–18:00', week: weekOfHours([{ days: SCHOOL_DAYS, from: 900, to: 1080 }]) },
  { title: 'School hours 08:00–13:00', week: weekOfHours([{ days: SCHOOL_DAYS, from: 480, to: 780 }]) },
]

export function sameWeek(a: Week, b: Week): boolean {
  return days.every((day) => sameDay(a[day], b[day]))
}

function sameDay(a: readonly MinuteRange[] | null, b: readonly MinuteRange[] | null): boolean {
  if (a === null || b === null) return a === b
  return a.length === b.length && a.every(({ from, to }, index) => from === b[index]?.from && to === b[index].to)
}

/**
 * The edits that give a profile a week, day by day: a day that stays the same keeps what is written for it. When every day
 * is filtered all day the schedule goes. Schedules mean nothing while `scheduleAllDay` is on, so the first hours switch it
 * off; other profiles' hours begin to count then too.
 */
export function weekEdits(config: AppConfig, json: JsonObject, name: string, week: Week): ConfigEdit[] {
  const profile = config.profiles.get(name)
  if (profile === undefined) return []
  const path: Path = ['profiles', name, 'schedule']
  const written = writtenSchedule(json, name)
  if (days.every((day) => week[day] === null || isWholeDay(week[day]))) {
    return written === undefined || written === null ? [] : [{ op: 'set', path, value: null }]
  }
  const old = weekOf(profile.schedule)
  const changed = days.filter((day) => !sameDay(old[day], week[day]))
  const edits = isObject(written)
    ? changed.flatMap((day) => dayEdits(path, written, day, week[day]))
    : [{ op: 'set' as const, path, value: scheduleOf(week) }]
  return config.scheduleAllDay && edits.length > 0
    ? [...edits, { op: 'set', path: ['scheduleAllDay'], value: false }]
    : edits
}

function dayEdits(path: Path, written: JsonObject, day: Day, ranges: readonly MinuteRange[] | null): ConfigEdit[] {
  // The app reads days in any case, and of one that comes twice the last.
  const keys = Object.keys(written).filter((key) => key.toLowerCase() === day)
  if (ranges === null) return keys.map((key) => ({ op: 'remove', path: [...path, key] }))
  return [{ op: 'set', path: [...path, keys.at(-1) ?? day], value: windowsOf(ranges) }]
}

/** The windows of one day as they are written: one stands bare, as the app's own pages expect. */
function windowsOf(ranges: readonly MinuteRange[]): Json {
  return scheduleOfGrid({ ...(FREE as WeekGrid), mon: ranges })?.['mon'] ?? null
}

function scheduleOf(week: Week): JsonObject {
  return Object.fromEntries(
    days.flatMap((day) => {
      const ranges = week[day]
      return ranges === null ? [] : [[day, windowsOf(ranges)]]
    }),
  )
}

function writtenSchedule(json: JsonObject, name: string): Json | undefined {
  return objectOf(objectOf(json['profiles'])[name])['schedule']
}

/** Profiles that have hours which count for nothing while `scheduleAllDay` is on. */
export function profilesWithHours(config: AppConfig, but: string): string[] {
  return [...config.profiles].flatMap(([name, { schedule }]) =>
    name !== but && [...(schedule?.values() ?? [])].flat().some((window) => window?.allDay === false) ? name : [],
  )
}
