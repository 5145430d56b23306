import type { Capabilities } from '@zonedeck/shared/capabilities'
import { topLists, type StatsReport } from '@zonedeck/shared/statistics'
import { expect } from 'vitest'
import type { Story } from './conformance-edits.ts'
import type { TimeRange } from './provider.ts'
import { ProviderError } from './provider-error.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR

/** What the suite asks of a server that counts: of its counters, its history, and its log of queries, as far as it has them. */
export function statsStories(story: Story, capabilities: Capabilities): void {
  const counts = capabilities.statistics === true

  story(
    'counts',
    async ({ stats }) => {
      expect(stats?.counters !== undefined || stats?.report !== undefined).toBe(true)
      if (stats?.counters !== undefined) {
        const counters = await stats.counters()
        expect(counters).not.toEqual([])
        expect(new Set(counters.map(({ id }) => id)).size).toBe(counters.length)
        expect(counters.filter(({ value }) => !Number.isFinite(value))).toEqual([])
      }
      if (stats?.tally === undefined) return
      const { counts: tallied, types = {}, protocols = {}, gauges } = await stats.tally()
      const numbers = [tallied, types, protocols].flatMap((each) => Object.values(each))
      expect(numbers.filter((value) => !Number.isSafeInteger(value) || value < 0)).toEqual([])
      expect(gauges.filter(({ kind }) => kind !== 'gauge')).toEqual([])
    },
    counts,
  )

  story(
    'tells of every range what adds up',
    async ({ stats }) => {
      for (const range of ranges(Date.now())) {
        const report = await stats?.report?.(range)
        if (report !== undefined) checkReport(report, range)
      }
    },
    counts,
  )

  story(
    'lists those with most hits first, as many as asked for',
    async ({ stats }) => {
      for (const list of topLists) {
        const all = (await stats?.top?.(list, lastDay(Date.now()), 1000)) ?? []
        expect(all.map(({ hits }) => hits)).toEqual(all.map(({ hits }) => hits).toSorted((a, b) => b - a))
        expect(new Set(all.map(({ name }) => name)).size).toBe(all.length)
        const few = (await stats?.top?.(list, lastDay(Date.now()), 2)) ?? []
        expect(few.map(({ hits }) => hits)).toEqual(all.slice(0, 2).map(({ hits }) => hits))
      }
    },
    counts,
  )

  story(
    'pages through its log of queries, or says that it keeps none',
    async ({ stats }) => {
      const filter = { page: 1, perPage: 3, newestFirst: true }
      try {
        const page = await stats?.log?.(filter)
        if (page === undefined) return
        const oldest = await stats?.log?.({ ...filter, newestFirst: false })
        const times = [...(oldest?.rows ?? []), ...page.rows.toReversed()].map(({ at }) => Date.parse(at))
        expect(times).toEqual(times.toSorted((a, b) => a - b))
        expect(page.rows.length).toBe(Math.min(3, page.entries))
        expect(page.pages).toBe(Math.ceil(page.entries / 3))
        const beyond = await stats?.log?.({ ...filter, page: page.pages + 7 })
        expect(beyond?.page).toBe(Math.max(1, page.pages))
      } catch (error) {
        expect(error).toBeInstanceOf(ProviderError)
        expect(error).toMatchObject({ kind: 'missing' })
      }
    },
    counts,
  )
}

function lastDay(now: number): TimeRange {
  return { kind: 'day', from: now - DAY, to: now }
}

function ranges(now: number): TimeRange[] {
  const lengths = { hour: HOUR, day: DAY, week: 7 * DAY, month: 31 * DAY, year: 365 * DAY } as const
  const named = Object.entries(lengths).map(([kind, length]): TimeRange => ({
    kind: kind as keyof typeof lengths,
    from: now - length,
    to: now,
  }))
  const custom = [HOUR, 3 * HOUR, 30 * HOUR, 7 * DAY, 20 * DAY].map((length): TimeRange => ({
    kind: 'custom',
    from: now - DAY - length,
    to: now - DAY,
  }))
  return [...named, ...custom]
}

/** A custom range may be widened to whole steps, and never leaves out what was asked for. */
function checkReport(report: StatsReport, range: TimeRange): void {
  const { from, to, totals, series, top } = report
  const times = series.times.map((time) => Date.parse(time))
  expect(times).toEqual(times.toSorted((a, b) => a - b))
  expect(new Set(times).size).toBe(times.length)
  expect(times[0]).toBe(Date.parse(from))
  expect(times.at(-1)).toBeLessThan(Date.parse(to))
  if (range.kind === 'custom') {
    expect(Date.parse(from)).toBeLessThanOrEqual(range.from)
    // By days it may end with yesterday.
    if (series.step !== 'day') expect(Date.parse(to)).toBeGreaterThanOrEqual(range.to)
  }
  expect(new Set(totals.map(({ measure }) => measure)).size).toBe(totals.length)
  for (const { measure, values } of series.rows) {
    expect(values).toHaveLength(times.length)
    if (measure === 'clients') continue
    const sum = values.reduce<number>((all, value) => all + (value ?? 0), 0)
    expect(totals.find((total) => total.measure === measure)?.value, measure).toBe(sum)
  }
  for (const entries of Object.values(top)) expect(entries?.length ?? 0).toBeLessThanOrEqual(10)
}
