import type { StatsSeries } from '@zonedeck/shared/statistics'

type Step = StatsSeries['step']

/** Rising. */
const steps: readonly Step[] = ['minute', 'quarter', 'hour', 'day', 'month']
const MINUTE = 60_000
const lengths = { minute: MINUTE, quarter: 15 * MINUTE, hour: 60 * MINUTE, day: 1440 * MINUTE }

export function coarsest(of: readonly Step[]): Step {
  return steps.findLast((step) => of.includes(step)) ?? 'hour'
}

/** Where the step begins that holds a time. Days and months are those of UTC, as servers keep them. */
export function beginOf(time: number, step: Step): number {
  if (step !== 'month') return Math.floor(time / lengths[step]) * lengths[step]
  const date = new Date(time)
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth())
}

function endOf(begin: number, step: Step): number {
  if (step !== 'month') return begin + lengths[step]
  const date = new Date(begin)
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1)
}

/**
 * A series in longer steps. A step of which less than half was counted is a gap. `end`: what comes after it could not be
 * counted yet. Clients cannot be told apart afterwards: they are left out.
 */
export function coarsen(series: StatsSeries, step: Step, end: number): StatsSeries {
  if (series.step === 'month' || steps.indexOf(series.step) >= steps.indexOf(step)) return series
  const length = lengths[series.step]
  const parts = new Map<number, number[]>()
  series.times.forEach((time, at) => {
    const begin = beginOf(Date.parse(time), step)
    parts.set(begin, [...(parts.get(begin) ?? []), at])
  })
  const needed = (begin: number) => (Math.min(endOf(begin, step), end) - begin) / length / 2
  return {
    step,
    times: [...parts.keys()].map((begin) => new Date(begin).toISOString()),
    rows: series.rows
      .filter(({ measure }) => measure !== 'clients')
      .map(({ measure, values }) => ({
        measure,
        values: [...parts].map(([begin, places]) => {
          const known = places.flatMap((at) => values[at] ?? [])
          return known.length > 0 && known.length >= needed(begin) ? known.reduce((sum, value) => sum + value, 0) : null
        }),
      })),
  }
}

/** Where the longer steps begin of which a part was counted and a part was not: what they say is less than there was. */
export function partlyCounted({ times, rows }: StatsSeries, step: Step): number[] {
  const queries = rows.find(({ measure }) => measure === 'queries')?.values ?? []
  const begins = times.map((time) => beginOf(Date.parse(time), step))
  const counted = new Set(begins.filter((_, at) => queries[at] != null))
  const missing = new Set(begins.filter((_, at) => queries[at] == null))
  return [...counted].filter((begin) => missing.has(begin))
}
