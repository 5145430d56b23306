import { parseAddress } from './address.ts'
import { appNamed } from './api-apps.ts'
import { requireSection, type Call, type Handler, type Members } from './call.ts'
import { ServerError } from './errors.ts'
import { parseBoolean, parseInt32, tryEnum, type Enumeration } from './numbers.ts'
import { RECORD_TYPES } from './record-types.ts'
import { DAY, MINUTE } from './statistics.ts'
import type { SeenQuery } from './traffic.ts'

/** The log of queries, as the app for Sqlite keeps it, and the list of the server's own log files. */

const PROTOCOLS: Enumeration = { Udp: 0, Tcp: 1, Tls: 3, Https: 4, Quic: 5, UdpProxy: 253, TcpProxy: 254 }
const RESPONSES: Enumeration = {
  ...{ Authoritative: 1, Recursive: 2, Cached: 3, Blocked: 4, UpstreamBlocked: 5, UpstreamBlockedCached: 6 },
  Dropped: 7,
}
const RCODES: Enumeration = {
  ...{ NoError: 0, FormatError: 1, ServerFailure: 2, NxDomain: 3, NotImplemented: 4, Refused: 5, YXDomain: 6 },
  ...{ YXRRSet: 7, NXRRSet: 8, NotAuth: 9, NotZone: 10 },
}
const CLASSES: Enumeration = { IN: 1, CH: 3, HS: 4, NONE: 254, ANY: 255 }

function named(values: Enumeration): (text: string) => string {
  return (text) => {
    const found = tryEnum(values, text)
    if (found === null) throw new ServerError(`Requested value '${text}' was not found.`)
    return found
  }
}

function readTime(text: string): number {
  const time = Date.parse(text)
  if (Number.isNaN(time)) throw new ServerError(`String '${text}' was not recognized as a valid DateTime.`)
  return time
}

interface Limits {
  enableLogging: boolean
  maxLogDays: number
  maxLogRecords: number
}

/** Everything the app has kept, the oldest first. */
function kept(call: Call): SeenQuery[] {
  requireSection(call, 'Logs', 'canView')
  const { state, parameters } = call
  const name = parameters.text('name')
  const classPath = parameters.text('classPath')
  const app = appNamed(call)
  if (!app.kind.logs || classPath !== app.kind.classPath) {
    throw new ServerError(`DNS application '${classPath}' class path was not found: ${name}`)
  }
  const { enableLogging, maxLogDays, maxLogRecords } = JSON.parse(app.config ?? '{}') as Limits
  const since = Math.max(app.installedAt, state.now() - maxLogDays * DAY)
  const rows: SeenQuery[] = []
  for (let minute = Math.floor(state.now() / MINUTE) * MINUTE; minute + MINUTE > since; minute -= MINUTE) {
    if (!enableLogging || rows.length >= maxLogRecords) break
    const queries = state.traffic(minute).filter(({ at }) => at >= since && at <= state.now())
    rows.push(...queries.toReversed())
  }
  return rows.slice(0, maxLogRecords).reverse()
}

/** Rows that match, in the order of the log. */
function matching(call: Call): SeenQuery[] {
  const { parameters } = call
  const rows = kept(call)
  const start = parameters.optional('start', readTime) ?? -Infinity
  const end = parameters.optional('end', readTime) ?? Infinity
  const client = parameters.optional('clientIpAddress', parseAddress)?.text
  const protocol = parameters.optional('protocol', named(PROTOCOLS))
  const response = parameters.optional('responseType', named(RESPONSES))
  const rcode = parameters.optional('rcode', named(RCODES))
  const name = parameters.optional('qname', nameFilter)
  const type = parameters.optional('qtype', named(RECORD_TYPES))
  const inClass = parameters.optional('qclass', named(CLASSES)) ?? 'IN'
  return rows.filter(
    (row) =>
      row.at >= start &&
      row.at <= end &&
      (client === undefined || row.client === client) &&
      (protocol === null || row.protocol === protocol) &&
      (response === null || row.answeredBy === response) &&
      (rcode === null || row.rcode === rcode) &&
      (name === null || name(row.name.toLowerCase())) &&
      (type === null || row.type === type) &&
      inClass === 'IN',
  )
}

/** A name, or with `*` what the database takes for one: that stands for any number of letters. */
function nameFilter(text: string): (name: string) => boolean {
  const wanted = text.replace(/\.+$/, '').toLowerCase()
  if (!wanted.includes('*')) return (name) => name === wanted
  const parts = wanted.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
  const pattern = new RegExp(`^${parts.join('.*')}$`)
  return (name) => pattern.test(name)
}

/** In steps of 100 ns, without zeros at the end. */
function shownTimestamp(at: number): string {
  const beyond = String(Math.floor((at % 1) * 10_000)).padStart(4, '0')
  return `${new Date(at).toISOString().slice(0, -1)}${beyond}`.replace(/\.?0*$/, 'Z')
}

/** Rows are numbered among those that match; a page beyond the end is the last one. */
export const queryLogs: Handler = (call) => {
  const { parameters } = call
  // What is wrong with the paging is said first.
  const asked = parameters.read('pageNumber', parseInt32, 1)
  const perPage = parameters.read('entriesPerPage', parseInt32, 25)
  const newestFirst = parameters.read('descendingOrder', parseBoolean, true)
  const rows = matching(call).map((row, index) => ({ row, number: index + 1 }))
  if (newestFirst) rows.reverse()
  const pages = Math.ceil(rows.length / perPage)
  const page = pages < 1 || asked === 0 ? 1 : asked > pages || asked < 0 ? pages : asked
  return {
    pageNumber: page,
    totalPages: pages,
    totalEntries: rows.length,
    entries: rows.slice((page - 1) * perPage, page * perPage).map(({ row, number }) => entryJson(row, number)),
  }
}

function entryJson(row: SeenQuery, rowNumber: number): Members {
  return {
    rowNumber,
    timestamp: shownTimestamp(row.at),
    clientIpAddress: row.client,
    protocol: row.protocol,
    responseType: row.answeredBy,
    ...(row.took === undefined ? {} : { responseRtt: row.took }),
    rcode: row.rcode,
    qname: row.name,
    qtype: row.type,
    qclass: 'IN',
    answer: row.answer,
  }
}

const COLUMNS = 'RowNumber,Timestamp,ClientIpAddress,Protocol,ResponseType,ResponseRtt,RCODE,Domain,Type,Class,Answer'

export function exportLogs(call: Call): { text: string; filename: string; contentType: string } {
  const lines = matching(call).map((row, index) => {
    const { client, protocol, answeredBy, took, rcode, name, type, answer } = row
    const cells = [index + 1, shownTimestamp(row.at), client, protocol, answeredBy, took ?? '', rcode, name]
    return [...cells, type, 'IN', answer === null ? '' : `"${answer.replaceAll('"', '""')}"`].join(',')
  })
  const day = new Date(call.state.now()).toISOString().slice(0, 10)
  return {
    text: `\ufeff${[COLUMNS, ...lines, ''].join('\n')}`,
    filename: `${call.state.serverDomain}_${day}_query_logs.csv`,
    contentType: 'text/csv',
  }
}

/** One file a day, of which there is today's. */
export const listLogFiles: Handler = (call) => {
  requireSection(call, 'Logs', 'canView')
  return { logFiles: [{ fileName: new Date(call.state.now()).toISOString().slice(0, 10), size: '0 KB' }] }
}
