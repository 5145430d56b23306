import type { Problem } from '@zonedeck/shared/problem'
import type { StatsReport } from '@zonedeck/shared/statistics'
import { describe, expect, it } from 'vitest'
import { emptyPanel, person } from '../../http/test-panel.ts'
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
    for (const path of ['statistics/top?range=day&list=clients', 'query-log']) {
      const response = await owner.ask('GET', `connections/${id}/${path}`)
      expect(response.status).toBe(422)
      expect((await response.json()) as Problem).toMatchObject({
        type: '/problems/provider/unsupported',
        detail: 'VPS.org counts the records of a zone and nothing else.',
      })
    }
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
