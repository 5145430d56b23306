import { ProviderError } from '../provider-error.ts'
import type { TimeRange } from '../provider.ts'
import type { Params } from './call.ts'

export const MINUTE = 60_000
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR

const NAMED: Partial<Record<TimeRange['kind'], string>> = {
  hour: 'LastHour',
  day: 'LastDay',
  week: 'LastWeek',
  month: 'LastMonth',
  year: 'LastYear',
}

/** So long after its end an hour is written down for certain; the server does it minute by minute. */
const SETTLED = 2 * MINUTE

const down = (time: number, step: number) => Math.floor(time / step) * step
const up = (time: number, step: number) => Math.ceil(time / step) * step

/**
 * What asks the server for a range. Of its own ranges the hour reaches until now; the others end with the last full hour,
 * day or month.
 *
 * Any other range is asked for in minutes, hours or days as the server will choose by the length: from 2½ hours on in
 * hours, from 6½ days on in days (`WebServiceDashboardApi.cs` of 13.6 to 15.2). It is widened backwards to whole ones,
 * and where it would be too short for the step that its length asks for. It never reaches into the running hour, nor with
 * days into today: the server keeps what it reads of an hour or a day, complete or not, and would count wrong for good
 * (`StatsManager.cs`: a day is written to its file when it is first read).
 *
 * @throws ProviderError `refused` when nothing of the range has ended
 */
export function rangeParams(range: TimeRange, now: number): Params {
  const type = NAMED[range.kind]
  if (type !== undefined) return { type }
  const { start, end } = ends(range, now)
  return { type: 'Custom', start: new Date(start).toISOString(), end: new Date(end).toISOString() }
}

function ends({ from, to }: TimeRange, now: number): Ends {
  const lastHour = down(now - SETTLED, HOUR)
  const until = Math.min(to, lastHour)
  if (from >= until) {
    throw new ProviderError(
      'refused',
      `Technitium tells of any times up to ${shown(lastHour)}, and of the last hour as a whole.`,
      { field: 'from' },
    )
  }
  // A minute is asked for by its end, an hour and a day by their beginning; the last one asked for counts, too.
  const minutes = { start: down(from, MINUTE) + MINUTE, end: up(until, MINUTE) }
  if (stepFor(minutes) === MINUTE) return minutes
  const hours = widened({ start: down(from, HOUR), end: up(until, HOUR) - HOUR }, HOUR)
  if (stepFor(hours) === HOUR) return hours
  const lastDay = down(now - SETTLED, DAY)
  return widened({ start: down(from, DAY), end: Math.min(up(until, DAY), lastDay) - DAY }, DAY)
}

function shown(time: number): string {
  return `${new Date(time).toISOString().slice(0, 16).replace('T', ' ')} UTC`
}

interface Ends {
  start: number
  end: number
}

function widened(ends: Ends, step: number): Ends {
  let { start } = ends
  while (stepFor({ start, end: ends.end }) < step) start -= step
  return { start, end: ends.end }
}

/** As the server chooses it: it rounds to whole days and hours, halves to the even one. */
function stepFor({ start, end }: Ends): number {
  if (rounded((end - start) / DAY) >= 7) return DAY
  return rounded((end - start) / HOUR) >= 3 ? HOUR : MINUTE
}

function rounded(value: number): number {
  const half = value - Math.floor(value) === 0.5
  return half ? 2 * Math.round(value / 2) : Math.round(value)
}
