import type { Change } from '@zonedeck/shared/change'
import { setKey } from '@zonedeck/shared/plan/keys'
import type { RecordSet } from '@zonedeck/shared/record-set'
import { canonicalRdata } from '@zonedeck/shared/records/rdata'
import { textToTxt } from '@zonedeck/shared/records/txt'
import { describe, expect, it } from 'vitest'
import { conformance } from '../conformance.ts'
import { makeUpstream } from '../upstream.ts'
import { policyFromEnv } from '../url-policy.ts'
import { about } from './about.ts'
import { dns } from './dns.ts'
import { simulate, type Simulation } from './simulator.ts'

const policy = policyFromEnv({ ALLOW_LOOPBACK_UPSTREAM: 'true' })
const KEY = '5f3b1c9a-0000-4000-8000-7d1e2f3a4b5c'
const PASSWORD = 'canary-of-the-root-account'
const containing = (text: string) => expect.stringContaining(text) as string

type Options = Omit<Parameters<typeof simulate>[0], 'users'>
type Fetch = Simulation['fetch']

const server = (options: Options = {}) =>
  simulate({
    users: [
      { userName: 'root', apikey: KEY, password: PASSWORD, firstName: 'Rita', email: 'rita@example.net' },
      { userName: 'ada', apikey: 'key-of-ada', password: 'ada' },
    ],
    ...options,
  })

function connect(fetch: Fetch, apiKey = KEY, calls = 5000) {
  const upstream = makeUpstream({
    baseUrl: new URL('http://127.0.0.1:8080/jpower-admin/rest'),
    headers: {},
    fetch,
    policy,
    budget: { left: calls },
    sleep: () => Promise.resolve(),
  })
  return dns({ upstream, credentials: { apiKey }, now: Date.now })
}

const ZONE = 'conformance.example'

/** A server with a zone in it, and its adapter. */
async function opened(options: Options = {}, zone = ZONE) {
  const simulation = await server(options)
  const provider = connect(simulation.fetch)
  await provider.createZone?.(zone, { operation: 'create', kind: 'NATIVE' })
  return { simulation, provider }
}

const VARIANTS: [string, Options][] = [
  ['in XML, as the document says', {}],
  ['in JSON whatever is asked for', { ignoresAccept: true, json: { shape: 'bare' } }],
  [
    'in Jettison’s JSON, with dates as numbers and numbers as strings',
    { ignoresAccept: true, json: { shape: 'jettison', dates: 'epoch', values: 'strings' } },
  ],
  ['with names by their U-labels', { unicodeNames: true }],
  ['with 500 for every mistake', { duplicateStatus: 500, invalidStatus: 500, errorBody: 'html' }],
]

describe.each(VARIANTS)('a server that answers %s', (name, options) => {
  conformance({
    name: `CustomDNS, ${name}`,
    about,
    open: async () => {
      const { simulation, provider } = await opened(options)
      return {
        provider,
        zone: ZONE,
        stranger: connect(simulation.fetch, '00000000-0000-4000-8000-000000000000'),
        secret: KEY,
        log: () => simulation.log.map(({ method, path, query }) => `${method} ${path}${query}`),
      }
    },
  })
})

const set = (name: string, type: string, ttl: number, ...rdatas: string[]): RecordSet => ({
  name,
  type,
  ttl,
  records: rdatas.map((rdata) => ({ rdata: canonicalRdata(type, rdata) })),
})

type Provider = ReturnType<typeof connect>

const read = async (provider: Provider, zone = ZONE) =>
  new Map((await provider.readZone(zone)).recordSets.map((each) => [setKey(each), each]))

/** Saves one set, and answers its result and what the zone holds of it then. */
async function save(provider: Provider, key: { name: string; type: string }, after: RecordSet | null, zone = ZONE) {
  const sets = await read(provider, zone)
  const change: Change = { ...key, before: sets.get(setKey(key)) ?? null, after }
  const { results } = await provider.apply(zone, [change], [...sets.values()])
  const held = (await read(provider, zone)).get(setKey(key))
  return { result: results[0], held, rdatas: held?.records.map(({ rdata }) => rdata).sort() }
}

/** The calls of records since the log was last looked at, in short. */
function writes(simulation: Simulation): string[] {
  return simulation.log
    .splice(0)
    .filter(({ method }) => method !== 'GET')
    .map(({ method, body, path, status }) => {
      const field = (name: string) => new RegExp(`<${name}>(.*?)</${name}>`).exec(body)?.[1] ?? ''
      const what = body === '' ? path.replace(/.*\//, '') : `${field('ttl')} ${field('prio')} ${field('content')}`
      return `${method} ${what} ${status}`
    })
}

/** Answers by `failure` where `when` says so for the first time, and by the server otherwise. */
function failing(
  fetch: Fetch,
  when: (request: Request, body: string) => boolean,
  failure: (request: Request) => Response | Promise<Response>,
  times = 1,
): Fetch {
  let left = times
  return async (request) => {
    if (left > 0 && when(request, await request.clone().text())) {
      left -= 1
      return failure(request)
    }
    return fetch(request)
  }
}

const status =
  (code: number, headers: Record<string, string> = {}) =>
  () =>
    new Response(null, { status: code, headers })

describe('the account', () => {
  it('is named, and a ROOT account told from others by a harmless call', async () => {
    const { simulation, provider } = await opened()
    expect(await provider.test()).toMatchObject({ account: 'root', notes: [containing('ROOT'), containing('anew')] })
    const ada = await connect(simulation.fetch, 'key-of-ada').test()
    expect(ada).toMatchObject({ account: 'ada', missing: [] })
    expect(ada.notes?.join()).not.toContain('ROOT')
    expect(simulation.log.every(({ method }) => method === 'GET' || method === 'POST')).toBe(true)
  })

  it('is not accepted when the server fails at the first call', async () => {
    const { fetch } = await server({ badKeyStatus: 500, errorBody: 'html' })
    const error = await connect(fetch, 'wrong')
      .test()
      .catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ kind: 'auth', message: containing('API key that it does not accept') })
    expect(String(error)).not.toMatch(/[<>]|EJBException/)
    await expect(connect(fetch, 'wrong').listZones()).rejects.toMatchObject({
      kind: 'unavailable',
      message: containing('API key that it does not accept'),
    })
  })

  it.each([
    ['a page', new Response('<!doctype html><p>Welcome', { headers: { 'content-type': 'text/html' } }), 'protocol'],
    [
      'a page called XML',
      new Response('<html><br></html>', { headers: { 'content-type': 'application/xml' } }),
      'protocol',
    ],
    ['nothing', new Response(null, { status: 204 }), 'protocol'],
    ['another object', new Response('{"message":"hello"}'), 'protocol'],
    ['404', new Response(null, { status: 404 }), 'missing'],
    ['403', new Response(null, { status: 403 }), 'auth'],
    ['503', new Response(null, { status: 503 }), 'unavailable'],
    ['418', new Response(null, { status: 418 }), 'protocol'],
  ])('an address that answers with %s is no server of this kind', async (_, response, kind) => {
    await expect(connect(() => Promise.resolve(response.clone())).test()).rejects.toMatchObject({ kind })
  })

  it('has secrets that never leave the adapter', async () => {
    const simulation = await server()
    const said: unknown[] = []
    for (const shape of ['xml', 'bare', 'jettison'] as const) {
      const { fetch } = await simulate({
        users: [],
        state: simulation.state,
        ...(shape === 'xml' ? {} : { ignoresAccept: true, json: { shape } }),
      })
      const broken: Fetch = async (request) => {
        const response = await fetch(request)
        const text = await response.text()
        return new Response(text.replace(/userName/g, 'nobody'), { headers: response.headers })
      }
      said.push(await connect(fetch).test())
      said.push(
        await connect(broken)
          .test()
          .catch((error: unknown) => `${String(error)} ${JSON.stringify(error)}`),
      )
      said.push(await connect(fetch).listZones())
    }
    expect(said).toHaveLength(9)
    for (const { password, apikey } of simulation.state.users) {
      expect(JSON.stringify(said)).not.toContain(password)
      expect(JSON.stringify(said)).not.toContain(apikey)
    }
  })
})

describe('the list of zones', () => {
  /** A server with as many zones, all of them alike. */
  async function crowd(size: number) {
    const { simulation } = await opened()
    const [zone] = simulation.state.zones
    if (!zone) throw new Error('There is no zone.')
    simulation.state.zones = Array.from({ length: size }, (_, index) => ({
      ...zone,
      zoneId: index + 1,
      name: `zone-${index + 1}.example`,
    }))
    simulation.log.length = 0
    return simulation
  }

  /** The same server with another habit of paging. */
  const changed =
    ({ fetch }: Simulation, change: (query: URLSearchParams) => void): Fetch =>
    (request) => {
      const url = new URL(request.url)
      change(url.searchParams)
      return fetch(new Request(url, request))
    }

  it('goes through 250 zones, each of them once', async () => {
    const simulation = await crowd(250)
    const provider = connect(simulation.fetch)
    const names = (await provider.listZones()).map(({ name }) => name)
    expect(new Set(names).size).toBe(250)
    expect(names).toHaveLength(250)
    const asked = simulation.log.map(({ path, query }) => path + query).sort()
    expect(asked).toEqual([
      '/zone/count',
      '/zone/list/?offset=0&count=100',
      '/zone/list/?offset=100&count=100',
      '/zone/list/?offset=200&count=100',
    ])
    // One that is on the last page is found, and read.
    expect((await provider.readZone('zone-249.example')).zone).toMatchObject({ kind: 'Native', ref: '249' })
  })

  it('does not run out of calls with thousands, whatever page the server gives', async () => {
    const simulation = await crowd(2210)
    expect(await connect(simulation.fetch, KEY, 12).listZones()).toHaveLength(2210)
    const clamped = changed(simulation, (query) => query.set('count', '100'))
    expect(await connect(clamped, KEY, 40).listZones()).toHaveLength(2210)
  })

  it('ends with a server that gives the same page for ever', async () => {
    const stuck = changed(await crowd(150), (query) => query.delete('offset'))
    expect(await connect(stuck, KEY, 20).listZones()).toHaveLength(100)
  })

  it('is read once more when it changed between its pages', async () => {
    const { simulation, provider } = await opened()
    let listings = 0
    const moving = connect(async (request) => {
      if (!request.url.includes('/zone/list/')) return simulation.fetch(request)
      listings += 1
      if (listings === 1) return new Response('<collection/>', { headers: { 'content-type': 'application/xml' } })
      return simulation.fetch(request)
    })
    expect(await moving.listZones()).toEqual(await provider.listZones())
    expect(listings).toBe(2)
  })

  it('is shown when the server will not count', async () => {
    const { simulation } = await opened()
    const provider = connect(
      failing(
        simulation.fetch,
        ({ url }) => url.endsWith('/zone/count'),
        () => new Response(null, { status: 500 }),
        9,
      ),
    )
    expect(await provider.listZones()).toHaveLength(1)
  })

  it('holds the zones of the key’s own account alone, unless it is ROOT', async () => {
    const { simulation, provider } = await opened()
    const ada = connect(simulation.fetch, 'key-of-ada')
    await ada.createZone?.('ada.example', { operation: 'create', kind: 'NATIVE' })
    expect((await ada.listZones()).map(({ name }) => name)).toEqual(['ada.example'])
    expect((await provider.listZones()).map(({ name }) => name)).toEqual([ZONE, 'ada.example'])
    await expect(ada.readZone(ZONE)).rejects.toMatchObject({ kind: 'missing' })
    await expect(ada.createZone?.(ZONE, { operation: 'create', kind: 'NATIVE' })).rejects.toMatchObject({
      kind: 'conflict',
      message: containing('in another account'),
    })
  })

  it('asks for JSON where a server has no XML', async () => {
    const { simulation } = await opened()
    const provider = connect((request) => {
      const accept = request.headers.get('accept') ?? ''
      return accept === 'application/xml'
        ? Promise.resolve(new Response(null, { status: 406 }))
        : simulation.fetch(request)
    })
    expect((await provider.readZone(ZONE)).recordSets.map(({ type }) => type)).toEqual(['SOA', 'NS'])
  })
})

const SHAPES = ['bare', 'collection', 'jettison', 'items', 'keyed', 'single'] as const
const STYLES = SHAPES.flatMap((shape) =>
  (['iso', 'epoch'] as const).flatMap((dates) =>
    (['typed', 'strings'] as const).map((values) => ({ shape, dates, values })),
  ),
)

describe('every way of writing JSON', () => {
  it.each(STYLES)('says the same as XML: $shape, $dates, $values', async (json) => {
    const { simulation, provider } = await opened({ now: () => Date.parse('2019-03-06T15:57:32Z') })
    await save(provider, { name: 'www', type: 'A' }, set('www', 'A', 300, '192.0.2.1', '192.0.2.2'))
    await save(provider, { name: 'txt', type: 'TXT' }, set('txt', 'TXT', 300, '"true"', '"42"', '"<b>&amp;</b>"'))
    simulation.setActive(ZONE, `www.${ZONE}`, 'A', false)
    const again = await simulate({ users: [], state: simulation.state, ignoresAccept: true, json })
    const other = connect(again.fetch)
    expect(await other.listZones()).toEqual(await provider.listZones())
    expect(await other.readZone(ZONE)).toEqual(await provider.readZone(ZONE))
    expect((await other.listZones())[0]?.modifiedAt).toBe('2019-03-06T15:57:32.000Z')
    await save(other, { name: 'www', type: 'A' }, null)
    expect((await read(other)).has('www A')).toBe(false)
    // Nothing at all is a list of nothing.
    simulation.state.zones = []
    expect(
      await connect(
        (await simulate({ users: [], state: simulation.state, ignoresAccept: true, json })).fetch,
      ).listZones(),
    ).toEqual([])
  })
})

it('a server that says little, or more than its document, is understood', async () => {
  const { provider: whole } = await opened()
  const terse = connect((request) => {
    const answers = request.url.includes('/records')
      ? [{ id: 7, name: `www.${ZONE}.`, type: 'A', content: '192.0.2.1', orderName: null, domain: { name: ZONE } }]
      : [{ name: ZONE, users: [{ userName: 'root', password: 'x' }], dateModified: 'yesterday' }]
    return Promise.resolve(Response.json(answers))
  })
  expect(await terse.readZone(ZONE)).toEqual({
    zone: { name: ZONE, kind: 'Native', recordCount: 1 },
    recordSets: [{ name: 'www', type: 'A', ttl: 3600, records: [{ rdata: '192.0.2.1', ref: '7' }] }],
  })
  expect((await whole.readZone(ZONE)).zone.modifiedAt).toMatch(/Z$/)
})

describe('an internationalised zone', () => {
  const zone = 'xn--e1afmkfd.xn--90ae'

  it('is found by its A-label and asked for exactly as it is listed', async () => {
    const { simulation, provider } = await opened({}, 'xn--e1afmkfd.example')
    const [listed] = simulation.state.zones
    if (!listed) throw new Error('There is no zone.')
    listed.name = 'пример.бг'
    for (const record of listed.records) record.name = 'пример.бг'
    expect((await provider.listZones()).map(({ name }) => name)).toEqual([zone])
    expect([...(await read(provider, zone)).keys()]).toEqual(['@ SOA', '@ NS'])
    simulation.log.length = 0
    const { result, held } = await save(
      provider,
      { name: 'xn--bcher-kva', type: 'A' },
      set('xn--bcher-kva', 'A', 60, '192.0.2.1'),
      zone,
    )
    expect(result).toMatchObject({ status: 'done' })
    expect(held?.name).toBe('xn--bcher-kva')
    const post = simulation.log.find(({ method }) => method === 'POST')
    expect(post?.path).toBe('/zone/%D0%BF%D1%80%D0%B8%D0%BC%D0%B5%D1%80.%D0%B1%D0%B3')
    expect(post?.body).toContain('<name>xn--bcher-kva.xn--e1afmkfd.xn--90ae</name>')
    await provider.deleteZone?.(zone)
    expect(await provider.listZones()).toEqual([])
  })

  it.each([false, true])('is made by its A-label, and not again beside itself', async (unicodeNames) => {
    const { provider } = await opened({ unicodeNames }, 'xn--mnchen-3ya.example')
    for (const wanted of [
      set('xn--bcher-kva', 'MX', 60, '10 xn--bcher-kva.example.'),
      set('@', 'TXT', 60, '"v=spf1 -all"'),
      set('@', 'TXT', 90, '"v=spf1 -all"'),
    ]) {
      const { result, held } = await save(provider, wanted, wanted, 'xn--mnchen-3ya.example')
      expect(result).toMatchObject({ status: 'done' })
      expect(held).toMatchObject(wanted)
    }
    expect((await provider.listZones()).map(({ name }) => name)).toEqual(['xn--mnchen-3ya.example'])
    await expect(
      provider.createZone?.('xn--mnchen-3ya.example', { operation: 'create', kind: 'NATIVE' }),
    ).rejects.toMatchObject({ kind: 'conflict' })
  })
})

describe('making a zone', () => {
  it('gives it to another account when a ROOT account says so', async () => {
    const { simulation, provider } = await opened()
    const create = (zone: string, owner: string, as = provider) =>
      as.createZone?.(zone, { operation: 'create', kind: 'NATIVE', values: { owner } })
    await create('hers.example', 'ada')
    expect(simulation.log.at(-1)).toMatchObject({ path: '/zone', query: '?userName=ada', status: 204 })
    const ada = connect(simulation.fetch, 'key-of-ada')
    expect((await ada.listZones()).map(({ name }) => name)).toEqual(['hers.example'])
    expect(await provider.listZones()).toHaveLength(2)
    await expect(create('nobodys.example', 'nobody')).rejects.toMatchObject({ kind: 'refused', field: 'owner' })
    await expect(create('his.example', 'root', ada)).rejects.toMatchObject({ kind: 'forbidden' })
    expect(await provider.listZones()).toHaveLength(2)
  })

  it('is done when the server did it and answered 500', async () => {
    const { simulation } = await opened()
    const half: Fetch = async (request) => {
      const response = await simulation.fetch(request)
      return request.method === 'GET' ? response : new Response(null, { status: 500 })
    }
    expect(await connect(half).createZone?.('half.example', { operation: 'create', kind: 'MASTER' })).toEqual({
      name: 'half.example',
    })
    await connect(half).deleteZone?.('half.example')
    expect(await connect(half).listZones()).toHaveLength(1)
    const never = connect(failing(simulation.fetch, ({ method }) => method !== 'GET', status(500), 9))
    await expect(never.createZone?.('never.example', { operation: 'create', kind: 'NATIVE' })).rejects.toMatchObject({
      kind: 'refused',
    })
    await expect(never.deleteZone?.(ZONE)).rejects.toMatchObject({ kind: 'refused' })
  })
})

describe('a zone', () => {
  it('has a SOA that is shown, and cannot be written', async () => {
    const { provider } = await opened()
    const content = await provider.readZone(ZONE)
    expect(content.zone).toMatchObject({ name: ZONE, kind: 'Native', serial: 0, recordCount: 4 })
    const soa = content.recordSets.find(({ type }) => type === 'SOA')
    expect(soa).toMatchObject({
      readOnly: 'soa',
      records: [{ rdata: `ns1.nicmus.com. hostmaster.${ZONE}. 0 10800 3600 604800 3600` }],
    })
    const { result } = await save(
      provider,
      { name: '@', type: 'SOA' },
      { ...set('@', 'SOA', 60), records: soa?.records ?? [] },
    )
    expect(result).toMatchObject({ status: 'failed' })
  })

  it('keeps a name server at its apex', async () => {
    const { provider } = await opened()
    expect((await save(provider, { name: '@', type: 'NS' }, null)).result).toMatchObject({
      status: 'failed',
      detail: containing('at least one NS'),
    })
    const { rdatas } = await save(provider, { name: '@', type: 'NS' }, set('@', 'NS', 3600, 'ns1.example.net.'))
    expect(rdatas).toEqual(['ns1.example.net.'])
  })

  it('that is a copy is not written', async () => {
    const { simulation, provider } = await opened()
    if (simulation.state.zones[0]) simulation.state.zones[0].type = 'SLAVE'
    expect((await provider.listZones())[0]?.readOnly).toContain('copy')
    await expect(save(provider, { name: 'www', type: 'A' }, set('www', 'A', 60, '192.0.2.1'))).rejects.toMatchObject({
      kind: 'refused',
    })
  })

  it('of more than a page is read whole, and its count held against it', async () => {
    const { simulation, provider } = await opened()
    const addresses = Array.from({ length: 230 }, (_, index) => `192.0.2.${index}`)
    expect((await save(provider, { name: 'many', type: 'A' }, set('many', 'A', 60, ...addresses))).rdatas).toHaveLength(
      230,
    )
    simulation.log.length = 0
    const { zone } = await provider.readZone(ZONE)
    expect(zone).toMatchObject({ recordCount: 234 })
    expect(zone.warnings).toBeUndefined()
    expect(simulation.log.filter(({ path }) => path.endsWith('/records'))).toHaveLength(3)
    const lying = connect(
      failing(
        simulation.fetch,
        ({ url }) => url.endsWith(`/${ZONE}/count`),
        () => new Response('999'),
        9,
      ),
    )
    expect((await lying.readZone(ZONE)).zone).toMatchObject({
      recordCount: 999,
      warnings: [containing('counts 999 records and lists 234')],
    })
  })

  it('tells of records that have no place in it', async () => {
    const { simulation, provider } = await opened()
    const [soa] = simulation.state.zones[0]?.records ?? []
    if (!soa) throw new Error('There is no record.')
    simulation.state.zones[0]?.records.push({ ...soa, id: 900, name: 'elsewhere.net', type: 'A', content: '192.0.2.1' })
    const { zone, recordSets } = await provider.readZone(ZONE)
    expect(zone.warnings).toEqual([containing('A record has a name outside of the zone')])
    expect(recordSets).toHaveLength(2)
  })

  it('that the server will not delete by name stays, with the reason', async () => {
    const { simulation } = await opened()
    const provider = connect(
      failing(
        simulation.fetch,
        ({ method }) => method === 'DELETE',
        () => new Response(null, { status: 405 }),
      ),
    )
    await expect(provider.deleteZone?.(ZONE)).rejects.toMatchObject({ kind: 'refused', message: containing('405') })
    expect(await provider.listZones()).toHaveLength(1)
  })

  it('with a name that is none is refused', async () => {
    const { provider } = await opened()
    await expect(provider.createZone?.('single', { operation: 'create', kind: 'NATIVE' })).rejects.toMatchObject({
      kind: 'refused',
      message: containing('with a dot'),
    })
  })
})

/** What goes over the wire for canonical data of each type, and how a server of any habit may list it. */
const CONTENTS: [type: string, rdata: string, content: string, prio: number, listed?: string][] = [
  ['A', '192.0.2.1', '192.0.2.1', 0],
  ['AAAA', '2001:db8::1', '2001:db8::1', 0],
  ['AAAA', '::ffff:192.0.2.1', '::ffff:c000:201', 0],
  ['AAAA', '2001:db8::', '2001:db8:0:0:0:0:0:0', 0],
  ['CAA', '0 issue "ca.example.net; a=b"', '0 issue "ca.example.net; a=b"', 0],
  ['CNAME', 'target.example.net.', 'target.example.net', 0],
  ['HINFO', '"PC" "Linux 6"', '"PC" "Linux 6"', 0],
  ['LOC', '51 30 12.748 N 0 7 39.612 W 0.00m', '51 30 12.748 N 0 7 39.612 W 0.00m 1m 10000m 10m', 0],
  ['MX', '10 mail.example.net.', 'mail.example.net', 10],
  [
    'NAPTR',
    '100 50 "u" "E2U+sip" "!^.*$!sip:info@example.net!" .',
    '100 50 "u" "E2U+sip" "!^.*$!sip:info@example.net!" .',
    0,
  ],
  ['NAPTR', '100 50 "s" "SIP+D2U" "" _sip._udp.example.net.', '100 50 "s" "SIP+D2U" "" _sip._udp.example.net', 0],
  ['NS', 'ns1.example.net.', 'ns1.example.net', 0],
  ['PTR', 'host.example.net.', 'host.example.net', 0],
  ['RP', 'admin.example.net. about.example.net.', 'admin.example.net about.example.net', 0],
  ['SPF', '"v=spf1 mx -all"', 'v=spf1 mx -all', 0, '"v=spf1 mx -all"'],
  ['SRV', '10 20 5060 sip.example.net.', '20 5060 sip.example.net', 10],
  ['SRV', '0 0 0 .', '0 0 .', 0],
  ['TXT', textToTxt('plain'), 'plain', 0],
  ['TXT', textToTxt('two words; and more'), 'two words; and more', 0, '"two words; and more"'],
  ['TXT', textToTxt('say "hello"'), '"say \\"hello\\""', 0],
  ['TXT', textToTxt('  indented  '), '"  indented  "', 0],
  ['TXT', textToTxt('back\\slash'), '"back\\\\slash"', 0],
  ['TXT', textToTxt('Grüße'), '"Gr\\195\\188\\195\\159e"', 0],
  ['TXT', '""', '""', 0],
  ['TXT', '"one" "two"', '"one" "two"', 0],
  ['TXT', textToTxt(`<a>&amp;</a>'${'x'.repeat(60)}`), `<a>&amp;</a>'${'x'.repeat(60)}`, 0],
]

describe('the content of a record', () => {
  it.each(CONTENTS)('%s %s goes as %s', async (type, text, content, prio, listed = content) => {
    const { simulation, provider } = await opened()
    const rdata = canonicalRdata(type, text)
    const { result, rdatas } = await save(provider, { name: 'x', type }, set('x', type, 300, text))
    expect(result).toMatchObject({ status: 'done' })
    expect(rdatas).toEqual([rdata])
    const stored = simulation.state.zones[0]?.records.find(({ name }) => name === `x.${ZONE}`)
    expect(stored).toMatchObject({ name: `x.${ZONE}`, type, content: listed, prio, ttl: 300 })
  })

  it.each([
    ['MX', 'mail.example.net.', 5, '5 mail.example.net.'],
    ['MX', 'почта.пример.бг', 5, '5 xn--80a1acny.xn--e1afmkfd.xn--90ae.'],
    ['TXT', 'v=spf1 -all', 0, '"v=spf1 -all"'],
    ['TXT', '"say "hello""', 0, '"say \\"hello\\""'],
    ['TXT', '', 0, '""'],
    ['SRV', '0 443', 0, '0 443'],
    ['MBOXFW', 'info@example.net', 0, 'info@example.net'],
    ['SSHFP', '', 0, '\\# 0'],
  ])('%s “%s” is read', async (type, content, prio, rdata) => {
    const { simulation, provider } = await opened()
    const at = { active: true, dateCreated: 0, dateModified: 0 }
    simulation.state.zones[0]?.records.push({ id: 900, name: `x.${ZONE}`, type, content, prio, ttl: 60, ...at })
    const held = (await read(provider)).get(`x ${type}`)
    expect(held?.records.map((record) => record.rdata)).toEqual([rdata])
    expect(held?.readOnly).toBe(['MBOXFW', 'SSHFP'].includes(type) ? 'unsupported' : undefined)
  })

  it('that is too long for the server is refused before it is sent', async () => {
    const { simulation, provider } = await opened()
    simulation.log.length = 0
    const fits = textToTxt(`${'k'.repeat(126)} ${'k'.repeat(126)}`)
    expect((await save(provider, { name: 'x', type: 'TXT' }, set('x', 'TXT', 60, fits))).result?.status).toBe('done')
    expect(writes(simulation)).toHaveLength(1)
    // The server adds two quotes to a text with spaces.
    const long = textToTxt(`${'k'.repeat(127)} ${'k'.repeat(126)}`)
    const { result } = await save(provider, { name: 'y', type: 'TXT' }, set('y', 'TXT', 60, long))
    expect(result).toMatchObject({
      status: 'failed',
      detail: containing('keeps 255 characters of a record; this TXT takes 256'),
    })
    expect(writes(simulation)).toEqual([])
  })

  it('that the server fails at is refused with what is known of it', async () => {
    const { provider } = await opened({ contentAsName: true })
    const key = textToTxt(`v=DKIM1; p=${'k'.repeat(100)}`)
    const { result, held } = await save(provider, { name: 'x', type: 'TXT' }, set('x', 'TXT', 60, key))
    expect(result).toMatchObject({ status: 'failed', detail: containing('63 characters in a row') })
    expect(held).toBeUndefined()
  })

  it('of a type that the server does not know is not sent', async () => {
    const { simulation, provider } = await opened()
    simulation.log.length = 0
    const { result } = await save(
      provider,
      { name: 'x', type: 'SSHFP' },
      { name: 'x', type: 'SSHFP', ttl: 60, records: [{ rdata: '4 2 00' }] },
    )
    expect(result).toMatchObject({ status: 'failed', detail: containing('no SSHFP records') })
    expect(writes(simulation)).toEqual([])
  })
})

describe('an edit', () => {
  it('adds the new record, reads it back, and only then deletes the old one', async () => {
    const { simulation, provider } = await opened()
    await save(provider, { name: 'www', type: 'A' }, set('www', 'A', 300, '192.0.2.1', '192.0.2.2'))
    simulation.log.length = 0
    await save(provider, { name: 'www', type: 'A' }, set('www', 'A', 300, '192.0.2.2', '192.0.2.3'))
    const calls = simulation.log.map(({ method, path }) => `${method} ${path.replace(`/zone/${ZONE}`, '')}`)
    const from = calls.indexOf('POST ')
    expect(calls.slice(from, from + 3)).toEqual(['POST ', 'GET /record/7', 'DELETE /record/5'])
    expect(writes(simulation)).toEqual(['POST 300 0 192.0.2.3 200', 'DELETE 5 204'])
  })

  it('of a TTL or a priority alone deletes the record and makes it anew', async () => {
    const { simulation, provider } = await opened()
    await save(
      provider,
      { name: '@', type: 'MX' },
      set('@', 'MX', 3600, '10 mail.example.net.', '20 mail2.example.net.'),
    )
    simulation.log.length = 0
    const { rdatas } = await save(
      provider,
      { name: '@', type: 'MX' },
      set('@', 'MX', 3600, '5 mail.example.net.', '20 mail2.example.net.'),
    )
    expect(rdatas).toEqual(['20 mail2.example.net.', '5 mail.example.net.'])
    expect(writes(simulation)).toEqual(['DELETE 5 204', 'POST 3600 5 mail.example.net 200'])
    await save(provider, { name: '@', type: 'MX' }, set('@', 'MX', 60, '5 mail.example.net.', '20 mail2.example.net.'))
    expect(writes(simulation)).toEqual([
      'DELETE 7 204',
      'POST 60 5 mail.example.net 200',
      'DELETE 6 204',
      'POST 60 20 mail2.example.net 200',
    ])
  })

  it('of a CNAME deletes it before the new one', async () => {
    const { simulation, provider } = await opened()
    await save(provider, { name: 'www', type: 'CNAME' }, set('www', 'CNAME', 300, 'a.example.net.'))
    simulation.log.length = 0
    const { rdatas } = await save(provider, { name: 'www', type: 'CNAME' }, set('www', 'CNAME', 300, 'b.example.net.'))
    expect(rdatas).toEqual(['b.example.net.'])
    expect(writes(simulation)).toEqual(['DELETE 5 204', 'POST 300 0 b.example.net 200'])
  })

  it('keeps the server’s own spelling of what it makes anew', async () => {
    const { simulation, provider } = await opened()
    await save(provider, { name: '@', type: 'MX' }, set('@', 'MX', 3600, '10 mail.example.net.'))
    const record = simulation.state.zones[0]?.records.at(-1)
    if (record) record.content = 'Mail.Example.NET'
    const { held } = await save(provider, { name: '@', type: 'MX' }, set('@', 'MX', 60, '10 mail.example.net.'))
    expect(held).toMatchObject({ ttl: 60, records: [{ rdata: '10 mail.example.net.' }] })
    expect(simulation.state.zones[0]?.records.at(-1)?.content).toBe('Mail.Example.NET')
  })

  it('shows records of one set with TTLs of their own, and makes them one', async () => {
    const { simulation, provider } = await opened()
    await save(provider, { name: 'www', type: 'A' }, set('www', 'A', 300, '192.0.2.1', '192.0.2.2'))
    const record = simulation.state.zones[0]?.records.at(-1)
    if (record) record.ttl = 60
    const mixed = (await read(provider)).get('www A')
    expect(mixed).toMatchObject({ ttl: 60, records: [{ ttl: 300 }, {}], warnings: ['mixed-ttl'] })
    simulation.log.length = 0
    const { held } = await save(provider, { name: 'www', type: 'A' }, set('www', 'A', 60, '192.0.2.1', '192.0.2.2'))
    expect(held?.warnings).toBeUndefined()
    expect(writes(simulation)).toEqual(['DELETE 5 204', 'POST 60 0 192.0.2.1 200'])
  })

  it('is not begun when the server would not take the record back', async () => {
    const { simulation, provider } = await opened()
    await save(provider, { name: '@', type: 'MX' }, set('@', 'MX', 3600, `10 mail.${ZONE}.`))
    await save(provider, { name: 'imap', type: 'CNAME' }, set('imap', 'CNAME', 3600, `mail.${ZONE}.`))
    simulation.log.length = 0
    const { result, held } = await save(provider, { name: '@', type: 'MX' }, set('@', 'MX', 60, `10 mail.${ZONE}.`))
    expect(result).toMatchObject({ status: 'failed', detail: containing(`imap.${ZONE} CNAME mail.${ZONE}`) })
    expect(held?.ttl).toBe(3600)
    expect(writes(simulation)).toEqual([])
  })

  it('stops before the calls run out, and goes on where it was', async () => {
    const { simulation } = await opened()
    const wanted = set('many', 'A', 60, ...Array.from({ length: 40 }, (_, index) => `192.0.2.${index}`))
    let rounds = 0
    for (let more = true; more; rounds += 1) {
      const provider = connect(simulation.fetch, KEY, 40)
      const sets = await read(provider)
      const change = { name: 'many', type: 'A', before: sets.get('many A') ?? null, after: wanted }
      const answer = await provider.apply(ZONE, [change], [...sets.values()])
      more = answer.more
      if (!more) expect(answer.results).toMatchObject([{ status: 'done' }])
    }
    expect(rounds).toBeGreaterThan(1)
    expect(simulation.state.zones[0]?.records.filter(({ type }) => type === 'A')).toHaveLength(40)
  })
})

describe('an inactive record', () => {
  async function half() {
    const { simulation, provider } = await opened()
    await save(provider, { name: 'www', type: 'A' }, set('www', 'A', 300, '192.0.2.1'))
    simulation.setActive(ZONE, `www.${ZONE}`, 'A', false)
    const shown = (await read(provider)).get('www A')
    expect(shown).toMatchObject({ ttl: 300, records: [{ rdata: '192.0.2.1', disabled: true }] })
    const both = { ...set('www', 'A', 300), records: [...(shown?.records ?? []), { rdata: '192.0.2.2' }] }
    expect((await save(provider, { name: 'www', type: 'A' }, both)).result?.status).toBe('done')
    simulation.log.length = 0
    return { simulation, provider, set: (await read(provider)).get('www A') ?? both }
  }

  it('survives every edit of its siblings', async () => {
    const { simulation, provider, set: shown } = await half()
    const [inactive] = shown.records
    if (!inactive) throw new Error('There is no record.')
    const other = { ...shown, ttl: 60, records: [inactive, { rdata: '192.0.2.9' }] }
    const { result, held } = await save(provider, { name: 'www', type: 'A' }, other)
    expect(result?.status).toBe('done')
    expect(held).toMatchObject({
      ttl: 60,
      records: [{ rdata: '192.0.2.1', disabled: true, ttl: 300 }, { rdata: '192.0.2.9' }],
    })
    expect(held?.warnings).toBeUndefined()
    expect(writes(simulation)).toEqual(['POST 60 0 192.0.2.9 200', 'DELETE 6 204'])
  })

  it.each([
    ['switched on', (records: RecordSet['records']) => [{ rdata: '192.0.2.1' }, ...records.slice(1)]],
    ['joined by another', (records: RecordSet['records']) => [...records, { rdata: '192.0.2.7', disabled: true }]],
    ['given another TTL', ([one, ...rest]: RecordSet['records']) => [{ ...one, rdata: '192.0.2.1', ttl: 5 }, ...rest]],
  ])('cannot be %s', async (_, change) => {
    const { simulation, provider, set: shown } = await half()
    const { result } = await save(provider, { name: 'www', type: 'A' }, { ...shown, records: change(shown.records) })
    expect(result).toMatchObject({
      status: 'failed',
      detail: expect.stringMatching(/switch a record on|is inactive/) as string,
    })
    expect(writes(simulation)).toEqual([])
  })

  it('can be deleted, after everything else', async () => {
    const { simulation, provider } = await half()
    expect((await save(provider, { name: 'www', type: 'A' }, null)).held).toBeUndefined()
    expect(writes(simulation)).toEqual(['DELETE 6 204', 'DELETE 5 204'])
  })
})

const broken = () => Promise.reject(new Error('connection reset'))

describe('a failure midway', () => {
  const before = set('www', 'A', 300, '192.0.2.1', '192.0.2.2')

  /** Saves `after` over `before` through a fetch that fails. */
  async function save2(
    after: RecordSet,
    spoil: (fetch: Fetch) => Fetch,
    key = { name: 'www', type: 'A' },
    first: RecordSet = before,
  ) {
    const { simulation, provider } = await opened()
    await save(provider, key, first)
    simulation.log.length = 0
    const outcome = await save(connect(spoil(simulation.fetch)), key, after)
    return { ...outcome, simulation, calls: writes(simulation) }
  }

  it('takes back what was added, when the next cannot be', async () => {
    const after = set('www', 'A', 300, '192.0.2.3', '192.0.2.4')
    const { result, rdatas, calls } = await save2(after, (fetch) =>
      failing(fetch, ({ method }, body) => method === 'POST' && body.includes('192.0.2.4'), status(400)),
    )
    expect(result).toMatchObject({ status: 'rolled-back', detail: containing('gave no reason') })
    expect(rdatas).toEqual(['192.0.2.1', '192.0.2.2'])
    expect(calls).toEqual(['POST 300 0 192.0.2.3 200', 'DELETE 7 204'])
  })

  it('puts the old record back, when the new one of another TTL cannot be made', async () => {
    const after = set('www', 'A', 60, '192.0.2.1', '192.0.2.2')
    const { result, held, rdatas, calls } = await save2(after, (fetch) =>
      failing(fetch, ({ method }, body) => method === 'POST' && body.includes('192.0.2.2'), status(400)),
    )
    expect(result?.status).toBe('rolled-back')
    expect(rdatas).toEqual(['192.0.2.1', '192.0.2.2'])
    expect(held?.ttl).toBe(300)
    expect(calls).toEqual([
      'DELETE 5 204',
      'POST 60 0 192.0.2.1 200',
      'DELETE 6 204',
      'POST 300 0 192.0.2.2 200',
      'DELETE 7 204',
      'POST 300 0 192.0.2.1 200',
    ])
  })

  it('says exactly what is gone, when the old record cannot be put back', async () => {
    const { result, held } = await save2(
      set('www', 'CNAME', 300, 'b.example.net.'),
      (fetch) => failing(fetch, ({ method }) => method === 'POST', status(400), 9),
      { name: 'www', type: 'CNAME' },
      set('www', 'CNAME', 300, 'a.example.net.'),
    )
    expect(result).toMatchObject({
      status: 'unknown',
      detail: containing(`“www.${ZONE} 300 CNAME a.example.net.” was deleted and could not be put back: `),
    })
    expect(held).toBeUndefined()
  })

  it('puts an old CNAME back', async () => {
    const { result, rdatas } = await save2(
      set('www', 'CNAME', 300, 'b.example.net.'),
      (fetch) => failing(fetch, ({ method }) => method === 'POST', status(400)),
      { name: 'www', type: 'CNAME' },
      set('www', 'CNAME', 300, 'a.example.net.'),
    )
    expect(result?.status).toBe('rolled-back')
    expect(rdatas).toEqual(['a.example.net.'])
  })

  it('is none when the server did its work and answered 500', async () => {
    const after = set('www', 'A', 300, '192.0.2.3')
    for (const method of ['POST', 'DELETE']) {
      const { result, rdatas } = await save2(after, (fetch) =>
        failing(
          fetch,
          (request) => request.method === method,
          async (request) => {
            await fetch(request)
            return new Response(null, { status: 500 })
          },
        ),
      )
      expect(result?.status).toBe('done')
      expect(rdatas).toEqual(['192.0.2.3'])
    }
  })

  it('is not known when the connection broke, and what was made before is taken back', async () => {
    const after = set('www', 'A', 300, '192.0.2.3', '192.0.2.4')
    const { result, rdatas } = await save2(after, (fetch) =>
      failing(fetch, ({ method }, body) => method === 'POST' && body.includes('192.0.2.4'), broken),
    )
    expect(result).toMatchObject({ status: 'unknown', detail: containing('may or may not') })
    expect(rdatas).toEqual(['192.0.2.1', '192.0.2.2'])
  })

  it('leaves the rest for later once something is not known', async () => {
    const { simulation } = await opened()
    const provider = connect(failing(simulation.fetch, ({ method }) => method === 'POST', broken))
    const sets = await read(provider)
    const create = (name: string) => ({ name, type: 'A', before: null, after: set(name, 'A', 60, '192.0.2.1') })
    const { results, more } = await provider.apply(ZONE, [create('one'), create('two')], [...sets.values()])
    expect(results).toMatchObject([{ name: 'one', status: 'unknown' }])
    expect(more).toBe(true)
  })

  it('keeps the old record when the server makes something else of the new one', async () => {
    const after = set('www', 'A', 60, '192.0.2.3')
    const { result, rdatas } = await save2(after, (fetch) => async (request) => {
      const response = await fetch(request)
      const text = await response.text()
      const other = /record\/\d+$/.test(request.url) ? text.replace('<ttl>60<', '<ttl>0<') : text
      return new Response(response.status === 204 ? null : other, response)
    })
    expect(result).toMatchObject({
      status: 'rolled-back',
      detail: containing('made “www.conformance.example 0 A 192.0.2.3” of it'),
    })
    expect(rdatas).toEqual(['192.0.2.1', '192.0.2.2'])
  })

  it('deletes what somebody else deleted already', async () => {
    const { simulation, provider } = await opened()
    await save(provider, { name: 'www', type: 'A' }, before)
    const sets = await read(provider)
    simulation.state.zones[0]?.records.pop()
    const { results } = await provider.apply(
      ZONE,
      [{ name: 'www', type: 'A', before, after: null }],
      [...sets.values()],
    )
    expect(results).toMatchObject([{ status: 'done' }])
    expect((await read(provider)).has('www A')).toBe(false)
  })

  it('by too many calls says how long to wait', async () => {
    const { simulation } = await opened()
    const slow = connect(failing(simulation.fetch, () => true, status(429, { 'retry-after': '120' }), 9))
    await expect(slow.listZones()).rejects.toMatchObject({ kind: 'rate-limited', retryAfter: 120 })
    const soon = connect(failing(simulation.fetch, () => true, status(429, { 'retry-after': '1' })))
    expect(await soon.listZones()).toHaveLength(1)
  })

  it('with a page of HTML shows none of it', async () => {
    const { simulation, provider } = await opened({ errorBody: 'html', invalidStatus: 500 })
    await save(provider, { name: 'www', type: 'CNAME' }, set('www', 'CNAME', 60, 'a.example.net.'))
    const { result } = await save(provider, { name: 'www', type: 'A' }, set('www', 'A', 60, '192.0.2.1'))
    expect(result).toMatchObject({ status: 'failed', detail: containing('no address at a name with a CNAME') })
    expect(result?.detail).not.toMatch(/[<>]|Exception|\.java/)
    const polite = connect(
      failing(
        simulation.fetch,
        ({ method }) => method === 'POST',
        () =>
          new Response('<html><head><title>Error</title></head><body><p>Not a valid&nbsp;address</body></html>', {
            status: 400,
            headers: { 'content-type': 'text/html' },
          }),
      ),
    )
    const { result: said } = await save(polite, { name: 'x', type: 'A' }, set('x', 'A', 60, '192.0.2.1'))
    expect(said).toMatchObject({ status: 'failed', detail: 'The server says: Not a valid address' })
  })
})
