import type { Change } from '@zonedeck/shared/change'
import { setKey } from '@zonedeck/shared/plan/keys'
import type { RecordSet } from '@zonedeck/shared/record-set'
import { canonicalRdata } from '@zonedeck/shared/records/rdata'
import { textToTxt } from '@zonedeck/shared/records/txt'
import { describe, expect, it } from 'vitest'
import { conformance, type Opened } from '../conformance.ts'
import type { DnsProvider } from '../provider.ts'
import { makeUpstream } from '../upstream.ts'
import { policyFromEnv } from '../url-policy.ts'
import { about } from './about.ts'
import { dns } from './dns.ts'
import { simulate, type Simulation } from './simulator.ts'

const policy = policyFromEnv({ ALLOW_LOOPBACK_UPSTREAM: 'true' })
const SECRET = 'vps_7f3a9c51e0b24d68a1c2'
const ZONE = 'example.org'
const containing = (text: string) => expect.stringContaining(text) as string

function connect(
  fetch: Simulation['fetch'],
  { token = SECRET, calls = 1000, slept = [] as number[] } = {},
): DnsProvider {
  const upstream = makeUpstream({
    baseUrl: new URL('http://127.0.0.1'),
    headers: {},
    fetch,
    policy,
    budget: { left: calls },
    sleep: async (milliseconds) => void slept.push(milliseconds),
  })
  return dns({ upstream, credentials: { token }, now: Date.now })
}

interface Server extends Opened {
  simulation: Simulation
  /** What was asked since the last time, without the reading before and after. */
  writes: () => string[]
}

function open(records: object[] = [], change: Partial<Simulation> = {}): Server {
  const held = records.map((record) => ({ record_type: 'A', value: '192.0.2.1', ...record }))
  const simulation = Object.assign(simulate({ token: SECRET, zones: [{ domain: ZONE, records: held }] }), change)
  return {
    simulation,
    zone: ZONE,
    provider: connect(simulation.fetch),
    stranger: connect(simulation.fetch, { token: 'vps_not_the_token' }),
    secret: SECRET,
    log: () => simulation.log.map(({ method, url, body }) => `${method} ${url} ${body}`),
    writes: () =>
      simulation.log
        .splice(0)
        .filter(({ method }) => method !== 'GET')
        .map(({ method, body }) => `${method} ${body}`.trim()),
  }
}

conformance({ name: 'VPS.org, simulated', about, open: async () => open() })
conformance({
  name: 'VPS.org, simulated with pages of two, without PATCH and with silent answers',
  about,
  open: async () => open([], { paginate: 2, patchRefused: true, silentCreate: true }),
})

const set = (name: string, type: string, ...texts: string[]): RecordSet => ({
  name,
  type,
  ttl: 3600,
  records: texts.map((text) => ({ rdata: canonicalRdata(type, text) })),
})

/** Makes the zone hold these sets; a set without records is deleted. Answers the results. */
async function save(provider: DnsProvider, ...wanted: RecordSet[]) {
  const { recordSets } = await provider.readZone(ZONE)
  const fresh = new Map(recordSets.map((each) => [setKey(each), each]))
  const changes = wanted.map((each): Change => {
    const after = each.records.length === 0 ? null : each
    return { name: each.name, type: each.type, before: fresh.get(setKey(each)) ?? null, after }
  })
  return (await provider.apply(ZONE, changes, recordSets)).results
}

const values = (simulation: Simulation, type: string) =>
  simulation
    .records(ZONE)
    .filter(({ record_type }) => record_type === type)
    .map(({ value, priority }) => (priority === null ? value : `${priority} ${value}`))

describe('VPS.org: the calls', () => {
  it('are the eleven documented ones, every path with its slash, and nothing but the account besides', async () => {
    const { provider, simulation } = open()
    await provider.test()
    await provider.listZones()
    await provider.createZone?.('made.example', { operation: 'create', kind: 'Hosted' })
    await save(provider, set('www', 'A', '192.0.2.1', '192.0.2.2'))
    await save(provider, set('www', 'A', '192.0.2.3'))
    simulation.patchRefused = true
    await save(provider, set('www', 'A', '192.0.2.4'))
    await provider.deleteZone?.('made.example')
    const called = new Set(
      simulation.log.map(({ method, url }) => {
        const { pathname } = new URL(url)
        return `${method} ${pathname.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '{uuid}')}`
      }),
    )
    expect([...called].sort()).toEqual([
      'DELETE /api/v1/dns-records/{uuid}/',
      'DELETE /api/v1/dns-zones/{uuid}/',
      'GET /api/v1/account/me/',
      'GET /api/v1/dns-records/',
      'GET /api/v1/dns-records/{uuid}/',
      'GET /api/v1/dns-zones/',
      'GET /api/v1/dns-zones/{uuid}/',
      'GET /api/v1/dns-zones/{uuid}/records/',
      'PATCH /api/v1/dns-records/{uuid}/',
      'POST /api/v1/dns-zones/',
      'POST /api/v1/dns-zones/{uuid}/records/',
      'PUT /api/v1/dns-records/{uuid}/',
    ])
  })

  it('find a zone by the filter, and one that is kept in letters without it', async () => {
    const simulation = simulate({
      token: SECRET,
      zones: [{ domain: 'bücher.example', records: [{ record_type: 'A', value: '192.0.2.1' }] }, { domain: ZONE }],
    })
    const provider = connect(simulation.fetch)
    expect((await provider.listZones()).map(({ name }) => name)).toEqual(['xn--bcher-kva.example', ZONE])
    simulation.log.length = 0
    await provider.readZone(ZONE)
    expect(simulation.log.map(({ url }) => new URL(url).search)).toEqual([`?domain=${ZONE}`, ''])
    expect((await provider.readZone('xn--bcher-kva.example')).recordSets).toHaveLength(1)
  })

  it('follow the pages of 250 zones, and read them bare', async () => {
    const zones = Array.from({ length: 250 }, (_, index) => ({ domain: `zone-${index}.example` }))
    const simulation = simulate({ token: SECRET, zones })
    const provider = connect(simulation.fetch)
    const names = zones.map(({ domain }) => domain)
    expect((await provider.listZones()).map(({ name }) => name)).toEqual(names)
    expect(simulation.log).toHaveLength(1)
    simulation.paginate = 100
    expect((await provider.listZones()).map(({ name }) => name)).toEqual(names)
    expect(simulation.log.slice(1).map(({ url }) => new URL(url).search)).toEqual(['', '?page=2', '?page=3'])
  })

  it('never leave the connection’s own address for a page', async () => {
    const asked: string[] = []
    const first = (next: string) =>
      connect(async (request) => {
        asked.push(request.url)
        const { searchParams } = new URL(request.url)
        const zone = { uuid: 'abc123-def456-ghi789', domain: `page-${searchParams.get('page') ?? 1}.example` }
        return Response.json({
          count: 2,
          next: searchParams.has('page') ? null : next,
          previous: null,
          results: [zone],
        })
      })
    const zones = await first('https://elsewhere.example/api/v1/dns-zones/?page=2').listZones()
    expect(zones.map(({ name }) => name)).toEqual(['page-1.example', 'page-2.example'])
    const astray = first('https://elsewhere.example/api/v1/servers/?page=2').listZones()
    await expect(astray).rejects.toMatchObject({ kind: 'protocol' })
    const round = first('/api/v1/dns-zones/').listZones()
    await expect(round).rejects.toMatchObject({ kind: 'protocol', message: containing('circle') })
    expect(asked.every((url) => url.startsWith('http://127.0.0.1/api/v1/dns-zones/'))).toBe(true)
  })

  it('read the list where the zone itself does not bring all of its records along', async () => {
    const { simulation } = open([{ name: 'www' }, { name: 'ftp' }])
    const short = async (request: Request) => {
      const response = await simulation.fetch(request)
      if (!/dns-zones\/[^/]+\/$/.test(request.url)) return response
      const zone = (await response.json()) as { records: object[] }
      return Response.json({ ...zone, records: zone.records.slice(1) })
    }
    expect(await save(connect(short), set('www', 'A', '192.0.2.9'))).toMatchObject([{ status: 'done' }])
    expect(values(simulation, 'A')).toEqual(['192.0.2.9', '192.0.2.1'])
  })
})

describe('VPS.org: the token', () => {
  it('is shown with the account and what it may do', async () => {
    const { provider } = open()
    expect(await provider.test()).toEqual({
      account: 'lina@lindqvist.example (token Panel)',
      permissions: ['dns:list', 'dns:create', 'dns:update', 'dns:delete'],
      missing: [],
    })
  })

  it.each(['dns:*', '*'])('may do everything with %s', async (permission) => {
    const { provider } = open([], { permissions: ['servers:list', permission] })
    expect((await provider.test()).missing).toEqual([])
  })

  const record = { uuid: 'rec-001', name: 'www' }
  it.each<[string, string, (provider: DnsProvider) => Promise<unknown>]>([
    ['dns:list', 'The token may not see zones and records (dns:list).', (provider) => provider.listZones()],
    [
      'dns:create',
      'The token may not create zones and add records (dns:create).',
      async (provider) => provider.createZone?.('made.example', { operation: 'create', kind: 'Hosted' }),
    ],
    [
      'dns:delete',
      'The token may not delete zones and records (dns:delete).',
      async (provider) => provider.deleteZone?.(ZONE),
    ],
  ])('without %s is told, and refused in the server’s words', async (permission, sentence, act) => {
    const { provider, simulation } = open([record])
    simulation.permissions = simulation.permissions.filter((one) => one !== permission)
    expect((await provider.test()).missing).toEqual([sentence])
    await expect(act(provider)).rejects.toMatchObject({
      kind: 'forbidden',
      message: `VPS.org says: Token lacks ${permission} permission`,
    })
  })

  it('without dns:update adds and deletes, and changes nothing in place', async () => {
    const { provider, simulation } = open([record], { permissions: ['dns:list', 'dns:create', 'dns:delete'] })
    const { missing, notes } = await provider.test()
    expect([missing, notes]).toEqual([[], [containing('dns:update')]])
    const results = await save(provider, set('www', 'A', '192.0.2.9'), set('new', 'A', '192.0.2.1'))
    expect(results).toMatchObject([
      { name: 'www', status: 'failed', detail: containing('Token lacks dns:update permission') },
      { name: 'new', status: 'done' },
    ])
    expect(simulation.records(ZONE).map(({ name, value }) => [name, value])).toEqual([
      ['www', '192.0.2.1'],
      ['new', '192.0.2.1'],
    ])
  })

  it.each(['', 'vps_wrong'])('is not accepted when it is %j', async (token) => {
    const provider = connect(open().simulation.fetch, { token })
    for (const call of [provider.test(), provider.listZones(), provider.readZone(ZONE)]) {
      await expect(call).rejects.toMatchObject({ kind: 'auth' })
    }
  })
})

describe('VPS.org: what is sent', () => {
  it.each<[RecordSet, object[]]>([
    [
      set('@', 'MX', '10 Mail.Example.net.', '20 mail2.example.net.'),
      [
        { record_type: 'MX', name: '@', ttl: 3600, value: 'mail.example.net', priority: 10 },
        { record_type: 'MX', name: '@', ttl: 3600, value: 'mail2.example.net', priority: 20 },
      ],
    ],
    [
      set('_sip._tcp', 'SRV', '10 20 5060 sip.example.net.'),
      [{ record_type: 'SRV', name: '_sip._tcp', ttl: 3600, value: '20 5060 sip.example.net', priority: 10 }],
    ],
    [
      set('@', 'CAA', '0 issue "letsencrypt.org"'),
      [{ record_type: 'CAA', name: '@', ttl: 3600, value: '0 issue "letsencrypt.org"' }],
    ],
    [
      set('x', 'TXT', textToTxt('v=x; say "hi" \\ Grüße')),
      [{ record_type: 'TXT', name: 'x', ttl: 3600, value: 'v=x; say "hi" \\ Grüße' }],
    ],
    [
      set('k', 'TXT', textToTxt('k'.repeat(300))),
      [{ record_type: 'TXT', name: 'k', ttl: 3600, value: 'k'.repeat(300) }],
    ],
    [set('*', 'CNAME', 'example.org.'), [{ record_type: 'CNAME', name: '*', ttl: 3600, value: 'example.org' }]],
    [set('sub', 'NS', 'ns1.example.net.'), [{ record_type: 'NS', name: 'sub', ttl: 3600, value: 'ns1.example.net' }]],
    [set('www', 'AAAA', '2001:DB8::1'), [{ record_type: 'AAAA', name: 'www', ttl: 3600, value: '2001:db8::1' }]],
    [
      set(`www.${ZONE}`, 'A', '192.0.2.1'),
      [{ record_type: 'A', name: `www.${ZONE}.${ZONE}`, ttl: 3600, value: '192.0.2.1' }],
    ],
  ])('%o', async (wanted, bodies) => {
    const { provider, simulation, writes } = open()
    const results = await save(provider, wanted)
    if (wanted.name !== `www.${ZONE}`) expect(results).toMatchObject([{ status: 'done' }])
    expect(writes().slice(0, bodies.length)).toEqual(bodies.map((body) => `POST ${JSON.stringify(body)}`))
    expect(simulation.log).toEqual([])
  })

  it('is the one field that changes, priority, TTL or value', async () => {
    const { provider, writes } = open()
    const mx = set('@', 'MX', '10 mail.example.net.', '20 mail2.example.net.')
    await save(provider, mx)
    writes()
    await save(provider, set('@', 'MX', '5 mail.example.net.', '20 mail2.example.net.'))
    expect(writes()).toEqual(['PATCH {"priority":5}'])
    await save(provider, { ...set('@', 'MX', '5 mail.example.net.', '20 mail2.example.net.'), ttl: 900 })
    expect(writes()).toEqual(['PATCH {"ttl":900}', 'PATCH {"ttl":900}'])
    await save(provider, { ...set('@', 'MX', '5 mail.example.net.', '20 mail3.example.net.'), ttl: 900 })
    expect(writes()).toEqual(['PATCH {"value":"mail3.example.net"}'])
    await save(provider, { ...set('@', 'MX', '20 mail.example.net.', '5 mail3.example.net.'), ttl: 900 })
    expect(writes()).toEqual(['PATCH {"priority":20}', 'PATCH {"priority":5}'])
  })

  it('edits in place first, then adds, then deletes, so that no name is empty in between', async () => {
    const { provider, writes } = open([{ name: 'www' }, { name: 'www', value: '192.0.2.2' }])
    await save(provider, set('www', 'A', '192.0.2.3', '192.0.2.4', '192.0.2.5'))
    expect(writes().map((write) => write.split(' ')[0])).toEqual(['PATCH', 'PATCH', 'POST'])
    await save(provider, set('www', 'A', '192.0.2.5'))
    expect(writes()).toEqual(['DELETE', 'DELETE'])
  })

  it('makes room before a CNAME where a name holds two', async () => {
    const held = ['a.example', 'b.example'].map((value) => ({ name: 'two', record_type: 'CNAME', value }))
    const { provider, simulation, writes } = open(held)
    expect(await save(provider, set('two', 'CNAME', 'c.example.'))).toMatchObject([{ status: 'done' }])
    expect(writes().map((write) => write.split(' ')[0])).toEqual(['DELETE', 'PATCH'])
    expect(values(simulation, 'CNAME')).toEqual(['c.example'])
  })

  it('is the whole record where PATCH is refused, with what nobody knows of it, and PATCH is tried once', async () => {
    const { provider, simulation, writes } = open([{ name: 'WWW', note: 'kept' }, { name: 'ftp' }], {
      patchRefused: true,
    })
    const results = await save(provider, set('www', 'A', '192.0.2.9'), set('ftp', 'A', '192.0.2.9'))
    expect(results.map(({ status }) => status)).toEqual(['done', 'done'])
    const whole = (name: string, more: object = {}) =>
      `PUT ${JSON.stringify({ record_type: 'A', name, value: '192.0.2.9', ttl: 3600, priority: null, ...more })}`
    const sent = writes().map((write) => [write.slice(0, 5), write] as const)
    expect(sent.map(([method]) => method)).toEqual(['PATCH', 'PUT {', 'PUT {'])
    const bodies = sent.slice(1).map(([, write]) => JSON.parse(write.slice(4)) as object)
    expect(bodies).toEqual([JSON.parse(whole('WWW', { note: 'kept' }).slice(4)), JSON.parse(whole('ftp').slice(4))])
    expect(values(simulation, 'A')).toEqual(['192.0.2.9', '192.0.2.9'])
  })

  it.each<[string, RecordSet, RegExp]>([
    ['a null MX', set('@', 'MX', '0 .'), /lone “\.”/],
    ['an SRV that says that there is no service', set('_x._tcp', 'SRV', '0 0 0 .'), /lone “\.”/],
    ['a host with an escape', set('x', 'CNAME', 'a\\.b.example.'), /no way to write/],
    ['a name with an escape', set('a\\.b', 'A', '192.0.2.1'), /no way to write/],
    ['an empty TXT', set('x', 'TXT', '""'), /empty/],
    ['a TXT in two strings', set('x', 'TXT', '"a" "b"'), /one text/],
    ['a TXT that is no Unicode', set('x', 'TXT', '"\\255"'), /Unicode/],
    ['a TXT with a line break', set('x', 'TXT', '"a\\010b"'), /line breaks/],
    ['a type it does not have', set('x', 'PTR', 'host.example.'), /no others/],
    ['the SOA', set('@', 'SOA', 'ns1.example. host.example. 1 2 3 4 5'), /makes the SOA itself/],
    ['the name servers of the apex', set('@', 'NS', 'ns1.example.'), /own name servers/],
    ['a disabled record', { ...set('x', 'A'), records: [{ rdata: '192.0.2.1', disabled: true }] }, /switch a record/],
    ['a comment', { ...set('x', 'A'), records: [{ rdata: '192.0.2.1', comment: 'hi' }] }, /no comments/],
  ])('is nothing for %s, which is refused with the reason', async (_, wanted, reason) => {
    const { provider, writes } = open()
    const results = await save(provider, wanted)
    expect(results).toMatchObject([{ status: 'failed', detail: expect.stringMatching(reason) as string }])
    expect(writes()).toEqual([])
  })
})

describe('VPS.org: what is read', () => {
  const read = async (...records: object[]) => (await open(records).provider.readZone(ZONE)).recordSets

  it.each(['www', 'WWW', 'www.example.org', 'www.example.org.', 'Www.Example.Org'])('the name %s', async (name) => {
    expect(await read({ name })).toMatchObject([{ name: 'www' }])
  })

  it.each(['@', '', 'example.org', 'example.org.'])('the apex as %j', async (name) => {
    expect(await read({ name })).toMatchObject([{ name: '@' }])
  })

  it.each<[object, string]>([
    [{ record_type: 'MX', value: 'mail.example.net', priority: 10 }, '10 mail.example.net.'],
    [{ record_type: 'MX', value: 'mail.example.net.', priority: '10' }, '10 mail.example.net.'],
    [{ record_type: 'MX', value: '10 mail.example.net', priority: 10 }, '10 mail.example.net.'],
    [{ record_type: 'MX', value: '10 mail.example.net', priority: null }, '10 mail.example.net.'],
    [{ record_type: 'MX', value: '.', priority: 0 }, '0 .'],
    [{ record_type: 'SRV', value: '20 5060 sip.example.net', priority: 10 }, '10 20 5060 sip.example.net.'],
    [{ record_type: 'SRV', value: '10 20 5060 sip.example.net', priority: 10 }, '10 20 5060 sip.example.net.'],
    [{ record_type: 'SRV', value: '10 20 5060 sip.example.net.', priority: null }, '10 20 5060 sip.example.net.'],
    [{ record_type: 'CNAME', value: '@' }, 'example.org.'],
    [{ record_type: 'cname', value: 'Example.NET' }, 'example.net.'],
    [{ record_type: 'CAA', value: '0 issue letsencrypt.org' }, '0 issue "letsencrypt.org"'],
    [{ record_type: 'TXT', value: '"quoted"' }, '"\\"quoted\\""'],
    [{ record_type: 'AAAA', value: '2001:DB8:0::1' }, '2001:db8::1'],
    // Shown as it is, so that it can be seen and deleted.
    [{ record_type: 'SRV', value: '10 20 5060 sip.example.net', priority: 5 }, '5 10 20 5060 sip.example.net'],
    [{ record_type: 'MX', value: 'mail.example.net', priority: null }, 'mail.example.net'],
    [{ record_type: 'A', value: 'not an address' }, 'not an address'],
    [{ record_type: 'A', value: ' ' }, '\\# 0'],
  ])('%o', async (record, rdata) => {
    expect((await read(record)).flatMap(({ records }) => records.map((one) => one.rdata))).toEqual([rdata])
  })

  it('locks what VPS.org keeps itself, and types that it says it does not have', async () => {
    const sets = await read(
      { record_type: 'SOA', value: 'ns1.vps.org. host.vps.org. 1 2 3 4 5' },
      { record_type: 'NS', value: 'ns1.vps.org' },
      { record_type: 'PTR', name: 'x', value: 'host.example.' },
      { record_type: 'NS', name: 'sub', value: 'ns1.example.net' },
    )
    expect(sets.map(({ type, readOnly }) => [type, readOnly])).toEqual([
      ['SOA', 'soa'],
      ['NS', 'apex-ns'],
      ['PTR', 'unsupported'],
      ['NS', undefined],
    ])
  })

  it('shows mixed TTLs and gives the set one', async () => {
    const { provider, simulation, writes } = open([
      { name: 'www', ttl: 300 },
      { name: 'www', value: '192.0.2.2' },
    ])
    const [mixed] = (await provider.readZone(ZONE)).recordSets
    expect(mixed).toMatchObject({
      ttl: 300,
      records: [{ rdata: '192.0.2.1' }, { rdata: '192.0.2.2', ttl: 3600 }],
      warnings: [containing('300, 3600')],
    })
    expect(mixed?.records[0]).not.toHaveProperty('ttl')
    await save(provider, { ...set('www', 'A', '192.0.2.1', '192.0.2.2'), ttl: 600 })
    expect(writes()).toEqual(['PATCH {"ttl":600}', 'PATCH {"ttl":600}'])
    expect(simulation.records(ZONE).map(({ ttl }) => ttl)).toEqual([600, 600])
  })

  it('leaves a record that it cannot read alone while its neighbours change', async () => {
    const { provider, simulation } = open([{ name: 'www', value: 'odd' }, { name: 'www' }])
    const odd = { ...set('www', 'A', '192.0.2.7'), records: [{ rdata: 'odd' }, { rdata: '192.0.2.7' }] }
    expect(await save(provider, odd)).toMatchObject([{ status: 'done' }])
    expect(values(simulation, 'A')).toEqual(['odd', '192.0.2.7'])
  })

  it.each([
    [{ uuid: '../account/me' }, 'uuid'],
    [{ ttl: -1 }, 'ttl'],
    [{ value: 7 }, 'value'],
    [{ record_type: 'A B' }, 'record_type'],
  ])('nothing of a shape that no document promises: %o', async (record, where) => {
    await expect(read(record)).rejects.toMatchObject({ kind: 'protocol', message: containing(where) })
  })
})

describe('VPS.org: what goes wrong', () => {
  it('[D4] a change that fails midway is taken back', async () => {
    const { provider, simulation } = open([{ name: 'www' }, { name: 'www', value: '192.0.2.2', ttl: 600 }])
    const before = simulation.records(ZONE).map(({ value, ttl }) => [value, ttl])
    simulation.failures = [{ of: 'write', nth: 3, status: 500 }]
    const results = await save(
      provider,
      set('www', 'A', '192.0.2.3', '192.0.2.4', '192.0.2.5'),
      set('x', 'A', '192.0.2.1'),
    )
    expect(results).toMatchObject([
      { name: 'www', status: 'rolled-back', detail: containing('taken back') },
      { name: 'x', status: 'done' },
    ])
    expect(results[0]?.detail).toContain('VPS.org failed (500) and did not do it.')
    expect(
      simulation
        .records(ZONE)
        .slice(0, 2)
        .map(({ value, ttl }) => [value, ttl]),
    ).toEqual(before)
  })

  it('[D4] deleted records come back when the rest fails, with what nobody knows of them', async () => {
    const held = [
      { name: 'www', note: 'kept' },
      { name: 'www', value: '192.0.2.2' },
      { name: 'www', value: '192.0.2.3' },
    ]
    const { provider, simulation } = open(held)
    simulation.failures = [{ of: 'write', nth: 2, status: 500 }]
    const results = await save(provider, set('www', 'A', '192.0.2.3'))
    expect(results).toMatchObject([{ status: 'rolled-back' }])
    expect(values(simulation, 'A').sort()).toEqual(['192.0.2.1', '192.0.2.2', '192.0.2.3'])
  })

  it('[D4] what cannot be taken back is told record by record', async () => {
    const { provider, simulation } = open([{ name: 'www' }])
    simulation.failures = [
      { of: 'write', nth: 2, status: 500 },
      { of: 'write', nth: 3, status: 500 },
    ]
    const [result] = await save(provider, set('www', 'A', '192.0.2.3', '192.0.2.4'))
    expect(result).toMatchObject({ status: 'unknown' })
    expect(result?.detail).toContain('Taking it back failed')
    expect(result?.detail).toContain('“192.0.2.1” has become “192.0.2.3”.')
    expect(values(simulation, 'A')).toEqual(['192.0.2.3'])
  })

  it.each(['PATCH', 'POST', 'DELETE'])('a %s that crashed after it had done it counts as done', async (method) => {
    const { provider, simulation, writes } = open([{ name: 'www' }])
    simulation.failures = [{ of: 'write', nth: 1, status: 500, done: true }]
    const wanted = { PATCH: ['192.0.2.2'], POST: ['192.0.2.1', '192.0.2.2'], DELETE: [] }[method] ?? []
    expect(await save(provider, set('www', 'A', ...wanted))).toEqual([{ name: 'www', type: 'A', status: 'done' }])
    expect(writes().map((write) => write.split(' ')[0])).toEqual([method])
    expect(values(simulation, 'A')).toEqual(wanted)
  })

  it('an edit that cannot be looked at afterwards is unknown, and told', async () => {
    const { provider, simulation } = open([{ name: 'www' }])
    // Found, listed, looked at once more, edited, and then this one.
    simulation.failures = [{ of: 'read', nth: 4, status: 500 }]
    expect(await save(provider, set('www', 'A', '192.0.2.2', '192.0.2.3'))).toMatchObject([
      { status: 'unknown', detail: containing('did not show it') },
    ])
    expect(values(simulation, 'A')).toEqual(['192.0.2.2'])
  })

  it('a proxy that loses the answer leaves it unknown, and the rest is not sent', async () => {
    const { provider, simulation } = open()
    simulation.failures = [{ of: 'write', nth: 1, status: 502 }]
    const results = await save(provider, set('www', 'A', '192.0.2.1'), set('x', 'A', '192.0.2.1'))
    expect(results).toMatchObject([{ name: 'www', status: 'unknown' }])
    expect(simulation.records(ZONE)).toEqual([])
  })

  it('[D4] a CNAME that is refused gives its room back', async () => {
    const { provider, simulation } = open([{ name: 'www', record_type: 'TXT', value: 'stays' }, { name: 'www' }])
    const results = await save(provider, set('www', 'A'), set('www', 'CNAME', 'x.example.'))
    expect(results).toEqual([
      { name: 'www', type: 'A', status: 'rolled-back', detail: containing('taken back') },
      {
        name: 'www',
        type: 'CNAME',
        status: 'failed',
        detail: 'VPS.org says: A CNAME cannot coexist with other records of the same name (field “name”)',
      },
    ])
    expect(values(simulation, 'A')).toEqual(['192.0.2.1'])
  })

  it('names the field that was blamed, in both shapes of an error', async () => {
    const { provider } = open()
    const results = await save(
      provider,
      { ...set('a', 'A', '192.0.2.1'), ttl: 5 },
      set('b', 'TXT', textToTxt('x'.repeat(5000))),
    )
    expect(results.map(({ detail }) => detail)).toEqual([
      'VPS.org says: TTL must be between 60 and 604800 (field “ttl”)',
      'VPS.org says: Ensure this field has no more than 4096 characters. (field “value”)',
    ])
    const made = provider.createZone?.('-bad-.example', { operation: 'create', kind: 'Hosted' })
    await expect(made).rejects.toMatchObject({
      kind: 'refused',
      field: 'domain',
      message: containing('Invalid domain'),
    })
  })

  it.each<[Response, object]>([
    [Response.json({ detail: 'Nope.' }, { status: 400 }), { kind: 'refused', message: 'VPS.org says: Nope.' }],
    [
      Response.json({ detail: '<b>Bad</b>\nvalue', error_code: 'x', field: 'domain' }, { status: 400 }),
      { kind: 'refused', field: 'domain', message: 'VPS.org says: Bad value (field “domain”)' },
    ],
    [
      Response.json({ non_field_errors: ['Both.'] }, { status: 400 }),
      { kind: 'refused', message: 'VPS.org says: Both.', field: undefined },
    ],
    [Response.json(['One.', 'Two.'], { status: 400 }), { kind: 'refused', message: 'VPS.org says: One.' }],
    [Response.json({ domain: 'Taken.' }, { status: 422 }), { kind: 'refused', field: 'domain' }],
    [Response.json({}, { status: 400 }), { kind: 'refused', message: containing('without saying why') }],
    [Response.json({ detail: 'No.' }, { status: 405 }), { kind: 'refused' }],
    [
      new Response('<h1>no</h1>', { status: 403 }),
      { kind: 'forbidden', message: expect.not.stringContaining('<') as string },
    ],
    [Response.json({ detail: 'x' }, { status: 409 }), { kind: 'conflict' }],
    [new Response('teapot', { status: 418 }), { kind: 'protocol' }],
    [new Response(null, { status: 301, headers: { location: '/' } }), { kind: 'protocol' }],
    [new Response('<h1>Server Error (500)</h1>', { status: 500 }), { kind: 'unknown' }],
    [
      Response.json({ detail: 'Request was throttled. Expected available in 42 seconds.' }, { status: 429 }),
      { kind: 'rate-limited', retryAfter: 42 },
    ],
  ])('answer %#', async (response, error) => {
    const provider = connect(async (request) => (request.method === 'GET' ? Response.json([]) : response))
    const made = provider.createZone?.('made.example', { operation: 'create', kind: 'Hosted' })
    await expect(made).rejects.toMatchObject(error)
  })

  it('waits as long as a throttle asks while reading, and gives up on a long one', async () => {
    const { simulation } = open()
    const slept: number[] = []
    const provider = connect(simulation.fetch, { slept })
    simulation.failures = [{ of: 'read', nth: 1, status: 429, retryAfter: 7 }]
    expect(await provider.listZones()).toHaveLength(1)
    expect(slept).toEqual([7000])
    simulation.failures = [{ of: 'read', nth: 1, status: 429, retryAfter: 60 }]
    await expect(provider.listZones()).rejects.toMatchObject({ kind: 'rate-limited', retryAfter: 60 })
  })

  it('stops sending when it is throttled, and says how long', async () => {
    const { provider, simulation, writes } = open()
    simulation.failures = [{ of: 'write', nth: 2, status: 429, retryAfter: 60 }]
    const results = await save(provider, ...['a', 'b', 'c'].map((name) => set(name, 'A', '192.0.2.1')))
    expect(results).toMatchObject([
      { name: 'a', status: 'done' },
      { name: 'b', status: 'failed', detail: containing('60 seconds') },
      { name: 'c', status: 'failed', detail: containing('It was not sent') },
    ])
    expect(writes()).toHaveLength(2)
  })

  it('tells of a page of HTML without showing it', async () => {
    const { provider, simulation } = open()
    simulation.failures = [{ of: 'read', nth: 1, status: 500 }]
    await expect(provider.listZones()).rejects.toMatchObject({ kind: 'unavailable', message: 'VPS.org failed (500).' })
    const elsewhere = (response: () => Response) => connect(async () => response()).test()
    const html = { headers: { 'content-type': 'text/html' } }
    await expect(elsewhere(() => new Response('<h1>It works</h1>', html))).rejects.toMatchObject({ kind: 'protocol' })
    await expect(elsewhere(() => new Response('<h1>Not Found</h1>', { status: 404, ...html }))).rejects.toMatchObject({
      kind: 'missing',
      message: 'There is no API of VPS.org at this address. Enter https://admin.vps.org.',
    })
  })

  it('takes back what VPS.org accepted and kept otherwise', async () => {
    const { provider, simulation } = open([{ name: 'x', record_type: 'TXT', value: 'old' }], { trims: true })
    const results = await save(provider, set('x', 'TXT', '" new "'), set('y', 'TXT', '" new "'))
    expect(results).toMatchObject([
      { name: 'x', status: 'rolled-back', detail: containing('accepted x with “" new "”') },
      { name: 'y', status: 'rolled-back', detail: containing('holds y with “"new"”') },
    ])
    expect(values(simulation, 'TXT')).toEqual(['old'])
  })

  it('does not say done of what is not listed', async () => {
    const { simulation } = open()
    const forgetful = async (request: Request) => {
      const response = await simulation.fetch(request)
      return request.url.includes('/dns-records/?') ? Response.json([]) : response
    }
    expect(await save(connect(forgetful), set('www', 'A', '192.0.2.1'))).toMatchObject([
      { status: 'unknown', detail: containing('does not list it') },
    ])
  })

  it('does not write over what changed this moment', async () => {
    const { provider, simulation, writes } = open([{ name: 'www' }])
    const { recordSets } = await provider.readZone(ZONE)
    const before = recordSets[0] ?? null
    await save(connect(simulation.fetch), set('www', 'A', '192.0.2.7'))
    writes()
    const change = { name: 'www', type: 'A', before, after: set('www', 'A', '192.0.2.8') }
    const { results } = await provider.apply(ZONE, [change], recordSets)
    expect(results).toMatchObject([{ status: 'failed', detail: containing('changed on VPS.org') }])
    expect(writes()).toEqual([])
  })

  it('takes a record that is gone already as deleted', async () => {
    const { simulation } = open([{ name: 'www' }, { name: 'www', value: '192.0.2.2' }])
    const racing = async (request: Request) => {
      const response = await simulation.fetch(request.clone())
      return request.method === 'DELETE' ? simulation.fetch(request) : response
    }
    expect(await save(connect(racing), set('www', 'A', '192.0.2.2'))).toMatchObject([{ status: 'done' }])
    expect(simulation.log.filter(({ method }) => method === 'DELETE').map(({ status }) => status)).toEqual([204, 404])
  })

  it('gets through with few calls at a time', async () => {
    const { simulation } = open()
    const wanted = Array.from({ length: 40 }, (_, index) => set(`n${index}`, 'A', '192.0.2.1', '192.0.2.2'))
    const left = new Set(wanted.map(setKey))
    for (let round = 0; left.size > 0 && round < 20; round += 1) {
      const provider = connect(simulation.fetch, { calls: 24 })
      const { recordSets } = await provider.readZone(ZONE)
      const fresh = new Map(recordSets.map((each) => [setKey(each), each]))
      const changes = wanted
        .filter((each) => left.has(setKey(each)))
        .map((after) => ({ name: after.name, type: after.type, before: fresh.get(setKey(after)) ?? null, after }))
      const { results, more } = await provider.apply(ZONE, changes, recordSets)
      for (const result of results) {
        expect(result.status).toBe('done')
        left.delete(setKey(result))
      }
      expect(more).toBe(left.size > 0)
    }
    expect(left.size).toBe(0)
    expect(simulation.records(ZONE)).toHaveLength(80)
  })
})

describe('VPS.org: zones', () => {
  const create = (provider: DnsProvider, name: string) =>
    provider.createZone?.(name, { operation: 'create', kind: 'Hosted' })

  it('are read with their number of records and without a name server', async () => {
    const { provider } = open([{ name: 'www' }])
    await create(provider, 'made.example')
    expect(await provider.listZones()).toMatchObject([
      { name: ZONE, kind: 'Hosted', recordCount: 1 },
      { name: 'made.example', recordCount: 0 },
    ])
    expect((await provider.readZone('made.example')).recordSets).toEqual([])
  })

  it('of others are missing, and their names are taken', async () => {
    const provider = connect(simulate({ token: SECRET, zones: [{ domain: 'theirs.example', foreign: true }] }).fetch)
    await expect(provider.readZone('theirs.example')).rejects.toMatchObject({ kind: 'missing' })
    await expect(create(provider, 'theirs.example')).rejects.toMatchObject({
      kind: 'refused',
      message: containing('already exists'),
    })
    await expect(create(provider, '@')).rejects.toMatchObject({ kind: 'refused', message: containing('root zone') })
  })

  it('whose making or deleting crashed are left to be looked for', async () => {
    const { provider, simulation } = open()
    simulation.failures = [{ of: 'write', nth: 1, status: 500, done: true }]
    await expect(create(provider, 'made.example')).rejects.toMatchObject({ kind: 'unknown' })
    simulation.failures = [{ of: 'write', nth: 1, status: 500, done: true }]
    await expect(provider.deleteZone?.('made.example')).rejects.toMatchObject({ kind: 'unknown' })
    expect(await provider.listZones()).toHaveLength(1)
  })
})
