import type { Problem } from '@zonedeck/shared/problem'
import type { Counters } from '@zonedeck/shared/stats'
import { expect, it } from 'vitest'
import { emptyPanel, person } from '../../http/test-panel.ts'
import { simulate } from '../../providers/powerdns/simulator.ts'

async function open(apiKey = 'k') {
  const server = simulate({ apiKey: 'k', zones: [{ name: 'example.org.' }] })
  const panel = await emptyPanel({ internet: server.fetch })
  const owner = await person(panel, 'usr_owner', 'owner')
  const input = { name: 'office', provider: 'powerdns', url: 'http://localhost:8001', credentials: { apiKey } }
  const { id } = (await (await owner.ask('POST', 'connections', input)).json()) as { id: string }
  return { panel, owner, id, path: `connections/${id}/counters` }
}

it('what a server counts is read, with units', async () => {
  const { owner, path } = await open()
  const { counters, readAt } = (await (await owner.ask('GET', path)).json()) as Counters
  expect(counters).toContainEqual({
    id: 'zone-cache-size',
    label: 'Zones in the zone cache',
    value: 1,
    unit: 'zones',
    kind: 'gauge',
  })
  expect(Date.parse(readAt)).not.toBeNaN()
})

it('it is for those who may view the connection as a whole', async () => {
  const { panel, id, path } = await open()
  const viewer = await person(panel, 'usr_viewer', [{ connection: id, zone: '*', right: 'view' }])
  expect((await viewer.ask('GET', path)).status).toBe(200)
  const some = await person(panel, 'usr_some', [{ connection: id, zone: 'example.org', right: 'full' }])
  expect((await some.ask('GET', path)).status).toBe(404)
  expect((await panel.browser().ask('GET', path)).status).toBe(401)
})

it('a server that counts nothing says why, and one that refuses says so', async () => {
  const { owner } = await open()
  const input = {
    ...{ name: 'vps', provider: 'vps-org', url: 'http://localhost:8002' },
    credentials: { token: 'vps_0123456789abcdef' },
  }
  const { id } = (await (await owner.ask('POST', 'connections', input)).json()) as { id: string }
  const response = await owner.ask('GET', `connections/${id}/counters`)
  expect(response.status).toBe(422)
  expect((await response.json()) as Problem).toMatchObject({
    type: '/problems/provider/unsupported',
    detail: expect.stringMatching(/\w+ \w+/) as string,
  })
  const { owner: other, path } = await open('not-the-key')
  expect((await other.ask('GET', path)).status).toBe(424)
})
