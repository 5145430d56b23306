import type { DnssecState } from '@zonedeck/shared/dnssec'
import type { FormValues } from '@zonedeck/shared/form'
import { initialValues } from '@zonedeck/shared/form-errors'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeUpstream } from '../upstream.ts'
import { policyFromEnv } from '../url-policy.ts'
import { dns } from './dns.ts'
import { powerdnsInstalled, startPowerdns, type RealServer } from './real-server.ts'
import { simulate, type Simulation } from './simulator.ts'
import { stats } from './stats.ts'

const ZONE = 'example.org'
const containing = (text: string) => expect.stringContaining(text) as string

/** Everything that came back over the wire is kept, so that a test can look for it in what came out. */
function connect(baseUrl: string, fetch: Simulation['fetch'], apiKey: string) {
  const answers: string[] = []
  const asked: string[] = []
  const upstream = makeUpstream({
    baseUrl: new URL(baseUrl),
    headers: {},
    fetch: async (request) => {
      asked.push(`${request.method} ${new URL(request.url).pathname}`)
      const response = await fetch(request)
      answers.push(await response.clone().text())
      return response
    },
    policy: policyFromEnv({ ALLOW_LOOPBACK_UPSTREAM: 'true' }),
    budget: { left: 1000 },
    sleep: () => Promise.resolve(),
  })
  const context = { upstream, credentials: { apiKey }, now: Date.now }
  const { settings, dnssec, actions, ...provider } = dns(context)
  if (!settings || !dnssec || !actions) throw new Error('The adapter lacks what it is tested for.')
  return { ...provider, settings, dnssec, actions, stats: stats(context), answers, asked }
}

function open(
  zone: NonNullable<Parameters<typeof simulate>[0]['zones']>[number] | null = { name: `${ZONE}.` },
  more: object = {},
) {
  const simulation = simulate({ apiKey: 'key', zones: zone === null ? [] : [zone], ...more })
  return { simulation, ...connect('http://127.0.0.1', simulation.fetch, 'key') }
}

const values = async ({ settings }: Pick<ReturnType<typeof connect>, 'settings'>, zone = ZONE) =>
  initialValues((await settings.read(zone)).fields)

const written = ({ simulation }: ReturnType<typeof open>) =>
  simulation.log
    .filter(({ method }) => method !== 'GET')
    .map(({ method, url, body }) => {
      const path = decodeURIComponent(new URL(url).pathname).replace(`/api/v1/servers/localhost/zones/${ZONE}.`, '')
      return `${method} ${path} ${body}`.trim()
    })

const SIGN: FormValues = { keys: 'csk', algorithm: 'ecdsa256', denial: 'nsec' }

describe('PowerDNS: settings', () => {
  it('sends what is named in one call for the zone and one for each kind of metadata, and nothing else', async () => {
    const opened = open({ name: `${ZONE}.`, metadata: { 'X-Mine': ['a', 'b'], 'LUA-AXFR-SCRIPT': ['/etc/x.lua'] } })
    const change = { kind: 'Primary', account: 'ada', alsoNotify: ['192.0.2.53:5353', '2001:db8::53'] }
    await opened.settings.write(ZONE, change)
    expect(written(opened)).toEqual([
      'PUT  {"kind":"Master","account":"ada"}',
      'PUT /metadata/ALSO-NOTIFY {"metadata":["192.0.2.53:5353","2001:db8::53"]}',
    ])
    expect(await values(opened)).toMatchObject(change)
    expect((await opened.settings.read(ZONE)).facts).toEqual([
      { label: 'LUA-AXFR-SCRIPT', value: '/etc/x.lua' },
      { label: 'X-Mine', value: 'a, b' },
    ])
  })

  it('makes a copy of a zone, once it knows of whom', async () => {
    const opened = open()
    const alone = opened.settings.write(ZONE, { kind: 'Secondary' })
    await expect(alone).rejects.toMatchObject({ kind: 'refused', field: 'primaries' })
    expect(written(opened)).toEqual([])
    const change = { kind: 'Secondary', primaries: ['192.0.2.1', '[2001:db8::1]:5353'] }
    await opened.settings.write(ZONE, change)
    expect(written(opened)).toEqual([`PUT  {"kind":"Slave","masters":${JSON.stringify(change.primaries)}}`])
    expect((await opened.readZone(ZONE)).zone).toMatchObject({ kind: 'Secondary', readOnly: containing('copy') })
    const copy = { transferSource: '192.0.2.7', incremental: true, renotify: '1' }
    await opened.settings.write(ZONE, copy)
    expect(await values(opened)).toMatchObject({ ...change, ...copy })
    await opened.settings.write(ZONE, { transferSource: '', incremental: false, renotify: 'server' })
    expect(await values(opened)).toMatchObject({ transferSource: '', incremental: false, renotify: 'server' })
  })

  it('tells “never set” from “off”, which the zone object does not', async () => {
    const opened = open()
    expect(await values(opened)).not.toHaveProperty('rectify')
    await opened.settings.write(ZONE, { rectify: 'off' })
    expect(await values(opened)).toMatchObject({ rectify: 'off' })
  })

  it.each<[string, FormValues, string]>([
    ['a name where an address belongs', { primaries: ['ns1.example.net'] }, 'primaries'],
    ['no primary at all', { primaries: [] }, 'primaries'],
    ['an address in another spelling', { primaries: ['2001:DB8::1'] }, 'primaries'],
    ['the usual port', { primaries: ['192.0.2.1:53'] }, 'primaries'],
    ['port 0', { alsoNotify: ['192.0.2.1:0'] }, 'alsoNotify'],
    ['a prefix that is too long', { allowTransferFrom: ['192.0.2.0/33'] }, 'allowTransferFrom'],
    ['a short address', { allowTransferFrom: ['192.0.2'] }, 'allowTransferFrom'],
    ['a network as a source', { transferSource: '192.0.2.0/24' }, 'transferSource'],
    ['a kind that would become Native', { kind: 'Forwarder' }, 'kind'],
    ['a catalog that is no name', { catalog: 'a..b' }, 'catalog'],
    ['a catalog in another spelling', { catalog: 'Catalog.example.' }, 'catalog'],
    ['a CDS for deletion beside others', { publishCds: ['2', '0'] }, 'publishCds'],
  ])('refuses %s and sends nothing, not even what is right beside it', async (_, wrong, field) => {
    const opened = open()
    const write = opened.settings.write(ZONE, { account: 'ada', ...wrong })
    await expect(write).rejects.toMatchObject({
      kind: 'refused',
      field,
      message: expect.stringMatching(/\w+ \w+/) as string,
    })
    expect(written(opened)).toEqual([])
  })

  it.each(['192.0.2.1', '192.0.2.0/24', '2001:db8::/32', '::1', 'AUTO-NS'])(
    'lets %s copy the zone',
    async (network) => {
      const opened = open()
      await opened.settings.write(ZONE, { allowTransferFrom: [network] })
      expect(await values(opened)).toMatchObject({ allowTransferFrom: [network] })
    },
  )

  it('offers the keys that the server has, and keeps what is held and is none of them', async () => {
    const without = open()
    expect((await without.settings.read(ZONE)).fields.map(({ id }) => id)).not.toContain('updateKeys')
    const opened = open(
      { name: `${ZONE}.`, metadata: { 'TSIG-ALLOW-DNSUPDATE': ['gone'], 'SOA-EDIT': ['ODD'], 'PUBLISH-CDS': ['1,2'] } },
      { tsigKeys: ['k1.', 'k2.'] },
    )
    const { fields } = await opened.settings.read(ZONE)
    const choices = Object.fromEntries(fields.map(({ id, choices: all = [] }) => [id, all.map(({ value }) => value)]))
    expect(choices).toMatchObject({ transferKeys: ['k1', 'k2'], updateKeys: ['k1', 'k2', 'gone'] })
    expect(choices['servedSerial']).toContain('ODD')
    expect(choices['publishCds']).toEqual(['2', '4', '0', '1'])
    await opened.settings.write(ZONE, { transferKeys: ['k2', 'k1'], updateKeys: ['k1', 'gone'] })
    expect(await values(opened)).toMatchObject({ transferKeys: ['k2', 'k1'], updateKeys: ['k1', 'gone'] })
    // The server writes none of a key's secret into this list; if it did, it would go no further.
    expect(JSON.stringify(fields)).not.toContain('hmac')
  })

  it('does not make a catalog into something else, and says nothing of catalogs to a server without them', async () => {
    const opened = open({ name: `${ZONE}.`, kind: 'Producer' })
    const kind = (await opened.settings.read(ZONE)).fields.find(({ id }) => id === 'kind')
    expect(kind).toMatchObject({ value: 'Producer', fixed: containing('catalog') })
    const old = connect(
      'http://127.0.0.1',
      async (request) => {
        const response = await open().simulation.fetch(request)
        if (new URL(request.url).searchParams.get('rrsets') !== 'false') return response
        const { catalog: _, ...rest } = (await response.json()) as Record<string, unknown>
        return Response.json(rest)
      },
      'key',
    )
    expect((await old.settings.read(ZONE)).fields.map(({ id }) => id)).not.toContain('catalog')
  })

  it('says what was written before a call failed', async () => {
    const { simulation } = open()
    const { settings } = connect(
      'http://127.0.0.1',
      async (request) =>
        request.url.endsWith('ALSO-NOTIFY')
          ? Response.json({ error: 'Could not update metadata' }, { status: 422 })
          : simulation.fetch(request),
      'key',
    )
    const write = settings.write(ZONE, { account: 'ada', allowTransferFrom: ['::1'], alsoNotify: ['::1'] })
    await expect(write).rejects.toMatchObject({
      kind: 'refused',
      message: 'Could not update metadata Written before that: account, ALLOW-AXFR-FROM.',
    })
  })

  it('sends again what a locked database did not take', async () => {
    const opened = open()
    opened.simulation.lockedWrites = 2
    await opened.settings.write(ZONE, { account: 'ada', alsoNotify: ['::1'] })
    expect(await values(opened)).toMatchObject({ account: 'ada', alsoNotify: ['::1'] })
  })
})

/** The steps that the state offers, by key. */
const steps = ({ actions }: DnssecState) => actions.map(({ id, key }) => `${id}${key === undefined ? '' : ` ${key}`}`)
const dangers = ({ actions }: DnssecState) =>
  actions.filter(({ danger }) => danger !== undefined).map(({ id, key }) => `${id} ${key ?? ''}`.trim())

describe('PowerDNS: DNSSEC', () => {
  it('signs with two keys of the algorithm that was chosen', async () => {
    const opened = open()
    const sign = {
      ...SIGN,
      keys: 'split',
      algorithm: 'rsasha256',
      bits: 2048,
      denial: 'narrow',
      iterations: 0,
      salt: '',
    }
    await opened.dnssec.act(ZONE, { action: 'sign', values: sign })
    const state = await opened.dnssec.read(ZONE)
    expect(state).toMatchObject({
      state: 'signed',
      facts: [{ value: 'NSEC3, narrow (1 0 0 -)' }],
      keys: [
        { role: 'ksk', algorithm: 8, bits: 2048, active: true, state: 'Active' },
        { role: 'zsk', algorithm: 8, bits: 2048, active: true, state: 'Active' },
      ],
    })
    const [ksk] = state.keys
    expect(state.ds.map(({ keyTag, digestType }) => [keyTag, digestType])).toEqual([
      [ksk?.keyTag, 2],
      [ksk?.keyTag, 4],
    ])
    expect(written(opened).slice(2)).toEqual(['PUT  {"nsec3param":"1 0 0 -","nsec3narrow":true}', 'PUT /rectify'])
  })

  it('takes its keys back when the zone cannot be signed with them', async () => {
    // A copy that was never transferred: it has no SOA, without which nothing can be put in order.
    const opened = open({ name: `${ZONE}.`, kind: 'Slave', masters: ['192.0.2.1'] })
    const sign = opened.dnssec.act(ZONE, { action: 'sign', values: { ...SIGN, keys: 'split' } })
    await expect(sign).rejects.toMatchObject({ kind: 'refused', message: containing('No SOA known') })
    expect(await opened.dnssec.read(ZONE)).toMatchObject({ state: 'off', keys: [], ds: [] })
  })

  it('does not know whether a key was made when the answer is lost, and takes nothing back', async () => {
    const { simulation } = open()
    const { dnssec, asked } = connect(
      'http://127.0.0.1',
      async (request) => {
        const response = await simulation.fetch(request)
        if (request.method === 'POST') throw new TypeError('Network connection lost.')
        return response
      },
      'key',
    )
    await expect(dnssec.act(ZONE, { action: 'sign', values: SIGN })).rejects.toMatchObject({ kind: 'unknown' })
    expect(asked.filter((each) => each.startsWith('POST'))).toHaveLength(1)
    expect(asked.some((each) => each.startsWith('DELETE'))).toBe(false)
  })

  it('never asks for a single key, and lets no private part of one out', async () => {
    const opened = open({ name: `${ZONE}.`, kind: 'Primary' })
    const said: unknown[] = []
    const act = async (action: string, key?: string, more: FormValues = {}) => {
      const step = { action, values: more, ...(key === undefined ? {} : { key }) }
      said.push(await opened.dnssec.act(ZONE, step).catch((error: unknown) => String(error)))
      said.push(await opened.dnssec.read(ZONE))
    }
    await act('sign', undefined, SIGN)
    await act('add-key', undefined, { role: 'zsk', algorithm: 'ed25519', active: false, published: true })
    await act('add-key', undefined, { role: 'zsk', algorithm: 'nonsense' })
    for (const step of ['activate', 'deactivate', 'unpublish', 'publish', 'delete-key']) await act(step, '2')
    said.push(await opened.settings.read(ZONE), await opened.exportZone?.(ZONE), await opened.search?.('*', 100))
    const secrets = opened.answers.join('\n').match(/PrivateKey: \S+?(?=\\n)/g) ?? []
    expect(secrets).toHaveLength(2)
    for (const secret of secrets) expect(JSON.stringify(said)).not.toContain(secret.slice('PrivateKey: '.length))
    expect(JSON.stringify(said)).not.toMatch(/private-?key/i)
    expect(opened.asked.filter((each) => /^GET .*cryptokeys\/./.test(each))).toEqual([])
  })

  it('says of a key always whether it is published: the server publishes what is not said', async () => {
    const opened = open()
    await opened.dnssec.act(ZONE, { action: 'sign', values: SIGN })
    await opened.dnssec.act(ZONE, {
      action: 'add-key',
      values: { role: 'ksk', algorithm: 'ecdsa256', active: false, published: false },
    })
    opened.simulation.log.length = 0
    for (const action of ['activate', 'deactivate', 'publish', 'unpublish']) {
      await opened.dnssec.act(ZONE, { action, key: '2', values: {} })
    }
    expect(written(opened)).toEqual([
      'PUT /cryptokeys/2 {"active":true,"published":false}',
      'PUT /cryptokeys/2 {"active":false,"published":false}',
      'PUT /cryptokeys/2 {"active":false,"published":true}',
      'PUT /cryptokeys/2 {"active":false,"published":false}',
    ])
  })

  it('names what breaks answers a danger, and what does not none', async () => {
    const { dnssec } = open()
    expect(steps(await dnssec.read(ZONE))).toEqual(['sign'])
    await dnssec.act(ZONE, { action: 'sign', values: SIGN })
    const one = await dnssec.read(ZONE)
    expect(steps(one)).toEqual(['add-key', 'nsec', 'deactivate 1', 'unpublish 1', 'delete-key 1', 'unsign'])
    expect(dangers(one)).toEqual(['deactivate 1', 'unpublish 1', 'delete-key 1', 'unsign'])
    const zsk = { role: 'zsk', algorithm: 'ecdsa256', active: true, published: true }
    await dnssec.act(ZONE, { action: 'add-key', values: zsk })
    await dnssec.act(ZONE, { action: 'add-key', values: zsk })
    const three = await dnssec.read(ZONE)
    expect(three.keys.map(({ role }) => role)).toEqual(['ksk', 'zsk', 'zsk'])
    // Of two zone-signing keys one may rest; the key that the DS is of may not.
    expect(dangers(three)).not.toContain('deactivate 2')
    expect(dangers(three)).toContain('deactivate 1')
    expect(dangers(three)).toContain('delete-key 2')
  })

  it('shows a zone that signs with what nobody can see as broken', async () => {
    const { dnssec } = open()
    await dnssec.act(ZONE, { action: 'sign', values: SIGN })
    await dnssec.act(ZONE, { action: 'unpublish', key: '1', values: {} })
    expect(await dnssec.read(ZONE)).toMatchObject({ state: 'error', detail: containing('not published'), ds: [] })
    await dnssec.act(ZONE, { action: 'deactivate', key: '1', values: {} })
    const resting = await dnssec.read(ZONE)
    expect(resting).toMatchObject({ state: 'off', keys: [{ state: 'Inactive' }] })
    expect(steps(resting)).toEqual(['sign', 'add-key', 'activate 1', 'publish 1', 'delete-key 1'])
  })

  it('leaves a zone alone that comes signed, and catalogs', async () => {
    const copy = open({ name: `${ZONE}.`, kind: 'Slave', masters: ['192.0.2.1'], metadata: { PRESIGNED: ['1'] } })
    expect(await copy.dnssec.read(ZONE)).toMatchObject({ state: 'signed', detail: containing('primary'), actions: [] })
    const catalog = open({ name: `${ZONE}.`, kind: 'Producer' })
    expect((await catalog.dnssec.read(ZONE)).actions).toMatchObject([{ id: 'sign', refusal: containing('catalog') }])
    const sign = catalog.dnssec.act(ZONE, { action: 'sign', values: SIGN })
    await expect(sign).rejects.toMatchObject({ kind: 'refused' })
    expect(written(catalog)).toEqual([])
  })

  it('counts the serial up after a step with a key, where secondaries copy the zone', async () => {
    for (const [kind, counts] of [
      ['Primary', 1],
      ['Native', 0],
    ] as const) {
      const opened = open({ name: `${ZONE}.`, kind })
      await opened.dnssec.act(ZONE, { action: 'sign', values: { ...SIGN, denial: 'nsec3', salt: 'AB' } })
      const before = (await opened.readZone(ZONE)).zone.serial ?? 0
      const key = { role: 'zsk', algorithm: 'ecdsa256', active: false, published: true }
      await opened.dnssec.act(ZONE, { action: 'add-key', values: key })
      expect((await opened.readZone(ZONE)).zone.serial).toBe(before + counts)
      expect((await opened.dnssec.read(ZONE)).facts).toMatchObject([{ value: 'NSEC3 (1 0 0 ab)' }])
    }
  })

  it.each<[string, FormValues, string]>([
    ['salt that is no hex', { ...SIGN, denial: 'nsec3', salt: 'xyz' }, 'salt'],
    ['half a byte of salt', { ...SIGN, denial: 'nsec3', salt: 'abc' }, 'salt'],
    ['an algorithm that is not offered', { ...SIGN, algorithm: 'rsasha1' }, 'algorithm'],
  ])('refuses %s and sends nothing', async (_, wrong, field) => {
    const opened = open()
    const sign = opened.dnssec.act(ZONE, { action: 'sign', values: wrong })
    await expect(sign).rejects.toMatchObject({ kind: 'refused', field })
    expect(written(opened)).toEqual([])
  })

  it('refuses to change nothing, and a key that is gone', async () => {
    const opened = open()
    await opened.dnssec.act(ZONE, { action: 'sign', values: SIGN })
    opened.simulation.log.length = 0
    const same = opened.dnssec.act(ZONE, { action: 'nsec', values: { denial: 'nsec' } })
    await expect(same).rejects.toMatchObject({ kind: 'refused' })
    const gone = opened.dnssec.act(ZONE, { action: 'activate', key: '99', values: {} })
    await expect(gone).rejects.toMatchObject({ kind: 'refused' })
    expect(written(opened)).toEqual([])
  })

  it('says that keys are not as its documents promise', async () => {
    for (const key of [{ dnskey: 'none' }, { ds: ['none'] }, { id: 'x' }]) {
      const { simulation } = open()
      const { dnssec } = connect(
        'http://127.0.0.1',
        async (request) =>
          request.url.endsWith('/cryptokeys')
            ? Response.json([{ id: 1, keytype: 'csk', active: true, dnskey: '257 3 13 AAAA', ds: [], ...key }])
            : simulation.fetch(request),
        'key',
      )
      await expect(dnssec.read(ZONE)).rejects.toMatchObject({ name: 'ProviderError', kind: 'protocol' })
    }
  })
})

describe('PowerDNS: actions, search and counters', () => {
  it.each([
    ['Primary', 'notify'],
    ['Slave', 'axfr-retrieve'],
    ['Native', 'rectify'],
  ])('a %s zone takes %s', async (kind, action) => {
    const opened = open({ name: `${ZONE}.`, kind, masters: ['192.0.2.1'] })
    await opened.actions.run(ZONE, { action, values: {} })
    expect(written(opened)).toEqual([`PUT /${action}`])
    const { zone } = await opened.readZone(ZONE)
    expect(opened.actions.confirms({ action, values: {} }, zone)).toBeNull()
  })

  it('passes on why an action is refused, and sends none that it does not know', async () => {
    const opened = open()
    const copy = opened.actions.run(ZONE, { action: 'axfr-retrieve', values: {} })
    await expect(copy).rejects.toMatchObject({ kind: 'refused', message: containing('not a slave') })
    const other = opened.actions.run(ZONE, { action: '../../../config', values: {} })
    await expect(other).rejects.toMatchObject({ kind: 'refused' })
    expect(written(opened)).toHaveLength(1)
  })

  it('finds zones, records and comments, and stays within what it is asked for', async () => {
    const rrsets = [
      {
        name: 'www.example.org.',
        type: 'A',
        ttl: 60,
        records: [{ content: '192.0.2.7', disabled: true }],
        comments: [{ content: 'ask Grace', account: '' }],
      },
      { name: '*.example.org.', type: 'CNAME', ttl: 60, records: [{ content: 'www.example.org.' }] },
    ]
    const opened = open({ name: `${ZONE}.`, rrsets })
    const search = (text: string, most: number) => opened.search?.(text, most)
    const found = { zone: ZONE, name: 'www', type: 'A' }
    expect(await search('grace', 10)).toEqual([found])
    expect(await search('192.0.2.7', 10)).toEqual([{ ...found, content: '192.0.2.7', ttl: 60, disabled: true }])
    expect(await search('www.example.org.', 10)).toContainEqual({
      zone: ZONE,
      name: '*',
      type: 'CNAME',
      content: 'www.example.org.',
      ttl: 60,
    })
    expect(await search('example.org', 10)).toContainEqual({ zone: ZONE })
    expect(await search('*', 2)).toHaveLength(2)
    const { searchParams } = new URL(opened.simulation.log.at(-1)?.url ?? '')
    expect(searchParams.get('max')).toBe('2')
  })

  it('leaves out a hit that lies in no zone it can name', async () => {
    const hits = [
      { object_type: 'record', name: 'a.example.org.', type: 'A', content: '192.0.2.1' },
      { object_type: 'record', name: 'a.example.net.', type: 'A', content: '192.0.2.1', zone: 'example.org.' },
      { object_type: 'zone', name: 'no name..' },
      { object_type: 'zone', name: '.' },
    ]
    const provider = connect('http://127.0.0.1', async () => Response.json(hits), 'key')
    expect(await provider.search?.('a', 10)).toEqual([{ zone: '@' }])
  })

  it('reads counters as numbers, and passes over rings, maps and what is no number', async () => {
    const items = [
      { name: 'uptime', type: 'StatisticItem', value: '12' },
      { name: 'udp-queries', type: 'StatisticItem', value: 'many' },
      { name: 'tcp-queries', type: 'MapStatisticItem', value: [] },
      { name: 'latency', type: 'StatisticItem', value: 5 },
      { name: 'something-new', type: 'StatisticItem', value: '1' },
    ]
    const { stats: source, asked } = connect('http://127.0.0.1', async () => Response.json(items), 'key')
    expect(await source.counters?.()).toEqual([
      { id: 'uptime', label: 'Running for', value: 12, unit: 'seconds', kind: 'counter' },
    ])
    expect(asked).toEqual(['GET /api/v1/servers/localhost/statistics'])
  })
})

describe.skipIf(!powerdnsInstalled)('PowerDNS itself (needs pdns_server)', () => {
  let server: RealServer
  let count = 0
  const opened = async (kind = 'Native') => {
    const zone = `signed-${++count}.example`
    const connected = connect(server.url, fetch, server.apiKey)
    await connected.createZone?.(zone, { operation: 'create', kind })
    return { zone, ...connected }
  }
  beforeAll(async () => {
    server = await startPowerdns()
  })
  afterAll(() => server.stop())

  it.each(['ecdsa256', 'ecdsa384', 'ed25519', 'rsasha256'])(
    'signs with %s, and answers with the same key',
    async (algorithm) => {
      const { zone, dnssec } = await opened()
      await dnssec.act(zone, { action: 'sign', values: { ...SIGN, algorithm, bits: 2048 } })
      const { keys } = await dnssec.read(zone)
      const { flags, protocol, algorithm: number, publicKey } = keys[0]?.dnskey ?? {}
      const answers = (await server.dig(zone, 'DNSKEY')).map((line) => line.split(' '))
      expect(answers.map(([a, b, c, ...key]) => [a, b, c, key.join('')])).toEqual([
        [String(flags), String(protocol), String(number), publicKey],
      ])
    },
  )

  it('answers with the denial that was chosen', async () => {
    const { zone, dnssec } = await opened()
    await dnssec.act(zone, { action: 'sign', values: SIGN })
    const nsec3 = { denial: 'nsec3', iterations: 1, salt: 'abcd', optOut: true }
    await dnssec.act(zone, { action: 'nsec', values: nsec3 })
    expect(await server.dig(zone, 'NSEC3PARAM')).toEqual(['1 0 1 ABCD'])
    const state = await dnssec.read(zone)
    expect(state.facts).toMatchObject([{ value: 'NSEC3 (1 1 1 abcd)' }])
    expect(initialValues(state.actions.find(({ id }) => id === 'nsec')?.fields ?? [])).toEqual(nsec3)
    await dnssec.act(zone, { action: 'unsign', values: {} })
    expect(await server.dig(zone, 'DNSKEY')).toEqual([])
  })

  it('publishes CDS once it is told to', async () => {
    const { zone, dnssec, settings } = await opened()
    await dnssec.act(zone, { action: 'sign', values: SIGN })
    await settings.write(zone, { publishCds: ['2'], publishCdnskey: '1' })
    const { ds } = await dnssec.read(zone)
    const [cds = ''] = await server.dig(zone, 'CDS')
    const [tag, algorithm, digestType, ...digest] = cds.toLowerCase().split(' ')
    expect([tag, algorithm, digestType, digest.join('')].map(String)).toEqual(
      Object.values(ds.find((each) => each.digestType === 2) ?? {}).map(String),
    )
    expect(await server.dig(zone, 'CDNSKEY')).toHaveLength(1)
  })

  it('takes its keys back when the zone cannot be signed', async () => {
    const { dnssec, ...provider } = await opened()
    await provider.createZone?.('copy.example', {
      operation: 'create',
      kind: 'Secondary',
      values: { primaries: ['127.0.0.1:1'] },
    })
    const sign = dnssec.act('copy.example', { action: 'sign', values: SIGN })
    await expect(sign).rejects.toMatchObject({ kind: 'refused', message: containing('No SOA known') })
    expect(await dnssec.read('copy.example')).toMatchObject({ state: 'off', keys: [] })
  })

  it('takes every setting of a copy, and its actions', async () => {
    const { zone, settings, actions } = await opened()
    const copy = { kind: 'Secondary', primaries: ['127.0.0.1:1', '[2001:db8::1]:5353'] }
    await settings.write(zone, copy)
    const more = { transferSource: '127.0.0.1', incremental: true, renotify: '0' }
    await settings.write(zone, more)
    expect(await values({ settings }, zone)).toMatchObject({ ...copy, ...more })
    await actions.run(zone, { action: 'axfr-retrieve', values: {} })
    await settings.write(zone, { kind: 'Primary' })
    await actions.run(zone, { action: 'notify', values: {} })
  })

  it('counts the questions that it answers', async () => {
    const { zone, stats: source } = await opened()
    const asked = async () => (await source.counters?.())?.find(({ id }) => id === 'udp-queries')?.value ?? 0
    const before = await asked()
    await server.dig(zone, 'SOA')
    expect(await asked()).toBeGreaterThan(before)
  })
})
