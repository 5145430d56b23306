import type { AppProfile } from './app-config.ts'
import { parseTimeOnly } from './dotnet/time-only.ts'
import type { LocalTime, Zone } from './time-zone.ts'
import { weekdays } from './week.ts'

/** When a profile filters, as the app decides it. Null: always. */
export interface CompiledSchedule {
  /** Null when the app cannot find the time zone and gives up. */
  zone: Zone | null
  /** By weekday, 0 is Sunday. */
  days: readonly (readonly CompiledWindow[])[]
  /** `scheduleAllDay`: every window lasts all day, whatever it says. */
  isAllDay: boolean
}

/** Null stands for a null in the configuration. Times are milliseconds since midnight, null when the app cannot read them. */
type CompiledWindow = { allDay: boolean; start: number | null; end: number | null } | null

/** The app fails while it decides, and lets the query pass. */
export class FailsOpen extends Error {
  override name = 'FailsOpen'
}

export function compileSchedule(
  schedule: AppProfile['schedule'],
  zone: Zone | null,
  isAllDay: boolean,
): CompiledSchedule | null {
  if (schedule === null || schedule.size === 0) return null
  const days = weekdays.map((day) => {
    const windows = [...schedule].find(([key]) => key.toLowerCase() === day)?.[1] ?? []
    return windows.map((window) =>
      window === null ? null : { allDay: window.allDay, start: timeOf(window.start), end: timeOf(window.end) },
    )
  })
  return { zone, days, isAllDay }
}

function timeOf(text: string | null): number | null {
  return text === null ? null : parseTimeOnly(text)
}

/**
 * Does the profile filter at a time (milliseconds since 1970)? A day without windows filters all day. A window whose end
 * is before its start lasts from midnight to its end and from its start to midnight, both of the same day. Both ends
 * belong to a window. Throws FailsOpen.
 */
export function isFiltering(schedule: CompiledSchedule | null, time: number): boolean {
  if (schedule === null) return true
  if (schedule.zone === null) throw new FailsOpen('The app cannot find the time zone.')
  return isFilteringAt(schedule, schedule.zone.localTime(time))
}

/** The same for a moment on the clock of the place. */
export function isFilteringAt(schedule: CompiledSchedule, { weekday, milliseconds }: Omit<LocalTime, 'date'>): boolean {
  const windows = schedule.days[weekday] ?? []
  if (windows.length === 0) return true
  return windows.some((window) => {
    if (schedule.isAllDay) return true
    if (window === null) throw new FailsOpen('A window of the schedule is null.')
    const { allDay, start, end } = window
    if (allDay) return true
    if (start === null || end === null) return false
    const isAfterStart = milliseconds >= start
    const isBeforeEnd = milliseconds <= end
    return start <= end ? isAfterStart && isBeforeEnd : isAfterStart || isBeforeEnd
  })
}

/** Where the app fails, it does not filter. */
export function filtersUnlessItFails(decide: () => boolean): boolean {
  try {
    return decide()
  } catch (error) {
    if (error instanceof FailsOpen) return false
    throw error
  }
}
