import { ServerError } from './errors.ts'
import { count, merge, newCounter, type Counter } from './traffic.ts'
import type { State } from './state.ts'

export const MINUTE = 60_000
const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR

/** Days longer ago are counted from one minute of ten: a year of them would take too long. */
const WHOLE_DAYS = 8 * DAY
const SAMPLED = 10

const down = (time: number, step: number) => Math.floor(time / step) * step

interface Point {
  /** What the server labels it with, which is the end of a minute and an hour, and the beginning of a day and a month. */
  label: number
  counter: Counter
}

/** How the points are labelled where no times in UTC are asked for; `en-us` has the month first. */
type LabelFormat = 'HH:mm' | 'MM/DD HH:mm' | 'MM/DD HH:00' | 'MM/DD' | 'MM/YYYY'

export interface Ranged {
  labelFormat: LabelFormat
  points: Point[]
}

export const RANGES = ['LastHour', 'LastDay', 'LastWeek', 'LastMonth', 'LastYear', 'Custom'] as const

export function ranged(state: State, type: string, custom: { start: number; end: number } | null): Ranged {
  const now = state.now()
  switch (type) {
    case 'LastDay':
      return { labelFormat: 'MM/DD HH:00', points: hours(state, now - DAY, 24) }
    case 'LastWeek':
      return { labelFormat: 'MM/DD', points: days(state, down(now - 7 * DAY, DAY), 7) }
    case 'LastMonth':
      return { labelFormat: 'MM/DD', points: days(state, down(now - 31 * DAY, DAY), 31) }
    case 'LastYear':
      return { labelFormat: 'MM/YYYY', points: months(state, now) }
    case 'Custom':
      return customRange(state, custom!)
    default:
      return { labelFormat: 'HH:mm', points: minutes(state, down(now, MINUTE) - HOUR + MINUTE, 60) }
  }
}

/** Halves to the even one, as the server's runtime rounds. */
function rounded(value: number): number {
  return value - Math.floor(value) === 0.5 ? 2 * Math.round(value / 2) : Math.round(value)
}

function customRange(state: State, { start, end }: { start: number; end: number }): Ranged {
  if (start > end) throw new ServerError('Start date must be less than or equal to end date.')
  const length = (step: number) => rounded((end - start) / step) + 1
  if (length(DAY) > 7) return { labelFormat: 'MM/DD', points: days(state, start, length(DAY)) }
  if (length(HOUR) > 3) return { labelFormat: 'MM/DD HH:00', points: hours(state, start, length(HOUR)) }
  return { labelFormat: 'MM/DD HH:mm', points: minutes(state, start, length(MINUTE)) }
}

/** @param first the label of the first one */
function minutes(state: State, first: number, length: number): Point[] {
  return Array.from({ length }, (_, index) => {
    const label = first + index * MINUTE
    return { label, counter: minuteCounter(state, down(label, MINUTE) - MINUTE) }
  })
}

function hours(state: State, start: number, length: number): Point[] {
  return Array.from({ length }, (_, index) => {
    const begins = down(start, HOUR) + index * HOUR
    return { label: begins + HOUR, counter: hourCounter(state, begins) }
  })
}

function days(state: State, start: number, length: number): Point[] {
  return Array.from({ length }, (_, index) => {
    const label = start + index * DAY
    return { label, counter: dayCounter(state, down(label, DAY)) }
  })
}

function months(state: State, now: number): Point[] {
  const [year, month] = [new Date(now).getUTCFullYear() - 1, new Date(now).getUTCMonth()]
  return Array.from({ length: 12 }, (_, index) => {
    const begins = Date.UTC(year, month + index, 1)
    const counter = newCounter()
    for (let day = begins; day < Date.UTC(year, month + index + 1, 1); day += DAY)
      merge(counter, dayCounter(state, day))
    return { label: begins, counter }
  })
}

/** A minute counts once it is over. */
function minuteCounter(state: State, begins: number): Counter {
  const counter = newCounter()
  if (begins + MINUTE > state.now() || begins < state.countsFrom) return counter
  for (const query of state.traffic(begins)) count(counter, query)
  return counter
}

function hourCounter(state: State, begins: number): Counter {
  const held = state.hours.get(begins)
  if (held) return held
  const counter = newCounter()
  for (let at = begins; at < begins + HOUR; at += MINUTE) merge(counter, minuteCounter(state, at))
  if (begins + HOUR <= state.now()) state.hours.set(begins, counter)
  return counter
}

/** What is read of a day is kept, even where the day has not ended: it stays as it was then. */
function dayCounter(state: State, begins: number): Counter {
  const held = state.days.get(begins)
  if (held) return held
  const counter = newCounter()
  if (state.now() - begins <= WHOLE_DAYS) {
    for (let at = begins; at < begins + DAY; at += HOUR) merge(counter, hourCounter(state, at))
  } else {
    for (let at = begins; at < begins + DAY; at += SAMPLED * MINUTE) {
      // Another one of each ten, so that what happens every ten minutes does not stand for all.
      const chosen = at + (((at / (SAMPLED * MINUTE)) * 3) % SAMPLED) * MINUTE
      merge(counter, minuteCounter(state, chosen), SAMPLED)
    }
  }
  state.days.set(begins, counter)
  return counter
}

/** Everything since the server started. */
export function lifetime(state: State): Counter {
  const counter = newCounter()
  for (let at = down(state.startedAt, MINUTE); at < state.now(); at += MINUTE) {
    merge(counter, minuteCounter(state, at))
  }
  return counter
}

export function forgetStatistics(state: State): void {
  state.countsFrom = state.now()
  state.hours.clear()
  state.days.clear()
}
