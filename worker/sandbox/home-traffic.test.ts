import { expect, it } from 'vitest'
import { simulate } from '../src/providers/technitium/simulator.ts'
import { filterText } from './filter-files.ts'
import { homeTraffic } from './home-traffic.ts'

const MINUTE = 60_000
const noon = Date.UTC(2026, 10, 23, 12)
const day = Array.from({ length: 1440 }, (_, index) => noon - (index + 1) * MINUTE)
const config = () => filterText('home', '/nonexistent', 'http://127.0.0.1:1/')

it('a day of a family: as it was whenever it is looked at, busy in the evening, and partly blocked', async () => {
  const traffic = await homeTraffic(await config())
  const queries = day.flatMap((minute) => traffic(minute))
  const again = await homeTraffic(await config())
  expect(day.flatMap((minute) => again(minute))).toEqual(queries)
  const byHour = (hour: number) => queries.filter(({ at }) => new Date(at).getUTCHours() === hour).length
  expect(byHour(18)).toBeGreaterThan(2 * byHour(3))
  expect(queries.length).toBeGreaterThan(4000)
  const blocked = queries.filter(({ answeredBy }) => answeredBy === 'Blocked')
  expect(blocked.length / queries.length).toBeGreaterThan(0.08)
  expect(blocked.length / queries.length).toBeLessThan(0.35)
})

it('what becomes of a query is what the family’s filter makes of it', async () => {
  const traffic = await homeTraffic(await config())
  const queries = Array.from({ length: 7 * 1440 }, (_, index) => noon - (index + 1) * MINUTE).flatMap(traffic)
  const of = (client: string, name: string) => queries.filter((query) => query.client === client && query.name === name)
  for (const query of of('192.168.20.35', 'www.youtube.com')) {
    expect(query).toMatchObject({ answeredBy: 'Blocked', rcode: 'NxDomain', answer: null })
  }
  for (const query of of('192.168.20.35', 'www.google.com')) {
    expect(query).toMatchObject({
      answeredBy: 'Blocked',
      rcode: 'NoError',
      answer: expect.stringMatching(/^CNAME forcesafesearch/) as string,
    })
  }
  // Nobody filters the parents’ searches, and a schedule only blocks at its hours.
  expect(of('192.168.20.30', 'www.google.com').every(({ answeredBy }) => answeredBy !== 'Blocked')).toBe(true)
  const tiktok = of('192.168.20.32', 'www.tiktok.com')
  expect(new Set(tiktok.map(({ answeredBy }) => answeredBy === 'Blocked'))).toEqual(new Set([true, false]))
})

it('a year of it is counted, and its last 10 000 are logged', { timeout: 30_000 }, async () => {
  const admin = { password: 'secret', token: 'a-token' }
  const server = simulate({ version: '15.2', admin, traffic: await homeTraffic(await config()), logsQueries: true })
  const ask = async (path: string, form: Record<string, string>) => {
    const body = new URLSearchParams({ token: 'a-token', ...form })
    const answer = await server.fetch(new Request(`http://127.0.0.1/api/${path}`, { method: 'POST', body }))
    return (await answer.json()) as { response: { stats?: { totalQueries: number }; totalEntries?: number } }
  }
  const { response } = await ask('dashboard/stats/get', { type: 'LastYear', utc: 'true' })
  expect(response.stats?.totalQueries).toBeGreaterThan(1_000_000)
  const log = await ask('logs/query', { name: 'Query Logs (Sqlite)', classPath: 'QueryLogsSqlite.App' })
  expect(log.response.totalEntries).toBe(10_000)
})
