import type {
  Measure,
  StatsReport,
  StatsSeries,
  StatsSlice,
  StatsTotal,
  TopEntry,
  TopList,
} from '@zonedeck/shared/statistics'
import { beginOf, coarsest, coarsen, partlyCounted } from './coarsen.ts'
import { protocolWords } from './words.ts'

/** What one server says. */
export interface Told {
  connection: string
  report: StatsReport
}

export interface SummedEntry extends TopEntry {
  /** Whose lists it stands on. */
  connections: string[]
}

/** What several servers say together. Of one alone it is what that one says. */
export interface Summed {
  from: string
  to: string
  totals: StatsTotal[]
  /** Of how many queries each measure is a part: those to the servers that count it. */
  wholes: Partial<Record<Measure, number>>
  series: StatsSeries
  /** Points at which a server was not counted, or not all the time: they are lower than they would be. */
  partial: number
  types: StatsSlice[] | null
  protocols: StatsSlice[] | null
  top: Record<TopList, SummedEntry[] | null>
}

/** null: nobody of these counts anything. */
export function sumUp(told: readonly Told[]): Summed | null {
  const counting = told.filter(({ report }) => report.source.kind !== 'counted')
  if (counting.length === 0) return null
  const reports = counting.map(({ report }) => report)
  const top = (list: TopList) =>
    mergeEntries(counting.map(({ connection, report }) => ({ connection, entries: report.top[list] ?? null })))
  return {
    from: reports.map(({ from }) => from).reduce((a, b) => (Date.parse(a) <= Date.parse(b) ? a : b)),
    to: reports.map(({ to }) => to).reduce((a, b) => (Date.parse(a) >= Date.parse(b) ? a : b)),
    totals: sumTotals(reports),
    wholes: wholesOf(reports),
    ...sumSeries(reports),
    types: mergeSlices(reports.map(({ types }) => types)),
    protocols: mergeSlices(reports.map(({ protocols }) => protocols)),
    top: { clients: top('clients'), domains: top('domains'), 'blocked-domains': top('blocked-domains') },
  }
}

/**
 * Clients are not added up: who asks two servers is counted by both, so the largest number is the least there are. The
 * time before is known when all know it.
 */
function sumTotals(reports: readonly StatsReport[]): StatsTotal[] {
  const sums = new Map<Measure, StatsTotal>()
  for (const { measure, value, previous } of reports.flatMap(({ totals }) => totals)) {
    const sum = sums.get(measure)
    if (sum === undefined) sums.set(measure, { measure, value, previous })
    else if (measure === 'clients') {
      sums.set(measure, { measure, value: Math.max(sum.value, value), previous: null })
    } else {
      const before = sum.previous === null || previous === null ? null : sum.previous + previous
      sums.set(measure, { measure, value: sum.value + value, previous: before })
    }
  }
  return [...sums.values()]
}

/** What only a server of few queries counts is no part of those of all. */
function wholesOf(reports: readonly StatsReport[]): Summed['wholes'] {
  const wholes: Summed['wholes'] = {}
  for (const { totals } of reports) {
    const queries = totals.find(({ measure }) => measure === 'queries')?.value ?? 0
    for (const { measure } of totals) wholes[measure] = (wholes[measure] ?? 0) + queries
  }
  return wholes
}

/** In the steps of the coarsest. A point is a gap when no server counted then. */
function sumSeries(reports: readonly StatsReport[]): Pick<Summed, 'series' | 'partial'> {
  const drawn = reports.filter(({ series }) => series.times.length > 0)
  const [only, ...others] = drawn
  if (only === undefined) return { series: { step: 'hour', times: [], rows: [] }, partial: 0 }
  if (others.length === 0) return { series: only.series, partial: 0 }

  const step = coarsest(drawn.map(({ series }) => series.step))
  const coarse = drawn.map(({ series, to }) => coarsen(series, step, Date.parse(to)))
  const [begin, end] = [commonBegin(drawn, step), commonEnd(drawn, step)]
  const begins = [...new Set(coarse.flatMap(({ times }) => times.map((time) => beginOf(Date.parse(time), step))))]
  const times = begins.filter((time) => time >= begin && time < end).toSorted((a, b) => a - b)
  const measures = [...new Set(coarse.flatMap(({ rows }) => rows.map(({ measure }) => measure)))]
  const valuesOf = (measure: Measure) => coarse.map((series) => byTime(series, step, measure))

  const rows = measures
    .filter((measure) => measure !== 'clients')
    .map((measure) => {
      const told = valuesOf(measure)
      return { measure, values: times.map((time) => addUp(told.map((values) => values.get(time) ?? null))) }
    })
  const queries = valuesOf('queries')
  const partly = new Set(drawn.flatMap(({ series }) => partlyCounted(series, step)))
  const partial = times.filter((time) => {
    const known = queries.filter((values) => values.get(time) != null).length
    return known > 0 && (known < queries.length || partly.has(time))
  }).length
  return { series: { step, times: times.map((time) => new Date(time).toISOString()), rows }, partial }
}

/** A step that one server was asked for as a whole and another in part would look like a rise. */
function commonBegin(reports: readonly StatsReport[], step: StatsSeries['step']): number {
  const begins = reports.map(({ from }) => Date.parse(from))
  const first = beginOf(Math.min(...begins), step)
  const late = begins.filter((begin) => beginOf(begin, step) === first && begin > first)
  return late.length === begins.length ? first : Math.max(first, ...late)
}

/**
 * One server ends with the last full hour, another with the last quarter of one: the time only the second tells would
 * look like a fall. A reading that is older than a step is no reason to cut the others short.
 */
function commonEnd(reports: readonly StatsReport[], step: StatsSeries['step']): number {
  const ends = reports.map(({ to }) => Date.parse(to))
  const lastBegin = beginOf(Math.max(...ends) - 1, step)
  return Math.min(...ends.filter((end) => end >= lastBegin))
}

function byTime(series: StatsSeries, step: StatsSeries['step'], measure: Measure): Map<number, number | null> {
  const values = series.rows.find((row) => row.measure === measure)?.values ?? []
  return new Map(series.times.map((time, at) => [beginOf(Date.parse(time), step), values[at] ?? null]))
}

function addUp(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null)
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0)
}

function mergeSlices(told: readonly (StatsSlice[] | null)[]): StatsSlice[] | null {
  const known = told.filter((slices) => slices !== null)
  if (known.length === 0) return null
  const sums = new Map<string, StatsSlice>()
  for (const { label, value } of known.flat()) {
    const shown = protocolWords(label)
    const sum = sums.get(shown)
    sums.set(shown, { label: shown, value: (sum?.value ?? 0) + value })
  }
  return [...sums.values()]
}

/** Most hits first. null: no server keeps such a list. */
export function mergeEntries(
  told: readonly { connection: string; entries: readonly TopEntry[] | null }[],
): SummedEntry[] | null {
  if (told.every(({ entries }) => entries === null)) return null
  const sums = new Map<string, SummedEntry>()
  for (const { connection, entries } of told) {
    for (const entry of entries ?? []) {
      const key = entry.name.toLowerCase()
      const sum = sums.get(key)
      if (sum === undefined) sums.set(key, { ...entry, connections: [connection] })
      else {
        const host = sum.host ?? entry.host
        const limited = sum.limited === true || entry.limited === true
        // Who asks two servers is one client: how many asked is not known any more.
        const { askers: _, ...rest } = sum
        sums.set(key, {
          ...rest,
          ...(limited ? { limited } : {}),
          host,
          hits: sum.hits + entry.hits,
          connections: [...sum.connections, connection],
        })
      }
    }
  }
  return [...sums.values()].toSorted((a, b) => b.hits - a.hits)
}

/** What a list is a part of: all queries, or all that was blocked, of the servers that keep it. */
export function wholeOf(told: readonly Told[], list: TopList): number {
  const measure = list === 'blocked-domains' ? 'blocked' : 'queries'
  return told
    .filter(({ report }) => (report.top[list] ?? null) !== null)
    .flatMap(({ report }) => report.totals.filter((total) => total.measure === measure))
    .reduce((sum, { value }) => sum + value, 0)
}
