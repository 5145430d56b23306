import type { QueryLogPage, StatsRange, StatsReport, TopEntry, TopList } from '@zonedeck/shared/statistics'
import type { Call } from '../../http/context.ts'
import { invalid } from '../../http/problem-error.ts'
import type { LogFilter, TimeRange } from '../../providers/provider.ts'
import { ProviderError } from '../../providers/provider-error.ts'
import { offered } from '../connections/offered.ts'
import { openConnection } from '../connections/open.ts'
import { countedReport } from './counted.ts'
import { compared, rangeBefore } from './previous.ts'
import { timeRange } from './range.ts'
import { rowsAfter } from './rows-after.ts'
import { readSamples } from './samples/read-samples.ts'

/** What a server says of a range, or what was sampled of it; one that counts nothing tells what it holds now. */
export async function readStatistics(call: Call, connection: string, asked: StatsRange): Promise<StatsReport> {
  const range = timeRange(asked, call.now())
  const opened = await openConnection(call.env, connection, call.now, call.fetch)
  const report = opened.stats?.report?.bind(opened.stats)
  if (report !== undefined) return atItsField(withPrevious(report, range))
  const tally = opened.stats?.tally?.bind(opened.stats)
  return tally === undefined ? countedReport(opened, range, call.now()) : readSamples(call, connection, tally, range)
}

type Report = (range: TimeRange) => Promise<StatsReport>

/** The range before is asked for once it is known where this one begins. What goes wrong with it is no one's loss. */
async function withPrevious(ask: Report, range: TimeRange): Promise<StatsReport> {
  const report = await ask(range)
  const before = rangeBefore(report)
  if (before === null) return report
  try {
    return compared(report, await ask(before), before)
  } catch (error) {
    if (error instanceof ProviderError) return report
    throw error
  }
}

export async function readTop(
  call: Call,
  connection: string,
  { list, range, most }: { list: TopList; range: StatsRange; most: number },
): Promise<TopEntry[]> {
  const between = timeRange(range, call.now())
  const { about, stats } = await openConnection(call.env, connection, call.now, call.fetch)
  const source = offered(stats, about.capabilities.statistics)
  return atItsField(offered(source.top?.bind(source), true, 'This server keeps no such list')(list, between, most))
}

type Asked = Omit<LogFilter, 'newestFirst' | 'from' | 'to'> & {
  order: 'newest' | 'oldest'
  from?: string | undefined
  to?: string | undefined
  after?: string | undefined
}

export async function readQueryLog(call: Call, connection: string, asked: Asked): Promise<QueryLogPage> {
  const { order, from, to, after, ...filter } = asked
  const { about, stats } = await openConnection(call.env, connection, call.now, call.fetch)
  const log = offered(stats?.log?.bind(stats), about.capabilities.queryLog, 'This server keeps no log of queries')
  const begins = Math.max(...[from, after].flatMap((time) => (time === undefined ? [] : [Date.parse(time)])))
  const page = await atItsField(
    log({
      ...filter,
      newestFirst: order === 'newest',
      from: begins > -Infinity ? begins : undefined,
      to: to === undefined ? undefined : Date.parse(to),
    }),
  )
  return after === undefined ? page : rowsAfter(page, after)
}

/** What a server will not take of a query is shown where it was given. */
async function atItsField<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer
  } catch (error) {
    if (!(error instanceof ProviderError) || error.field === undefined) throw error
    throw invalid([{ pointer: `/${error.field}`, detail: error.message }])
  }
}
