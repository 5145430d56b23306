import type { Problem } from '@zonedeck/shared/problem'
import type { QueryLogPage, StatsReport, TopEntry } from '@zonedeck/shared/statistics'
import { describe, expect, it } from 'vitest'
import { emptyPanel, person } from '../../http/test-panel.ts'
import { steadyTraffic } from '../../providers/technitium/simulator-traffic.ts'
import { simulate as simulateTechnitium } from '../../providers/technitium/simulator.ts'
import { simulate as simulateVpsOrg } from '../../providers/vps-org/simulator.ts'

async function open() {
  const token = 'vps_0123456789abcdef'
  const server = simulateVpsOrg({ token })
  const panel = await emptyPanel({ internet: server.fetch })
  const owner = await person(panel, 'usr_owner', 'owner')
  const input = { name: 'vps', provider: 'vps-org', url: 'http://localhost:8002', credentials: { token } }
  const { id } = (await (await owner.ask('POST', 'connections', input)).json()) as { id: string }
  return { panel, owner, id, path: `connections/${id}/statistics` }
}

describe('a server that counts no queries', () => {
  it('tells what it holds, and is not asked again at once', async () => {
    const { panel, owner, path } = await open()
    const read = async (range: string) =>
      (await (await owner.ask('GET', `${path}?range=${range}`)).json()) as StatsReport
    const report = await read('day')
    expect(report).toMatchObject({
      from: '2026-11-22T12:00:00.000Z',
      to: '2026-11-23T12:00:00.000Z',
      totals: [],
      types: null,
      source: { kind: 'counted' },
      readAt: '2026-11-23T12:00:00.000Z',
    })
    expect(report.gauges).toContainEqual({ id: 'zones', label: 'Zones', value: 0, unit: 'zones', kind: 'gauge' })
    const calls = panel.sent.length
    panel.clock.now += 30_000
    expect((await read('week')).readAt).toBe(report.readAt)
    expect(panel.sent).toHaveLength(calls)
    panel.clock.now += 31_000
    expect((await read('week')).readAt).toBe('2026-11-23T12:01:01.000Z')
  })

  it('has no lists and no log, with the reason', async () => {
    const { owner, id } = await open()
    for (const [path, detail] of [
      ['statistics/top?range=day&list=clients', 'VPS.org counts the records of a zone and nothing else.'],
      ['query-log', 'VPS.org shows no queries.'],
    ]) {
      const response = await owner.ask('GET', `connections/${id}/${path}`)
      expect(response.status).toBe(422)
      expect((await response.json()) as Problem).toMatchObject({
        type: '/problems/provider/unsupported',
        detail,
      })
    }
  })
})

describe('a server that keeps its own history', () => {
  async function openTechnitium() {
    const clock = { now: Date.UTC(2026, 10, 23, 12) }
    const token = 'a-token-of-the-administrator'
    const server = simulateTechnitium({
      ...{ version: '15.2', admin: { password: 'secret', token }, serverDomain: 'dns.example' },
      ...{ now: () => clock.now, traffic: steadyTraffic, logsQueries: true },
    })
    const panel = await emptyPanel({ internet: server.fetch })
    const owner = await person(panel, 'usr_owner', 'owner')
    const input = { name: 'home', provider: 'technitium', url: 'http://localhost:8003', credentials: { token } }
    const { id } = (await (await owner.ask('POST', 'connections', input)).json()) as { id: string }
    const read = async <T>(path: string) => (await (await owner.ask('GET', `connections/${id}/${path}`)).json()) as T
    return { panel, owner, id, read, clock }
  }

  it.each([
    ['hour', 120, '2026-11-23T11:00:00.000Z'],
    ['day', 2880, '2026-11-22T12:00:00.000Z'],
    ['week', 7 * 2880, '2026-11-16T00:00:00.000Z'],
    ['month', 31 * 2880, '2026-10-23T00:00:00.000Z'],
  ])('tells of the last %s, beside the one before', async (range, queries, from) => {
    const { read } = await openTechnitium()
    const report = await read<StatsReport>(`statistics?range=${range}`)
    expect(report.from).toBe(from)
    const totals = Object.fromEntries(report.totals.map(({ measure, value, previous }) => [measure, [value, previous]]))
    expect(totals['queries']).toEqual([queries, queries])
    // Days long ago are counted from a sample by the simulator.
    if (['hour', 'day'].includes(range)) expect(totals['blocked']).toEqual([queries / 5, queries / 5])
    // A week is asked for with a day more: who was the same on that one is not known.
    expect(totals['clients']).toEqual([7, range === 'week' ? null : 7])
  })

  it('does not compare a year, which the server would have to read day by day', async () => {
    const { panel, read } = await openTechnitium()
    const calls = panel.sent.length
    const report = await read<StatsReport>('statistics?range=year')
    expect(report.totals.every(({ previous }) => previous === null)).toBe(true)
    expect(panel.sent).toHaveLength(calls + 1)
  })

  it('gives longer lists', async () => {
    const { read } = await openTechnitium()
    const { entries } = await read<{ entries: TopEntry[] }>('statistics/top?range=day&list=domains&most=2')
    expect(entries).toHaveLength(2)
  })

  it('says at which end a range cannot be told', async () => {
    const { panel, read, clock } = await openTechnitium()
    clock.now = panel.clock.now = Date.UTC(2026, 10, 23, 12, 25)
    const problem = await read<Problem>('statistics?range=custom&from=2026-11-23T12:10:00Z&to=2026-11-23T12:20:00Z')
    expect(problem).toMatchObject({ status: 422, errors: [{ pointer: '/from' }] })
  })

  it('pages through its log, and tells what came after a row', async () => {
    const { read, clock } = await openTechnitium()
    const page = await read<QueryLogPage>('query-log?perPage=5&client=192.0.2.3')
    expect(page.rows).toHaveLength(5)
    const newest = page.rows[0]?.at ?? ''
    const none = await read<QueryLogPage>(`query-log?client=192.0.2.3&after=${newest}`)
    expect(none.rows).toEqual([])
    clock.now += 10 * 60_000
    const { rows } = await read<QueryLogPage>(`query-log?client=192.0.2.3&after=${newest}`)
    expect(rows.length).toBeGreaterThan(0)
    expect(rows.every(({ at }) => at > newest)).toBe(true)
  })

  it('says which word of a filter the server does not know', async () => {
    const { read } = await openTechnitium()
    const problem = await read<Problem>('query-log?type=BOGUS')
    expect(problem).toMatchObject({
      status: 422,
      errors: [{ pointer: '/type', detail: 'The server does not know BOGUS.' }],
    })
  })
})

it.each([
  ['statistics', '/range'],
  ['statistics?range=decade', '/range'],
  ['statistics?range=custom', '/from'],
  ['statistics?range=custom&from=2026-11-22T00:00:00Z', '/to'],
  ['statistics?range=custom&from=yesterday&to=2026-11-22T00:00:00Z', '/from'],
  ['statistics?range=custom&from=2026-11-22T00:00:00Z&to=2026-11-22T00:00:00Z', '/to'],
  ['statistics?range=custom&from=2026-11-24T00:00:00Z&to=2026-11-25T00:00:00Z', '/from'],
  ['statistics?range=custom&from=2020-11-24T00:00:00Z&to=2026-11-22T00:00:00Z', '/from'],
  ['statistics?range=day&to=2026-11-22T00:00:00Z', '/to'],
  ['statistics/top?range=day', '/list'],
  ['statistics/top?range=day&list=clients&most=5000', '/most'],
  ['query-log?page=0', '/page'],
  ['query-log?perPage=many', '/perPage'],
  ['query-log?after=then', '/after'],
])('%s is wrong at %s', async (path, pointer) => {
  const { owner, id } = await open()
  const response = await owner.ask('GET', `connections/${id}/${path}`)
  expect(response.status).toBe(422)
  expect(((await response.json()) as Problem).errors?.map((each) => each.pointer)).toEqual([pointer])
})

it('it is for those who may view the connection as a whole', async () => {
  const { panel, id, path } = await open()
  const viewer = await person(panel, 'usr_viewer', [{ connection: id, zone: '*', right: 'view' }])
  expect((await viewer.ask('GET', `${path}?range=day`)).status).toBe(200)
  const some = await person(panel, 'usr_some', [{ connection: id, zone: 'example.org', right: 'full' }])
  for (const of of [`${path}?range=day`, `${path}/top?range=day&list=clients`, `connections/${id}/query-log`]) {
    expect((await some.ask('GET', of)).status).toBe(404)
  }
})
