import type { Change } from '@zonedeck/shared/change'
import type { Delegation } from '@zonedeck/shared/delegation'
import { unsignSafety } from '@zonedeck/shared/ds'
import type { Plan } from '@zonedeck/shared/job'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { simulate as simulateResolver, type Cut, type Simulation } from '../../dns-message/simulator.ts'
import { emptyPanel, person, type Browser, type Panel } from '../../http/test-panel.ts'
import { simulate } from '../../providers/powerdns/simulator.ts'

const DS = `12345 13 2 ${'ab'.repeat(32)}`
const DS_RECORD = { keyTag: 12_345, algorithm: 13, digestType: 2, digest: 'ab'.repeat(32) }
const ours = ['ns1.shop.org.', 'ns2.host.net.']

interface World {
  panel: Panel
  owner: Browser
  connection: string
  doh: Simulation
  cuts: Record<string, Cut>
  /** The server of the zones answers; so does the resolver. */
  up: { server: boolean; resolver: boolean }
}
let world: World

async function json<T>(response: Response, status = 200): Promise<T> {
  const text = await response.text()
  if (response.status !== status) throw new Error(`${response.status}: ${text}`)
  return JSON.parse(text) as T
}

const at = (zone: string) => `connections/${world.connection}/zones/${encodeURIComponent(zone)}`
const read = async (zone: string, browser = world.owner) =>
  json<Delegation>(await browser.ask('GET', `${at(zone)}/delegation`))

const set = (name: string, type: string, ...rdata: string[]): Change => ({
  name,
  type,
  before: null,
  after: { name, type, ttl: 3600, records: rdata.map((value) => ({ rdata: value })) },
})

async function createZone(zone: string, changes: Change[]): Promise<void> {
  const input = { changes, operation: { operation: 'create', kind: 'Native' } }
  const { plan } = await json<Plan>(await world.owner.ask('POST', `${at(zone)}/plans`, input))
  await json(await world.owner.ask('POST', `${at(zone)}/jobs`, { ...input, plan, accept: [] }))
}

async function makeWorld(vars: Record<string, string> = { DOH_URL: 'https://doh.test.net/dns-query' }): Promise<World> {
  const cuts: Record<string, Cut> = {}
  const up = { server: true, resolver: true }
  const server = simulate({ apiKey: 'k' })
  const clock: { now: () => number } = { now: () => 0 }
  const doh = simulateResolver({
    cutOf: async (name) => cuts[name] ?? { deniedBy: `${name.split('.').at(-2)}.` },
    negativeTtl: 60,
    now: () => clock.now(),
  })
  const internet = async (request: Request) => {
    const { hostname, port } = new URL(request.url)
    if (port === '8001' && up.server) return server.fetch(request)
    if (port !== '8001' && up.resolver && /^(doh\.test\.net|127\.0\.0\.1)$/.test(hostname)) return doh.fetch(request)
    throw new Error(`Nobody is at ${request.url}`)
  }
  const panel = await emptyPanel({ internet, vars })
  clock.now = () => panel.clock.now
  const owner = await person(panel, 'usr_owner', 'owner')
  const input = { name: 'office', provider: 'powerdns', url: 'http://localhost:8001', credentials: { apiKey: 'k' } }
  const { id } = await json<{ id: string }>(await owner.ask('POST', 'connections', input), 201)
  return { panel, owner, connection: id, doh, cuts, up }
}

/** Lets time pass, and signs in again when it is over. */
async function later(seconds: number): Promise<void> {
  world.panel.clock.now += seconds * 1000
  world.owner = await person(world.panel, `usr_${world.panel.clock.now}`, 'owner')
}

const outside = () => world.panel.sent.map(({ url }) => url).filter((url) => !url.includes(':8001'))

beforeEach(async () => {
  world = await makeWorld()
  await createZone('shop.org', [
    set('@', 'NS', ...ours),
    set('ns1', 'A', '192.0.2.1'),
    set('ns1', 'AAAA', '2001:db8::1'),
  ])
})
afterEach(() => vi.restoreAllMocks())

describe('the name servers at the parent', () => {
  const cut = (nameServers: string[], more: Partial<Cut> = {}): Cut => ({
    parent: 'org.',
    nameServers,
    ttl: 3600,
    ...more,
  })

  it('are the zone’s own: delegated', async () => {
    world.cuts['shop.org.'] = cut(['NS2.host.net.'.toLowerCase(), 'ns1.shop.org.'])
    expect(await read('shop.org')).toEqual({
      checkedAt: '2026-11-23T12:00:00.000Z',
      resolver: 'doh.test.net',
      parent: 'org',
      nameServers: {
        state: 'delegated',
        atParent: ['ns1.shop.org', 'ns2.host.net'],
        inZone: [
          { name: 'ns1.shop.org', glue: ['192.0.2.1', '2001:db8::1'] },
          { name: 'ns2.host.net', glue: [] },
        ],
        ttl: 3600,
        detail: 'The parent (org) delegates to exactly these name servers.',
      },
      ds: {
        state: 'none',
        records: [],
        ttl: null,
        cachedUntil: null,
        validates: null,
        detail: 'The parent has no DS records for this zone.',
      },
    })
  })

  it.each<[string, Cut | null, Delegation['nameServers']['state'], string]>([
    [
      'partly ours',
      cut(['ns1.shop.org.', 'ns9.old.net.']),
      'partly',
      'It lacks ns2.host.net. It also names ns9.old.net, which',
    ],
    ['some of ours', cut(['ns1.shop.org.']), 'partly', 'It lacks ns2.host.net.'],
    [
      'others',
      cut(['a.old.net.', 'b.old.net.', 'c.old.net.']),
      'elsewhere',
      'a.old.net, b.old.net and c.old.net: other servers',
    ],
    [
      'none, and no name either',
      null,
      'not-delegated',
      'The parent (org) does not have this name: nothing is delegated yet.',
    ],
    ['none for the name', cut([]), 'not-delegated', 'The parent (org) has this name, but no name servers for it.'],
    [
      'silent ones',
      cut(ours, { trouble: 'lame' }),
      'unknown',
      'The parent (org) has this name, but the name servers it leads to give no answer. doh.test.net finds no answer (SERVFAIL). None of its name servers can be reached.',
    ],
  ])('are %s', async (_, found, state, detail) => {
    if (found !== null) world.cuts['shop.org.'] = found
    const { nameServers, parent } = await read('shop.org')
    expect(nameServers).toMatchObject({ state, detail: expect.stringContaining(detail) as string })
    expect(parent).toBe('org')
  })

  it('are not known when no resolver answers, and the zone’s own are shown all the same', async () => {
    world.up.resolver = false
    const found = await read('shop.org')
    expect(found).toMatchObject({ resolver: null, parent: null, nameServers: { state: 'unknown', atParent: null } })
    expect(found.nameServers.detail).toContain('No connection to doh.test.net')
    expect(found.nameServers.inZone).toHaveLength(2)
    expect(found.ds).toMatchObject({ state: 'unknown', detail: found.nameServers.detail })
  })

  it('are shown when the zone’s server is silent, and compared with nothing', async () => {
    world.cuts['shop.org.'] = cut(ours)
    world.up.server = false
    expect((await read('shop.org')).nameServers).toMatchObject({
      state: 'unknown',
      inZone: null,
      atParent: ['ns1.shop.org', 'ns2.host.net'],
      detail: 'The parent (org) delegates to ns1.shop.org and ns2.host.net. The zone could not be read from office.',
    })
  })

  it('are elsewhere for a zone that names none', async () => {
    await createZone('bare.org', [])
    world.cuts['bare.org.'] = cut(['a.old.net.'])
    expect((await read('bare.org')).nameServers).toMatchObject({
      state: 'elsewhere',
      inZone: [],
      detail:
        'The parent (org) delegates to a.old.net: other servers answer for this name. This zone names no name servers at all.',
    })
  })

  it('become ours as soon as the resolver has forgotten that there were none', async () => {
    expect((await read('shop.org')).nameServers).toMatchObject({ state: 'not-delegated', ttl: 60 })
    world.cuts['shop.org.'] = cut(ours)
    await later(30)
    expect((await read('shop.org')).nameServers).toMatchObject({ state: 'not-delegated', ttl: 30 })
    await later(31)
    expect((await read('shop.org')).nameServers.state).toBe('delegated')
  })
})

describe('the DS records at the parent', () => {
  const signed = (more: Partial<Cut> = {}): Cut => ({
    parent: 'org.',
    nameServers: ours,
    ds: [DS],
    ttl: 86_400,
    ...more,
  })

  it('come with the TTL their signature names, however old the resolver’s copy is', async () => {
    world.cuts['shop.org.'] = signed()
    await read('shop.org')
    await later(80_000)
    expect((await read('shop.org')).ds).toEqual({
      state: 'present',
      records: [DS_RECORD],
      ttl: 86_400,
      cachedUntil: null,
      validates: true,
      detail: 'The parent has a DS record for this zone, and its signatures fit.',
    })
  })

  it('do not fit: the zone is found only by those who do not look', async () => {
    world.cuts['shop.org.'] = signed({ trouble: 'bogus' })
    const { ds, nameServers } = await read('shop.org')
    expect(nameServers.state).toBe('delegated')
    expect(ds).toMatchObject({
      state: 'present',
      validates: false,
      detail: expect.stringContaining('validate refuse it') as string,
    })
  })

  it('may still be held by resolvers for their TTL after they are found to be gone', async () => {
    const { panel, cuts } = world
    const safety = async () => unsignSafety((await read('shop.org')).ds, panel.clock.now)
    cuts['shop.org.'] = signed({ ttl: 3600 })
    expect((await safety()).verdict).toBe('not-safe')
    // Nobody looks for two days; they are removed some time in between.
    await later(2 * 86_400)
    cuts['shop.org.'] = { parent: 'org.', nameServers: ours, ttl: 3600 }
    const until = new Date(panel.clock.now + 3_600_000).toISOString()
    expect(await safety()).toMatchObject({ verdict: 'wait', safeFrom: until })
    await later(3599)
    expect(await safety()).toMatchObject({ verdict: 'wait', safeFrom: until })
    await later(1)
    expect((await safety()).verdict).toBe('safe')
    // They come back, and go again: the wait begins anew.
    cuts['shop.org.'] = signed({ ttl: 3600 })
    await later(3700)
    expect((await safety()).verdict).toBe('not-safe')
    cuts['shop.org.'] = { parent: 'org.', nameServers: ours, ttl: 3600 }
    await later(3700)
    expect((await safety()).verdict).toBe('wait')
  })

  it('of a sandbox say nothing of the zone of that name outside', async () => {
    const { panel, cuts } = world
    const { DB } = panel.env
    const sandbox = (source: 'panel' | 'sandbox') => DB.prepare('UPDATE connections SET source = ?').bind(source).run()
    cuts['shop.org.'] = signed({ ttl: 3600 })
    await read('shop.org')
    cuts['shop.org.'] = { parent: 'org.', nameServers: ours, ttl: 60 }
    await sandbox('sandbox')
    await later(2 * 86_400)
    expect((await read('shop.org')).ds).toMatchObject({ state: 'none', cachedUntil: null })
    await sandbox('panel')
    await later(3700)
    const until = new Date(panel.clock.now + 3_600_000).toISOString()
    expect((await read('shop.org')).ds).toMatchObject({ state: 'none', cachedUntil: until })
  })

  it('are not known when the resolver is silent, even if they were gone before', async () => {
    expect((await read('shop.org')).ds.state).toBe('none')
    world.up.resolver = false
    expect((await read('shop.org')).ds).toMatchObject({ state: 'unknown', cachedUntil: null })
  })
})

describe('private names', () => {
  it.each(['home.arpa', 'corp.internal', 'printer.local', '20.168.192.in-addr.arpa', 'shop.example'])(
    '%s is never asked about outside',
    async (zone) => {
      await createZone(zone, [set('@', 'NS', 'ns1.shop.org.')])
      const found = await read(zone)
      expect(found).toMatchObject({
        resolver: null,
        nameServers: { state: 'private', atParent: null },
        ds: { state: 'none' },
      })
      expect(found.nameServers.inZone).toEqual([{ name: 'ns1.shop.org', glue: [] }])
      expect(found.nameServers.detail).toMatch(/RFC|ICANN/)
      expect(outside()).toEqual([])
    },
  )

  it('of documentation are asked of a resolver on this machine alone', async () => {
    world = await makeWorld({ DOH_URL: 'https://doh.test.net/dns-query, http://127.0.0.1:8002/dns-query' })
    await createZone('shop.example', [set('@', 'NS', 'ns1.host.net.')])
    world.cuts['shop.example.'] = { parent: 'example.', nameServers: ['ns1.host.net.'], ttl: 60 }
    expect(await read('shop.example')).toMatchObject({ resolver: '127.0.0.1', nameServers: { state: 'delegated' } })
    expect(new Set(outside().map((url) => new URL(url).host))).toEqual(new Set(['127.0.0.1:8002']))
  })
})

describe('the question', () => {
  it('needs the right to view the zone, and a zone that is there', async () => {
    const { panel, connection } = world
    const none = await person(panel, 'usr_none', [{ connection, zone: 'other.org', right: 'full' }])
    expect((await none.ask('GET', `${at('shop.org')}/delegation`)).status).toBe(404)
    const view = await person(panel, 'usr_view', [{ connection, zone: 'shop.org', right: 'view' }])
    expect((await read('shop.org', view)).nameServers.state).toBe('not-delegated')
    expect((await world.owner.ask('GET', `${at('nothing.org')}/delegation`)).status).toBe(404)
  })

  it('carries no credential, and asks little', async () => {
    const before = world.panel.sent.length
    await read('shop.org')
    const sent = world.panel.sent.slice(before).filter(({ url }) => url.includes('doh.test.net'))
    expect(sent).toHaveLength(2)
    expect(new Set(sent.flatMap(({ headers }) => [...headers.keys()]))).toEqual(new Set(['accept', 'user-agent']))
    expect(world.doh.asked).toEqual(['NS shop.org.', 'DS shop.org.'])
  })

  it.each([
    ['off', 'The operator has turned off asking a resolver (DOH_URL).'],
    ['not an address', 'The variable DOH_URL cannot be used. It is a list such as'],
    ['http://doh.test.net/dns-query', 'The variable DOH_URL cannot be used. The address must begin with https://'],
    ['https://10.0.0.1/dns-query', 'The variable DOH_URL cannot be used. This address is not on the public internet.'],
  ])('is not asked with DOH_URL %s, and says so', async (url, sentence) => {
    world = await makeWorld({ DOH_URL: url })
    await createZone('shop.org', [set('@', 'NS', ...ours)])
    const { nameServers } = await read('shop.org')
    expect(nameServers).toMatchObject({ state: 'unknown', detail: expect.stringContaining(sentence) as string })
    expect(outside()).toEqual([])
  })

  it('goes to public resolvers when the operator names none, the second when the first fails', async () => {
    world = await makeWorld({})
    await createZone('shop.org', [set('@', 'NS', ...ours)])
    expect((await read('shop.org')).nameServers.state).toBe('unknown')
    expect(new Set(outside().map((url) => url.replace(/\?.*/, '')))).toEqual(
      new Set(['https://cloudflare-dns.com/dns-query', 'https://dns.google/dns-query']),
    )
  })
})
