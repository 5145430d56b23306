import type { FilterTokenMade } from '@zonedeck/shared/content-filter'
import type { HistoryEntry } from '@zonedeck/shared/job'
import { beforeEach, describe, expect, it } from 'vitest'
import { emptyPanel, person, type Browser, type Panel } from '../../http/test-panel.ts'
import { simulate as simulateWebUi } from '../../providers/content-filter/simulator.ts'
import { simulate as simulateTechnitium } from '../../providers/technitium/simulator.ts'

const token = 'a-token-of-the-administrator'
const url = 'http://127.0.0.1:5380'

/** As another tool may have written it: keys that nobody knows, and numbers in a spelling of their own. */
const family = `{
  "enableBlocking": true,
  "profiles": {
    "kids": {
      "description": "Children",
      "blockedServices": ["youtube"],
      "blockLists": ["https://lists.example/ads.txt"],
      "allowList": ["khanacademy.org"],
      "customRules": ["bad.test"],
      "dnsRewrites": [{ "domain": "google.com", "answer": "forcesafesearch.google.com" }],
      "ofAnother": { "tool": 1.50 }
    },
    "teens": { "blockLists": ["https://lists.example/ads.txt", "https://lists.example/more.txt"] }
  },
  "clients": [
    { "name": "Tablet", "ids": ["192.168.1.20"], "profile": "kids" },
    { "name": "Phone", "ids": ["192.168.1.21"], "profile": "teens" }
  ],
  "defaultProfile": "teens",
  "baseProfile": null,
  "timeZone": "Europe/Berlin",
  "scheduleAllDay": false,
  "customServices": { "school": { "name": "School", "domains": ["school.test"] } },
  "blockLists": [
    { "url": "https://lists.example/ads.txt", "name": "Ads", "enabled": true, "refreshHours": 24 },
    { "url": "https://lists.example/more.txt", "name": "More", "enabled": false, "refreshHours": 12 }
  ],
  "_another": { "tool": true }
}`

type Config = Record<string, unknown> & {
  profiles: Record<string, Record<string, unknown>>
  clients: Record<string, unknown>[]
  blockLists: Record<string, unknown>[]
  customServices: Record<string, unknown>
}

interface Server {
  fetch: (request: Request) => Promise<Response>
  /** Paths of the calls that changed something. */
  writes: () => string[]
  /** As somebody else writes: past the panel. */
  put: (config: string) => Promise<void>
  /** Switches off that the app takes up what is written, where a server can tell. */
  deafen?: () => void
}

interface Transport {
  provider: string
  credentials: Record<string, string>
  open: (config: string | null) => Server
}

const webUi = (shape: 'classic' | 'merged'): Transport => ({
  provider: 'content-filter',
  credentials: shape === 'merged' ? { username: 'admin', password: 'secret' } : {},
  open: (config) => {
    const server = simulateWebUi({
      shape,
      config,
      services: { youtube: { name: 'YouTube', domains: ['youtube.com', 'youtu.be'] } },
      ...(shape === 'merged' ? { login: { username: 'admin', password: 'secret' } } : {}),
    })
    return {
      fetch: server.fetch,
      writes: () =>
        server.log.filter(({ method, path }) => method !== 'GET' && path !== '/login').map(({ path }) => path),
      put: async (text) => {
        server.file.text = text
      },
      deafen: () => (server.reachable = false),
    }
  },
})

const transports: Record<string, Transport> = {
  'Technitium’s app configuration': {
    provider: 'technitium',
    credentials: { token },
    open: (config) => {
      const server = simulateTechnitium({
        version: '15.2',
        admin: { password: 'secret', token },
        filter: { name: 'Family', config },
      })
      return {
        fetch: server.fetch,
        put: async (text) => {
          const form = new URLSearchParams({ token, name: 'Family', config: text })
          await server.fetch(new Request(`${url}/api/apps/config/set`, { method: 'POST', body: form }))
        },
        writes: () => server.log.map(({ path }) => path).filter((path) => path.endsWith('/config/set')),
      }
    },
  },
  'the Web UI in its older shape': webUi('classic'),
  'the Web UI in its newer shape': webUi('merged'),
}

/** A panel with one connection, and a script with a token for it. */
class Script {
  panel!: Panel
  owner!: Browser
  server!: Server
  connection = ''
  secret = ''

  async begin(transport: Transport, config: string | null = family): Promise<void> {
    this.server = transport.open(config)
    this.panel = await emptyPanel({ internet: (request) => this.server.fetch(request) })
    // The Durable Object has the clock of the machine: with another one here neither would remember the other's session.
    this.panel.clock.now = Date.now()
    this.owner = await person(this.panel, 'ada', 'owner')
    const { provider, credentials } = transport
    const made = await this.owner.ask('POST', 'connections', { name: 'Home', provider, url, credentials })
    this.connection = ((await made.json()) as { id: string }).id
    const { secret, baseUrl } = await this.newToken(this.owner, 'sync.py')
    expect(baseUrl).toBe(`https://panel.example/api/compat/content-filter/${this.connection}`)
    this.secret = secret
  }

  async newToken(who: Browser, name: string): Promise<FilterTokenMade> {
    const made = await who.ask('POST', `connections/${this.connection}/filter/tokens`, { name })
    expect(made.status).toBe(201)
    return (await made.json()) as FilterTokenMade
  }

  /** As a script sends it, from anywhere and with whatever content type its library says. */
  send(
    method: string,
    path: string,
    body?: unknown,
    secret = this.secret,
    more: Record<string, string> = {},
  ): Promise<Response> {
    return this.panel.browser().ask(method, `/api/compat/content-filter/${this.connection}/api/${path}`, body, {
      Authorization: `Bearer ${secret}`,
      Origin: 'https://elsewhere.example',
      'Sec-Fetch-Site': 'cross-site',
      'Content-Type': 'application/x-www-form-urlencoded',
      ...more,
    })
  }

  /** The whole answer, which must have this status. */
  async ask(method: string, path: string, body?: unknown, status = 200): Promise<unknown> {
    const response = await this.send(method, path, body)
    const text = await response.text()
    expect(`${response.status} ${text}`).toMatch(new RegExp(`^${status} `))
    return JSON.parse(text) as unknown
  }

  async config(): Promise<Config> {
    return (await this.ask('GET', 'config')) as Config
  }

  async history(): Promise<HistoryEntry[]> {
    return (await (await this.owner.ask('GET', 'history')).json()) as HistoryEntry[]
  }
}

const ok = { ok: true }
const script = new Script()

describe.each(Object.entries(transports))('the API of the Web UI, over %s', (name, transport) => {
  const before = JSON.parse(family) as Config
  beforeEach(() => script.begin(transport))

  it('GET /api/config: the whole configuration, to the letter where the server keeps it so', async () => {
    const response = await script.send('GET', 'config')
    expect(response.headers.get('content-type')).toBe('application/json')
    const text = await response.text()
    expect(JSON.parse(text)).toEqual(before)
    if (transport.provider === 'technitium') expect(text).toBe(family)
  })

  it('GET /api/config: what the Web UI takes for none when there is none', async () => {
    await script.begin(transport, null)
    expect(await script.config()).toMatchObject({ profiles: {}, clients: [], blockLists: [], enableBlocking: true })
    expect(await script.ask('POST', 'profiles', { name: 'kids' })).toEqual(ok)
    expect((await script.config()).profiles).toEqual({ kids: {} })
  })

  it('POST /api/config: replaces everything, and says whether it was taken up', async () => {
    const next = { ...before, enableBlocking: false, _mine: [1] }
    expect(await script.ask('POST', 'config', next)).toEqual({ ok: true, reloaded: true })
    expect(await script.config()).toEqual(next)
    expect(await script.ask('POST', 'config', next)).toEqual({ ok: true, reloaded: true })
    expect(await script.ask('POST', 'config', '', 400)).toMatchObject({ ok: false })
    expect(await script.ask('POST', 'config', '[]', 400)).toEqual({
      ok: false,
      error: 'The body must be a JSON object.',
    })
    expect(await script.ask('POST', 'config', '{"profiles":', 400)).toEqual({
      ok: false,
      error: 'The body is not JSON.',
    })
    expect(await script.ask('POST', 'config', { profiles: null }, 400)).toMatchObject({ ok: false })
    expect(await script.config()).toEqual(next)
  })

  it('POST /api/profiles: makes one with every field of the reference, and of none', async () => {
    const profile = {
      description: 'Restricted profile for children',
      blockedServices: ['youtube', 'tiktok'],
      blockLists: ['https://example.com/hosts.txt'],
      allowList: ['khanacademy.org'],
      customRules: ['bad-site.com'],
      dnsRewrites: [{ domain: 'google.com', answer: 'forcesafesearch.google.com' }],
      schedule: { mon: { allDay: false, start: '08:00', end: '20:00' } },
      future: { deep: [1] },
    }
    expect(await script.ask('POST', 'profiles', { name: 'guests', ...profile })).toEqual(ok)
    expect((await script.config()).profiles).toEqual({ ...before.profiles, guests: profile })
  })

  it('POST /api/profiles: overwrites what the app reads, and leaves other tools what is theirs', async () => {
    expect(await script.ask('POST', 'profiles', { name: 'kids', description: 'New', blockedServices: [] })).toEqual(ok)
    const { kids, teens } = (await script.config()).profiles
    expect(kids).toEqual({ description: 'New', blockedServices: [], ofAnother: { tool: 1.5 } })
    expect(teens).toEqual(before.profiles['teens'])
  })

  it('POST /api/profiles: fills in what a window of a schedule leaves out, with the app’s own defaults', async () => {
    expect(await script.ask('POST', 'profiles', { name: 'x', schedule: { mon: { allDay: true } } })).toEqual(ok)
    expect((await script.config()).profiles['x']).toEqual({
      schedule: { mon: { allDay: true, start: '00:00', end: '23:59:59' } },
    })
    const wrong = { name: 'x', schedule: { mon: { allDay: false, start: '24:00', end: '07:00' } } }
    expect(await script.ask('POST', 'profiles', wrong, 400)).toMatchObject({
      error: expect.stringContaining('profiles/x/schedule/mon') as string,
    })
    expect(await script.ask('POST', 'profiles', {}, 400)).toEqual({
      ok: false,
      error: '“name” is missing: the name of the profile.',
    })
  })

  it('DELETE /api/profiles: leaves its clients without a profile, and warns of what that means', async () => {
    expect(await script.ask('DELETE', 'profiles', { name: 'kids' })).toEqual({
      ok: true,
      warning: expect.stringContaining(
        'No longer filtered, not even by the default or the base profile: Tablet.',
      ) as string,
    })
    const config = await script.config()
    expect(Object.keys(config.profiles)).toEqual(['teens'])
    expect(config.clients).toEqual([{ ...before.clients[0], profile: '' }, before.clients[1]])
    expect(await script.ask('DELETE', 'profiles', { name: 'teens' })).toMatchObject({
      warning: expect.stringContaining('default profile') as string,
    })
    expect((await script.config()).defaultProfile).toBe('teens')
    expect(await script.ask('DELETE', 'profiles', { name: 'nobody' })).toEqual(ok)
  })

  it('POST /api/clients: replaces the one at a position, and appends without a valid one', async () => {
    const client = { name: 'Kid’s Laptop', ids: ['192.168.1.100', 'kid-laptop.dns.example.com'], profile: 'kids' }
    expect(await script.ask('POST', 'clients', { ...client, index: 0 })).toEqual(ok)
    expect((await script.config()).clients).toEqual([client, before.clients[1]])
    let count = 2
    for (const index of [undefined, 99, -1, '0', 0.5, null]) {
      expect(await script.ask('POST', 'clients', { ...client, index })).toEqual(ok)
      expect((await script.config()).clients).toHaveLength(++count)
    }
    expect((await script.config()).clients.at(-1)).toEqual(client)
    expect(await script.ask('POST', 'clients', { ids: ['10.0.0.1'], profile: 'kids', icon: 'tv' })).toEqual(ok)
    expect((await script.config()).clients.at(-1)).toEqual({
      name: '',
      ids: ['10.0.0.1'],
      profile: 'kids',
      icon: 'tv',
    })
    for (const body of [{ profile: 'kids' }, { ids: '10.0.0.1', profile: 'kids' }, { ids: ['10.0.0.1'] }]) {
      expect(await script.ask('POST', 'clients', body, 400)).toMatchObject({ ok: false })
    }
  })

  it('DELETE /api/clients: by position', async () => {
    expect(await script.ask('DELETE', 'clients', { index: 0 })).toEqual(ok)
    expect((await script.config()).clients).toEqual([before.clients[1]])
    expect(await script.ask('DELETE', 'clients', { index: 7 })).toEqual(ok)
    expect((await script.config()).clients).toEqual([before.clients[1]])
    expect(await script.ask('DELETE', 'clients', undefined, 400)).toMatchObject({ ok: false })
  })

  it('POST /api/settings: changes what is sent, and nothing else', async () => {
    const settings = {
      enableBlocking: false,
      defaultProfile: 'kids',
      baseProfile: 'teens',
      timeZone: 'America/Denver',
      scheduleAllDay: true,
    }
    expect(await script.ask('POST', 'settings', settings)).toEqual(ok)
    expect(await script.config()).toEqual({ ...before, ...settings })
    expect(await script.ask('POST', 'settings', { enableBlocking: true, baseProfile: '', clients: [] })).toEqual(ok)
    expect(await script.config()).toEqual({ ...before, ...settings, enableBlocking: true, baseProfile: null })
    expect(await script.ask('POST', 'settings')).toEqual(ok)
    expect(await script.ask('POST', 'settings', { enableBlocking: 'no' }, 400)).toMatchObject({ ok: false })
  })

  it('GET /api/services: those of the app and one’s own in one object', async () => {
    const services = (await script.ask('GET', 'services')) as Record<string, { name: string; domains: string[] }>
    expect(services['school']).toEqual({ name: 'School', domains: ['school.test'] })
    expect(services['youtube']?.name).toBe('YouTube')
    expect(services['youtube']?.domains).toContain('youtube.com')
  })

  it('POST and DELETE /api/custom-services', async () => {
    const service = { name: 'My Streaming', domains: ['Stream.Example.com.', 'cdn.stream.example.com'] }
    const domains = ['stream.example.com', 'cdn.stream.example.com']
    expect(await script.ask('POST', 'custom-services', { id: 'my-streaming', ...service })).toEqual(ok)
    expect((await script.config()).customServices).toEqual({
      ...before.customServices,
      'my-streaming': { ...service, domains },
    })
    expect(await script.ask('POST', 'custom-services', { id: 'my-streaming', name: 'Mine' })).toEqual(ok)
    expect((await script.config()).customServices['my-streaming']).toEqual({ name: 'Mine', domains })
    expect(await script.ask('DELETE', 'custom-services', { id: 'my-streaming' })).toEqual(ok)
    expect((await script.config()).customServices).toEqual(before.customServices)
    expect(await script.ask('POST', 'custom-services', { name: 'x' }, 400)).toMatchObject({ ok: false })
  })

  it('POST and DELETE /api/blocklists: a deleted list leaves the profiles', async () => {
    const list = { url: 'https://example.com/hosts.txt', name: 'Ad List', enabled: true, refreshHours: 24 }
    expect(await script.ask('POST', 'blocklists', list)).toEqual(ok)
    expect((await script.config()).blockLists).toEqual([...before.blockLists, list])
    expect(await script.ask('POST', 'blocklists', { url: list.url, enabled: false })).toEqual(ok)
    expect((await script.config()).blockLists.at(-1)).toEqual({ ...list, enabled: false })
    expect(await script.ask('DELETE', 'blocklists', { url: 'https://lists.example/ads.txt' })).toEqual(ok)
    const { blockLists, profiles } = await script.config()
    expect(blockLists.map((each) => each['url'])).toEqual(['https://lists.example/more.txt', list.url])
    expect(profiles['kids']?.['blockLists']).toEqual([])
    expect(profiles['teens']?.['blockLists']).toEqual(['https://lists.example/more.txt'])
    for (const body of [{ name: 'x' }, { url: ' ' }, { url: 'file:///etc/passwd' }]) {
      expect(await script.ask('POST', 'blocklists', body, 400)).toMatchObject({ ok: false })
    }
  })

  it('POST /api/blocklists/refresh: with and without a body', async () => {
    for (const body of [undefined, {}, '']) {
      expect(await script.ask('POST', 'blocklists/refresh', body)).toEqual({ ok: true, reloaded: true })
    }
    expect(await script.config()).toEqual(before)
  })

  it('POST /api/allowlists and /api/rules: the whole list of a profile that is there', async () => {
    const domains = ['khanacademy.org', 'School.edu.']
    expect(await script.ask('POST', 'allowlists', { profile: 'kids', domains })).toEqual(ok)
    const rules = ['# homework', 'bad-site.com', '@@exception.com']
    expect(await script.ask('POST', 'rules', { profile: 'kids', rules })).toEqual(ok)
    expect((await script.config()).profiles['kids']).toEqual({
      ...before.profiles['kids'],
      allowList: ['khanacademy.org', 'school.edu'],
      customRules: rules,
    })
    const missing = { ok: false, error: 'Profile not found' }
    expect(await script.ask('POST', 'allowlists', { profile: 'Kids', domains }, 400)).toEqual(missing)
    expect(await script.ask('POST', 'rules', { profile: 'constructor', rules }, 400)).toEqual(missing)
    expect(await script.ask('POST', 'rules', { profile: 'kids' }, 400)).toMatchObject({ ok: false })
  })

  it('POST and DELETE /api/rewrites', async () => {
    const rewrites = async () => (await script.config()).profiles['kids']?.['dnsRewrites']
    const [first] = before.profiles['kids']?.['dnsRewrites'] as object[]
    expect(
      await script.ask('POST', 'rewrites', { profile: 'kids', domain: 'Bing.com.', answer: ' 192.0.2.1 ' }),
    ).toEqual(ok)
    const bing = { domain: 'bing.com', answer: '192.0.2.1' }
    expect(await rewrites()).toEqual([first, bing])
    expect(
      await script.ask('POST', 'rewrites', { profile: 'kids', domain: 'BING.com', answer: '2001:db8::1' }),
    ).toEqual(ok)
    expect(await rewrites()).toEqual([first, { ...bing, answer: '2001:db8::1' }])
    expect(await script.ask('DELETE', 'rewrites', { profile: 'kids', domain: 'Google.com.' })).toEqual(ok)
    expect(await rewrites()).toEqual([{ ...bing, answer: '2001:db8::1' }])
    const missing = { ok: false, error: 'Profile not found' }
    const empty = { ok: false, error: 'Domain and answer required' }
    expect(await script.ask('POST', 'rewrites', { profile: 'no', domain: 'a.test', answer: 'b.test' }, 400)).toEqual(
      missing,
    )
    expect(await script.ask('DELETE', 'rewrites', { profile: 'no', domain: 'a.test' }, 400)).toEqual(missing)
    expect(await script.ask('POST', 'rewrites', { profile: 'kids', domain: '.', answer: 'b.test' }, 400)).toEqual(empty)
    expect(await script.ask('POST', 'rewrites', { profile: 'kids', domain: 'a.test' }, 400)).toEqual(empty)
  })

  it('keeps what nobody knows, whatever is called', async () => {
    await script.ask('POST', 'profiles', { name: 'kids', description: 'New' })
    await script.ask('DELETE', 'profiles', { name: 'teens' })
    await script.ask('POST', 'clients', { ids: [], profile: '' })
    await script.ask('POST', 'settings', { scheduleAllDay: true })
    await script.ask('POST', 'rules', { profile: 'kids', rules: [] })
    const response = await script.send('GET', 'config')
    const text = await response.text()
    expect((JSON.parse(text) as Config)['_another']).toEqual({ tool: true })
    if (transport.provider === 'technitium') expect(text).toContain('"ofAnother": { "tool": 1.50 }')
  })

  it('writes nothing when the configuration says it already', async () => {
    await script.config()
    const writes = script.server.writes().length
    expect(await script.ask('POST', 'rules', { profile: 'kids', rules: ['bad.test'] })).toEqual(ok)
    expect(await script.ask('DELETE', 'profiles', { name: 'nobody' })).toEqual(ok)
    expect(script.server.writes()).toHaveLength(writes)
  })

  it('is in the history under the token’s name, with both texts, and can be undone from there', async () => {
    await script.ask('POST', 'settings', { enableBlocking: false })
    const [entry] = await script.history()
    expect(entry).toMatchObject({
      actor: 'sync.py',
      zone: '*',
      state: 'done',
      operation: { operation: 'filter', note: 'Change the settings of the filter' },
      operationResult: { status: 'done', verified: true },
    })
    const whole = (await (await script.owner.ask('GET', `history/${entry?.id}`)).json()) as HistoryEntry
    const [was, is] = [whole.before, whole.after].map((state) => (state?.about === 'filter' ? (state.text ?? '') : ''))
    expect(JSON.parse(was ?? '')).toEqual(before)
    expect(await script.config()).toEqual(JSON.parse(is ?? ''))
    expect(await script.ask('POST', 'config', was)).toEqual({ ok: true, reloaded: true })
    expect(await script.config()).toEqual(before)
  })

  it('makes every edit of many at once', async () => {
    const clients = Array.from({ length: 4 }, (_, n) => ({ ids: [`10.0.0.${n}`], profile: 'kids' }))
    const answers = await Promise.all(clients.map((client) => script.ask('POST', 'clients', client)))
    expect(answers).toEqual(clients.map(() => ok))
    const ids = (await script.config()).clients.map((client) => (client['ids'] as string[])[0])
    expect(ids.sort()).toEqual(['10.0.0.0', '10.0.0.1', '10.0.0.2', '10.0.0.3', '192.168.1.20', '192.168.1.21'])
  })

  /** Somebody else writes after these readings of the configuration, counted from now. */
  function meddle(after: (reading: number) => boolean): () => string[] {
    const { fetch, put } = script.server
    const theirs: string[] = []
    let readings = 0
    script.server.fetch = async (request) => {
      const { pathname } = new URL(request.url)
      const answer = await fetch(request)
      const reads = pathname.endsWith('/config/get') || (request.method === 'GET' && pathname === '/api/config')
      if (reads && after(++readings)) {
        theirs.push(`theirs-${readings}`)
        await put(JSON.stringify({ ...before, theirs }))
      }
      return answer
    }
    return () => theirs
  }

  // Between the fourth, right before it writes, and the write itself a server without conditional writes can be overtaken.
  it.each([1, 2, 3])('makes the edit anew of what somebody else wrote after reading %i of it', async (reading) => {
    // The server is known by then: nothing is looked for any more.
    await script.ask('POST', 'blocklists/refresh')
    const theirs = meddle((count) => count === reading)
    expect(await script.ask('POST', 'rules', { profile: 'kids', rules: ['mine.test'] })).toEqual(ok)
    const config = await script.config()
    expect(theirs()).toHaveLength(1)
    expect(config['theirs']).toEqual(theirs())
    expect(config.profiles['kids']?.['customRules']).toEqual(['mine.test'])
  })

  it.each([1, 2, 3])(
    'never touches another client than the one at the position when it came, reading %i',
    async (reading) => {
      await script.ask('POST', 'blocklists/refresh')
      const { fetch, put } = script.server
      const [first, ...others] = before.clients
      let readings = 0
      script.server.fetch = async (request) => {
        const { pathname } = new URL(request.url)
        const answer = await fetch(request)
        const reads = pathname.endsWith('/config/get') || (request.method === 'GET' && pathname === '/api/config')
        if (reads && ++readings === reading) await put(JSON.stringify({ ...before, clients: [...others, first] }))
        return answer
      }
      expect(await script.ask('DELETE', 'clients', { index: 0 }, 409)).toEqual({
        ok: false,
        error: 'Somebody else moved what is at this position meanwhile. Nothing was written; read it and try again.',
      })
      expect((await script.config()).clients).toEqual([...others, first])
      expect(await script.ask('DELETE', 'clients', { index: 0 })).toEqual(ok)
      expect((await script.config()).clients).toEqual([first])
    },
  )

  it('gives up when somebody writes all the time, and says that nothing was changed', async () => {
    await script.ask('POST', 'blocklists/refresh')
    const theirs = meddle(() => true)
    expect(await script.ask('POST', 'rules', { profile: 'kids', rules: ['mine.test'] }, 409)).toEqual({
      ok: false,
      error: 'Somebody else changed this filter at each of 6 attempts. Nothing was written; read it and try again.',
    })
    const config = await script.config()
    expect(config['theirs']).toEqual(theirs().slice(0, -1))
    expect(config.profiles['kids']?.['customRules']).toEqual(['bad.test'])
  })

  it('reads the lists again though somebody writes at every moment', async () => {
    await script.ask('POST', 'blocklists/refresh')
    meddle(() => true)
    expect(await script.ask('POST', 'blocklists/refresh')).toEqual({ ok: true, reloaded: true })
  })

  it('[D1] with If-Match a call is made of that configuration or not at all', async () => {
    await script.ask('POST', 'blocklists/refresh')
    const tagNow = async () => (await script.send('GET', 'config')).headers.get('ETag') ?? ''
    const withTag = async (path: string, body: unknown, tag: string) => {
      const answer = await script.send('POST', path, body, script.secret, { 'If-Match': tag })
      return { status: answer.status, body: await answer.json() }
    }
    const rules = { profile: 'kids', rules: ['mine.test'] }
    const old = await tagNow()
    const saved = { status: 200, body: ok }
    expect(await withTag('rules', rules, old)).toEqual(saved)
    const changed = {
      status: 412,
      body: {
        ok: false,
        error: 'The filter is no longer the one that If-Match names. Nothing was written; read it again.',
      },
    }
    const writes = script.server.writes().length
    expect(await withTag('rules', rules, old)).toEqual(changed)
    expect(await withTag('config', before, old)).toEqual(changed)
    expect(await withTag('blocklists/refresh', {}, old)).toEqual(changed)
    expect(await withTag('rules', rules, 'old')).toMatchObject({ status: 400 })
    expect(script.server.writes()).toHaveLength(writes)
    // Between its reading and its writing somebody else writes: it is not made anew.
    const tag = await tagNow()
    const theirs = meddle((count) => count === 2)
    expect(await withTag('allowlists', { profile: 'kids', domains: ['mine.test'] }, tag)).toEqual(changed)
    expect((await script.config())['theirs']).toEqual(theirs())
    expect(await withTag('rules', rules, '*')).toEqual(saved)
    expect(await withTag('config', before, await tagNow())).toEqual({ status: 200, body: { ok: true, reloaded: true } })
  })

  it('tells when the app did not take it up', async () => {
    const { deafen } = script.server
    if (deafen === undefined) return
    // Afterwards nobody could sign in any more, neither to read nor to write.
    await script.config()
    await script.ask('POST', 'blocklists/refresh')
    deafen()
    expect(await script.ask('POST', 'config', { ...before, enableBlocking: false })).toEqual({
      ok: true,
      reloaded: false,
    })
    expect(await script.ask('POST', 'blocklists/refresh')).toEqual({ ok: true, reloaded: false })
    expect((await script.config()).enableBlocking).toBe(false)
  })

  it('uses the Web UI’s own calls where they leave the very same, and nothing but the whole elsewhere', async () => {
    if (transport.provider !== 'content-filter') return
    const classic = name.includes('older')
    await script.ask('POST', 'rules', { profile: 'kids', rules: [] })
    expect(script.server.writes().at(-1)).toBe(classic ? '/api/rules' : '/api/config')
    // Its call would forget the key that it does not know.
    await script.ask('POST', 'clients', { ids: ['10.0.0.1'], profile: 'kids', icon: 'tv' })
    expect(script.server.writes().at(-1)).toBe('/api/config')
    // Its call would set the time zone to one of its own.
    await script.ask('POST', 'settings', { enableBlocking: false })
    expect(script.server.writes().at(-1)).toBe('/api/config')
  })
})

it('edits a configuration of 200 profiles, 2,000 clients and 50,000 rules', { timeout: 60_000 }, async () => {
  const list = 'https://lists.example/ads.txt'
  const profiles = Object.fromEntries(
    Array.from({ length: 200 }, (_, p) => [
      `profile ${p}`,
      { customRules: Array.from({ length: 250 }, (_, r) => `rule-${p}-${r}.example.com`), blockLists: [list] },
    ]),
  )
  const clients = Array.from({ length: 2000 }, (_, c) => ({
    name: `Client ${c}`,
    ids: [`10.${c >> 8}.${c & 255}.1`],
    profile: 'profile 7',
  }))
  const config = JSON.stringify({ profiles, clients, blockLists: [{ url: list, name: 'Ads', enabled: true }] }, null, 2)
  const [technitium] = Object.values(transports)
  if (technitium === undefined) throw new Error('There is no transport.')
  await script.begin(technitium, config)
  // Two thousand clients lose their profile, and two hundred profiles their list.
  expect(await script.ask('DELETE', 'profiles', { name: 'profile 7' })).toMatchObject({
    warning: expect.stringMatching(/Client 19 and 1980 more\./) as string,
  })
  expect(await script.ask('DELETE', 'blocklists', { url: list })).toEqual(ok)
  const after = await script.config()
  expect(after.clients.every((client) => client['profile'] === '')).toBe(true)
  expect(Object.values(after.profiles).flatMap((profile) => profile['blockLists'])).toEqual([])
  expect(Object.keys(after.profiles)).toHaveLength(199)
})
