import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { TimeRange } from '../provider.ts'
import { parseRecording } from './replay.ts'
import { connect } from './simulator-client.ts'
import { steadyTraffic } from './simulator-traffic.ts'
import { rangeParams } from './stats-range.ts'
import { statsReport } from './stats-report.ts'
import { dashboardStats } from './wire.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const at = (time: string) => Date.parse(time)

const recorded = parseRecording(
  readFileSync(new URL('fixtures/technitium/10-statistics.json', import.meta.url), 'utf8'),
).exchanges

function reportOf(name: string, range: Partial<TimeRange> & Pick<TimeRange, 'kind'>) {
  const { response } = recorded.find((exchange) => exchange.name === name)!.response.json as { response: unknown }
  return statsReport(dashboardStats.parse(response), { from: 0, to: 0, ...range }, at('2026-11-23T20:11:44Z'))
}

describe('the recorded answers of a real server', () => {
  it.each([
    ['LastHour', 'hour', 'minute', 60, '2026-11-23T19:11:00.000Z', '2026-11-23T20:11:00.000Z', 57],
    ['LastDay', 'day', 'hour', 24, '2026-11-22T20:00:00.000Z', '2026-11-23T20:00:00.000Z', 0],
    ['LastWeek', 'week', 'day', 7, '2026-11-16T00:00:00.000Z', '2026-11-23T00:00:00.000Z', 0],
    ['LastMonth', 'month', 'day', 31, '2026-10-23T00:00:00.000Z', '2026-11-23T00:00:00.000Z', 0],
    ['LastYear', 'year', 'month', 12, '2025-11-01T00:00:00.000Z', '2026-11-01T00:00:00.000Z', 0],
    ['custom, one hour', 'custom', 'minute', 61, '2026-11-23T19:10:00.000Z', '2026-11-23T20:11:00.000Z', 57],
    ['custom, two days', 'custom', 'hour', 49, '2026-11-21T20:00:00.000Z', '2026-11-23T21:00:00.000Z', 57],
    ['custom, thirty days', 'custom', 'day', 31, '2026-10-24T00:00:00.000Z', '2026-11-24T00:00:00.000Z', 57],
  ] as const)('%s: what each point is of, and the totals', (name, kind, step, length, from, to, queries) => {
    const report = reportOf(name, { kind })
    const { series, totals } = report
    expect({ from: report.from, to: report.to, step: series.step }).toEqual({ from, to, step })
    expect(series.times).toHaveLength(length)
    expect(series.times[0]).toBe(from)
    const total = (measure: string) => totals.find((each) => each.measure === measure)?.value
    expect(total('queries')).toBe(queries)
    for (const { measure, values } of series.rows) {
      expect(values).toHaveLength(length)
      // Every query came in one minute, the last one that is told of.
      expect(values.at(-1)).toBe(total(measure))
      expect(values.slice(0, -1).every((value) => value === 0)).toBe(true)
    }
  })

  it('steps are as long as they are, months too', () => {
    const times = reportOf('LastYear', { kind: 'year' }).series.times
    expect(times.slice(2, 5)).toEqual([
      '2026-01-01T00:00:00.000Z',
      '2026-02-01T00:00:00.000Z',
      '2026-03-01T00:00:00.000Z',
    ])
  })

  it('everything that is counted has its total, split, list and gauge', () => {
    const report = reportOf('LastHour', { kind: 'hour' })
    expect(Object.fromEntries(report.totals.map(({ measure, value }) => [measure, value]))).toEqual({
      ...{ queries: 57, 'no-error': 42, 'server-failure': 3, 'nx-domain': 12, refused: 0 },
      ...{ authoritative: 12, recursive: 14, cached: 28, blocked: 3, dropped: 0, clients: 9 },
    })
    expect(report.types?.map(({ label, value }) => `${label} ${value}`)).toEqual([
      ...['A 33', 'SOA 9', 'AAAA 9', 'TXT 3', 'HTTPS 3'],
    ])
    expect(report.protocols).toEqual([{ label: 'Udp', value: 57 }])
    expect(report.top.clients?.[0]).toEqual({ name: '127.0.0.6', host: 'localhost', hits: 9, limited: false })
    expect(report.top.domains?.[2]).toEqual({ name: 'xn--bcher-kva.upstream.test', host: null, hits: 3 })
    expect(report.top['blocked-domains']).toEqual([{ name: 'ads.blocked.test', host: null, hits: 3 }])
    expect(report.gauges.map(({ id, value }) => `${id} ${value}`)).toEqual([
      ...['zones 27', 'cachedEntries 15', 'allowedZones 0', 'blockedZones 1', 'allowListZones 0', 'blockListZones 0'],
    ])
    expect(report).toMatchObject({ fullHours: false, source: { kind: 'server' }, readAt: '2026-11-23T20:11:44.000Z' })
  })

  it('what ends with a full hour says so', () => {
    for (const [name, kind] of [
      ['LastDay', 'day'],
      ['LastWeek', 'week'],
      ['LastYear', 'year'],
    ] as const) {
      expect(reportOf(name, { kind }).fullHours).toBe(true)
    }
    const custom = (to: string) => reportOf('custom, one hour', { kind: 'custom', to: at(to) }).fullHours
    expect(custom('2026-11-23T20:11:00Z')).toBe(false)
    expect(custom('2026-11-23T20:30:00Z')).toBe(true)
  })

  it('text in the server’s own time zone is no time', () => {
    expect(() => reportOf('last day by GET with German preferred', { kind: 'day' })).toThrow(/no times/)
  })
})

describe('a range of one’s own', () => {
  const now = at('2026-11-23T20:11:44Z')
  const asked = (from: string, to: string) => {
    const { type, start, end } = rangeParams({ kind: 'custom', from: at(from), to: at(to) }, now)
    expect(type).toBe('Custom')
    return [start, end]
  }

  it('of up to 2½ hours is asked for by minutes', () => {
    expect(asked('2026-11-23T18:00:00Z', '2026-11-23T19:00:00Z')).toEqual([
      ...['2026-11-23T18:01:00.000Z', '2026-11-23T19:00:00.000Z'],
    ])
  })

  it('of some days is widened to hours, and never so short that the server would take minutes', () => {
    expect(asked('2026-11-20T10:30:00Z', '2026-11-21T12:10:00Z')).toEqual([
      ...['2026-11-20T10:00:00.000Z', '2026-11-21T12:00:00.000Z'],
    ])
    expect(asked('2026-11-20T10:00:00Z', '2026-11-20T12:40:00Z')).toEqual([
      ...['2026-11-20T09:00:00.000Z', '2026-11-20T12:00:00.000Z'],
    ])
  })

  it('of a week or more is widened to days', () => {
    expect(asked('2026-10-01T10:30:00Z', '2026-11-02T01:00:00Z')).toEqual([
      ...['2026-10-01T00:00:00.000Z', '2026-11-02T00:00:00.000Z'],
    ])
    expect(asked('2026-11-09T00:00:00Z', '2026-11-16T00:00:00Z')).toEqual([
      ...['2026-11-08T00:00:00.000Z', '2026-11-15T00:00:00.000Z'],
    ])
  })

  it('reaches neither into the running hour nor by days into today, nor into what is hardly over', () => {
    expect(asked('2026-11-23T10:00:00Z', '2026-11-23T20:11:44Z')[1]).toBe('2026-11-23T19:00:00.000Z')
    expect(asked('2026-11-01T10:00:00Z', '2026-11-23T20:11:44Z')[1]).toBe('2026-11-22T00:00:00.000Z')
    const midnight = { kind: 'custom' as const, from: at('2026-11-01T00:00:00Z'), to: at('2026-11-24T00:00:00Z') }
    expect(rangeParams(midnight, at('2026-11-24T00:01:00Z'))['end']).toBe('2026-11-22T00:00:00.000Z')
    expect(rangeParams(midnight, at('2026-11-24T00:02:00Z'))['end']).toBe('2026-11-23T00:00:00.000Z')
  })

  it('within the running hour is refused, with the reason', () => {
    expect(() => asked('2026-11-23T20:01:00Z', '2026-11-23T20:09:00Z')).toThrow(
      'Technitium tells of any times up to 2026-11-23 20:00 UTC, and of the last hour as a whole.',
    )
  })
})

describe('on a server', () => {
  const clock = { now: at('2026-11-23T20:11:44Z') }
  const open = (more: Parameters<typeof connect>[0] = {}) => {
    clock.now = at('2026-11-23T20:11:44Z')
    return connect({ now: () => clock.now, traffic: steadyTraffic, ...more })
  }
  const last = (length: number, kind: TimeRange['kind'] = 'custom'): TimeRange => ({
    ...{ kind, from: clock.now - length, to: clock.now },
  })

  it('is always asked for UTC and all types', async () => {
    const { stats, sent } = open()
    await stats.report?.(last(DAY, 'day'))
    expect(sent).toEqual([
      { path: 'dashboard/stats/get', form: { type: 'LastDay', utc: 'true', dontTrimQueryTypeData: 'true' } },
    ])
  })

  it('no day that has not ended is frozen by looking at it', async () => {
    const { stats, call } = open()
    await stats.report?.(last(20 * DAY))
    clock.now += 2 * DAY
    const report = await stats.report?.(last(20 * DAY))
    const queries = report?.series.rows.find(({ measure }) => measure === 'queries')?.values ?? []
    expect(new Set(queries)).toEqual(new Set([2880]))
    // What the server does to itself when it is asked for today.
    const today = { type: 'Custom', start: '2026-11-10T00:00:00Z', end: '2026-11-25T00:00:00Z', utc: 'true' }
    await call('dashboard/stats/get', today)
    clock.now += 2 * DAY
    const later = await stats.report?.(last(20 * DAY))
    expect(later?.series.rows.find(({ measure }) => measure === 'queries')?.values.at(-2)).toBeLessThan(2880)
  })

  it('longer lists are asked for without looking up host names', async () => {
    const { stats, sent } = open()
    const entries = await stats.top?.('clients', last(HOUR, 'hour'), 3)
    expect(entries).toHaveLength(3)
    expect(entries?.[0]).toMatchObject({ name: expect.stringMatching(/^192\.0\.2\./) as string, host: null })
    expect(sent[0]?.form).toMatchObject({ statsType: 'TopClients', limit: '3', noReverseLookup: 'true' })
    const names = await stats.top?.('blocked-domains', last(HOUR, 'hour'), 100)
    expect(names?.map(({ name }) => name)).toEqual(['www.example.org'])
  })

  it('a cluster is summed up by the server when the connection is for all of it', async () => {
    const cluster = { domain: 'cluster.example', others: [{ name: 'ns2.cluster.example', traffic: steadyTraffic }] }
    const { statsAs, as, sent } = open({ cluster })
    const queries = async (node: string) =>
      (await statsAs({ node }).report?.(last(HOUR, 'hour')))?.totals.map(({ value }) => value)
    const [one, other, all] = [await queries(''), await queries('ns2.cluster.example'), await queries('cluster')]
    expect(one?.[0]).toBe(120)
    expect(other).toEqual(one)
    // Seven clients are the same seven.
    expect(all).toEqual(one?.map((value, index) => (index === 10 ? value : value * 2)))
    await as({ node: 'cluster' }).listZones()
    expect(sent.at(-1)?.form).not.toHaveProperty('node')
    expect((await as({ node: 'cluster' }).test()).notes).toEqual([
      'Zones are those of this server in the cluster cluster.example, statistics those of all of its nodes.',
    ])
  })

  it('who may not see the dashboard is told so', async () => {
    const { statsAs, call } = open()
    await call('admin/users/create', { user: 'guest', pass: 'not-used-here' })
    const made = await call('admin/sessions/createToken', { user: 'guest', tokenName: 'panel' })
    const { token } = made['response'] as { token: string }
    await call('admin/permissions/set', { section: 'Dashboard', groupPermissions: 'Administrators|true|true|true' })
    await expect(statsAs({ token }).report?.(last(DAY, 'day'))).rejects.toMatchObject({ kind: 'forbidden' })
  })
})
