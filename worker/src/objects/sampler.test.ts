import { abortAllDurableObjects, runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test'
import type { StatsReport } from '@zonedeck/shared/statistics'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { emptyPanel, person, type Panel } from '../http/test-panel.ts'
import { simulate } from '../providers/powerdns/simulator.ts'

vi.setConfig({ testTimeout: 60_000 })

// Far ahead, so that no alarm goes off by itself.
const start = Date.UTC(2031, 0, 8, 12)
const minute = 60_000
const hour = 60 * minute

/** A PowerDNS as far as its statistics go: `queries` since `bootedAt`. Its tenth is TCP, and its fifth AAAA. */
function server() {
  const state = { queries: 1000, bootedAt: start - 3 * hour, silent: false, asked: 0 }
  const others = simulate({ apiKey: 'k' })
  const fetch = async (request: Request) => {
    if (!request.url.includes('/statistics')) return others.fetch(request)
    state.asked += 1
    if (state.silent) throw new TypeError('no route to host')
    const { queries } = state
    const item = (name: string, value: number) => ({ name, type: 'StatisticItem', value: String(value) })
    const map = (name: string, value: Record<string, number>) => ({
      ...{ name, type: 'MapStatisticItem' },
      value: Object.entries(value).map(([key, count]) => ({ name: key, value: String(count) })),
    })
    return Response.json([
      item('uptime', Math.floor((Date.now() - state.bootedAt) / 1000)),
      item('udp-queries', queries - Math.floor(queries / 10)),
      item('tcp-queries', Math.floor(queries / 10)),
      item('zone-cache-size', 12),
      map('response-by-rcode', { 'No Error': queries }),
      map('response-by-qtype', { A: queries - Math.floor(queries / 5), AAAA: Math.floor(queries / 5) }),
    ])
  }
  return Object.assign(state, { fetch })
}

let panel: Panel
let pdns: ReturnType<typeof server>
let owner: Awaited<ReturnType<typeof person>>
let id: string

const sampler = () => panel.env.SAMPLER.getByName(id) as never
const rows = async (where = '') =>
  (
    await panel.env.DB.prepare(
      `SELECT step, at, until, counts FROM samples WHERE connection_id = ? ${where} ORDER BY step, at`,
    )
      .bind(id)
      .all<{ step: number; at: number; until: number; counts: string }>()
  ).results

function setClock(now: number) {
  panel.clock.now = now
  vi.setSystemTime(now)
}

/** So many minutes go by, with so many questions in each, and the alarm goes off at the end of each. */
async function pass(minutes: number, queries: number) {
  for (let i = 0; i < minutes; i++) {
    setClock(panel.clock.now + minute)
    pdns.queries += queries
    expect(await runDurableObjectAlarm(sampler())).toBe(true)
  }
}

const nextAlarm = () =>
  runInDurableObject(sampler(), async (_, { storage }) => (await storage.getAlarm()) ?? Number.NaN)

/** As somebody who has just signed in: hours go by here. */
async function ask(method: string, path: string, body?: unknown) {
  const at = new Date(panel.clock.now).toISOString()
  const expires = new Date(panel.clock.now + hour).toISOString()
  await panel.env.DB.prepare('UPDATE sessions SET last_seen_at = ?, authenticated_at = ?, expires_at = ?')
    .bind(at, at, expires)
    .run()
  return owner.ask(method, path, body)
}

async function report(range: string): Promise<StatsReport> {
  const response = await ask('GET', `connections/${id}/statistics?${range}`)
  expect(response.status).toBe(200)
  return (await response.json()) as StatsReport
}

const row = ({ series }: StatsReport, measure = 'queries') =>
  series.rows.find((each) => each.measure === measure)?.values
const total = ({ totals }: StatsReport, measure = 'queries') => totals.find((each) => each.measure === measure)

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: start })
  pdns = server()
  panel = await emptyPanel({ internet: pdns.fetch })
  setClock(start)
  owner = await person(panel, 'usr_owner', 'owner')
  const input = {
    ...{ name: 'office', provider: 'powerdns', url: 'http://localhost:8001', credentials: { apiKey: 'k' } },
  }
  id = ((await (await owner.ask('POST', 'connections', input)).json()) as { id: string }).id
})
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

it('from the first look on, every minute is counted', async () => {
  expect(pdns.asked).toBe(0)
  const first = await report('range=hour')
  expect(pdns.asked).toBe(1)
  expect(first).toMatchObject({
    totals: [],
    series: { step: 'minute', rows: [] },
    types: null,
    source: { kind: 'sampled', since: null },
    readAt: new Date(start).toISOString(),
  })
  expect(first.gauges.map(({ id: name, value }) => [name, value])).toContainEqual(['zone-cache-size', 12])
  await pass(5, 100)
  const asked = pdns.asked
  const later = await report('range=hour')
  expect(pdns.asked).toBe(asked)
  expect(later.from).toBe(new Date(start).toISOString())
  expect(later.to).toBe(new Date(start + 5 * minute).toISOString())
  expect(later.series.times).toHaveLength(5)
  expect(row(later)).toEqual([100, 100, 100, 100, 100])
  expect(row(later, 'no-error')).toEqual([100, 100, 100, 100, 100])
  expect(total(later)).toEqual({ measure: 'queries', value: 500, previous: null })
  expect(later.types).toEqual([
    { label: 'A', value: 400 },
    { label: 'AAAA', value: 100 },
  ])
  expect(later.protocols).toEqual([
    { label: 'UDP', value: 450 },
    { label: 'TCP', value: 50 },
  ])
  expect(later.source).toEqual({ kind: 'sampled', since: new Date(start).toISOString() })
})

it('begins by itself a minute after a connection was made', async () => {
  await pass(3, 10)
  expect(row(await report('range=hour'))).toEqual([10, 10])
})

it('an hour is compared with the one before, a day is shown by quarters, what is under way is in none', async () => {
  await report('range=hour')
  await pass(60, 10)
  await pass(60, 20)
  await pass(7, 1000)
  const lastHour = await report('range=hour')
  expect(lastHour.series.times).toHaveLength(60)
  expect(total(lastHour)).toEqual({ measure: 'queries', value: 53 * 20 + 7000, previous: 53 * 10 + 7 * 20 })
  const custom = await report(`range=custom&from=2031-01-08T12:00:00Z&to=2031-01-08T13:00:00Z`)
  expect(total(custom)?.value).toBe(600)
  setClock(start + 127 * minute + 10_000)
  const lastDay = await report('range=day')
  expect(lastDay.series).toMatchObject({ step: 'quarter' })
  expect(row(lastDay)).toEqual([150, 150, 150, 150, 300, 300, 300, 300])
  expect(lastDay.to).toBe('2031-01-08T14:00:00.000Z')
  expect(lastDay.fullHours).toBe(false)
})

it('a time without an answer is a gap, and what was counted in it is in every total around it', async () => {
  await report('range=hour')
  await pass(5, 10)
  pdns.silent = true
  const asked = pdns.asked
  await pass(1, 10)
  expect(pdns.asked).toBeGreaterThan(asked)
  pdns.silent = false
  setClock(panel.clock.now + 4 * minute)
  pdns.queries += 40
  await runDurableObjectAlarm(sampler())
  await pass(5, 10)
  const shown = await report('range=hour')
  expect(row(shown)).toEqual([10, 10, 10, 10, 10, null, null, null, null, null, 10, 10, 10, 10, 10])
  expect(total(shown)?.value).toBe(150)
  expect(await rows('AND step = 900')).toMatchObject([{ until: start / 1000 + 900 }])
  expect(row(await report('range=custom&from=2031-01-08T12:00:00Z&to=2031-01-08T12:15:00Z'))).toHaveLength(15)
})

it('a server that restarted counts from zero', async () => {
  await report('range=hour')
  await pass(2, 10)
  pdns.queries = 0
  pdns.bootedAt = panel.clock.now + 20_000
  await pass(2, 7)
  expect(row(await report('range=hour'))).toEqual([10, 10, 7, 7])
})

it('a silent server is asked less and less, and soon again once its connection is tested', async () => {
  await report('range=hour')
  await pass(1, 1)
  pdns.silent = true
  const waits: number[] = []
  for (let i = 0; i < 6; i++) {
    await runDurableObjectAlarm(sampler())
    const at = await nextAlarm()
    waits.push((at - panel.clock.now) / minute)
    setClock(at)
  }
  expect(waits).toEqual([1, 2, 5, 10, 10, 10])
  expect(panel.logged.filter((line) => line.includes('"sampling"'))).toHaveLength(1)
  expect(panel.logged.join()).toContain('"trouble":"unavailable"')
  pdns.silent = false
  expect((await ask('POST', `connections/${id}/test`)).status).toBe(200)
  expect((await nextAlarm()) - panel.clock.now).toBe(2 * minute)
})

it('goes on after the worker was killed', async () => {
  await report('range=hour')
  await pass(2, 10)
  await abortAllDurableObjects()
  await pass(2, 10)
  expect(row(await report('range=hour'))).toEqual([10, 10, 10, 10])
})

it('what another address has counted is never compared', async () => {
  await report('range=hour')
  await pass(2, 10)
  const patch = { url: 'http://localhost:8002', credentials: { apiKey: 'k' } }
  expect((await ask('PATCH', `connections/${id}`, patch)).status).toBe(200)
  pdns.queries = 1_000_000
  await pass(2, 10)
  expect(
    (await rows('AND step = 60')).map(({ counts }) => (JSON.parse(counts) as { queries: number }).queries),
  ).toEqual([10, 10, 10])
})

it('old samples go, each step in its time', async () => {
  await report('range=hour')
  await pass(60, 1)
  setClock(start + 24 * hour + 59 * minute)
  await runDurableObjectAlarm(sampler())
  await pass(61, 1)
  const minutes = await rows('AND step = 60')
  expect(minutes[0]?.at).toBe((start + hour) / 1000)
  expect((await rows('AND step = 900'))[0]?.at).toBe(start / 1000)
  setClock(start + 400 * 24 * hour - minute)
  await runDurableObjectAlarm(sampler())
  await pass(1, 1)
  expect((await rows())[0]?.at).toBeGreaterThan(start / 1000 + 3600)
})

it('ends with its connection, and takes what it knows with it', async () => {
  await report('range=hour')
  await pass(3, 1)
  expect(await rows()).toHaveLength(3)
  const other = id
  expect((await ask('DELETE', `connections/${id}`)).status).toBe(204)
  expect(await rows()).toEqual([])
  expect(await runDurableObjectAlarm(sampler())).toBe(false)
  expect(id).toBe(other)
})

it('ends by itself when its connection is gone, and leaves others alone', async () => {
  await report('range=hour')
  await pass(2, 1)
  await panel.env.DB.prepare('DELETE FROM connections').run()
  const asked = pdns.asked
  await runDurableObjectAlarm(sampler())
  expect(await runDurableObjectAlarm(sampler())).toBe(false)
  expect(await rows()).toEqual([])
  expect(pdns.asked).toBe(asked)
  const input = {
    name: 'vps',
    provider: 'vps-org',
    url: 'http://localhost:8002',
    credentials: { token: 'vps_0123456789abcdef' },
  }
  id = ((await (await ask('POST', 'connections', input)).json()) as { id: string }).id
  expect(await runDurableObjectAlarm(sampler())).toBe(false)
})
