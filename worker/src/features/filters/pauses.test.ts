import { abortAllDurableObjects, runDurableObjectAlarm } from 'cloudflare:test'
import type { FilterContent, Pause, PauseTarget } from '@zonedeck/shared/content-filter'
import { compileConfig } from '@zonedeck/shared/filter/compile'
import { editConfig } from '@zonedeck/shared/filter/edit'
import { explain } from '@zonedeck/shared/filter/explain'
import { readConfig } from '@zonedeck/shared/filter/read-config'
import type { HistoryEntry, Job, Plan } from '@zonedeck/shared/job'
import { findingKey } from '@zonedeck/shared/plan/keys'
import type { Problem } from '@zonedeck/shared/problem'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { emptyPanel, person, type Browser, type Panel } from '../../http/test-panel.ts'
import { simulate as simulateWebUi } from '../../providers/content-filter/simulator.ts'
import { simulate as simulateTechnitium } from '../../providers/technitium/simulator.ts'

const minute = 60_000
const begin = Date.UTC(2096, 10, 23, 12)
const token = 'a-token-of-the-administrator'

const family = {
  enableBlocking: true,
  defaultProfile: 'kids',
  profiles: {
    kids: { blockedServices: ['youtube', 'tiktok'], customRules: ['bad.test'], allowList: ['good.test'] },
    work: { customRules: ['games.test'], allowList: [] },
  },
  clients: [
    { name: 'Tablet', ids: ['10.0.0.1'], profile: 'kids' },
    { name: 'Laptop', ids: ['10.0.0.2'], profile: 'work' },
  ],
  blockLists: [],
  _kept: { by: 'another tool' },
}
/** In no layout that anybody would choose. */
const written = JSON.stringify(family, null, 3).replace('"bad.test"', '  "bad.test"  ')
const tablet = { name: 'Tablet', ids: ['10.0.0.1'] }
const everything: PauseTarget = { kind: 'everything' }
const youtube: PauseTarget = { kind: 'domain', domain: 'youtube.com', for: { kind: 'client', client: tablet } }

interface Server {
  provider: string
  input: object
  fetch: (request: Request) => Promise<Response>
  text: () => Promise<string>
  restart?: () => void
}

function technitium(): Server {
  const simulator = simulateTechnitium({
    ...{ version: '15.2', admin: { password: 'secret', token }, filter: { name: 'Family', config: written } },
    now: Date.now,
  })
  const input = { provider: 'technitium', url: 'http://127.0.0.1:5380', credentials: { token } }
  const get = () =>
    new Request('http://127.0.0.1:5380/api/apps/config/get?name=Family', {
      headers: { Authorization: `Bearer ${token}` },
    })
  return {
    ...{ provider: 'technitium', input, fetch: (request: Request) => simulator.fetch(request) },
    restart: simulator.restart,
    text: async () => {
      const answer: unknown = await (await simulator.fetch(get())).json()
      return (answer as { response: { config: string } }).response.config
    },
  }
}

function webUi(shape: 'classic' | 'merged'): Server {
  const simulator = simulateWebUi({ shape, config: written, now: Date.now })
  const input = { provider: 'content-filter', url: 'http://127.0.0.1:8000', credentials: {} }
  return {
    ...{ provider: `content-filter, ${shape}`, input, fetch: (request: Request) => simulator.fetch(request) },
    text: () => Promise.resolve(simulator.file.text ?? ''),
  }
}

let server: Server
let panel: Panel
let owner: Browser
let id: string
let at: string
/** The server does not answer. */
let down = false
/** What stands before an answer. */
let between: (request: Request) => void | Promise<void>

async function open(make: () => Server = technitium): Promise<void> {
  vi.useFakeTimers({ toFake: ['Date'], now: begin })
  down = false
  between = () => undefined
  server = make()
  const internet = async (request: Request) => {
    if (down) throw new Error('Nobody answers.')
    await between(request)
    return server.fetch(request)
  }
  panel = await emptyPanel({ internet })
  panel.clock.now = begin
  owner = await person(panel, 'ada', 'owner')
  ;({ id } = await value<{ id: string }>(
    await owner.ask('POST', 'connections', { name: 'Home', ...server.input }),
    201,
  ))
  at = `connections/${id}/filter`
}

beforeEach(() => open())
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

async function value<T>(response: Response, status = 200): Promise<T> {
  const text = await response.text()
  expect(`${response.status} ${text}`).toMatch(new RegExp(`^${status} `))
  return JSON.parse(text) as T
}

const start = async (target: PauseTarget, minutes = 15) =>
  value<Pause>(await owner.ask('POST', `${at}/pauses`, { target, seconds: minutes * 60 }))
const end = async (pause: Pause, status = 200) =>
  value<Pause>(await owner.ask('DELETE', `${at}/pauses/${pause.id}`), status)
const read = async () => value<FilterContent>(await owner.ask('GET', at))
const list = async () => value<Pause[]>(await owner.ask('GET', `${at}/pauses`))
const notes = async () =>
  (await value<HistoryEntry[]>(await owner.ask('GET', 'history')))
    .map(
      ({ actor, operation }) =>
        `${actor}: ${operation !== undefined && 'note' in operation ? operation.note : operation?.operation}`,
    )
    .toReversed()

/** What is done at one moment has no order in the history. */
function tick(): void {
  panel.clock.now += 1
  vi.setSystemTime(panel.clock.now)
}

/** Time passes, and nobody looks. The alarm rings when it is due, and says whether it was. */
async function pass(minutes: number): Promise<boolean> {
  panel.clock.now += minutes * minute
  vi.setSystemTime(panel.clock.now)
  return runDurableObjectAlarm(panel.env.FILTER_PAUSES.getByName(id))
}

/** Whom a name is blocked for. */
async function blocked(name: string): Promise<string[]> {
  const { config } = readConfig(await server.text())
  if (config === null) throw new Error('The app refuses it.')
  const compiled = compileConfig(config, new Map())
  const addresses = { tablet: '10.0.0.1', laptop: '10.0.0.2', other: '10.9.9.9' }
  return Object.entries(addresses).flatMap(([who, client]) =>
    explain(compiled, { client, name, type: 'A', time: 0 }).verdict === 'block' ? who : [],
  )
}

/** Somebody else saves something. */
async function saveOther(edit: (text: string) => string): Promise<void> {
  tick()
  const { text, hash } = await read()
  const operation = { operation: 'filter', base: hash, text: edit(text), note: 'Other' }
  const { plan, findings } = await value<Plan>(await owner.ask('POST', `${at}/plans`, { operation }))
  const accept = findings.filter(({ severity }) => severity === 'danger').map(findingKey)
  const job = await value<Job>(await owner.ask('POST', `${at}/jobs`, { plan, operation, accept }))
  expect(job.state).toBe('done')
  tick()
}

describe.each([technitium, () => webUi('classic'), () => webUi('merged')])('over %#', (make) => {
  beforeEach(() => open(make))

  it.each<[string, PauseTarget, string[]]>([
    ['everything', everything, []],
    ['a profile', { kind: 'profile', profile: 'kids' }, []],
    ['a client', { kind: 'client', client: tablet }, ['other']],
    ['a domain for a client', youtube, ['other']],
    ['a domain for a profile', { ...youtube, for: { kind: 'profile', profile: 'kids' } }, []],
  ])('%s: before, while it lasts, and after it ended by itself', async (_, target, youtubeBlocked) => {
    const before = await server.text()
    expect(await blocked('www.youtube.com')).toEqual(['tablet', 'other'])
    const pause = await start(target)
    expect(pause).toMatchObject({
      target,
      by: 'ada',
      state: 'running',
      until: new Date(begin + 15 * minute).toISOString(),
    })
    expect(await blocked('www.youtube.com')).toEqual(youtubeBlocked)
    expect((await read()).pauses).toEqual([pause])
    expect(await pass(14)).toBe(true)
    expect(await blocked('www.youtube.com')).toEqual(youtubeBlocked)
    await pass(1)
    expect(await blocked('www.youtube.com')).toEqual(['tablet', 'other'])
    expect(JSON.parse(await server.text())).toEqual(JSON.parse(before))
    if (server.provider === 'technitium') expect(await server.text()).toBe(before)
    expect(await list()).toEqual([])
    const [started, ended] = await notes()
    expect(started).toMatch(/^ada: .* for 15 min$/)
    expect(ended).toMatch(/^Pause by ada: .*: ended by itself$/)
  })

  it('two at once end in any order', async () => {
    const before = await server.text()
    await start(everything, 5)
    const grant = await start(youtube, 60)
    await pass(5)
    expect(await blocked('www.youtube.com')).toEqual(['other'])
    await start({ kind: 'client', client: tablet }, 60)
    expect(await blocked('bad.test')).toEqual(['other'])
    await end(grant)
    expect(await blocked('bad.test')).toEqual(['other'])
    await pass(60)
    expect(await blocked('bad.test')).toEqual(['tablet', 'other'])
    expect(JSON.parse(await server.text())).toEqual(JSON.parse(before))
  })

  it('what somebody else saves meanwhile survives', async () => {
    await start(youtube)
    await saveOther((text) =>
      editConfig(text, [{ op: 'insert', path: ['profiles', 'kids', 'customRules', 1], value: 'more.test' }]),
    )
    await pass(15)
    expect(JSON.parse(await server.text())).toEqual({
      ...family,
      profiles: { ...family.profiles, kids: { ...family.profiles.kids, customRules: ['bad.test', 'more.test'] } },
    })
    expect(await list()).toEqual([])
  })
})

describe('the copy of a profile that a domain is let through by', () => {
  const block = (profile: string, name: string) => (text: string) =>
    editConfig(text, [{ op: 'insert', path: ['profiles', profile, 'customRules', 1], value: name }])

  it('follows the profile, once somebody saved it', async () => {
    await start(youtube, 20)
    await saveOther(block('kids', 'more.test'))
    expect(await blocked('more.test')).toEqual(['other'])
    expect(await pass(0)).toBe(true)
    expect(await blocked('more.test')).toEqual(['tablet', 'other'])
    expect(await blocked('www.youtube.com')).toEqual(['other'])
    expect((await notes()).slice(1)).toEqual([
      'ada: Other',
      'Pauses: Follow the changed profile in what is let through for a client',
    ])
    expect(await list()).toMatchObject([{ state: 'running' }])
    await pass(20)
    const kids = { ...family.profiles.kids, customRules: ['bad.test', 'more.test'] }
    expect(JSON.parse(await server.text())).toEqual({ ...family, profiles: { ...family.profiles, kids } })
    expect(await list()).toEqual([])
  })

  it('is not written again for what is none of its own', async () => {
    await start(youtube, 20)
    await saveOther(block('work', 'more.test'))
    await saveOther((text) => editConfig(text, [{ op: 'set', path: ['profiles', 'guests'], value: {} }]))
    await pass(0)
    expect(await notes()).toHaveLength(3)
    expect(await blocked('www.youtube.com')).toEqual(['other'])
    await pass(20)
    const { work } = family.profiles
    const profiles = { ...family.profiles, work: { ...work, customRules: ['games.test', 'more.test'] }, guests: {} }
    expect(JSON.parse(await server.text())).toEqual({ ...family, profiles })
  })

  it('follows when a server answers again that did not, and never past its end', async () => {
    await start(youtube, 5)
    await saveOther(block('kids', 'more.test'))
    down = true
    await pass(0)
    down = false
    await pass(1)
    expect(await blocked('more.test')).toEqual(['tablet', 'other'])
    await saveOther(block('kids', 'another.test'))
    down = true
    await pass(4)
    down = false
    await pass(20)
    expect(await list()).toEqual([])
    expect(await blocked('www.youtube.com')).toEqual(['tablet', 'other'])
    expect(await blocked('another.test')).toEqual(['tablet', 'other'])
  })

  it('ends at once, and says so, when the profile is gone', async () => {
    await start(youtube, 20)
    await saveOther((text) => editConfig(text, [{ op: 'remove', path: ['profiles', 'kids'] }]))
    await pass(0)
    expect(await list()).toMatchObject([
      { state: 'ended', trouble: expect.stringContaining('“kids”, which is no longer there') as string },
    ])
    expect(Object.keys((JSON.parse(await server.text()) as typeof family).profiles)).toEqual(['work'])
  })
})

it('says whom it leaves without a filter, and what they have otherwise', async () => {
  const { clients, everyoneElse } = await start({ kind: 'profile', profile: 'kids' })
  expect([clients, everyoneElse]).toEqual([[{ ...tablet, profile: 'kids' }], true])
  vi.setSystemTime((panel.clock.now += 1000))
  const one = await start({ kind: 'client', client: { name: 'Laptop', ids: ['10.0.0.2'] } })
  expect([one.clients, one.everyoneElse]).toEqual([[{ name: 'Laptop', ids: ['10.0.0.2'], profile: 'work' }], false])
  expect((await list()).map((pause) => pause.clients.map(({ name }) => name))).toEqual([['Tablet'], ['Laptop']])
  expect((await end(one)).clients).toEqual([])
  const grant = await start({ ...youtube, for: { kind: 'client', client: { name: 'Laptop', ids: ['10.0.0.2'] } } })
  expect([grant.clients, grant.everyoneElse]).toEqual([[], false])
})

it.each([5, 15, 60])('lasts %i minutes to the second', async (minutes) => {
  await start(everything, minutes)
  panel.clock.now += minutes * minute - 1000
  await pass(0)
  expect(await blocked('bad.test')).toEqual([])
  panel.clock.now += 1000
  await pass(0)
  expect(await blocked('bad.test')).toEqual(['tablet', 'other'])
})

it('lasts until a time', async () => {
  const until = '2096-11-23T20:30:00+01:00'
  const pause = await value<Pause>(await owner.ask('POST', `${at}/pauses`, { target: everything, until }))
  expect(pause.until).toBe('2096-11-23T19:30:00.000Z')
  await pass(7 * 60 + 29)
  expect(await blocked('bad.test')).toEqual([])
  await pass(1)
  expect(await blocked('bad.test')).toEqual(['tablet', 'other'])
})

it('ends after a kill and a restart, with nobody there', async () => {
  await start(youtube)
  await abortAllDurableObjects()
  expect(await pass(15)).toBe(true)
  expect(await server.text()).toBe(written)
  expect(await notes()).toEqual([
    'ada: Let through youtube.com for Tablet for 15 min',
    'Pause by ada: Let through youtube.com for Tablet: ended by itself',
  ])
})

it('a kill in the middle of a start: the alarm goes on with it, and ends it in time', async () => {
  let hang = true
  between = (request) => (hang && request.url.includes('config/set') ? new Promise(() => undefined) : undefined)
  const asked = owner.ask('POST', `${at}/pauses`, { target: everything, seconds: 300 })
  await vi.waitFor(async () => expect(await list()).toMatchObject([{ state: 'starting' }]))
  await new Promise((resolve) => setTimeout(resolve, 300))
  await abortAllDurableObjects()
  await Promise.allSettled([asked])
  hang = false
  await pass(2)
  await runDurableObjectAlarm(panel.env.ZONE_WRITER.getByName(id))
  for (let i = 0; i < 3 && (await list())[0]?.state === 'starting'; i++) await pass(0.5)
  expect(await list()).toMatchObject([{ state: 'running' }])
  expect(await blocked('bad.test')).toEqual([])
  await pass(5)
  expect(await server.text()).toBe(written)
}, 60_000)

it('a new timer for the same thing takes the place of the old one', async () => {
  const first = await start(everything, 5)
  await pass(4)
  const second = await start(everything, 15)
  expect(second.id).not.toBe(first.id)
  expect((await list()).map((one) => one.id)).toEqual([second.id])
  await pass(10)
  expect(await blocked('bad.test')).toEqual([])
  await pass(5)
  expect(await server.text()).toBe(written)
})

it('is ended by hand, by whom it says', async () => {
  const pause = await start({ kind: 'profile', profile: 'kids' })
  await pass(1)
  const bob = await person(panel, 'bob', [{ connection: id, zone: '*', right: 'edit' }])
  expect(await value(await bob.ask('DELETE', `${at}/pauses/${pause.id}`))).toMatchObject({ state: 'ended' })
  expect(await server.text()).toBe(written)
  expect(await notes()).toEqual(['ada: Pause profile kids for 15 min', 'bob: Pause profile kids: ended by hand'])
  expect((await owner.ask('DELETE', `${at}/pauses/${pause.id}`)).status).toBe(404)
  expect(await pass(60)).toBe(false)
})

it('a server that fails at the end is asked again until it answers', async () => {
  await start(everything, 5)
  down = true
  await pass(5)
  expect(await list()).toMatchObject([{ state: 'ending', trouble: expect.stringContaining('No connection') as string }])
  for (let i = 0; i < 6; i++) await pass(1)
  await abortAllDurableObjects()
  await pass(20)
  expect(await list()).toMatchObject([{ state: 'ending' }])
  down = false
  expect(await pass(5)).toBe(true)
  expect(await list()).toEqual([])
  expect(await server.text()).toBe(written)
}, 30_000)

it('a server that fails at the start: it is said, nothing is paused and nothing is kept', async () => {
  down = true
  const answer = await owner.ask('POST', `${at}/pauses`, { target: everything, seconds: 300 })
  expect(await value(answer, 503)).toMatchObject({ type: '/problems/provider/unavailable' })
  down = false
  expect(await list()).toEqual([])
  expect(await server.text()).toBe(written)
  expect(await pass(5)).toBe(false)
})

it('an end by hand that the server does not take is kept, and done later', async () => {
  const pause = await start(everything)
  down = true
  expect(await end(pause, 202)).toMatchObject({ state: 'ending' })
  down = false
  await pass(1)
  expect(await server.text()).toBe(written)
  expect((await notes()).at(-1)).toBe('ada: Pause all filtering: ended by hand')
})

it('what somebody switched on again by hand is left alone, told at once, and told at the end', async () => {
  await start(everything)
  panel.clock.now += 1000
  vi.setSystemTime(panel.clock.now)
  const grant = await start(youtube)
  await saveOther((text) => editConfig(text, [{ op: 'set', path: ['enableBlocking'], value: true }]))
  const told = 'Filtering was switched on by somebody meanwhile.'
  expect((await read()).pauses).toMatchObject([{ state: 'running', trouble: told }, { state: 'running' }])
  await end(grant)
  expect(JSON.parse(await server.text())).toEqual(family)
  const [left] = await list()
  expect(left).toMatchObject({ state: 'ended', trouble: told })
  await end(left as Pause)
  expect(await list()).toEqual([])
})

it('another writer between our read and our write is not overwritten', async () => {
  let times = 0
  await start(youtube)
  between = async (request) => {
    if (times > 0 || !request.url.includes('config/get')) return
    times += 1
    const text = editConfig(await server.text(), [{ op: 'set', path: ['timeZone'], value: 'Europe/Berlin' }])
    // After what we read now.
    queueMicrotask(() => {
      const form = new URLSearchParams({ name: 'Family', config: text })
      void server.fetch(
        new Request('http://127.0.0.1:5380/api/apps/config/set', {
          ...{ method: 'POST', body: form.toString() },
          headers: {
            Authorization: `Bearer ${token}`,
            'Content-Type': 'application/x-www-form-urlencoded',
          },
        }),
      )
    })
  }
  await pass(15)
  for (let i = 0; i < 3 && (await list()).length > 0; i++) await pass(1)
  expect(times).toBe(1)
  expect(JSON.parse(await server.text())).toEqual({ ...family, timeZone: 'Europe/Berlin' })
})

describe('the server’s own blocking', () => {
  const blocking = async () => (await read()).blocking

  it('is paused by the server itself, which ends it; the app goes on', async () => {
    const pause = await start({ kind: 'server' }, 5)
    expect(pause).toMatchObject({ state: 'running', until: new Date(begin + 5 * minute).toISOString() })
    expect(await blocking()).toMatchObject({ enabled: false, pausedUntil: expect.any(String) as string })
    expect(await server.text()).toBe(written)
    await pass(5)
    expect(await blocking()).toMatchObject({ enabled: true, pausedUntil: null })
    expect(await list()).toEqual([])
    expect(await notes()).toEqual(['ada: filter-blocking'])
  })

  it('is switched on by the panel when a restart of the server has lost the end', async () => {
    await start({ kind: 'server' }, 5)
    await pass(1)
    server.restart?.()
    expect(await blocking()).toMatchObject({ enabled: false, pausedUntil: null })
    await pass(4)
    expect(await blocking()).toMatchObject({ enabled: true })
    expect(await list()).toEqual([])
    expect(await notes()).toHaveLength(2)
  })

  it('what somebody switched off for good meanwhile stays off', async () => {
    await start({ kind: 'server' }, 5)
    for (const enableBlocking of ['true', 'false']) {
      const query = new URLSearchParams({ token, enableBlocking }).toString()
      await server.fetch(new Request(`http://127.0.0.1:5380/api/settings/set?${query}`))
    }
    await pass(5)
    expect(await blocking()).toMatchObject({ enabled: false, pausedUntil: null })
    expect(await list()).toEqual([])
  })

  it('a new timer replaces the old one, and it is ended by hand', async () => {
    await start({ kind: 'server' }, 5)
    const second = await start({ kind: 'server' }, 60)
    expect((await list()).map((one) => one.id)).toEqual([second.id])
    await pass(10)
    expect(await blocking()).toMatchObject({ enabled: false })
    await end(second)
    expect(await blocking()).toMatchObject({ enabled: true })
    expect(await list()).toEqual([])
  })

  it('is another switch than the app’s, and both can be paused', async () => {
    await start({ kind: 'server' }, 5)
    await start(everything, 15)
    await pass(5)
    expect(await blocking()).toMatchObject({ enabled: true })
    expect(await blocked('bad.test')).toEqual([])
    await pass(10)
    expect(await server.text()).toBe(written)
  })

  it('of a Web UI there is none', async () => {
    await open(() => webUi('classic'))
    const answer = await owner.ask('POST', `${at}/pauses`, { target: { kind: 'server' }, seconds: 300 })
    expect((await value<Problem>(answer, 422)).detail).toContain('no blocking of its own')
    expect(await list()).toEqual([])
  })
})

describe('is refused, and nothing is written', () => {
  it.each<[string, object, string]>([
    ['nobody of that name', { target: { kind: 'client', client: { name: 'Fridge', ids: [] } }, seconds: 60 }, 'Fridge'],
    ['no such profile', { target: { kind: 'profile', profile: 'gone' }, seconds: 60 }, 'gone'],
    ['a pattern', { target: { ...youtube, domain: '*.youtube.com' }, seconds: 60 }, 'leave the * out'],
    ['no name', { target: { ...youtube, domain: 'a..b' }, seconds: 60 }, ''],
    ['what is allowed anyway', { target: { ...youtube, domain: 'good.test' }, seconds: 60 }, 'already'],
    ['a time that is over', { target: everything, until: '2096-11-23T11:00:00Z' }, ''],
    ['more than a week', { target: everything, until: '2096-12-23T11:00:00Z' }, ''],
    ['no time', { target: everything }, ''],
    ['less than a minute', { target: everything, seconds: 10 }, ''],
  ])('%s', async (_, input, detail) => {
    const problem = await value<Problem>(await owner.ask('POST', `${at}/pauses`, input), 422)
    expect(JSON.stringify(problem)).toContain(detail)
    expect(problem.errors).not.toEqual([])
    expect(await server.text()).toBe(written)
    expect(await list()).toEqual([])
  })

  it('a name that a rewrite answers', async () => {
    await saveOther((text) =>
      editConfig(text, [
        {
          op: 'set',
          path: ['profiles', 'kids', 'dnsRewrites'],
          value: [{ domain: 'youtube.com', answer: '192.0.2.1' }],
        },
      ]),
    )
    const problem = await value<Problem>(
      await owner.ask('POST', `${at}/pauses`, { target: youtube, seconds: 300 }),
      422,
    )
    expect(problem.detail).toContain('rewrite of “youtube.com”')
    expect(await list()).toEqual([])
  })
})

it('who may only look sees it and may not end it', async () => {
  const pause = await start(everything)
  const vic = await person(panel, 'vic', [{ connection: id, zone: '*', right: 'view' }])
  expect(await value(await vic.ask('GET', `${at}/pauses`))).toEqual([pause])
  expect((await vic.ask('DELETE', `${at}/pauses/${pause.id}`)).status).toBe(403)
  expect((await vic.ask('POST', `${at}/pauses`, { target: everything, seconds: 300 })).status).toBe(403)
})

describe('a connection', () => {
  const remove = () => owner.ask('DELETE', `connections/${id}`)

  it('that is removed ends what is paused first: nobody could later', async () => {
    await start(everything)
    expect((await remove()).status).toBe(204)
    expect(await server.text()).toBe(written)
    expect(await pass(60)).toBe(false)
  })

  it('whose server does not answer is removed at the second attempt', async () => {
    await start(everything)
    down = true
    const problem = await value<Problem>(await remove(), 409)
    expect(problem.detail).toContain('All filtering. No connection')
    expect((await remove()).status).toBe(204)
    expect(await pass(15)).toBe(true)
    expect(await pass(60)).toBe(false)
  })

  it('that gets another address ends what is paused at the one it had', async () => {
    await start(youtube)
    const patch = { url: 'http://127.0.0.1:5381', credentials: { token } }
    expect((await owner.ask('PATCH', `connections/${id}`, patch)).status).toBe(200)
    expect(await server.text()).toBe(written)
    expect(await list()).toEqual([])
  })
})

it('another writer right after our write: what it holds is not forgotten', async () => {
  let writes = 0
  let saved: string | undefined
  between = async (request) => {
    if (request.url.includes('config/set')) writes += 1
    if (!request.url.includes('config/get') || writes !== 1) return
    writes += 1
    saved = editConfig(await server.text(), [{ op: 'set', path: ['timeZone'], value: 'Europe/Berlin' }])
    const form = new URLSearchParams({ name: 'Family', config: saved })
    await server.fetch(
      new Request('http://127.0.0.1:5380/api/apps/config/set', {
        ...{ method: 'POST', body: form.toString() },
        headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/x-www-form-urlencoded' },
      }),
    )
  }
  await owner.ask('POST', `${at}/pauses`, { target: everything, seconds: 300 })
  expect(saved).toContain('"enableBlocking": false')
  for (let i = 0; i < 8; i++) await pass(1)
  expect(JSON.parse(await server.text())).toEqual({ ...family, timeZone: 'Europe/Berlin' })
  expect(await list()).toEqual([])
})
