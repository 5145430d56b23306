import * as z from 'zod'
import { counterSchema } from './stats.ts'

/** Ranges that end now, and one between two times. */
export const namedRanges = ['hour', 'day', 'week', 'month', 'year'] as const
export type NamedRange = (typeof namedRanges)[number]

export const instantSchema = z.iso.datetime({ offset: true, error: 'A time looks like 2026-03-29T10:00:00Z.' })

export const statsRangeSchema = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.enum(namedRanges) }),
    /** `from` is part of it, `to` is not. */
    z.strictObject({ kind: z.literal('custom'), from: instantSchema, to: instantSchema }),
  ])
  .meta({ id: 'StatsRange' })
export type StatsRange = z.infer<typeof statsRangeSchema>

/**
 * What is counted, in one vocabulary for all servers. A server that does not count something leaves it out; nothing is
 * made up and nothing is zero because it is unknown.
 *
 * - `queries`: all of them. `no-error` to `refused` split them by response code.
 * - `authoritative`, `recursive`, `cached`, `blocked`, `dropped` split them by who answered.
 * - `clients`: distinct addresses that asked. Not to be added up over points, nor over servers.
 */
export const measures = [
  'queries',
  'no-error',
  'server-failure',
  'nx-domain',
  'refused',
  'authoritative',
  'recursive',
  'cached',
  'blocked',
  'dropped',
  'clients',
] as const
export const measureSchema = z.enum(measures)
export type Measure = z.infer<typeof measureSchema>

export const statsTotalSchema = z
  .strictObject({
    measure: measureSchema,
    value: z.number(),
    /** In the range of the same length just before; null: not known. */
    previous: z.number().nullable(),
  })
  .meta({ id: 'StatsTotal' })
export type StatsTotal = z.infer<typeof statsTotalSchema>

export const statsSeriesSchema = z
  .strictObject({
    /** What a point stands for. Months and days differ in length; others are 60, 900 and 3600 seconds. */
    step: z.enum(['minute', 'quarter', 'hour', 'day', 'month']),
    /** RFC 3339, UTC: where each point begins. Rising. */
    times: z.array(z.string()),
    /** As many values as times. null is a gap: nobody counted then. */
    rows: z.array(z.strictObject({ measure: measureSchema, values: z.array(z.number().nullable()) })),
  })
  .meta({ id: 'StatsSeries' })
export type StatsSeries = z.infer<typeof statsSeriesSchema>

/** A part of all queries: `label` is the server's own word (A, HTTPS, Udp, Tls). */
const sliceSchema = z.strictObject({ label: z.string(), value: z.number() })
export type StatsSlice = z.infer<typeof sliceSchema>

export const topLists = ['clients', 'domains', 'blocked-domains'] as const
export const topListSchema = z.enum(topLists)
export type TopList = z.infer<typeof topListSchema>

export const topEntrySchema = z
  .strictObject({
    /** An address, or a name without the last dot. */
    name: z.string(),
    /** The host name of an address, where the server knows one. */
    host: z.string().nullable(),
    hits: z.number(),
    /** The server holds this client back. */
    limited: z.boolean().optional(),
    /** How many distinct clients asked for this name; absent: the server cannot tell. */
    askers: z.int().optional(),
  })
  .meta({ id: 'TopEntry' })
export type TopEntry = z.infer<typeof topEntrySchema>

/** What one server says of one range. */
export const statsReportSchema = z
  .strictObject({
    /** RFC 3339: what it really covers, which may end earlier than it was asked for. */
    from: z.string(),
    to: z.string(),
    /** It ends with the last full hour, or day or month where those are its steps: the running one is not in it. */
    fullHours: z.boolean(),
    totals: z.array(statsTotalSchema),
    series: statsSeriesSchema,
    /** null: this server cannot tell. */
    types: z.array(sliceSchema).nullable(),
    protocols: z.array(sliceSchema).nullable(),
    top: z.record(topListSchema, z.array(topEntrySchema).nullable()),
    /** What it holds now: zones, cached entries. */
    gauges: z.array(counterSchema),
    source: z.discriminatedUnion('kind', [
      /** The server keeps its own history. */
      z.strictObject({ kind: z.literal('server') }),
      /** The panel asks the counters every minute and keeps what it saw. `since`: the oldest of that. */
      z.strictObject({ kind: z.literal('sampled'), since: z.string().nullable() }),
      /** Nothing but what it holds now. */
      z.strictObject({ kind: z.literal('counted') }),
    ]),
    /** RFC 3339: when the server was asked. */
    readAt: z.string(),
  })
  .meta({ id: 'StatsReport' })
export type StatsReport = z.infer<typeof statsReportSchema>

/** A row of a server's query log. */
export const loggedQuerySchema = z
  .strictObject({
    /** Its place among the rows that match, the oldest being 1: it changes as old rows are deleted. */
    row: z.number(),
    /** RFC 3339, UTC, as finely as the server keeps it. */
    at: z.string(),
    client: z.string(),
    protocol: z.string(),
    /** Who answered, in the server's word: Cached, Recursive, Blocked. */
    answeredBy: z.string(),
    /** Milliseconds the upstream took. */
    took: z.number().nullable(),
    rcode: z.string(),
    name: z.string(),
    type: z.string(),
    class: z.string(),
    answer: z.string(),
    /** Of what is blocked: an answer is a rewrite, none is a block. null: not blocked. */
    filtered: z.enum(['blocked', 'rewritten']).nullable(),
  })
  .meta({ id: 'LoggedQuery' })
export type LoggedQuery = z.infer<typeof loggedQuerySchema>

export const queryLogPageSchema = z
  .strictObject({
    page: z.int(),
    pages: z.int(),
    entries: z.int(),
    rows: z.array(loggedQuerySchema),
    readAt: z.string(),
  })
  .meta({ id: 'QueryLogPage' })
export type QueryLogPage = z.infer<typeof queryLogPageSchema>
