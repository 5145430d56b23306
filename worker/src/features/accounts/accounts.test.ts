import type { Job, Plan } from '@zonedeck/shared/job'
import { findingKey } from '@zonedeck/shared/plan/keys'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { emptyPanel, person, type Browser, type Panel } from '../../http/test-panel.ts'
import { simulate, type Simulation } from '../../providers/customdns/simulator.ts'

const apiKey = '5f3b1c9a-0000-4000-8000-7d1e2f3a4b5c'
let server: Simulation
let panel: Panel
let owner: Browser
let base: string
/** How long the server takes for a write, in milliseconds. */
let slow = 0

beforeEach(async () => {
  slow = 0
  server = await simulate({ users: [{ userName: 'root', apikey: apiKey, password: 'secret' }] })
  panel = await emptyPanel({
    internet: async (request) => {
      const answer = await server.fetch(request)
      if (request.method !== 'GET' && slow > 0) await new Promise((resolve) => setTimeout(resolve, slow))
      return answer
    },
  })
  owner = await person(panel, 'usr_owner', 'owner')
  const input = { name: 'server', provider: 'customdns', url: 'http://localhost:8080', credentials: { apiKey } }
  const { id } = (await (await owner.ask('POST', 'connections', input)).json()) as { id: string }
  base = `connections/${id}/accounts`
})
afterEach(() => vi.restoreAllMocks())

async function apply(operation: object, secrets?: Record<string, string>): Promise<Response> {
  const { plan, findings } = (await (await owner.ask('POST', `${base}/plans`, { operation })).json()) as Plan
  const accept = findings.map(findingKey)
  return owner.ask('POST', `${base}/jobs`, { operation, plan, accept, ...(secrets && { secrets }) })
}

describe('the secrets of an account', () => {
  const update = (values: object) => ({ operation: 'user-update', user: 'root', values })

  it('are those that were reviewed, and no others', async () => {
    const unsaid = await apply(update({ firstName: 'Ruth' }), { password: 'another one' })
    expect(await unsaid.json()).toMatchObject({ status: 422, errors: [{ pointer: '/secrets/password' }] })
    const proto = await apply(
      update({ firstName: 'Ruth' }),
      JSON.parse('{"constructor":"x"}') as Record<string, string>,
    )
    expect(proto.status).toBe(422)
    expect(server.state.users[0]).not.toMatchObject({ firstName: 'Ruth' })
    expect(await (await apply(update({ password: true }), { password: 'another one' })).json()).toMatchObject({
      state: 'done',
    })
  })

  it('have to come along', async () => {
    const made = await apply({ operation: 'user-create', user: 'jane', values: { password: true } })
    expect(await made.json()).toMatchObject({ state: 'failed' })
    expect(server.state.users).toHaveLength(1)
  })
})

it('no name of an account outlives its connection', async () => {
  const made = await apply(
    { operation: 'user-create', user: 'jane', values: { password: true } },
    { password: 'long enough' },
  )
  expect(await made.json()).toMatchObject({ state: 'done' })
  const names = async () => (await panel.env.DB.prepare('SELECT name FROM seen_accounts').all()).results
  expect(await names()).toEqual([{ name: 'jane' }])
  expect((await owner.ask('DELETE', base.replace('/accounts', ''))).status).toBe(204)
  expect(await names()).toEqual([])
})

it('the connection ends with its own account also when nobody waits for the answer', async () => {
  slow = 5500
  expect((await apply({ operation: 'user-delete', user: 'root' })).status).toBe(202)
  await vi.waitFor(async () => expect(await (await owner.ask('GET', 'connections')).json()).toEqual([]), 6000)
}, 20_000)

it('[Z2] its jobs are shown to whoever may do everything, and not as those of a filter', async () => {
  const operation = { operation: 'user-update', user: 'root', values: { firstName: 'Ruth' } }
  const { id } = (await (await apply(operation)).json()) as Job
  const [, connection = ''] = base.split('/')
  const viewer = await person(panel, 'vic', [{ connection, zone: '*', right: 'view' }])
  expect((await owner.ask('GET', `${base}/jobs/${id}`)).status).toBe(200)
  expect((await viewer.ask('GET', `${base}/jobs/${id}`)).status).toBe(403)
  expect((await viewer.ask('GET', `connections/${connection}/filter/jobs/${id}`)).status).toBe(404)
})
