import type { StatsReport, StatsSeries } from '@zonedeck/shared/statistics'
import { describe, expect, it } from 'vitest'
import { coarsen } from './coarsen.ts'
import { mergeEntries, sumUp } from './sum.ts'

const at = (minute: number) => new Date(Date.UTC(2026, 10, 23, 10) + minute * 60_000).toISOString()

function series(step: StatsSeries['step'], times: string[], rows: Record<string, (number | null)[]>): StatsSeries {
  return { step, times, rows: Object.entries(rows).map(([measure, values]) => ({ measure, values })) } as StatsSeries
}

function report(part: Partial<StatsReport>): StatsReport {
  return {
    from: at(0),
    to: at(180),
    fullHours: false,
    totals: [],
    series: series('hour', [], {}),
    types: null,
    protocols: null,
    top: { clients: null, domains: null, 'blocked-domains': null },
    gauges: [],
    source: { kind: 'server' },
    readAt: at(180),
    ...part,
  }
}

const quarters = (length: number) => Array.from({ length }, (_, n) => at(n * 15))

describe('a series in longer steps', () => {
  it('adds up what was counted and leaves clients out', () => {
    const fine = series('quarter', quarters(8), {
      queries: [1, 2, 3, 4, 5, 6, 7, 8],
      clients: [1, 1, 1, 1, 1, 1, 1, 1],
    })
    expect(coarsen(fine, 'hour', Date.parse(at(120)))).toEqual(series('hour', [at(0), at(60)], { queries: [10, 26] }))
  })

  it('is a gap where less than half was counted, and no gap for what is yet to come', () => {
    const fine = series('quarter', quarters(9), { queries: [1, null, null, null, 5, null, 7, null, 9] })
    expect(coarsen(fine, 'hour', Date.parse(at(135))).rows[0]?.values).toEqual([null, 12, 9])
  })

  it('has days and months of UTC', () => {
    const hours = ['2026-10-31T23:00:00.000Z', '2026-11-01T00:00:00.000Z', '2026-11-01T23:00:00.000Z']
    const end = Date.parse('2026-11-02T00:00:00Z')
    expect(coarsen(series('hour', hours, { queries: [1, 2, 3] }), 'day', end).times).toEqual([
      '2026-10-31T00:00:00.000Z',
      '2026-11-01T00:00:00.000Z',
    ])
    const days = series('day', ['2026-10-31T00:00:00Z', '2026-11-01T00:00:00Z', '2026-11-02T00:00:00Z'], {
      queries: [1, 2, 3],
    })
    expect(coarsen(days, 'month', Date.parse('2026-11-03T00:00:00Z'))).toEqual(
      series('month', ['2026-10-01T00:00:00.000Z', '2026-11-01T00:00:00.000Z'], { queries: [null, 5] }),
    )
  })

  it('is never made finer', () => {
    const coarse = series('day', ['2026-11-01T00:00:00Z'], { queries: [1] })
    expect(coarsen(coarse, 'hour', Date.parse('2026-11-02T00:00:00Z'))).toBe(coarse)
  })
})

describe('several servers together', () => {
  it('nobody counts', () => {
    expect(sumUp([])).toBeNull()
    expect(sumUp([{ connection: 'a', report: report({ source: { kind: 'counted' } }) }])).toBeNull()
  })

  it('of one it is what that one says', () => {
    const alone = report({ series: series('minute', [at(0)], { queries: [1], clients: [1] }) })
    expect(sumUp([{ connection: 'a', report: alone }])?.series).toBe(alone.series)
  })

  it('adds up totals, but not clients; the time before is known when all know it', () => {
    const told = [
      report({
        totals: [
          { measure: 'queries', value: 10, previous: 5 },
          { measure: 'clients', value: 3, previous: 4 },
          { measure: 'blocked', value: 2, previous: 1 },
        ],
      }),
      report({
        totals: [
          { measure: 'queries', value: 30, previous: 20 },
          { measure: 'clients', value: 2, previous: 9 },
          { measure: 'cached', value: 7, previous: null },
        ],
      }),
    ].map((one, n) => ({ connection: String(n), report: one }))
    expect(sumUp(told)?.totals).toEqual([
      { measure: 'queries', value: 40, previous: 25 },
      { measure: 'clients', value: 3, previous: null },
      { measure: 'blocked', value: 2, previous: 1 },
      { measure: 'cached', value: 7, previous: null },
    ])
    // What one of them blocked is no part of what the other was asked.
    expect(sumUp(told)?.wholes).toEqual({ queries: 40, clients: 40, blocked: 10, cached: 30 })
  })

  it('adds up series in the steps of the coarsest, up to where all have counted', () => {
    const told = [
      report({ to: at(120), series: series('hour', [at(0), at(60)], { queries: [100, 200], blocked: [5, 6] }) }),
      report({ to: at(150), series: series('quarter', quarters(10), { queries: [1, 1, 1, 1, 2, 2, 2, 2, 3, 3] }) }),
    ].map((one, n) => ({ connection: String(n), report: one }))
    const summed = sumUp(told)
    expect(summed?.series).toEqual(series('hour', [at(0), at(60)], { queries: [104, 208], blocked: [5, 6] }))
    expect(summed?.partial).toBe(0)
  })

  it('begins where all were asked for the whole step', () => {
    const told = [
      report({ series: series('hour', [at(0), at(60), at(120)], { queries: [100, 200, 300] }) }),
      report({
        from: at(30),
        series: series('quarter', quarters(12).slice(2), { queries: [1, 1, 1, 1, 1, 1, 1, 1, 1, 1] }),
      }),
    ].map((one, n) => ({ connection: String(n), report: one }))
    expect(sumUp(told)?.series).toEqual(series('hour', [at(60), at(120)], { queries: [204, 304] }))
  })

  it('counts the points at which a server is missing; where all are missing it is a gap', () => {
    const times = [at(0), at(60), at(120)]
    const told = [
      report({ series: series('hour', times, { queries: [1, null, null] }) }),
      report({ series: series('hour', times, { queries: [1, 4, null] }) }),
    ].map((one, n) => ({ connection: String(n), report: one }))
    expect(sumUp(told)).toMatchObject({ series: { rows: [{ values: [2, 4, null] }] }, partial: 1 })
  })

  it('says so of a longer step of which a part is missing', () => {
    const fine = { queries: [1, 1, 1, 1, 1, null, 1, 1] }
    const told = [
      report({ to: at(120), series: series('hour', [at(0), at(60)], { queries: [10, 20] }) }),
      report({ to: at(120), series: series('quarter', quarters(8), fine) }),
    ].map((one, n) => ({ connection: String(n), report: one }))
    expect(sumUp(told)).toMatchObject({ series: { rows: [{ values: [14, 23] }] }, partial: 1 })
  })

  it('a reading of long ago does not cut the others short', () => {
    const times = [at(0), at(60), at(120)]
    const told = [
      report({ to: at(60), series: series('hour', [at(0)], { queries: [1] }) }),
      report({ to: at(180), series: series('hour', times, { queries: [1, 2, 3] }) }),
    ].map((one, n) => ({ connection: String(n), report: one }))
    expect(sumUp(told)).toMatchObject({ series: { rows: [{ values: [2, 2, 3] }] }, partial: 2 })
  })

  it('spells protocols alike', () => {
    const told = [
      report({ protocols: [{ label: 'Udp', value: 2 }], types: [{ label: 'Others', value: 1 }] }),
      report({ protocols: [{ label: 'UDP', value: 3 }] }),
    ].map((one, n) => ({ connection: String(n), report: one }))
    expect(sumUp(told)).toMatchObject({
      protocols: [{ label: 'UDP', value: 5 }],
      types: [{ label: 'Others', value: 1 }],
    })
  })
})

it('puts lists together, knows whose they are, and forgets how many asked', () => {
  const entry = (name: string, hits: number, more = {}) => ({ name, host: null, hits, ...more })
  expect(
    mergeEntries([
      { connection: 'a', entries: [entry('Example.org', 5, { askers: 2 }), entry('b.example', 4)] },
      { connection: 'b', entries: [entry('example.org', 3, { askers: 1, limited: true })] },
      { connection: 'c', entries: null },
    ]),
  ).toEqual([
    { name: 'Example.org', host: null, hits: 8, limited: true, connections: ['a', 'b'] },
    { name: 'b.example', host: null, hits: 4, connections: ['a'] },
  ])
  expect(mergeEntries([{ connection: 'c', entries: null }])).toBeNull()
})
