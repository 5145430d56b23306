import { describe, expect, it } from 'vitest'
import { filterConformance } from '../conformance-filter.ts'
import type { ProviderMemory } from '../provider.ts'
import { makeUpstream } from '../upstream.ts'
import { policyFromEnv } from '../url-policy.ts'
import { filter } from './filter.ts'
import { simulate, type WebUiSimulator } from './simulator.ts'

function memory(): ProviderMemory {
  const held = new Map<string, unknown>()
  return {
    get: (key) => held.get(key),
    set: (key, value) => void held.set(key, value),
    delete: (key) => void held.delete(key),
  }
}

/** The adapter on a simulated Web UI; each call of it is a request of the panel, with or without what was remembered. */
function adapter(
  { fetch }: Pick<WebUiSimulator, 'fetch'>,
  credentials: Record<string, string> = {},
  more: { headers?: Record<string, string>; memory?: ProviderMemory } = {},
) {
  return filter({
    upstream: makeUpstream({
      baseUrl: new URL('http://127.0.0.1:8000'),
      headers: more.headers ?? {},
      fetch,
      policy: policyFromEnv({ ALLOW_LOOPBACK_UPSTREAM: 'true' }),
      budget: { left: 1000 },
      sleep: () => Promise.resolve(),
    }),
    credentials,
    now: Date.now,
    ...(more.memory === undefined ? {} : { memory: more.memory }),
  })
}

const config = JSON.stringify({
  profiles: { kids: { customRules: ['bad.test'], allowList: ['good.test'] } },
  clients: [],
})
const ada = { username: 'ada', password: 'let me in' }
const shapes = ['classic', 'merged'] as const

for (const shape of shapes) {
  filterConformance(`the Web UI in its ${shape} shape`, {
    // The newer one takes no more than a megabyte; fifty thousand short rules stay below that.
    open: (text) => adapter(simulate({ shape, config: text })),
    verbatim: false,
  })
}
filterConformance('the Web UI behind its own sign-in', {
  open: (text) => adapter(simulate({ shape: 'merged', login: ada, config: text }), ada),
  verbatim: false,
})

describe.each(shapes)('what guards a Web UI of the %s shape', (shape) => {
  it.each([
    ['nothing', undefined, {}, {}],
    ['a name and a password', { basic: ['ada', 'let me in'] as [string, string] }, ada, {}],
    ['a bearer token', { bearer: 'tok_1' }, { token: 'tok_1' }, {}],
    [
      'a pair of headers',
      { headers: { 'cf-access-client-id': 'x', 'cf-access-client-secret': 'y' } },
      {},
      {
        'CF-Access-Client-Id': 'x',
        'CF-Access-Client-Secret': 'y',
      },
    ],
  ])('%s lets the panel in, and nobody else', async (_, guard, credentials, headers) => {
    const simulator = simulate({ shape, config, ...(guard === undefined ? {} : { guard }) })
    const ui = adapter(simulator, credentials, { headers })
    await ui.write('{"profiles":{}}')
    expect(JSON.parse((await ui.read()).text)).toMatchObject({ profiles: {} })
    if (guard === undefined) return
    const stranger = adapter(simulator, 'basic' in guard ? { ...ada, password: 'wrong' } : {})
    await expect(stranger.read()).rejects.toMatchObject({ kind: 'headers' in guard ? 'forbidden' : 'auth' })
  })
})

describe('the Web UI’s own sign-in', () => {
  it('is made once, and again when its session is over', async () => {
    const simulator = simulate({ shape: 'merged', login: ada, config })
    const remembered = memory()
    const logins = () => simulator.log.filter(({ path }) => path === '/login').length
    await adapter(simulator, ada, { memory: remembered }).read()
    await adapter(simulator, ada, { memory: remembered }).write('{"profiles":{"a":{}}}')
    expect(logins()).toBe(1)
    simulator.restart()
    await adapter(simulator, ada, { memory: remembered }).write('{"profiles":{"b":{}}}')
    expect(logins()).toBe(2)
    expect(simulator.file.text).toContain('"b"')
  })

  it.each([
    [{ ...ada, password: 'wrong' }, 'auth'],
    [{}, 'auth'],
  ])('says what is wrong with %j', async (credentials, kind) => {
    const simulator = simulate({ shape: 'merged', login: ada, config })
    await expect(adapter(simulator, credentials).read()).rejects.toMatchObject({ kind })
    expect(simulator.file.text).toBe(config)
  })

  it('tells a server that cannot be asked, and one that asks to wait, from a wrong password', async () => {
    const simulator = simulate({ shape: 'merged', login: ada, config })
    simulator.reachable = false
    await expect(adapter(simulator, ada).read()).rejects.toMatchObject({ kind: 'unavailable' })
    for (let tries = 0; tries < 10; tries++)
      await adapter(simulator, ada)
        .read()
        .catch(() => undefined)
    await expect(adapter(simulator, ada).read()).rejects.toMatchObject({ kind: 'rate-limited', retryAfter: 60 })
  })

  it('a token against forged requests is renewed when the Web UI was started anew', async () => {
    const simulator = simulate({ shape: 'merged', config })
    const remembered = memory()
    await adapter(simulator, {}, { memory: remembered }).read()
    simulator.restart()
    await adapter(simulator, {}, { memory: remembered }).write('{"profiles":{"c":{}}}')
    expect(simulator.file.text).toContain('"c"')
  })
})

describe('one part of a configuration', () => {
  const call = { method: 'POST', path: 'rules', body: { profile: 'kids', rules: ['new.test'] } } as const
  const whole = config.replace('bad.test', 'new.test')

  it('has a call of its own in the classic shape', async () => {
    const simulator = simulate({ shape: 'classic', config })
    expect(await adapter(simulator).write(whole, call)).toEqual({ reloaded: null })
    expect(simulator.log.at(-1)).toEqual({ method: 'POST', path: '/api/rules', body: JSON.stringify(call.body) })
    expect(JSON.parse(simulator.file.text ?? '')).toMatchObject(JSON.parse(whole) as object)
  })

  it('is sent as the whole in the merged shape, in which a profile’s own call would lose rules', async () => {
    const simulator = simulate({ shape: 'merged', config })
    const profile = { method: 'POST', path: 'profiles', body: { name: 'kids', customRules: ['new.test'] } } as const
    expect(await adapter(simulator).write(whole, profile)).toEqual({ reloaded: true })
    expect(simulator.log.at(-1)).toMatchObject({ method: 'POST', path: '/api/config' })
    expect(JSON.parse(simulator.file.text ?? '')).toMatchObject(JSON.parse(whole) as object)
  })
})

describe('what can go wrong', () => {
  it('an address that is no Web UI is told', async () => {
    const other = {
      fetch: () => Promise.resolve(new Response('<html>Hello</html>', { headers: { 'content-type': 'text/html' } })),
    }
    await expect(adapter(other).read()).rejects.toMatchObject({ kind: 'protocol' })
  })

  it('an answer that is JSON and no configuration is not taken for one', async () => {
    const echo = {
      fetch: (request: Request) => Promise.resolve(Response.json({ headers: [...request.headers], url: request.url })),
    }
    const ui = adapter(echo, { token: 'tok_secret' })
    await expect(ui.read()).rejects.toMatchObject({ kind: 'protocol' })
  })

  it('more than a megabyte is refused by the newer Web UI, and the panel says why', async () => {
    const simulator = simulate({ shape: 'merged', config })
    const large = JSON.stringify({ profiles: { p: { customRules: ['x'.repeat(1_100_000)] } } })
    await expect(adapter(simulator).write(large)).rejects.toMatchObject({
      kind: 'refused',
      message: expect.stringContaining('one megabyte') as string,
    })
    expect(simulator.file.text).toBe(config)
  })

  it('a file that Technitium was not told of is saved, and said to be', async () => {
    const simulator = simulate({ shape: 'classic', config })
    simulator.reachable = false
    expect(await adapter(simulator).write('{"profiles":{}}')).toEqual({ reloaded: false })
    expect(await adapter(simulator).refresh()).toEqual({ reloaded: false })
  })

  it('services are those of the app and those of the configuration', async () => {
    const own = JSON.stringify({ customServices: { mine: { name: 'Mine', domains: ['mine.test'] } } })
    const simulator = simulate({
      shape: 'classic',
      config: own,
      services: { youtube: { name: 'YouTube', domains: ['youtube.com'] } },
    })
    expect(await adapter(simulator).services?.()).toEqual({
      youtube: { name: 'YouTube', domains: ['youtube.com'] },
      mine: { name: 'Mine', domains: ['mine.test'] },
    })
  })

  it('a test says which shape it found', async () => {
    for (const [shape, words] of [
      ['classic', 'a call of its own'],
      ['merged', 'whole configuration'],
    ] as const) {
      const { notes } = (await adapter(simulate({ shape, config })).test?.()) ?? {}
      expect(notes?.join()).toContain(words)
    }
  })
})
