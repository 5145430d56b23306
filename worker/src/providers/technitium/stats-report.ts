import type { Measure, StatsReport, StatsSeries, StatsSlice, TopEntry } from '@zonedeck/shared/statistics'
import type { Counter } from '@zonedeck/shared/stats'
import { ProviderError } from '../provider-error.ts'
import type { TimeRange } from '../provider.ts'
import { DAY, HOUR, MINUTE } from './stats-range.ts'
import type { DashboardStats, NativeChart, NativeTop } from './wire.ts'

type Total = Extract<keyof DashboardStats['stats'], `total${string}`>

/** As the server names them in its totals and in its chart. */
const MEASURES: [measure: Measure, total: Total, dataset: string][] = [
  ['queries', 'totalQueries', 'Total'],
  ['no-error', 'totalNoError', 'No Error'],
  ['server-failure', 'totalServerFailure', 'Server Failure'],
  ['nx-domain', 'totalNxDomain', 'NX Domain'],
  ['refused', 'totalRefused', 'Refused'],
  ['authoritative', 'totalAuthoritative', 'Authoritative'],
  ['recursive', 'totalRecursive', 'Recursive'],
  ['cached', 'totalCached', 'Cached'],
  ['blocked', 'totalBlocked', 'Blocked'],
  ['dropped', 'totalDropped', 'Dropped'],
  ['clients', 'totalClients', 'Clients'],
]

type Gauge = Exclude<keyof DashboardStats['stats'], Total>

const GAUGES: [id: Gauge, label: string, unit: Counter['unit']][] = [
  ['zones', 'Zones', 'zones'],
  ['cachedEntries', 'Cached entries', 'entries'],
  ['allowedZones', 'Allowed zones', 'zones'],
  ['blockedZones', 'Blocked zones', 'zones'],
  ['allowListZones', 'Names on allow lists', 'entries'],
  ['blockListZones', 'Names on block lists', 'entries'],
]

/** An answer of `dashboard/stats/get`, asked for in UTC. */
export function statsReport(answer: DashboardStats, range: TimeRange, readAt: number): StatsReport {
  const { stats } = answer
  const { step, times, to } = axis(answer.mainChartData)
  return {
    from: iso(times[0] ?? to),
    to: iso(to),
    fullHours: range.kind === 'custom' ? to < range.to : range.kind !== 'hour',
    totals: MEASURES.map(([measure, total]) => ({ measure, value: stats[total], previous: null })),
    series: { step, times: times.map(iso), rows: rows(answer, times.length) },
    types: slices(answer.queryTypeChartData),
    protocols: slices(answer.protocolTypeChartData),
    top: {
      clients: answer.topClients.map(topEntry),
      domains: answer.topDomains.map(topEntry),
      'blocked-domains': answer.topBlockedDomains.map(topEntry),
    },
    gauges: GAUGES.flatMap(([id, label, unit]): Counter[] => {
      const value = stats[id]
      return value === undefined ? [] : [{ id, label, value, unit, kind: 'gauge' }]
    }),
    source: { kind: 'server' },
    readAt: iso(readAt),
  }
}

const UTC = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/

/**
 * Where each point begins, and where the last one ends. Minutes and hours are labelled with their end, days and months
 * with their beginning; a day of a custom range with the time of day that was asked for, and is a whole one all the same.
 */
function axis({ labelFormat, labels }: DashboardStats['mainChartData']): {
  step: StatsSeries['step']
  times: number[]
  to: number
} {
  const given = labels.map((label) => (UTC.test(label) ? Date.parse(label) : Number.NaN))
  const last = given.at(-1)
  // Text in the server's own time zone: it did not take `utc`.
  if (last === undefined || given.some(Number.isNaN)) {
    throw new ProviderError('protocol', 'The server gave no times that could be read with its statistics.')
  }
  if (/mm$/.test(labelFormat)) return { step: 'minute', times: given.map((time) => time - MINUTE), to: last }
  if (/00$/.test(labelFormat)) return { step: 'hour', times: given.map((time) => time - HOUR), to: last }
  if (/YYYY$/.test(labelFormat)) return { step: 'month', times: given, to: nextMonth(last) }
  const times = given.map((time) => time - (time % DAY))
  return { step: 'day', times, to: last - (last % DAY) + DAY }
}

function nextMonth(time: number): number {
  const date = new Date(time)
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1)
}

function rows({ mainChartData }: DashboardStats, length: number): StatsSeries['rows'] {
  return MEASURES.flatMap(([measure, , name]) => {
    const data = mainChartData.datasets.find(({ label }) => label === name)?.data
    if (data === undefined) return []
    return [{ measure, values: Array.from({ length }, (_, index) => data[index] ?? null) }]
  })
}

function slices({ labels, datasets }: NativeChart): StatsSlice[] {
  return labels.map((label, index) => ({ label, value: datasets[0]?.data[index] ?? 0 }))
}

export function topEntry({ name, domain, hits, rateLimited }: NativeTop): TopEntry {
  return {
    name: name === '' ? '.' : name,
    host: domain ?? null,
    hits,
    ...(rateLimited === undefined ? {} : { limited: rateLimited }),
  }
}

function iso(time: number): string {
  return new Date(time).toISOString()
}
