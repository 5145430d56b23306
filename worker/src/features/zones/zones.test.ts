import type { Change } from '@zonedeck/shared/change'
import type { HistoryEntry, Job, Plan } from '@zonedeck/shared/job'
import type { Problem } from '@zonedeck/shared/problem'
import type { RecordSet } from '@zonedeck/shared/record-set'
import type { Zone, ZoneContent } from '@zonedeck/shared/zone'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { emptyPanel, person, type Browser, type Panel } from '../../http/test-panel.ts'
import { simulate } from '../../providers/powerdns/simulator.ts'

const reverse = '0/25.2.0.192.in-addr.arpa'

const set = (name: string, type: string, ttl: number, ...rdata: string[]): RecordSet => ({
  name,
  type,
  ttl,
  records: rdata.map((value) => ({ rdata: value })),
})

interface World {
  panel: Panel
  owner: Browser
  /** Connections to two servers: one that answers and one that hangs. */
  good: string
  hung: string
  zone: string
}

let world: World

async function json<T>(response: Response, status = 200): Promise<T> {
  const text = await response.text()
  if (response.status !== status) throw new Error(`${response.status}: ${text}`)
  return JSON.parse(text) as T
}

async function connect(owner: Browser, name: string, url: string): Promise<string> {
  const input = { name, provider: 'powerdns', url, credentials: { apiKey: 'k' } }
  return (await json<{ id: string }>(await owner.ask('POST', 'connections', input), 201)).id
}

const at = (connection: string, zone: string) => `connections/${connection}/zones/${encodeURIComponent(zone)}`

async function apply(browser: Browser, path: string, input: object): Promise<Response> {
  const plan = await json<Plan>(await browser.ask('POST', `${path}/plans`, input))
  return browser.ask('POST', `${path}/jobs`, { ...input, plan: plan.plan, accept: [] })
}

async function createZone(owner: Browser, connection: string, zone: string, changes: Change[] = []): Promise<Job> {
  return json(await apply(owner, at(connection, zone), { changes, operation: { operation: 'create', kind: 'Native' } }))
}

const create = (after: RecordSet): Change => ({ name: after.name, type: after.type, before: null, after })

beforeEach(async () => {
  const server = simulate({ apiKey: 'k' })
  const internet = (request: Request) =>
    new URL(request.url).port === '8002' ? new Promise<Response>(() => undefined) : server.fetch(request)
  const panel = await emptyPanel({ internet })
  // The writer is an object of its own, with the runtime's fetch.
  vi.spyOn(globalThis, 'fetch').mockImplementation((input, init) => internet(new Request(input, init)))
  const owner = await person(panel, 'usr_owner', 'owner')
  const hung = await connect(owner, 'hung', 'http://localhost:8002')
  const good = await connect(owner, 'good', 'http://localhost:8001')
  await createZone(owner, good, 'example.org', [create(set('www', 'A', 300, '192.0.2.80'))])
  world = { panel, owner, good, hung, zone: at(good, 'example.org') }
})
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

interface Line {
  connection: string
  zones?: Zone[]
  problem?: Problem
}

describe('the list of all zones', () => {
  it('[D15] shows each server as soon as it answers; a hung one delays nobody', async () => {
    const { owner, good, hung } = world
    // Only the deadline is moved: whoever answers does so in its own time.
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const response = await owner.ask('GET', 'zones')
    expect(response.headers.get('Content-Type')).toContain('application/x-ndjson')
    const reader = (response.body as ReadableStream<Uint8Array> | null)?.getReader()
    const start = Date.now()
    const first = JSON.parse(new TextDecoder().decode((await reader?.read())?.value)) as Line
    expect(first).toMatchObject({ connection: good, zones: [{ name: 'example.org', kind: 'Native' }] })
    expect(Date.now() - start).toBeLessThan(5000)
    const next = reader?.read()
    await vi.advanceTimersByTimeAsync(10_000)
    const second = JSON.parse(new TextDecoder().decode((await next)?.value)) as Line
    expect(second).toMatchObject({
      connection: hung,
      problem: { type: '/problems/provider/unavailable', status: 503, provider: 'hung' },
    })
    expect((await reader?.read())?.done).toBe(true)
  })

  it('holds only what the caller may see', async () => {
    const { panel, owner, good } = world
    await createZone(owner, good, 'secret.example')
    const some = await person(panel, 'usr_some', [
      { connection: good, zone: '*', right: 'view' },
      { connection: good, zone: 'secret.example', right: 'none' },
    ])
    const lines = (await (await some.ask('GET', 'zones')).text()).trim().split('\n')
    expect(lines.map((line) => (JSON.parse(line) as Line).zones?.map(({ name }) => name))).toEqual([['example.org']])
    const list = await json<{ zones: Zone[] }>(await some.ask('GET', `connections/${good}/zones`))
    expect(list.zones.map(({ name }) => name)).toEqual(['example.org'])
    const nobody = await person(panel, 'usr_nobody', [])
    expect(await (await nobody.ask('GET', 'zones')).text()).toBe('')
  })
})

describe('a zone', () => {
  it('is read, planned, applied, followed and remembered', async () => {
    const { owner, zone, good } = world
    const content = await json<ZoneContent>(await owner.ask('GET', zone))
    const before = content.recordSets.find(({ name, type }) => name === 'www' && type === 'A') ?? null
    expect(before?.records.map(({ rdata }) => rdata)).toEqual(['192.0.2.80'])
    const change = { name: 'www', type: 'A', before, after: set('www', 'A', 60, '192.0.2.81', '192.0.2.82') }
    const job = await json<Job>(await apply(owner, zone, { changes: [change] }))
    expect(job).toMatchObject({ state: 'done', results: [{ status: 'done', verified: true }] })
    expect(await json<Job>(await owner.ask('GET', `${zone}/jobs/${job.id}`))).toEqual(job)
    expect((await owner.ask('GET', `${zone}/jobs/job_nothing`)).status).toBe(404)
    expect((await owner.ask('GET', `${at(good, 'other.example')}/jobs/${job.id}`)).status).toBe(404)

    const [entry, older] = await json<HistoryEntry[]>(await owner.ask('GET', `${zone}/history`))
    expect(entry).toMatchObject({
      actor: 'usr_owner',
      connectionName: 'good',
      counts: { create: 0, modify: 1, delete: 0 },
    })
    expect(older).toMatchObject({ operation: { operation: 'create' }, state: 'done' })
    expect(entry?.changes).toBeUndefined()
    const whole = await json<HistoryEntry>(await owner.ask('GET', `history/${entry?.id ?? ''}`))
    expect(whole.changes).toEqual([change])
    expect(whole.results).toEqual(job.results)
  })

  it('[D1] answers a second hand with base, mine and theirs', async () => {
    const { owner, zone } = world
    const content = await json<ZoneContent>(await owner.ask('GET', zone))
    const before = content.recordSets.find(({ name }) => name === 'www') ?? null
    await json(
      await apply(owner, zone, {
        changes: [{ name: 'www', type: 'A', before, after: set('www', 'A', 300, '192.0.2.1') }],
      }),
    )
    const late = { name: 'www', type: 'A', before, after: set('www', 'A', 300, '192.0.2.2') }
    const problem = await json<Problem>(await owner.ask('POST', `${zone}/plans`, { changes: [late] }), 409)
    expect(problem.type).toBe('/problems/plan/conflict')
    expect(problem.instance).toBeTruthy()
    expect(problem.conflicts?.[0]).toMatchObject({
      base: { records: [{ rdata: '192.0.2.80' }] },
      mine: { records: [{ rdata: '192.0.2.2' }] },
      theirs: { records: [{ rdata: '192.0.2.1' }] },
    })
  })

  it('is reached by its one spelling, slashes and all', async () => {
    const { owner, good } = world
    await createZone(owner, good, reverse)
    expect(at(good, reverse)).toContain('0%2F25')
    const content = await json<ZoneContent>(await owner.ask('GET', at(good, reverse)))
    expect(content.zone.name).toBe(reverse)
    for (const other of ['EXAMPLE.org', 'example.org.', 'bücher.example', '192.0.2.0/24', '*.example.org']) {
      expect((await owner.ask('GET', at(good, other))).status).toBe(404)
    }
  })

  it('[Z2] asks for view to read, edit to write records, full for the zone itself', async () => {
    const { panel, zone, good } = world
    const input = { changes: [create(set('new', 'A', 300, '192.0.2.1'))] }
    const statuses = async (right: 'none' | 'view' | 'edit' | 'full') => {
      const browser = await person(panel, `usr_${right}`, [{ connection: good, zone: 'example.org', right }])
      const asked = [
        await browser.ask('GET', zone),
        await browser.ask('POST', `${zone}/plans`, input),
        await browser.ask('POST', `${zone}/plans`, { changes: [], operation: { operation: 'delete' } }),
        await browser.ask('POST', `${zone}/jobs`, {
          changes: [],
          operation: { operation: 'delete' },
          plan: 'x',
          accept: [],
        }),
        await browser.ask('GET', `${zone}/history`),
        await browser.ask('GET', at(good, 'other.example')),
      ]
      return asked.map(({ status }) => status)
    }
    expect(await statuses('none')).toEqual([404, 404, 404, 404, 404, 404])
    expect(await statuses('view')).toEqual([200, 403, 403, 403, 200, 404])
    expect(await statuses('edit')).toEqual([200, 200, 403, 403, 200, 404])
    expect(await statuses('full')).toEqual([200, 200, 200, 409, 200, 404])
  })
})

describe('the history', () => {
  it('comes in pages, newest first, without what the caller may not see', async () => {
    const { panel, owner, good } = world
    const { DB } = panel.env
    const insert = (i: number, zone: string) =>
      DB.prepare(
        `INSERT INTO history (id, at, actor_id, actor, connection_id, connection_name, zone, state, creates, modifies, deletes, accepted)
         VALUES (?, ?, 'usr_owner', 'usr_owner', ?, 'good', ?, 'done', 1, 0, 0, '[]')`,
      ).bind(
        `his_${String(i).padStart(4, '0')}`,
        `2025-01-01T00:${String(i % 60).padStart(2, '0')}:00.000Z`,
        good,
        zone,
      )
    await DB.batch(Array.from({ length: 120 }, (_, i) => insert(i, i % 2 === 0 ? 'even.example' : 'odd.example')))

    const pages: HistoryEntry[] = []
    for (;;) {
      const before = pages.at(-1)?.id
      const page = await json<HistoryEntry[]>(await owner.ask('GET', `history${before ? `?before=${before}` : ''}`))
      if (page.length === 0) break
      pages.push(...page)
    }
    expect(new Set(pages.map(({ id }) => id)).size).toBe(121)
    expect(pages[0]?.zone).toBe('example.org')
    expect(pages.every((entry, i) => i === 0 || entry.at <= (pages[i - 1]?.at ?? ''))).toBe(true)

    const seen = async (id: string, rights: Parameters<typeof person>[2]) => {
      const list = await json<HistoryEntry[]>(await (await person(panel, id, rights)).ask('GET', 'history'))
      return [...new Set(list.map(({ zone }) => zone))].sort()
    }
    expect(await seen('usr_a', [{ connection: good, zone: 'odd.example', right: 'view' }])).toEqual(['odd.example'])
    expect(
      await seen('usr_b', [
        { connection: '*', zone: '*', right: 'view' },
        { connection: good, zone: 'odd.example', right: 'none' },
      ]),
    ).toEqual(['even.example', 'example.org'])
    expect(
      await seen('usr_c', [
        { connection: good, zone: '*', right: 'none' },
        { connection: '*', zone: 'odd.example', right: 'full' },
      ]),
    ).toEqual([])
    expect(await seen('usr_d', [{ connection: '*', zone: 'even.example', right: 'view' }])).toEqual(['even.example'])

    const outsider = await person(panel, 'usr_e', [{ connection: good, zone: 'odd.example', right: 'view' }])
    expect((await outsider.ask('GET', `history/${pages[0]?.id ?? ''}`)).status).toBe(404)
  })
})
