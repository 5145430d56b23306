import type { AppConfig } from './app-config.ts'
import type { ConfigEdit } from './edit.ts'
import { filtersUnlessItFails, isFilteringAt, type CompiledSchedule } from './schedule.ts'
import { days, nextDay, weekdays, type Day } from './week.ts'

/** Minutes of a day: from one, up to another that is no more part of it. A whole day is 0 to 1440. */
export interface MinuteRange {
  from: number
  to: number
}

/** A window as it is written. */
export type GridWindow = { allDay: boolean; start: string; end: string }
export type GridSchedule = Record<string, GridWindow | GridWindow[]>

/** When a profile filters, by day: ranges in order, without overlap and with room between them. */
export type WeekGrid = Readonly<Record<Day, readonly MinuteRange[]>>

const MINUTE = 60_000
export const MINUTES_A_DAY = 1440

function gridOfDays(rangesOf: (day: Day) => MinuteRange[]): WeekGrid {
  return Object.fromEntries(days.map((day) => [day, rangesOf(day)])) as Record<Day, MinuteRange[]>
}

/** What a schedule means, minute by minute, by the evaluator's own judgement at the half of each. */
export function gridOfSchedule(schedule: CompiledSchedule | null): WeekGrid {
  return gridOfDays((day) =>
    rangesWhere((minute) => {
      const time = { weekday: weekdays.indexOf(day), milliseconds: minute * MINUTE + MINUTE / 2 }
      return schedule === null || filtersUnlessItFails(() => isFilteringAt(schedule, time))
    }),
  )
}

function rangesWhere(filters: (minute: number) => boolean): MinuteRange[] {
  const ranges: MinuteRange[] = []
  for (let minute = 0; minute < MINUTES_A_DAY; minute++) {
    if (!filters(minute)) continue
    const last = ranges.at(-1)
    if (last?.to === minute) last.to++
    else ranges.push({ from: minute, to: minute + 1 })
  }
  return ranges
}

/**
 * Makes minutes of a day filter, or not. When `to` is not after `from` they go on into the next day: a night from Monday
 * 22:00 to 06:00 ends on Tuesday morning, which a window of the app cannot say.
 */
export function paintHours(grid: WeekGrid, day: Day, from: number, to: number, filters: boolean): WeekGrid {
  if (to <= from) {
    const evening = paintHours(grid, day, from, MINUTES_A_DAY, filters)
    return to === 0 ? evening : paintHours(evening, nextDay(day), 0, to, filters)
  }
  const was = (minute: number) => grid[day].some((range) => range.from <= minute && minute < range.to)
  return { ...grid, [day]: rangesWhere((minute) => (from <= minute && minute < to ? filters : was(minute))) }
}

/**
 * A week as the app's schedule; null when it filters always. A day without filtering needs a window that never is, since a
 * day without windows filters all day. Days with one window hold it bare, as the app's own pages expect.
 */
export function scheduleOfGrid(grid: WeekGrid): GridSchedule | null {
  if (days.every((day) => isWholeDay(grid[day]))) return null
  return Object.fromEntries(
    days.map((day): [Day, GridWindow | GridWindow[]] => {
      const windows = grid[day].map(windowOf)
      const [first = NEVER] = windows
      return [day, windows.length > 1 ? windows : first]
    }),
  )
}

/** One instant of the day. */
const NEVER: GridWindow = { allDay: false, start: '00:00', end: '00:00' }

function isWholeDay(ranges: readonly MinuteRange[]): boolean {
  return ranges.length === 1 && ranges[0]!.from === 0 && ranges[0]!.to === MINUTES_A_DAY
}

function windowOf({ from, to }: MinuteRange): GridWindow {
  const end = to === MINUTES_A_DAY ? '23:59:59' : clock(to)
  return { allDay: from === 0 && to === MINUTES_A_DAY, start: clock(from), end }
}

/** 510 → `08:30`. */
function clock(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
}

/**
 * The edits that give a profile a week. Schedules mean nothing while `scheduleAllDay` is on, so it is switched off with the
 * first one; other profiles' schedules begin to count then too.
 */
export function scheduleEdits(config: AppConfig, profile: string, grid: WeekGrid): ConfigEdit[] {
  const schedule = scheduleOfGrid(grid)
  const edit: ConfigEdit = { op: 'set', path: ['profiles', profile, 'schedule'], value: schedule }
  return schedule !== null && config.scheduleAllDay
    ? [edit, { op: 'set', path: ['scheduleAllDay'], value: false }]
    : [edit]
}
