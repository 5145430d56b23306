import type { StatsRange } from '@zonedeck/shared/statistics'
import { invalid } from '../../http/problem-error.ts'
import type { TimeRange } from '../../providers/provider.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const lengths = { hour: HOUR, day: DAY, week: 7 * DAY, month: 31 * DAY, year: 365 * DAY }
/** No server keeps more; a chart of more could not be read. */
const longest = 800 * DAY

interface Asked {
  range: StatsRange['kind']
  from?: string | undefined
  to?: string | undefined
}

/** A range as the parameters of a query say it. Throws 422. */
export function statsRange({ range, from, to }: Asked): StatsRange {
  const missing = (name: string) =>
    invalid([{ pointer: `/${name}`, detail: 'A custom range has a beginning and an end.' }])
  if (range === 'custom') {
    if (from === undefined) throw missing('from')
    if (to === undefined) throw missing('to')
    return { kind: range, from, to }
  }
  const given = from === undefined ? (to === undefined ? null : 'to') : 'from'
  if (given === null) return { kind: range }
  throw invalid([{ pointer: `/${given}`, detail: `A range of a ${range} ends now. For other times ask for custom.` }])
}

/** The two ends of a range; none lies in the future. Throws 422. `under`: the pointer of the range in what was sent. */
export function timeRange(range: StatsRange, now: number, under = ''): TimeRange {
  if (range.kind !== 'custom') return { kind: range.kind, from: now - lengths[range.kind], to: now }
  const [from, to] = [Date.parse(range.from), Math.min(Date.parse(range.to), now)]
  if (from >= now) throw invalid([{ pointer: `${under}/from`, detail: 'A range begins in the past.' }])
  if (from >= to) throw invalid([{ pointer: `${under}/to`, detail: 'A range ends after it begins.' }])
  if (to - from > longest) throw invalid([{ pointer: `${under}/from`, detail: 'A range is at most 800 days long.' }])
  return { kind: range.kind, from, to }
}
