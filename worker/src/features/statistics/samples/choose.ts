import type { StatsSeries } from '@zonedeck/shared/statistics'
import type { TimeRange } from '../../../providers/provider.ts'
import { day, hour, type Step } from './steps.ts'
import type { PointLength } from './store.ts'

/** How a range is shown: from samples of one step, in points of one length. Seconds since 1970. */
export interface Chosen {
  step: Step
  point: PointLength
  label: StatsSeries['step']
  from: number
  to: number
}

const minutes = { step: 60, point: 60, label: 'minute' } as const
const quarters = { step: 900, point: 900, label: 'quarter' } as const
const hours = { step: 3600, point: 3600, label: 'hour' } as const
const days = { step: 3600, point: day, label: 'day' } as const
const months = { step: 3600, point: 'month', label: 'month' } as const

/**
 * The finest samples that are kept for so long and do not make too many points. What was sampled since yesterday is shown
 * by the quarter of an hour, whatever range was asked for.
 *
 * `since`: the oldest sample. `until`: where the newest of each step ends; the step under way is not in it.
 */
export function choose(
  range: TimeRange,
  since: number | null,
  until: Readonly<Record<Step, number | null>>,
  now: number,
): Chosen {
  const [asked, to] = [Math.floor(range.from / 1000), Math.floor(range.to / 1000)]
  const from = Math.min(Math.max(asked, since ?? asked), to)
  const { step, point, label } = choosePoints(from, to, now)
  const full = to - (to % step)
  // The reading that ends the last step is under way.
  const end = until[step] === full - step ? full - step : full
  const begin = range.kind === 'custom' ? asked : beginOf(end - (to - asked), point, end)
  return { step, point, label, from: Math.min(Math.max(floor(begin, step), floor(from, step)), end), to: end }
}

function choosePoints(from: number, to: number, now: number) {
  const [long, old] = [to - from, now - from]
  if (long <= 2 * hour && old <= day) return minutes
  if (long <= day + 2 * hour && old <= 31 * day) return quarters
  if (long <= 8 * day) return hours
  return long <= 100 * day ? days : months
}

/** Ranges of days and months begin with a whole one. */
function beginOf(begin: number, point: PointLength, end: number): number {
  if (point === 'month') {
    const last = new Date(end * 1000)
    return Math.max(begin, Date.UTC(last.getUTCFullYear(), last.getUTCMonth() - 11) / 1000)
  }
  return point === day ? floor(begin, day) + day : begin
}

function floor(time: number, step: number): number {
  return time - (time % step)
}
