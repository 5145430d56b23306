import { reverseName, tryAddress } from './address.ts'
import { requireSection, shownTime, type Call, type Handler, type Members } from './call.ts'
import { colour, SLICES, TYPES } from './dashboard-colours.ts'
import { ServerError } from './errors.ts'
import { lookUp } from './look-up.ts'
import { toUnicode } from './names.ts'
import { parseBoolean, parseInt32, tryEnum } from './numbers.ts'
import { forgetStatistics, lifetime, ranged, RANGES, type Ranged } from './statistics.ts'
import type { State } from './state.ts'
import { merge, newCounter, type Counter } from './traffic.ts'
import { unstableSort } from './unstable-sort.ts'

/** A chart's datasets, and the member of the totals, each by what it counts. */
const COUNTS: [dataset: string, total: string, of: (counter: Counter) => number][] = [
  ['Total', 'totalQueries', ({ queries }) => queries],
  ['No Error', 'totalNoError', ({ rcodes }) => rcodes.get('NoError') ?? 0],
  ['Server Failure', 'totalServerFailure', ({ rcodes }) => rcodes.get('ServerFailure') ?? 0],
  ['NX Domain', 'totalNxDomain', ({ rcodes }) => rcodes.get('NxDomain') ?? 0],
  ['Refused', 'totalRefused', ({ rcodes }) => rcodes.get('Refused') ?? 0],
  ['Authoritative', 'totalAuthoritative', ({ answeredBy }) => answeredBy.get('Authoritative') ?? 0],
  ['Recursive', 'totalRecursive', ({ answeredBy }) => answeredBy.get('Recursive') ?? 0],
  ['Cached', 'totalCached', ({ answeredBy }) => answeredBy.get('Cached') ?? 0],
  ['Blocked', 'totalBlocked', ({ answeredBy }) => answeredBy.get('Blocked') ?? 0],
  ['Dropped', 'totalDropped', ({ answeredBy }) => answeredBy.get('Dropped') ?? 0],
  ['Clients', 'totalClients', ({ clients }) => clients.size],
]
const ANSWERED = ['Authoritative', 'Recursive', 'Cached', 'Blocked', 'Dropped']
const IN_REPORT = 10

function enumerated(names: readonly string[], first: number) {
  const values = Object.fromEntries(names.map((name, index) => [name, index + first]))
  return (text: string): string => {
    const found = tryEnum(values, text)
    if (found === null) throw new ServerError(`Requested value '${text}' was not found.`)
    return found
  }
}

const readRange = enumerated(RANGES, 1)
const readList = enumerated(['TopClients', 'TopDomains', 'TopBlockedDomains'], 1)

function readTime(call: Call, name: 'start' | 'end'): number {
  const text = call.parameters.text(name)
  const time = Date.parse(/(Z|[+-]\d\d:?\d\d)$/i.test(text) || !text.includes('T') ? text : `${text}Z`)
  if (Number.isNaN(time)) throw new ServerError(`Invalid ${name} date format.`)
  return time
}

/** What each node says of the range that is asked for: one, or with `node=cluster` all of them. */
function askedOf(call: Call): { state: State; range: Ranged }[] {
  requireSection(call, 'Dashboard', 'canView')
  const { state, parameters } = call
  const type = parameters.read('type', readRange, 'LastHour')
  const custom = type === 'Custom' ? { start: readTime(call, 'start'), end: readTime(call, 'end') } : null
  const together = state.cluster && parameters.text('node', '').toLowerCase() === 'cluster'
  const nodes = together ? [state, ...[...state.cluster!.nodes.values()].filter((node) => node !== state)] : [state]
  return nodes.map((node) => ({ state: node, range: ranged(node, type, custom) }))
}

function sumOf({ points }: Ranged): Counter {
  const sum = newCounter()
  for (const { counter } of points) merge(sum, counter)
  return sum
}

export const getStatistics: Handler = (call) => {
  const nodes = askedOf(call)
  const sums = nodes.map(({ range }) => sumOf(range))
  const whole = call.parameters.read('dontTrimQueryTypeData', parseBoolean, false)
  const range = nodes[0]!.range
  const types = sorted(sums.map((sum) => sum.types))
  return {
    stats: {
      // Clients are not told apart between nodes: the most that one has seen.
      ...Object.fromEntries(
        COUNTS.map(([, total, of]) => [total, (total === 'totalClients' ? Math.max : plus)(...sums.map(of))]),
      ),
      ...held(nodes.map(({ state }) => state)),
    },
    mainChartData: {
      labelFormat: call.american ? range.labelFormat : range.labelFormat.replace('MM/DD', 'DD/MM'),
      labels: range.points.map(({ label }) => shownLabel(label, range.labelFormat, isUtc(call))),
      datasets: COUNTS.map(([label, , of]) => ({
        label,
        ...colour(label),
        borderWidth: 2,
        fill: true,
        data: range.points.map((_, index) => plus(...nodes.map((node) => of(node.range.points[index]!.counter)))),
      })),
    },
    queryResponseChartData: {
      labels: ANSWERED,
      datasets: [
        {
          data: ANSWERED.map((way) => plus(...sums.map(({ answeredBy }) => answeredBy.get(way) ?? 0))),
          backgroundColor: SLICES.responses,
        },
      ],
    },
    queryTypeChartData: slices(whole ? types : trimmed(types), TYPES),
    protocolTypeChartData: slices(sorted(sums.map((sum) => sum.protocols)), SLICES.protocols),
    topClients: topClients(call.state, sums, IN_REPORT, true),
    topDomains: topNames(
      sums.map((sum) => sum.domains),
      IN_REPORT,
    ),
    topBlockedDomains: topNames(
      sums.map((sum) => sum.blocked),
      IN_REPORT,
    ),
  }
}

function isUtc(call: Call): boolean {
  return call.parameters.read('utc', parseBoolean, false)
}

function plus(...values: number[]): number {
  return values.reduce((a, b) => a + b, 0)
}

function held(states: State[]): Members {
  const most = (of: (state: State) => number) => Math.max(...states.map(of))
  return {
    zones: most(({ zones }) => zones.size),
    cachedEntries: most(({ cache }) => cache.size),
    allowedZones: most(({ allowed }) => allowed.size),
    blockedZones: most(({ blocked }) => blocked.size),
    allowListZones: 0,
    blockListZones: most(({ blocking }) => blocking.names),
  }
}

/** The server's clock runs in UTC. */
function shownLabel(time: number, format: Ranged['labelFormat'], utc: boolean): string {
  const iso = new Date(time).toISOString()
  if (utc) return iso.replace(/(\.\d{3})Z$/, '$10000Z')
  const [, year = '', month = '', day = '', hour = '', minute = ''] = /^(\d+)-(\d+)-(\d+)T(\d+):(\d+)/.exec(iso) ?? []
  // The month comes first here, whatever is announced.
  return format.replace('YYYY', year).replace('MM', month).replace('DD', day).replace('HH', hour).replace('mm', minute)
}

/** Most hits first. */
function sorted(parts: Map<string, number>[]): [string, number][] {
  const sum = new Map<string, number>()
  for (const part of parts) for (const [key, hits] of part) sum.set(key, (sum.get(key) ?? 0) + hits)
  const entries = [...sum]
  unstableSort(entries, ([, a], [, b]) => b - a)
  return entries
}

/** The tenth type itself is lost on the way into “Others”. */
function trimmed(types: [string, number][]): [string, number][] {
  if (types.length <= 10) return types
  return [...types.slice(0, 9), ['Others', plus(...types.slice(10).map(([, hits]) => hits))]]
}

function slices(entries: [string, number][], backgroundColor: readonly string[]): Members {
  return {
    labels: entries.map(([label]) => label),
    datasets: [{ data: entries.map(([, hits]) => hits), backgroundColor }],
  }
}

/** Of a cluster each node gives its own first ones. */
function first(parts: Map<string, number>[], most: number): [string, number][] {
  return sorted(parts.map((part) => new Map(sorted([part]).slice(0, most)))).slice(0, most)
}

function topNames(parts: Map<string, number>[], most: number): Members[] {
  return first(parts, most).map(([name, hits]) => {
    const unicode = toUnicode(name)
    return { name, ...(unicode === undefined ? {} : { nameIdn: unicode }), hits }
  })
}

function topClients(state: State, sums: Counter[], most: number, named: boolean): Members[] {
  return first(
    sums.map(({ clients }) => clients),
    most,
  ).map(([name, hits]) => {
    const domain = named ? hostName(state, name) : undefined
    return { name, ...(domain === undefined ? {} : { domain }), hits, rateLimited: false }
  })
}

/** Of the zones the server holds itself; it knows its own machine without them. */
function hostName(state: State, client: string): string | undefined {
  const address = tryAddress(client)
  if (!address) return undefined
  if (address.text === '::1' || address.text.startsWith('127.')) return 'localhost'
  const [record] = lookUp(state, reverseName(address), 'PTR').records
  return record?.rdata.print('').replace(/\.$/, '')
}

export const getTop: Handler = (call) => {
  requireSection(call, 'Dashboard', 'canView')
  const { state, parameters } = call
  parameters.read('type', readRange, 'LastHour')
  const list = parameters.read('statsType', readList)
  const most = parameters.read('limit', parseInt32, 1000)
  const sums = askedOf(call).map(({ range }) => sumOf(range))
  switch (list) {
    case 'TopClients': {
      const named = !parameters.read('noReverseLookup', parseBoolean, false)
      // Nobody is held back here.
      const none = parameters.read('onlyRateLimitedClients', parseBoolean, false)
      return { topClients: none ? [] : topClients(state, sums, most, named) }
    }
    case 'TopDomains':
      return {
        topDomains: topNames(
          sums.map(({ domains }) => domains),
          most,
        ),
      }
    default:
      return {
        topBlockedDomains: topNames(
          sums.map(({ blocked }) => blocked),
          most,
        ),
      }
  }
}

export const deleteStatistics: Handler = (call) => {
  requireSection(call, 'Dashboard', 'canDelete')
  forgetStatistics(call.state)
  return {}
}

function uptime({ now, startedAt }: State): number {
  return Math.floor((now() - startedAt) / 1000)
}

export const metrics: Handler = (call) => {
  requireSection(call, 'Dashboard', 'canView')
  const counter = lifetime(call.state)
  return {
    uptimestamp: shownTime(call.state.startedAt),
    uptimeSeconds: uptime(call.state),
    lifetimeCounters: Object.fromEntries(COUNTS.map(([, total, of]) => [total, of(counter)])),
  }
}

export function metricsText(call: Call): { text: string; contentType: string } {
  requireSection(call, 'Dashboard', 'canView')
  const counter = lifetime(call.state)
  const lines = COUNTS.flatMap(([, total, of]) => {
    const name = `${snake(total.slice('total'.length))}_total`
    return [`# TYPE ${name} counter`, `${name} ${of(counter)}`]
  })
  const text = [
    '# HELP uptime_seconds Uptime of the DNS Server in seconds',
    '# TYPE uptime_seconds gauge',
    `uptime_seconds ${uptime(call.state)}`,
    '# HELP start_time Start time of the DNS Server since epoch (milliseconds)',
    '# TYPE start_time gauge',
    `start_time ${call.state.startedAt}`,
    ...lines,
    '',
  ].join('\n')
  return { text, contentType: 'text/plain; version=0.0.4' }
}

function snake(name: string): string {
  return name.replace(/(?<=[a-z])[A-Z]/g, (letter) => `_${letter}`).toLowerCase()
}
