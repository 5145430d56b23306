import type { StatsReport } from '@zonedeck/shared/statistics'
import * as fc from 'fast-check'
import { beforeEach, expect, it } from 'vitest'
import { emptyPanel, type Panel } from '../../../http/test-panel.ts'
import type { TimeRange } from '../../../providers/provider.ts'
import { readSamples } from './read-samples.ts'
import { day, hour, kept, steps } from './steps.ts'
import { deleteOld, putSamples } from './store.ts'
import type { Sample } from './take.ts'

// Ten minutes and a few seconds into an hour, so that the hour before has ended.
const now = Date.UTC(2026, 10, 23, 12, 10, 7)
const nowSeconds = Math.floor(now / 1000)

let panel: Panel
beforeEach(async () => {
  panel = await emptyPanel()
})

const tally = async () => ({ counts: { queries: 1 }, gauges: [] })
const read = (range: TimeRange) =>
  readSamples(
    { env: panel.env, now: () => now, fetch: () => Promise.reject(new Error('nobody is asked')), requestId: 'r' },
    'con_1',
    tally,
    range,
  )
const last = (kind: Exclude<TimeRange['kind'], 'custom'>, days: number) =>
  read({ kind, from: now - days * day * 1000, to: now })
const queries = ({ series }: StatsReport) => series.rows.find(({ measure }) => measure === 'queries')?.values ?? []
const total = ({ totals }: StatsReport) => totals.find(({ measure }) => measure === 'queries')

const sampled = (step: Sample['step'], at: number, until: number, count: number): Sample => ({
  ...{ step, at, until },
  counts: { queries: count, 'type:A': count, 'protocol:UDP': count },
})

/** A year and more, `perHour` questions an hour, evenly. */
async function fillYear(perHour: number, from: number): Promise<void> {
  for (const step of steps) {
    const samples: Sample[] = []
    const end = nowSeconds - (nowSeconds % step)
    for (let at = Math.max(from, end - kept[step]); at < end; at += step) {
      samples.push(sampled(step, at, at + step, (perHour * step) / hour))
    }
    for (let i = 0; i < samples.length; i += 500) await putSamples(panel.env.DB, 'con_1', samples.slice(i, i + 500))
  }
}

it('each range has points of its own length, ends with the last full one, and is compared where enough is known', async () => {
  const begun = Date.UTC(2026, 6, 1) / 1000
  await fillYear(3600, begun)
  const shown = await Promise.all([
    read({ kind: 'hour', from: now - hour * 1000, to: now }),
    last('day', 1),
    last('week', 7),
    last('month', 31),
    last('year', 365),
  ])
  expect(
    shown.map((report) => [
      report.series.step,
      report.from,
      report.to,
      report.series.times.length,
      report.fullHours,
      total(report)?.value,
      total(report)?.previous,
    ]),
  ).toEqual([
    ['minute', '2026-11-23T11:10:00.000Z', '2026-11-23T12:10:00.000Z', 60, false, 3600, 3600],
    ['quarter', '2026-11-22T12:00:00.000Z', '2026-11-23T12:00:00.000Z', 96, false, 86_400, 86_400],
    ['hour', '2026-11-16T12:00:00.000Z', '2026-11-23T12:00:00.000Z', 168, true, 604_800, 604_800],
    ['day', '2026-10-24T00:00:00.000Z', '2026-11-23T12:00:00.000Z', 31, true, 2_635_200, 2_635_200],
    ['month', '2026-07-01T00:00:00.000Z', '2026-11-23T12:00:00.000Z', 5, true, 12_571_200, null],
  ])
  for (const report of shown) {
    expect(queries(report).reduce((sum: number, value) => sum + (value ?? 0), 0)).toBe(total(report)?.value)
    expect(report.types).toEqual([{ label: 'A', value: total(report)?.value }])
    expect(report.source).toEqual({ kind: 'sampled', since: '2026-07-01T00:00:00.000Z' })
  }
  expect(queries(shown[4]).slice(0, 2)).toEqual([31 * 86_400, 31 * 86_400])
}, 60_000)

it('a range of long ago is made of what is still kept', async () => {
  await fillYear(3600, Date.UTC(2026, 6, 1) / 1000)
  const custom = (from: string, to: string) => read({ kind: 'custom', from: Date.parse(from), to: Date.parse(to) })
  const yesterday = await custom('2026-11-21T08:00:00Z', '2026-11-21T09:00:00Z')
  expect(queries(yesterday)).toEqual([900, 900, 900, 900])
  const september = await custom('2026-09-10T08:00:00Z', '2026-09-10T12:00:00Z')
  expect(queries(september)).toEqual([3600, 3600, 3600, 3600])
  const before = await custom('2026-05-10T08:00:00Z', '2026-05-10T12:00:00Z')
  expect(before.series.rows).toEqual([])
  expect(before.totals).toEqual([])
}, 60_000)

it('what has just begun is shown by the minute in every range', async () => {
  const begun = Date.UTC(2026, 10, 23, 12, 3) / 1000
  await putSamples(
    panel.env.DB,
    'con_1',
    [0, 1, 2, 3, 4, 5].map((i) => sampled(60, begun + i * 60, begun + i * 60 + 60, 5)),
  )
  for (const report of [await last('day', 1), await last('week', 7), await last('year', 365)]) {
    expect(report).toMatchObject({ from: '2026-11-23T12:03:00.000Z', to: '2026-11-23T12:09:00.000Z' })
    expect(report.series.step).toBe('minute')
    expect(queries(report)).toEqual([5, 5, 5, 5, 5, 5])
    expect(total(report)).toEqual({ measure: 'queries', value: 30, previous: null })
  }
})

it('a server that has been silent for a while shows the gap up to now', async () => {
  const begun = Date.UTC(2026, 10, 23, 11, 55) / 1000
  await putSamples(panel.env.DB, 'con_1', [sampled(60, begun, begun + 60, 5)])
  expect(queries(await last('day', 1))).toEqual([5, ...Array.from({ length: 14 }, () => null)])
})

it('samples without a hole: the total is all of them, each point what lies in it, or nothing where too little does', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.record({
          hours: fc.oneof({ weight: 12, arbitrary: fc.constant(1) }, fc.integer({ min: 2, max: 40 })),
          count: fc.nat(5000),
        }),
        { minLength: 300, maxLength: 500 },
      ),
      async (stretches) => {
        await panel.env.DB.exec('DELETE FROM samples')
        const end = nowSeconds - (nowSeconds % hour)
        const samples: Sample[] = []
        let until = end
        for (const { hours, count } of stretches) {
          samples.push(sampled(hour, until - hours * hour, until, count))
          until -= hours * hour
        }
        for (let i = 0; i < samples.length; i += 500) await putSamples(panel.env.DB, 'con_1', samples.slice(i, i + 500))
        for (const days of [7, 31, 90]) {
          const report = await read({ kind: 'custom', from: now - days * day * 1000, to: now })
          const [from, to] = [Date.parse(report.from) / 1000, Date.parse(report.to) / 1000]
          const inside = samples.filter((sample) => sample.at >= from && sample.until <= to)
          expect(total(report)?.value ?? 0).toBe(inside.reduce((sum, { counts }) => sum + (counts.queries ?? 0), 0))
          const length = report.series.step === 'day' ? day : hour
          const expected = report.series.times.map((time) => {
            const begin = Date.parse(time) / 1000
            const own = inside.filter((sample) => sample.at >= begin && sample.until <= begin + length)
            const known = own.reduce((sum, sample) => sum + sample.until - sample.at, 0)
            const asked = Math.min(begin + length, to) - Math.max(begin, from)
            return own.length > 0 && known >= asked * (length === day ? 0.5 : 0.9)
              ? own.reduce((sum, { counts }) => sum + (counts.queries ?? 0), 0)
              : null
          })
          if (inside.length > 0) expect(queries(report)).toEqual(expected)
        }
      },
    ),
    { numRuns: 25 },
  )
}, 120_000)

it('each step is kept for its time', async () => {
  await fillYear(60, nowSeconds - (nowSeconds % hour) - 400 * day)
  const later = nowSeconds + hour
  await deleteOld(panel.env.DB, 'con_1', later)
  const { results } = await panel.env.DB.prepare('SELECT step, MIN(at) AS at FROM samples GROUP BY step').all<{
    step: Sample['step']
    at: number
  }>()
  for (const { step, at } of results) {
    expect(at).toBeGreaterThanOrEqual(later - kept[step])
    expect(at).toBeLessThan(later - kept[step] + step)
  }
}, 60_000)
