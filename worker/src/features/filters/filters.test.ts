import type { FilterContent } from '@zonedeck/shared/content-filter'
import type { HistoryEntry, Job, Plan } from '@zonedeck/shared/job'
import { findingKey } from '@zonedeck/shared/plan/keys'
import type { Problem } from '@zonedeck/shared/problem'
import { beforeEach, describe, expect, it } from 'vitest'
import { digest } from '../../http/ids.ts'
import { emptyPanel, person, type Browser, type Panel } from '../../http/test-panel.ts'
import { simulate, type TechnitiumSimulator } from '../../providers/technitium/simulator.ts'

const token = 'a-token-of-the-administrator'
const url = 'http://127.0.0.1:5380'
const kids = `{
  "enableBlocking": true,
  "profiles": { "kids": { "customRules": ["bad.test"], "future": 1.50 } },
  "clients": [{ "name": "Tablet", "ids": ["192.168.1.20"], "profile": "kids" }],
  "_kept": {"by": "another tool"}
}`

let server: TechnitiumSimulator
let panel: Panel
let owner: Browser
let at: string

async function open(config: string | null = kids, more: object = {}): Promise<void> {
  server = simulate({
    version: '15.2',
    admin: { password: 'secret', token },
    filter: { name: 'Family', config },
    ...more,
  })
  panel = await emptyPanel({ internet: (request) => server.fetch(request) })
  owner = await person(panel, 'ada', 'owner')
  const input = { name: 'Home', provider: 'technitium', url, credentials: { token } }
  const { id } = (await (await owner.ask('POST', 'connections', input)).json()) as { id: string }
  at = `connections/${id}/filter`
}

beforeEach(() => open())

async function value<T>(response: Response, status = 200): Promise<T> {
  const text = await response.text()
  expect(`${response.status} ${text}`).toMatch(new RegExp(`^${status} `))
  return JSON.parse(text) as T
}

/** Something done on the server itself. */
const tell = async (call: string, parameters: Record<string, string>) => {
  const query = new URLSearchParams({ token, ...parameters }).toString()
  expect(await (await server.fetch(new Request(`${url}/api/${call}?${query}`))).json()).toMatchObject({ status: 'ok' })
}

const read = async () => value<FilterContent>(await owner.ask('GET', at))

/** Plans and applies. */
async function save(text: string, base: string, who = owner, accept: string[] = []): Promise<Response> {
  const operation = { operation: 'filter', base, text }
  const planned = await who.ask('POST', `${at}/plans`, { operation })
  if (planned.status !== 200) return planned
  const { plan } = (await planned.json()) as Plan
  return who.ask('POST', `${at}/jobs`, { plan, operation, accept })
}

describe('a filter inside of Technitium', () => {
  it('is found by its class path and read to the letter, with the server’s own blocking', async () => {
    const content = await read()
    expect(content).toMatchObject({
      about: { transport: 'technitium', app: 'Family', version: '1.0' },
      text: kids,
      hash: digest(kids),
      blocking: {
        enabled: true,
        pausedUntil: null,
        blockLists: [],
        blockedZones: false,
        allowedZones: false,
        bypass: [],
      },
      warnings: [],
      pauses: [],
    })
    expect((await owner.ask('GET', at)).headers.get('etag')).toBe(`"${content.hash}"`)
  })

  it('warns when the server’s own lists do nothing', async () => {
    await open(kids, { blockLists: ['https://lists.example/ads.txt'] })
    expect((await read()).warnings).toMatchObject([
      { id: 'server-blocking-idle', title: 'The server’s own block list blocks nothing more' },
    ])
  })

  it('warns of what never comes to the filter, while the server’s own blocking is on', async () => {
    await tell('allowed/add', { domain: 'fine.example' })
    await tell('settings/set', { blockingBypassList: '10.0.0.0/8,10.1.0.1,10.1.0.2,10.1.0.3' })
    expect((await read()).warnings).toMatchObject([
      {
        id: 'server-passes-first',
        reason: expect.stringContaining('10.0.0.0/8, 10.1.0.1, 10.1.0.2 and 1 more') as string,
      },
    ])
    await tell('settings/set', { enableBlocking: 'false' })
    expect((await read()).warnings).toEqual([])
  })

  it('says when there is no such app, and when a server filters nothing', async () => {
    server = simulate({ version: '15.2', admin: { password: 'secret', token } })
    expect(await value(await owner.ask('GET', at), 404)).toMatchObject({ type: '/problems/provider/missing' })
    const input = { name: 'Other', provider: 'powerdns', url, credentials: { apiKey: 'x' } }
    const { id } = (await (await owner.ask('POST', 'connections', input)).json()) as { id: string }
    const problem = await value<Problem>(await owner.ask('GET', `connections/${id}/filter`), 422)
    expect(problem.detail).toContain('only publishes zones')
  })

  it('is saved, read back, kept in the history whole, and undone', async () => {
    const { hash } = await read()
    const text = kids.replace('bad.test', 'worse.test')
    const operation = { operation: 'filter', base: hash, text, note: 'Block worse.test' }
    const plan = await value<Plan>(await owner.ask('POST', `${at}/plans`, { operation }))
    expect(plan.consequences.join(' ')).toContain(
      'profiles › kids › customRules changes from “bad.test” to “worse.test”.',
    )
    const job = await value<Job>(await owner.ask('POST', `${at}/jobs`, { plan: plan.plan, operation, accept: [] }))
    expect(job).toMatchObject({
      state: 'done',
      zone: '*',
      operation: { operation: 'filter', note: 'Block worse.test' },
      operationResult: { status: 'done', verified: true },
      reloaded: true,
    })
    expect(JSON.stringify([plan, job])).not.toContain('another tool')
    expect((await read()).text).toBe(text)
    const [entry] = await value<HistoryEntry[]>(await owner.ask('GET', 'history'))
    expect(entry).toMatchObject({ actor: 'ada', zone: '*', operation: { note: 'Block worse.test' } })
    const whole = await value<HistoryEntry>(await owner.ask('GET', `history/${entry?.id}`))
    expect([whole.before, whole.after]).toEqual([
      { about: 'filter', text: kids },
      { about: 'filter', text },
    ])
    expect((await save(kids, digest(text))).status).toBe(200)
    expect((await read()).text).toBe(kids)
  })

  it('a first configuration can be made, and taken away again', async () => {
    await open(null)
    const { text, hash } = await read()
    expect(text).toBe('')
    expect((await save(kids, hash)).status).toBe(200)
    expect((await save('', digest(kids))).status).toBe(200)
    expect((await read()).text).toBe('')
  })

  it('what was changed meanwhile is a conflict with both, whichever way the base is said', async () => {
    const { hash } = await read()
    const theirs = kids.replace('192.168.1.20', '192.168.1.21')
    expect((await save(theirs, hash)).status).toBe(200)
    const mine = kids.replace('bad.test', 'worse.test')
    const conflict = { base: hash, mine: digest(mine), theirs: { hash: digest(theirs), text: theirs } }
    expect(await value(await save(mine, hash), 409)).toMatchObject({
      type: '/problems/plan/conflict',
      filter: conflict,
    })
    const operation = { operation: 'filter', text: mine }
    const byHeader = await owner.ask('POST', `${at}/plans`, { operation }, { 'If-Match': `"${hash}"` })
    expect(await value(byHeader, 412)).toMatchObject({ type: '/problems/plan/conflict', filter: conflict })
    expect(await value(await owner.ask('POST', `${at}/plans`, { operation }), 428)).toMatchObject({
      errors: [{ pointer: '/operation/base' }],
    })
    const right = await owner.ask('POST', `${at}/plans`, { operation }, { 'If-Match': `"${digest(theirs)}"` })
    expect(right.status).toBe(200)
    expect((await read()).text).toBe(theirs)
  })

  it('a plan is void when somebody writes between it and its job', async () => {
    const { hash } = await read()
    const mine = { operation: 'filter', base: hash, text: kids.replace('bad.test', 'worse.test') }
    const { plan } = await value<Plan>(await owner.ask('POST', `${at}/plans`, { operation: mine }))
    const theirs = kids.replace('Tablet', 'Old tablet')
    expect((await save(theirs, hash)).status).toBe(200)
    const late = await owner.ask('POST', `${at}/jobs`, { plan, operation: mine, accept: [] })
    expect(await value(late, 409)).toMatchObject({ filter: { theirs: { text: theirs } } })
    expect((await read()).text).toBe(theirs)
  })

  it.each([
    ['no JSON', '{', '', 'This is not JSON'],
    ['a list', '[]', '', 'a list'],
    ['what the app refuses', '{"profiles":null}', '/profiles', 'null'],
    ['a switch that is a text', '{"enableBlocking":"yes"}', '/enableBlocking', 'true or false'],
    [
      'a time no one can read',
      '{"profiles":{"kids":{"schedule":{"mon":{"allDay":false,"start":"24:00","end":"07:00"}}}}}',
      '/profiles/kids/schedule/mon',
      'Write a time of day',
    ],
    [
      'a day that is no window',
      '{"profiles":{"kids":{"schedule":{"mon":{"windows":[]}}}}}',
      '/profiles/kids/schedule/mon',
      'a window or a list of windows',
    ],
  ])('%s is refused, and nothing is sent', async (_, text, pointer, detail) => {
    const { hash } = await read()
    const calls = server.log.length
    const problem = await value<Problem>(await save(text, hash), 422)
    expect(problem.type).toBe('/problems/plan/refused')
    expect(problem.errors?.[0]?.pointer).toContain(`/operation/text${pointer}`)
    expect(problem.errors?.[0]?.detail).toContain(detail)
    expect(server.log.slice(calls).map(({ path }) => path)).not.toContain('/api/apps/config/set')
  })

  it('what was wrong before and is not touched may stay', async () => {
    const odd = '{"profiles":{"kids":{"schedule":{"monday":{"allDay":true}}}},"clients":[]}'
    await open(odd)
    const { hash } = await read()
    const text = odd.replace('"clients":[]', '"clients":[{"name":"Tablet","ids":[],"profile":"kids"}]')
    expect((await save(text, hash)).status).toBe(200)
  })

  it('a danger that a change brings along has to be accepted, and stands in the history; one from before has not', async () => {
    const { hash } = await read()
    const text = kids.replace('"profile": "kids"', '"profile": "Kids"')
    const key = findingKey({ id: 'profile-case', name: '/clients/0/profile' })
    const operation = { operation: 'filter', base: hash, text }
    const plan = await value<Plan>(await owner.ask('POST', `${at}/plans`, { operation }))
    const danger = {
      id: 'profile-case',
      severity: 'danger',
      title: expect.stringContaining('spelled “kids”, not “Kids”') as string,
      reason: 'Where: the profile of the client “Tablet”.',
    }
    expect(plan.findings.filter(({ severity }) => severity === 'danger')).toMatchObject([danger])
    expect(await value(await save(text, hash), 422)).toMatchObject({
      type: '/problems/plan/not-accepted',
      errors: [{ pointer: '/accept', detail: expect.stringContaining(key.trim()) as string }],
    })
    expect(await value(await save(text, hash, owner, [key.replace('0', '1')]), 422)).toMatchObject({
      type: '/problems/plan/not-accepted',
    })
    expect((await read()).text).toBe(kids)
    expect((await save(text, hash, owner, [key])).status).toBe(200)
    const [entry] = await value<HistoryEntry[]>(await owner.ask('GET', 'history'))
    expect(entry?.accepted).toMatchObject([danger])
    const next = text.replace('bad.test', 'worse.test')
    expect((await save(next, digest(text))).status).toBe(200)
    const [later] = await value<HistoryEntry[]>(await owner.ask('GET', 'history'))
    expect(later?.accepted).toEqual([])
  })

  it('who may view may not write, and who may nothing sees nothing', async () => {
    const id = at.split('/')[1] ?? ''
    const viewer = await person(panel, 'vic', [{ connection: id, zone: '*', right: 'view' }])
    const editor = await person(panel, 'eve', [{ connection: id, zone: '*', right: 'edit' }])
    const zoneOnly = await person(panel, 'zoe', [{ connection: id, zone: 'example.com', right: 'full' }])
    const { hash } = await read()
    expect((await viewer.ask('GET', at)).status).toBe(200)
    expect((await save('{}', hash, viewer)).status).toBe(403)
    expect((await zoneOnly.ask('GET', at)).status).toBe(404)
    expect((await save('{}', hash, editor)).status).toBe(200)
  })

  it('lists are read again without a change, whatever somebody writes meanwhile', async () => {
    const operation = { operation: 'filter-refresh' }
    const { plan } = await value<Plan>(await owner.ask('POST', `${at}/plans`, { operation }))
    const theirs = kids.replace('bad.test', 'worse.test')
    expect((await save(theirs, digest(kids))).status).toBe(200)
    const job = await value<Job>(await owner.ask('POST', `${at}/jobs`, { plan, operation, accept: [] }))
    expect(job).toMatchObject({ state: 'done', reloaded: true })
    expect((await read()).text).toBe(theirs)
  })

  it('fifty thousand rules go through, and come back as they were', { timeout: 60_000 }, async () => {
    const profiles = Object.fromEntries(
      Array.from({ length: 200 }, (_, p) => [
        `profile ${p}`,
        { customRules: Array.from({ length: 250 }, (_, r) => `rule-${p}-${r}.example.com`), allowList: [] },
      ]),
    )
    const clients = Array.from({ length: 2000 }, (_, c) => ({
      name: `Client ${c}`,
      ids: [`10.${c >> 8}.${c & 255}.1`],
      profile: `profile ${c % 200}`,
    }))
    const { hash } = await read()
    const text = JSON.stringify({ enableBlocking: true, profiles, clients }, null, 2)
    expect(text.length).toBeGreaterThan(1_800_000)
    expect((await save(text, hash)).status).toBe(200)
    expect((await read()).hash).toBe(digest(text))
    const [entry] = await value<HistoryEntry[]>(await owner.ask('GET', 'history'))
    expect(JSON.stringify(entry).length).toBeLessThan(1000)
    const whole = await value<HistoryEntry>(await owner.ask('GET', `history/${entry?.id}`))
    expect(whole.after).toEqual({ about: 'filter', text })
    const next = text.replace('rule-7-7.example.com', 'other.example.com')
    expect((await save(next, digest(text))).status).toBe(200)
  })
})
