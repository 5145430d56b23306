import type { Counter } from '@zonedeck/shared/stats'
import { measures, type StatsReport, type StatsSlice } from '@zonedeck/shared/statistics'
import type { Call } from '../../../http/context.ts'
import { noteReading } from '../../../objects/ask-sampler.ts'
import type { StatsSource, TimeRange } from '../../../providers/provider.ts'
import { choose, type Chosen } from './choose.ts'
import type { Counts } from './increase.ts'
import { day } from './steps.ts'
import { extents, sumUp, type PointLength, type Sums } from './store.ts'

/** Of a point so much has to be known, or it is a gap. A day with a few hours missing still says something. */
const enough = (point: PointLength) => (point === 'month' || point >= day ? 0.5 : 0.9)

/**
 * What was sampled of a server within a range. Asks the server only when that was never done before, which is also when
 * sampling begins. Totals hold whatever was counted between two readings in the range, also where it is not known when.
 */
export async function readSamples(
  call: Call,
  connection: string,
  tally: NonNullable<StatsSource['tally']>,
  range: TimeRange,
): Promise<StatsReport> {
  const { at, gauges } = await lastOf(call, connection, tally)
  const found = await extents(call.env.DB, connection)
  const beginnings = Object.values(found).flatMap((extent) => extent?.from ?? [])
  const since = beginnings.length === 0 ? null : Math.min(...beginnings)
  const until = { 60: found[60]?.until ?? null, 900: found[900]?.until ?? null, 3600: found[3600]?.until ?? null }
  const chosen = choose(range, since, until, Math.floor(call.now() / 1000))
  const { step, point, from, to } = chosen
  const length = to - from
  const [sums, before] = await Promise.all([
    sumUp(call.env.DB, { connection, step, from, to }, point),
    sumUp(call.env.DB, { connection, step, from: from - length, to: from }, length || 1),
  ])
  const previous = before.known >= length * 0.9 && length > 0 ? before.counts : null
  return {
    ...{ from: iso(Math.max(from, Math.min(since ?? from, to))), to: iso(to), fullHours: step === 3600 },
    totals: measures.flatMap((measure) => {
      const value = sums.counts[measure]
      return value === undefined ? [] : [{ measure, value, previous: previous?.[measure] ?? null }]
    }),
    series: seriesOf(chosen, sums),
    types: slices(sums.counts, 'type:'),
    protocols: slices(sums.counts, 'protocol:'),
    top: { clients: null, domains: null, 'blocked-domains': null },
    gauges,
    source: { kind: 'sampled', since: since === null ? null : iso(since) },
    readAt: new Date(at).toISOString(),
  }
}

/** When the server was last read, and what it held then. */
async function lastOf(
  call: Call,
  connection: string,
  tally: NonNullable<StatsSource['tally']>,
): Promise<{ at: number; gauges: Counter[] }> {
  const last = await call.env.SAMPLER.getByName(connection).last()
  if (last !== null) return { at: last.at, gauges: last.tally.gauges }
  const first = { tally: await tally(), at: call.now() }
  await noteReading(call, connection, first)
  return { at: first.at, gauges: first.tally.gauges }
}

function seriesOf({ point, label, from, to }: Chosen, { points, counts }: Sums): StatsReport['series'] {
  const times = pointsOf(point, from, to)
  const known = times.map((time, i) => {
    const [begin, end] = [Math.max(time, from), Math.min(times[i + 1] ?? to, to)]
    const there = points.get(time)
    return there !== undefined && there.known >= (end - begin) * enough(point) ? there.counts : null
  })
  return {
    step: label,
    times: times.map(iso),
    rows: measures
      .filter((measure) => counts[measure] !== undefined)
      .map((measure) => ({ measure, values: known.map((point) => point?.[measure] ?? null) })),
  }
}

/** Where each point begins that has a part in the range. */
function pointsOf(point: PointLength, from: number, to: number): number[] {
  const times: number[] = []
  if (point === 'month') {
    const first = new Date(from * 1000)
    for (let i = 0; ; i += 1) {
      const time = Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + i) / 1000
      if (time >= to) return times
      times.push(time)
    }
  }
  for (let time = from - (from % point); time < to; time += point) times.push(time)
  return times
}

/** Largest first; null when the server does not tell. */
function slices(counts: Counts, prefix: string): StatsSlice[] | null {
  const found = Object.entries(counts)
    .filter(([key]) => key.startsWith(prefix))
    .map(([key, value]) => ({ label: key.slice(prefix.length), value }))
  if (found.length === 0) return null
  return found.filter(({ value }) => value > 0).toSorted((a, b) => b.value - a.value)
}

function iso(seconds: number): string {
  return new Date(seconds * 1000).toISOString()
}
