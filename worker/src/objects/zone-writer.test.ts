import { abortAllDurableObjects, runDurableObjectAlarm } from 'cloudflare:test'
import type { HistoryEntry, Job, Plan } from '@zonedeck/shared/job'
import type { RecordSet } from '@zonedeck/shared/record-set'
import { afterEach, expect, it, vi } from 'vitest'
import { emptyPanel, person } from '../http/test-panel.ts'
import { simulate } from '../providers/powerdns/simulator.ts'

afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

it('[D10] an object that dies in the middle of a write is woken by its alarm, reads the zone and records what it found', async () => {
  const server = simulate({
    apiKey: 'k',
    zones: [
      {
        name: 'example.org.',
        rrsets: [
          { name: 'www.example.org.', type: 'A', ttl: 300, records: [{ content: '192.0.2.80', disabled: false }] },
        ],
      },
    ],
  })
  let hang = false
  let writes = 0
  const internet = async (request: Request): Promise<Response> => {
    const response = await server.fetch(request)
    if (request.method !== 'PATCH') return response
    writes += 1
    // Written on the server, and the answer never comes.
    return hang ? new Promise<Response>(() => undefined) : response
  }
  const panel = await emptyPanel({ internet })
  vi.spyOn(globalThis, 'fetch').mockImplementation((input, init) => internet(new Request(input, init)))
  const owner = await person(panel, 'usr_owner', 'owner')
  const ask = async <T>(method: string, path: string, body?: unknown) => {
    const response = await owner.ask(method, path, body)
    expect(response.status, path).toBeLessThan(300)
    return (await response.json()) as T
  }
  const { id } = await ask<{ id: string }>('POST', 'connections', {
    ...{ name: 'office', provider: 'powerdns', url: 'http://localhost:8001', credentials: { apiKey: 'k' } },
  })
  const zone = `connections/${id}/zones/example.org`
  const { recordSets } = await ask<{ recordSets: RecordSet[] }>('GET', zone)
  const before = recordSets.find(({ name }) => name === 'www') ?? null
  expect(before).not.toBeNull()
  const after: RecordSet = { name: 'www', type: 'A', ttl: 60, records: [{ rdata: '192.0.2.81' }] }
  const input = { changes: [{ name: 'www', type: 'A', before, after }] }
  const plan = await ask<Plan>('POST', `${zone}/plans`, input)
  hang = true
  const job = await ask<Job>('POST', `${zone}/jobs`, { ...input, plan: plan.plan, accept: [] })
  expect(job.state).toBe('running')

  await abortAllDurableObjects()
  hang = false
  expect((await ask<Job>('GET', `${zone}/jobs/${job.id}`)).state).toBe('unknown')
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 120_000 })
  expect(await runDurableObjectAlarm(panel.env.ZONE_WRITER.getByName(id) as never)).toBe(true)
  expect(await ask<Job>('GET', `${zone}/jobs/${job.id}`)).toMatchObject({
    state: 'done',
    results: [{ status: 'done', verified: true }],
  })
  expect(writes).toBe(1)
  expect(await ask<HistoryEntry[]>('GET', `${zone}/history`)).toMatchObject([
    { state: 'done', actor: 'usr_owner', counts: { modify: 1 } },
  ])
}, 30_000)
