import { abortAllDurableObjects, runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test'
import type { NewShare, Share, ShareBadge, SharedView, ShareSession } from '@zonedeck/shared/share'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import document from '../../../openapi.json' with { type: 'json' }
import { makeApp } from '../../app.ts'
import { emptyPanel, origin, person, type Browser, type Panel } from '../../http/test-panel.ts'
import { simulate, type TechnitiumSimulator } from '../../providers/technitium/simulator.ts'

const token = 'a-token-of-the-administrator'
const url = 'http://127.0.0.1:5380'
const day = 24 * 3_600_000
// Passcodes are hashed slowly, on purpose.
vi.setConfig({ testTimeout: 30_000 })

let server: TechnitiumSimulator
let answers: boolean
/** What the server was asked of its statistics, with all parameters. */
let questions: string[]
let panel: Panel
let owner: Browser
let home: string
/** Everyone else: no cookie at all. */
let visitor: Browser

beforeEach(async () => {
  server = simulate({ version: '15.2', admin: { password: 'secret', token } })
  answers = true
  questions = []
  panel = await emptyPanel({
    internet: async (request) => {
      if (!answers) throw new TypeError('connection refused')
      if (new URL(request.url).pathname === '/api/dashboard/stats/get') {
        questions.push(`${request.url} ${await request.clone().text()}`)
      }
      return server.fetch(request)
    },
  })
  owner = await person(panel, 'ada', 'owner')
  visitor = panel.browser()
  const input = { name: 'Home', provider: 'technitium', url, credentials: { token } }
  home = ((await (await owner.ask('POST', 'connections', input)).json()) as { id: string }).id
})

afterEach(() => {
  vi.useRealTimers()
})

async function value<T>(response: Response, status = 200): Promise<T> {
  const text = await response.text()
  expect(`${response.status} ${text}`).toMatch(new RegExp(`^${status} `))
  return JSON.parse(text) as T
}

const input = (more: object = {}) => ({
  title: 'Our network',
  connections: [home],
  tiles: ['totals', 'series', 'types', 'protocols', 'clients', 'domains', 'blocked-domains', 'gauges'],
  range: { kind: 'hour' },
  policy: { clients: 'hidden', domains: 'hidden' },
  ...more,
})

const make = async (more: object = {}, who = owner) =>
  value<NewShare>(await who.ask('POST', 'shares', input(more)), 201)

const open = (link: string, passcode?: string, who = visitor) =>
  who.ask('POST', '/api/share/session', passcode === undefined ? { token: link } : { token: link, passcode })

const session = async (link: string, passcode?: string) =>
  (await value<ShareSession>(await open(link, passcode))).session

const look = (key: string, who = visitor) =>
  who.ask('GET', '/api/share/view', undefined, { Authorization: `Bearer ${key}` })

const shares = async (who = owner) => value<Share[]>(await who.ask('GET', 'shares'))

describe('a link to statistics', () => {
  it('shows what its preview showed, to anyone who has it', async () => {
    const preview = await value<SharedView>(await owner.ask('POST', 'shares/preview', input()))
    const { share, token: link, badge } = await make()
    expect(share).toMatchObject({ title: 'Our network', createdBy: 'ada', views: 0, state: 'open', passcode: false })
    expect([badge, Date.parse(share.expiresAt) - panel.clock.now]).toEqual([null, 7 * day])
    const view = await value<SharedView>(await look(await session(link)))
    expect({ ...view, expiresAt: null }).toEqual(preview)
    expect(view.servers[0]?.name).toBe('Home')
    expect((await shares())[0]).toMatchObject({ views: 1, lastViewAt: new Date(panel.clock.now).toISOString() })
  })

  it('names a server that does not answer, in the page, its preview and the badge', async () => {
    const { token: link, badge } = await make({ badge: true })
    const key = await session(link)
    answers = false
    const view = await value<SharedView>(await look(key))
    expect(view.servers).toEqual([{ name: 'Home', readAt: null }])
    expect(await value<SharedView>(await owner.ask('POST', 'shares/preview', input()))).toMatchObject({
      servers: [{ readAt: null }],
    })
    const numbers = await value<ShareBadge>(await visitor.ask('GET', `/badge/${badge}.json`))
    expect(numbers).toMatchObject({ queries: null, blockedPercent: null, servers: { answering: 0, all: 1 } })
  })

  it('[T1] [C4] its token is kept nowhere and is in no line of the log', async () => {
    const { token: link, badge } = await make({ badge: true })
    const key = await session(link)
    await look(key)
    await visitor.ask('GET', `/badge/${badge}.json`)
    const tables = await panel.env.DB.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all<{
      name: string
    }>()
    const dump: unknown[] = []
    for (const { name } of tables.results) {
      if (name.startsWith('_cf')) continue
      dump.push(await panel.env.DB.prepare(`SELECT * FROM "${name}"`).all())
    }
    const everything = JSON.stringify([dump, panel.logged, await shares()])
    for (const secret of [link, key, badge]) expect(everything).not.toContain(secret)
    expect(link).toHaveLength(43)
  })

  it('[T3] asks for a passcode, tells a wrong one from a missing one, and holds guessers back', async () => {
    const { token: link } = await make({ passcode: 'open sesame' })
    expect(await value(await open(link), 401)).toMatchObject({ type: '/problems/share/passcode-needed' })
    expect(await value(await open(link, 'sesame'), 401)).toMatchObject({ type: '/problems/share/passcode-wrong' })
    expect((await open(link, 'open sesame')).status).toBe(200)
    for (let guess = 0; guess < 5; guess++) await open(link, `guess ${guess}`)
    expect(await value(await open(link, 'open sesame'), 429)).toMatchObject({
      detail: 'Try again in 60 seconds.',
      retryAfter: 60,
    })
    panel.clock.now += 61_000
    expect((await open(link, 'open sesame')).status).toBe(200)
    expect((await shares())[0]?.views).toBe(2)
  })

  it('[T3] who knows the passcode gives no tries back to who guesses it', async () => {
    const { token: link } = await make({ passcode: 'open sesame' })
    const statuses: number[] = []
    for (let guess = 0; guess < 6; guess++) {
      statuses.push((await open(link, `guess ${guess}`)).status, (await open(link, 'open sesame')).status)
    }
    expect(statuses).toEqual([401, 200, 401, 200, 401, 200, 401, 200, 401, 429, 429, 429])
  })

  it('[T3] of fifty guesses at once five are looked at', async () => {
    const { token: link } = await make({ passcode: 'open sesame' })
    const guesses = await Promise.all(Array.from({ length: 50 }, (_, guess) => open(link, `guess ${guess}`)))
    expect(guesses.filter(({ status }) => status === 401)).toHaveLength(5)
    expect((await shares())[0]?.views).toBe(0)
  })

  it('[T6] what opens nothing is held back by itself: nobody is kept from signing in', async () => {
    const { token: link } = await make()
    const key = await session(link)
    const statuses = new Set<number>()
    for (let miss = 0; miss < 40; miss++) {
      statuses.add((await open('no-such-token')).status)
      statuses.add((await look('no-such-session')).status)
      statuses.add((await visitor.ask('GET', `/badge/no-such-badge-${'x'.repeat(20)}.json`)).status)
    }
    expect(statuses).toEqual(new Set([401, 404, 429]))
    const wrong = { name: 'ada', password: 'not the password of ada' }
    expect((await visitor.ask('POST', 'session', wrong)).status).toBe(401)
    expect([(await open(link)).status, (await look(key)).status]).toEqual([200, 200])
  })

  it('[T3] ends at its time, for those as well who have it open', async () => {
    const { token: link } = await make({ days: 1 })
    panel.clock.now += day - 60_000
    const key = await session(link)
    expect((await look(key)).status).toBe(200)
    panel.clock.now += 60_000
    expect((await look(key)).status).toBe(401)
    expect(await value(await open(link), 404)).toMatchObject({ type: '/problems/share/ended' })
    owner = await person(panel, 'eve', 'owner')
    expect((await shares())[0]?.state).toBe('expired')
    panel.clock.now += 31 * day
    owner = await person(panel, 'zoe', 'owner')
    await make()
    expect(await shares()).toHaveLength(1)
  })

  it('[T3] a session lasts an hour', async () => {
    const { token: link } = await make()
    const key = await session(link)
    panel.clock.now += 3_600_000 - 1
    expect((await look(key)).status).toBe(200)
    panel.clock.now += 1
    expect((await look(key)).status).toBe(401)
  })

  it('[T3] may be opened as often as agreed, and who opened it in time goes on seeing it', async () => {
    const { token: link } = await make({ views: 2 })
    const answers = await Promise.all([1, 2, 3, 4].map(() => open(link)))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 404, 404])
    const { session: key } = (await answers.find(({ ok }) => ok)?.json()) as ShareSession
    expect((await look(key)).status).toBe(200)
    expect((await shares())[0]).toMatchObject({ views: 2, maxViews: 2, state: 'used-up' })
  })

  it('[T3] is taken back within one request', async () => {
    const { share, token: link } = await make({ badge: true })
    const key = await session(link)
    expect((await owner.ask('DELETE', `shares/${share.id}`)).status).toBe(204)
    expect((await look(key)).status).toBe(401)
    expect((await open(link)).status).toBe(404)
    expect(await shares()).toEqual([])
    expect((await owner.ask('DELETE', `shares/${share.id}`)).status).toBe(404)
  })

  it('shows nothing when its maker may no longer share one of its servers, and goes with its maker', async () => {
    const maker = await person(panel, 'mia', [{ connection: home, zone: '*', right: 'edit' }])
    const { token: link } = await make({}, maker)
    const key = await session(link)
    await panel.env.DB.prepare("UPDATE rights SET level = 'view' WHERE user_id = 'mia'").run()
    expect((await look(key)).status).toBe(404)
    expect((await open(link)).status).toBe(404)
    expect((await shares())[0]?.state).toBe('orphaned')
    await panel.env.DB.prepare("DELETE FROM users WHERE id = 'mia'").run()
    expect(await shares()).toEqual([])
  })

  it('shows nothing once one of its servers is not connected any more, whatever was kept of it', async () => {
    const { share, token: link, badge } = await make({ badge: true })
    const key = await session(link)
    expect((await look(key)).status).toBe(200)
    expect((await visitor.ask('GET', `/badge/${badge}.json`)).status).toBe(200)
    expect((await owner.ask('DELETE', `connections/${home}`)).status).toBe(204)
    expect((await look(key)).status).toBe(404)
    expect((await open(link)).status).toBe(404)
    expect((await visitor.ask('GET', `/badge/${badge}.json`)).status).toBe(404)
    expect(await shares()).toMatchObject([{ id: share.id, state: 'server-gone' }])
    expect((await owner.ask('DELETE', `shares/${share.id}`)).status).toBe(204)
  })

  it('is made and ended only by who may edit there', async () => {
    const viewer = await person(panel, 'vic', [{ connection: home, zone: '*', right: 'view' }])
    const stranger = await person(panel, 'sid', [{ connection: 'con_other', zone: '*', right: 'full' }])
    expect((await viewer.ask('POST', 'shares', input())).status).toBe(403)
    expect((await stranger.ask('POST', 'shares/preview', input())).status).toBe(404)
    const { share } = await make()
    expect([await shares(viewer), await shares(stranger)]).toEqual([[], []])
    expect((await viewer.ask('DELETE', `shares/${share.id}`)).status).toBe(404)
  })

  it('[A7] needs a fresh authentication', async () => {
    panel.clock.now += 6 * 60_000
    expect(await value(await owner.ask('POST', 'shares', input()), 403)).toMatchObject({
      type: '/problems/auth/confirm-needed',
    })
  })

  it.each([
    [{ days: 91 }, '/days'],
    [{ title: ' ' }, '/title'],
    [{ connections: [] }, '/connections'],
    [{ tiles: ['totals', 'totals'] }, '/tiles'],
    [{ policy: { clients: 'full', domains: 'hidden' } }, '/policy/clients'],
    [{ policy: { clients: 'hidden', domains: 'common', atLeast: 1 } }, '/policy/atLeast'],
    [{ passcode: 'abc' }, '/passcode'],
    [{ range: { kind: 'custom', from: '2026-11-02T00:00:00Z', to: '2026-11-01T00:00:00Z' } }, '/range/to'],
    [{ range: { kind: 'custom', from: '2020-11-01T00:00:00Z', to: '2026-11-01T00:00:00Z' } }, '/range/from'],
    [{ range: { kind: 'custom', from: '2096-11-01T00:00:00Z', to: '2096-11-02T00:00:00Z' } }, '/range/from'],
    [{ range: { kind: 'custom', from: 'yesterday', to: '2026-11-01T00:00:00Z' } }, '/range/from'],
  ])('%j is refused at its field', async (more, pointer) => {
    expect(await value(await owner.ask('POST', 'shares', input(more)), 422)).toMatchObject({ errors: [{ pointer }] })
    expect(await shares()).toEqual([])
  })
})

describe('[T6] the load of a link', () => {
  it('30 visitors through two isolates cause one call for each question in 30 seconds', async () => {
    const { token: link } = await make()
    // A second isolate: an app of its own on the same database and objects.
    const other = makeApp({ now: () => panel.clock.now, fetch: (request) => server.fetch(request) })
    const keys = await Promise.all(Array.from({ length: 30 }, () => session(link)))
    const views = await Promise.all(
      keys.map(async (key, at) =>
        at % 2 === 0
          ? await look(key)
          : await other.request(`${origin}/api/share/view`, { headers: { Authorization: `Bearer ${key}` } }, panel.env),
      ),
    )
    expect(views.map(({ status }) => status)).toEqual(keys.map(() => 200))
    const first = questions.length
    // This range and the one before it.
    expect(new Set(questions).size).toBe(first)
    expect(first).toBeLessThanOrEqual(2)
    // The object is put away and comes back: it still knows.
    await abortAllDurableObjects()
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 25_000 })
    await look(keys[0] ?? '')
    expect(questions.length).toBe(first)
    vi.setSystemTime(Date.now() + 10_000)
    await look(keys[0] ?? '')
    expect(questions.length).toBe(2 * first)
  })

  it('what was kept of a server is deleted soon, whatever else of it is looked at', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.UTC(2031, 0, 8, 12) })
    panel.clock.now = Date.now()
    owner = await person(panel, 'zoe', 'owner')
    const cache = panel.env.STATS_CACHE.getByName(home) as never
    const kept = () =>
      runInDurableObject(cache, async (_, { storage }) => [
        (await storage.list()).size,
        ((await storage.getAlarm()) ?? Number.NaN) - Date.now(),
      ])
    const preview = async (range: object) =>
      value<SharedView>(await owner.ask('POST', 'shares/preview', input({ range })))
    for (const at of [1, 2, 3]) {
      await preview({ kind: 'custom', from: `2031-01-0${at}T00:00:00Z`, to: `2031-01-0${at + 1}T00:00:00Z` })
    }
    expect(await kept()).toEqual([3, 5 * 60_000])
    vi.setSystemTime(Date.now() + 4.9 * 60_000)
    panel.clock.now = Date.now()
    await preview({ kind: 'hour' })
    vi.setSystemTime(Date.now() + 6_000)
    await runDurableObjectAlarm(cache)
    expect(await kept()).toEqual([1, 5 * 60_000])
    vi.setSystemTime(Date.now() + 5 * 60_000)
    await runDurableObjectAlarm(cache)
    expect(await kept()).toEqual([0, Number.NaN])
  })

  it('more than two hundred looks a minute are held back', async () => {
    const { token: link, badge } = await make({ badge: true })
    const key = await session(link)
    const statuses = new Set<number>()
    for (let count = 0; count < 210; count++) statuses.add((await look(key)).status)
    expect(statuses).toEqual(new Set([200, 429]))
    expect((await visitor.ask('GET', `/badge/${badge}.json`)).status).toBe(200)
    panel.clock.now += 61_000
    expect((await look(key)).status).toBe(200)
  })
})

describe('[T2] what a session of a link opens', () => {
  it('is its page and nothing else of the API, under any id', async () => {
    const { share, token: link } = await make()
    const key = await session(link)
    const ids: Record<string, string[]> = { connection: [home], share: [share.id], zone: ['example.com', '@'] }
    const wrong: string[] = []
    for (const [path, methods] of Object.entries(document.paths as Record<string, Record<string, Operation>>)) {
      for (const [method, operation] of Object.entries(methods)) {
        const name = /\{(\w+)\}/.exec(path)?.[1]
        for (const id of name === undefined ? [''] : (ids[name] ?? ['nothing', home])) {
          const target = path.replace(/\{(\w+)\}/g, (_, one: string) =>
            one === name ? id : (ids[one]?.[0] ?? 'nothing'),
          )
          const answer = await panel
            .browser(`__Host-sid=${key}`)
            .ask(method.toUpperCase(), target, operation.requestBody === undefined ? undefined : {}, {
              Authorization: `Bearer ${key}`,
            })
          const isOpen = operation['x-needs'] === 'anonymous'
          if (operation['x-needs'] === 'link') expect(answer.status).toBe(200)
          else if (isOpen ? answer.status >= 500 : ![401, 404].includes(answer.status)) {
            wrong.push(`${method} ${target}: ${answer.status}`)
          }
          // What anyone may ask tells nothing more to who has a session.
          if (isOpen && !target.startsWith('/api/share/')) {
            const anyone = await panel
              .browser()
              .ask(method.toUpperCase(), target, operation.requestBody === undefined ? undefined : {})
            if (anyone.status !== answer.status)
              wrong.push(`${method} ${target}: ${answer.status}, not ${anyone.status}`)
          }
        }
      }
    }
    expect(wrong).toEqual([])
  })

  it('cannot be exchanged for a session of the panel, nor the other way round', async () => {
    const { token: link } = await make()
    expect((await look(owner.cookie.replace('__Host-sid=', ''))).status).toBe(401)
    expect((await panel.browser(`__Host-sid=${link}`).ask('GET', 'session')).status).toBe(401)
    expect((await look(link)).status).toBe(401)
  })

  it('[T4] is not kept, not indexed and not sent anywhere', async () => {
    const { token: link, badge } = await make({ badge: true })
    const opened = await open(link)
    const view = await look(await session(link))
    const pictured = await visitor.ask('GET', `/badge/${badge}.svg`)
    for (const { headers } of [opened, view, pictured]) {
      expect(headers.get('Cache-Control')).toBe('no-store')
      expect(headers.get('X-Robots-Tag')).toBe('noindex')
    }
    expect([opened.headers.get('Set-Cookie'), view.headers.get('Access-Control-Allow-Origin')]).toEqual([null, null])
  })
})

describe('a badge', () => {
  it('has totals only, for any page', async () => {
    const { share, badge, token: link } = await make({ badge: true })
    const response = await visitor.ask('GET', `/badge/${badge}.json`)
    expect(response.headers.get('Access-Control-Allow-Origin')).toBe('*')
    expect(response.headers.get('Cross-Origin-Resource-Policy')).toBe('cross-origin')
    const content = await value<ShareBadge>(response)
    expect(Object.keys(content).sort()).toEqual(
      ['at', 'blocked', 'blockedPercent', 'queries', 'range', 'servers', 'title'].sort(),
    )
    expect(content.servers).toEqual({ answering: 1, all: 1 })
    const svg = await visitor.ask('GET', `/badge/${badge}.svg`)
    expect(svg.headers.get('Content-Type')).toBe('image/svg+xml; charset=utf-8')
    expect(await svg.text()).toMatch(/^<svg [^>]*aria-label="blocked this hour: (\d+\.\d %|not known)">/)
    // It counts as no view, opens no page, and a link opens no badge.
    expect((await shares())[0]?.views).toBe(0)
    expect((await open(badge ?? '')).status).toBe(404)
    expect((await visitor.ask('GET', `/badge/${link}.json`)).status).toBe(404)
    await owner.ask('DELETE', `shares/${share.id}`)
    expect((await visitor.ask('GET', `/badge/${badge}.svg`)).status).toBe(404)
  })
})

interface Operation {
  'x-needs': unknown
  requestBody?: object
}
