import type { Measure, StatsReport } from '@zonedeck/shared/statistics'
import type { TimeRange } from '../../providers/provider.ts'

/**
 * The range just before that of a report, as long as it. null for months, which differ in length; a server that still
 * had the year before would have to read it day by day.
 */
export function rangeBefore({ from, to, series }: StatsReport): TimeRange | null {
  if (series.step === 'month') return null
  const [begins, ends] = [Date.parse(from), Date.parse(to)]
  return { kind: 'custom', from: begins - (ends - begins), to: begins }
}

/** The report with the totals of the range before it, as another report of about that range tells them. */
export function compared(report: StatsReport, earlier: StatsReport, range: TimeRange): StatsReport {
  if (!wasThere(earlier)) return report
  const totals = report.totals.map((total) => ({ ...total, previous: totalIn(earlier, total.measure, range) }))
  return { ...report, totals }
}

/** A server that was switched on in the middle, or no longer knows, would show a rise that never was. */
function wasThere({ totals, series }: StatsReport): boolean {
  const counted = totals.find(({ measure }) => measure === 'queries')?.value ?? 0
  const queries = series.rows.find(({ measure }) => measure === 'queries')?.values ?? []
  // An hour without a query may be a quiet one, a day is not.
  return counted > 0 && (series.step !== 'day' || queries[0] !== 0)
}

/** It may have answered for more than it was asked for; distinct clients cannot be told apart afterwards. */
function totalIn({ from, to, totals, series }: StatsReport, measure: Measure, range: TimeRange): number | null {
  if (Date.parse(from) === range.from && Date.parse(to) === range.to) {
    return totals.find((total) => total.measure === measure)?.value ?? null
  }
  const row = series.rows.find((each) => each.measure === measure)
  if (measure === 'clients' || row === undefined) return null
  if (Date.parse(from) > range.from || Date.parse(to) < range.to) return null
  return series.times.reduce((sum, time, index) => {
    const at = Date.parse(time)
    return at >= range.from && at < range.to ? sum + (row.values[index] ?? 0) : sum
  }, 0)
}
