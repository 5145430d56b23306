import fc from 'fast-check'
import type { Change } from '@zonedeck/shared/change'
import type { RecordSet } from '@zonedeck/shared/record-set'
import { canonicalRdata } from '@zonedeck/shared/records/rdata'
import { textToTxt } from '@zonedeck/shared/records/txt'
import { describe, expect, it } from 'vitest'
import { conformance } from '../conformance.ts'
import type { DnsProvider } from '../provider.ts'
import { about } from './about.ts'
import { bodies, calls, connect, open, ORGANISATION, TOKEN, ZONE } from './open-simulator.ts'
import { simulate, type Simulation } from './simulator.ts'
import { turnsOf } from './turns.ts'
import { readValue, writeValue } from './values.ts'

const containing = (text: string) => expect.stringContaining(text) as string

const set = (name: string, type: string, ...rdatas: string[]): RecordSet => ({
  name,
  type,
  ttl: 300,
  records: rdatas.map((rdata) => ({ rdata: canonicalRdata(type, rdata) })),
})
const create = (after: RecordSet): Change => ({ name: after.name, type: after.type, before: null, after })
const remove = (before: RecordSet): Change => ({ name: before.name, type: before.type, before, after: null })
const modify = (before: RecordSet, after: RecordSet): Change => ({ name: after.name, type: after.type, before, after })

async function read(provider: DnsProvider): Promise<RecordSet[]> {
  return (await provider.readZone(ZONE)).recordSets
}

/** Applies to the zone as it is now. */
async function apply(provider: DnsProvider, ...changes: Change[]) {
  return provider.apply(ZONE, changes, await read(provider))
}

const www = { name: 'www', type: 'A', ttl: 300, values: ['192.0.2.1'] }

describe.each([
  ['sdk', 'sdk'],
  ['docs', 'docs'],
  ['auto', 'sdk'],
  ['auto', 'docs'],
  ['auto', 'both'],
] as const)('addressing %s, a server that knows %s', (dialect, known) => {
  conformance({
    name: 'Thalassa (simulated)',
    about,
    open: async () => {
      const { simulation, provider } = open({ dialect: known, credentials: { dialect } })
      return {
        provider,
        zone: ZONE,
        stranger: connect(simulation.fetch, { dialect, token: 'not-the-token' }),
        secret: TOKEN,
        log: () => simulation.log.map(({ method, url, body }) => `${method} ${url} ${body}`),
      }
    },
  })
})

describe('the way to address records', () => {
  it.each([
    ['sdk', 404, /^PUT \/dnsz-\w+\/records\/dnsr-\w+ 200$/],
    ['sdk', 405, /^PUT \/dnsz-\w+\/records\/dnsr-\w+ 200$/],
    ['docs', 404, /^PATCH \/metrics\.example\/records\/www\/A 200$/],
    ['docs', 405, /^PATCH \/metrics\.example\/records\/www\/A 200$/],
    ['both', 404, /^PUT \/dnsz-\w+\/records\/dnsr-\w+ 200$/],
  ] as const)('is found out with a GET before the first edit: %s, %d', async (known, refusal, write) => {
    const { simulation, provider } = open({ records: [www, { ...www, name: 'api' }], dialect: known })
    simulation.refusal = refusal
    const fresh = await read(provider)
    simulation.log.length = 0
    const changes = ['www', 'api'].map((name) =>
      modify({ ...set(name, 'A', '192.0.2.1') }, { ...set(name, 'A', '192.0.2.2') }),
    )
    const { results } = await provider.apply(ZONE, changes, fresh)
    expect(results.map(({ status }) => status)).toEqual(['done', 'done'])
    const made = calls(simulation)
    const first = made.findIndex((call) => write.test(call))
    expect(made.slice(0, first).every((call) => call.startsWith('GET '))).toBe(true)
    expect(made[first - 1]).toMatch(/^GET .*\/records\/.* 200$/)
    // It looks once, and remembers: one call an edit then, and one more where a write may answer nothing.
    expect(made.slice(first + 1)).toHaveLength(known === 'docs' ? 3 : 1)
    expect(made.some((call) => call.startsWith('DELETE'))).toBe(false)
  })

  it('does not matter for what is new', async () => {
    const { simulation, provider } = open()
    const fresh = await read(provider)
    simulation.log.length = 0
    await provider.apply(ZONE, [create(set('www', 'A', '192.0.2.1'))], fresh)
    expect(calls(simulation)).toEqual([expect.stringMatching(/^POST \/dnsz-\w+\/records 201$/) as string])
  })

  it('writes nothing when none is known', async () => {
    const { simulation, provider } = open({ records: [www] })
    const fresh = await read(provider)
    simulation.interfere = ({ url }) =>
      url.includes('/records/') ? Response.json({ message: 'nope' }, { status: 404 }) : undefined
    simulation.log.length = 0
    const change = modify(set('www', 'A', '192.0.2.1'), set('www', 'A', '192.0.2.2'))
    const { results } = await provider.apply(ZONE, [change], fresh)
    expect(results).toMatchObject([{ status: 'failed', detail: containing('no such zone or record') }])
    expect(calls(simulation).every((call) => call.startsWith('GET'))).toBe(true)
  })

  it('needs no identity in what the panel hands over', async () => {
    const { provider } = open({ records: [www], dialect: 'sdk', credentials: { dialect: 'sdk' } })
    const { results } = await provider.apply(
      ZONE,
      [modify(set('www', 'A', '192.0.2.1'), set('www', 'A', '192.0.2.2'))],
      [set('www', 'A', '192.0.2.1')],
    )
    expect(results).toEqual([{ name: 'www', type: 'A', status: 'done' }])
  })

  it('takes names apart that look like addresses', async () => {
    const { provider, simulation } = open({ dialect: 'docs' })
    for (const name of ['@', '*', '*.a', '_sip._tcp', 'xn--bcher-kva']) {
      expect((await apply(provider, create(set(name, 'TXT', '"x"')))).results[0]?.status).toBe('done')
      const [before] = (await read(provider)).filter((each) => each.name === name)
      expect((await apply(provider, remove(before!))).results[0]?.status).toBe('done')
    }
    expect(calls(simulation)).toContain(`DELETE /${ZONE}/records/%40/TXT 204`)
  })
})

/** What goes out for each type: relative names, hosts without the last dot, texts without quotes, both TTL and values. */
const VALUES: [type: string, rdata: string, value: string][] = [
  ['A', '192.0.2.1', '192.0.2.1'],
  ['AAAA', '2001:db8::1', '2001:db8::1'],
  ['CNAME', 'cdn.example.net.', 'cdn.example.net'],
  ['NS', 'ns1.example.net.', 'ns1.example.net'],
  ['MX', '10 mail.example.net.', '10 mail.example.net'],
  ['MX', '0 .', '0 .'],
  ['SRV', '10 5 5060 sip.example.net.', '10 5 5060 sip.example.net'],
  ['SRV', '0 0 0 .', '0 0 0 .'],
  ['CAA', '0 issue "letsencrypt.org"', '0 issue letsencrypt.org'],
  ['CAA', '128 issuewild ";"', '128 issuewild ;'],
  ['CAA', '0 issue "ca.example; account=1"', '0 issue ca.example; account=1'],
  ['TXT', '"v=spf1 mx -all"', 'v=spf1 mx -all'],
  ['TXT', '"say \\"hi\\"; a\\\\b"', 'say "hi"; a\\b'],
  ['TXT', '"\\195\\188ber"', 'über'],
  ['TXT', '"tab\\009"', 'tab\t'],
]

/** What may come back in other words, and how it is read. */
const SPELLINGS: [type: string, value: string, rdata: string][] = [
  ['CNAME', 'CDN.Example.net.', 'cdn.example.net.'],
  ['MX', '10 mail.example.net.', '10 mail.example.net.'],
  ['AAAA', '2001:DB8:0:0::1', '2001:db8::1'],
  ['CAA', '0 issue "letsencrypt.org"', '0 issue "letsencrypt.org"'],
  ['CAA', '0 ISSUE letsencrypt.org', '0 issue "letsencrypt.org"'],
  ['TXT', '"with quotes"', '"\\"with quotes\\""'],
  ['TXT', '\\065', '"\\\\065"'],
  ['A', 'not an address', 'not an address'],
  ['SSHFP', '4 1 0123456789ABCDEF0123456789ABCDEF01234567', '4 1 0123456789abcdef0123456789abcdef01234567'],
]

describe('values', () => {
  it.each(VALUES)('%s %s goes as %s and comes back', (type, rdata, value) => {
    expect(writeValue(type, rdata)).toBe(value)
    expect(readValue(type, value)).toBe(rdata)
  })

  it.each(SPELLINGS)('%s “%s” is read', (type, value, rdata) => {
    expect(readValue(type, value)).toBe(rdata)
  })

  it('any text comes back as it was written', () => {
    const text = fc.string({ unit: 'binary', minLength: 1, maxLength: 700 })
    fc.assert(
      fc.property(text, (written) => {
        const rdata = readValue('TXT', written)
        expect(canonicalRdata('TXT', rdata)).toBe(rdata)
        expect(writeValue('TXT', rdata)).toBe(written)
      }),
    )
  })

  it('any value of a CAA that goes out comes back', () => {
    const value = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 })
    fc.assert(
      fc.property(value, (written) => {
        fc.pre(written.trim() === written && !written.includes('"'))
        const rdata = readValue('CAA', `0 issue ${written}`)
        expect(readValue('CAA', writeValue('CAA', rdata))).toBe(rdata)
      }),
    )
  })

  it('sends both TTL and values with every edit', async () => {
    const { provider, simulation } = open({ records: [www], dialect: 'docs' })
    const after = { ...set('www', 'A', '192.0.2.1'), ttl: 900 }
    await apply(provider, modify(set('www', 'A', '192.0.2.1'), after))
    expect(bodies(simulation)).toEqual([{ ttl: 900, values: ['192.0.2.1'] }])
  })

  it('sends a new record under its relative name', async () => {
    const { provider, simulation } = open()
    await apply(provider, create(set('@', 'MX', '10 mail.example.net.', '20 mail2.example.net.')))
    expect(bodies(simulation)).toEqual([
      { name: '@', type: 'MX', ttl: 300, values: ['10 mail.example.net', '20 mail2.example.net'] },
    ])
  })

  it.each([
    ['TXT', '"cut" "here"', 'cut elsewhere'],
    ['TXT', '"\\255"', 'no UTF-8'],
    ['TXT', '""', 'no empty TXT'],
    ['TXT', textToTxt('k'.repeat(4097)), '4097 bytes'],
    ['CAA', '0 issue ""', 'without quotes'],
    ['CAA', '0 issue " ca.example"', 'without quotes'],
    ['CAA', '0 issue "\\"ca.example\\""', 'without quotes'],
    ['PTR', 'host.example.', 'has no PTR records'],
    ['DS', '12345 13 2 e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855', 'has no DS records'],
    ['TYPE731', '\\# 2 abcd', 'records of this type'],
  ])('refuses %s %s and sends nothing', async (type, rdata, reason) => {
    const { provider, simulation } = open()
    const { results } = await apply(provider, create(set('x', type, rdata)))
    expect(results).toMatchObject([{ status: 'failed', detail: containing(reason) }])
    expect(simulation.log.every(({ method }) => method === 'GET')).toBe(true)
  })

  it('takes a text of 4,096 characters', async () => {
    const { provider } = open()
    const { results } = await apply(provider, create(set('x', 'TXT', textToTxt('k'.repeat(4096)))))
    expect(results).toEqual([{ name: 'x', type: 'TXT', status: 'done' }])
  })

  it('refuses a TTL of 0, which would mean another one, and shows what the server says of others', async () => {
    const { provider } = open()
    const zero = await apply(provider, create({ ...set('x', 'A', '192.0.2.1'), ttl: 0 }))
    expect(zero.results).toMatchObject([{ status: 'failed', detail: containing('at least 1') }])
    const short = await apply(provider, create({ ...set('x', 'A', '192.0.2.1'), ttl: 5 }))
    expect(short.results).toMatchObject([{ status: 'failed', detail: containing('between 30 and 604800') }])
  })

  it('keeps what the platform keeps: SOA, and name servers at the apex', async () => {
    const { provider, simulation } = open({
      records: [{ name: '@', type: 'NS', ttl: 3600, values: ['ns1.vanity.example'] }],
    })
    const [ns] = await read(provider)
    expect(ns).toMatchObject({ name: '@', type: 'NS', readOnly: 'apex-ns' })
    const soa = set('@', 'SOA', 'ns1.example. host.example. 1 7200 900 1209600 300')
    const { results } = await apply(provider, create(soa), remove(ns!), create(set('sub', 'NS', 'ns1.example.net.')))
    expect(results).toMatchObject([
      { type: 'SOA', status: 'failed', detail: containing('keeps the SOA') },
      { type: 'NS', status: 'failed', detail: containing('name servers of its region') },
      { name: 'sub', status: 'done' },
    ])
    expect(simulation.log.filter(({ method }) => method !== 'GET')).toHaveLength(1)
  })
})

describe('a change of type', () => {
  const a = set('www', 'A', '192.0.2.1')
  const cname = set('www', 'CNAME', 'cdn.example.net.')
  const swap = [remove(a), create(cname)]
  const statuses = (results: { status: string }[]) => results.map(({ status }) => status)
  const creating = (response: () => Response) => (simulation: Simulation, times: number) => {
    let left = times
    simulation.interfere = ({ method }) => (method === 'POST' && left-- > 0 ? response() : undefined)
  }
  const refuse = creating(() => Response.json({ message: 'quota exceeded' }, { status: 400 }))

  it('is a delete and a create, one right after the other, whatever stands between', async () => {
    const { provider, simulation } = open({ records: [www] })
    const { results } = await apply(provider, remove(a), create(set('api', 'A', '192.0.2.9')), create(cname))
    expect(results).toMatchObject([
      { type: 'A', status: 'done' },
      { type: 'CNAME', status: 'done' },
      { name: 'api', status: 'done' },
    ])
    const writes = simulation.log.filter(({ method }) => method !== 'GET').map(({ method }) => method)
    expect(writes).toEqual(['DELETE', 'POST', 'POST'])
  })

  it('is taken back when the new one is refused', async () => {
    const { provider, simulation } = open({ records: [www] })
    refuse(simulation, 1)
    const { results, more } = await apply(provider, ...swap)
    expect(results).toEqual([
      { name: 'www', type: 'A', status: 'rolled-back', detail: containing('it was put back') },
      { name: 'www', type: 'CNAME', status: 'failed', detail: containing('quota exceeded') },
    ])
    expect(more).toBe(false)
    expect(await read(provider)).toMatchObject([
      { name: 'www', type: 'A', ttl: 300, records: [{ rdata: '192.0.2.1' }] },
    ])
  })

  it('tells when it cannot be taken back', async () => {
    const { provider, simulation } = open({ records: [www] })
    refuse(simulation, 2)
    const { results } = await apply(provider, ...swap)
    expect(results).toMatchObject([
      { type: 'A', status: 'done', detail: containing('putting it back failed') },
      { type: 'CNAME', status: 'failed' },
    ])
    expect(await read(provider)).toEqual([])
  })

  it('is not taken back when a part of the new arrived, or may have', async () => {
    const records = [{ name: 'www', type: 'CNAME', ttl: 300, values: ['cdn.example.net'] }]
    const partly = open({ records })
    let posts = 0
    partly.simulation.interfere = ({ method }) =>
      method === 'POST' && ++posts === 2 ? Response.json({ message: 'no' }, { status: 400 }) : undefined
    const aaaa = set('www', 'AAAA', '2001:db8::1')
    const { results } = await apply(partly.provider, remove(cname), create(a), create(aaaa))
    expect(statuses(results)).toEqual(['done', 'done', 'failed'])

    const lost = open({ records: [www] })
    lost.simulation.interfere = ({ method }) =>
      method === 'POST' ? new Response('<h1>Bad gateway</h1>', { status: 500 }) : undefined
    const answer = await apply(lost.provider, ...swap, create(set('later', 'A', '192.0.2.1')))
    expect(statuses(answer.results)).toEqual(['done', 'unknown'])
    expect(answer.more).toBe(true)
  })

  it('keeps together what is in the way of each other, and nothing else', () => {
    const other = create(set('api', 'A', '192.0.2.1'))
    const aaaa = create(set('www', 'AAAA', '2001:db8::1'))
    expect(turnsOf([create(cname), other, remove(a)])).toEqual([
      { changes: [remove(a), create(cname)], makesRoom: true },
      { changes: [other], makesRoom: false },
    ])
    expect(turnsOf([remove(a), aaaa]).map(({ makesRoom }) => makesRoom)).toEqual([false, false])
  })
})

describe('troubles', () => {
  const one = create(set('www', 'A', '192.0.2.1'))
  const two = create(set('api', 'A', '192.0.2.2'))

  it.each<[string, Record<string, string>]>([
    ['another token', { token: 'wrong' }],
    ['the other scheme', { scheme: 'Bearer' }],
  ])('says that the credential is wrong: %s', async (_, credentials) => {
    const { simulation } = open()
    await expect(connect(simulation.fetch, credentials).test()).rejects.toMatchObject({ kind: 'auth' })
  })

  it('knows both schemes, and a project', async () => {
    const simulation = simulate({
      token: TOKEN,
      scheme: 'Bearer',
      organisation: ORGANISATION,
      zones: [{ name: ZONE }, { name: 'inside.example', project: 'prj-1' }],
    })
    const provider = connect(simulation.fetch, { scheme: 'Bearer', project: 'prj-1' })
    expect(await provider.test()).toEqual({
      account: `${ORGANISATION}, project prj-1`,
      missing: [],
      notes: ['It sees one zone.'],
    })
    expect((await provider.listZones()).map(({ name }) => name)).toEqual(['inside.example'])
    await expect(provider.readZone(ZONE)).rejects.toMatchObject({ kind: 'missing' })
  })

  it('names the feature gate that is off', async () => {
    const { provider, simulation } = open()
    simulation.gates.delete('dns')
    const closed = { kind: 'forbidden', message: containing('The feature gate “dns” is off') }
    await expect(provider.test()).rejects.toMatchObject(closed)
    await expect(provider.createZone('new.example', { operation: 'create', kind: 'Primary' })).rejects.toMatchObject(
      closed,
    )
    simulation.interfere = () => new Response('<html><h1>Forbidden</h1></html>', { status: 403 })
    const unsure = { kind: 'forbidden', message: containing('lacks the right, or the feature gate “dns”') }
    await expect(provider.test()).rejects.toMatchObject(unsure)
    await expect(connect(simulation.fetch, { organisation: 'other' }).test()).rejects.toMatchObject({
      kind: 'forbidden',
    })
  })

  it('tells a set that is there already from its own first try', async () => {
    const { provider, simulation } = open()
    const fresh = await read(provider)
    // Somebody else makes the same name after the reading.
    await connect(simulation.fetch).apply(ZONE, [create(set('www', 'A', '192.0.2.7'))], fresh)
    const { results } = await provider.apply(ZONE, [one], fresh)
    expect(results).toMatchObject([{ status: 'failed', detail: containing('record already exists') }])
    const same = await provider.apply(ZONE, [create(set('www', 'A', '192.0.2.7'))], fresh)
    expect(same.results).toEqual([{ name: 'www', type: 'A', status: 'done' }])
  })

  it('repeats a create whose answer was lost, and finds its own', async () => {
    const { simulation } = open()
    let lost = 0
    const provider = connect(async (request) => {
      const response = await simulation.fetch(request.clone())
      if (request.method === 'POST' && lost++ === 0) throw new TypeError('Network connection lost.')
      return response
    })
    expect((await apply(provider, one)).results).toEqual([{ name: 'www', type: 'A', status: 'done' }])
    expect(calls(simulation).filter((call) => call.startsWith('POST'))).toEqual([containing('201'), containing('409')])
  })

  it('repeats a delete whose answer was lost', async () => {
    const { simulation } = open({ records: [www] })
    let lost = 0
    const provider = connect(async (request) => {
      const response = await simulation.fetch(request.clone())
      if (request.method === 'DELETE' && lost++ === 0) throw new TypeError('Network connection lost.')
      return response
    })
    const { results } = await apply(provider, remove(set('www', 'A', '192.0.2.1')))
    expect(results).toEqual([{ name: 'www', type: 'A', status: 'done' }])
  })

  it('[D4] a write whose answer never comes is unknown, and the rest waits', async () => {
    const { simulation } = open()
    const provider = connect(async (request) => {
      const response = await simulation.fetch(request.clone())
      if (request.method === 'POST') throw new TypeError('Network connection lost.')
      return response
    })
    simulation.interfere = ({ method }) =>
      method === 'POST' ? Response.json({ message: 'internal' }, { status: 500 }) : undefined
    const { results, more } = await apply(provider, one, two)
    expect(results).toMatchObject([{ name: 'www', status: 'unknown' }])
    expect(more).toBe(true)
  })

  it('says so when the server holds something else than it was sent', async () => {
    const { provider, simulation } = open()
    const changed = { identity: 'dnsr-x', name: 'www', type: 'A', ttl: 60, values: ['192.0.2.1'] }
    simulation.interfere = ({ method, url }) =>
      method === 'POST' || url.includes('/records/') ? Response.json(changed, { status: 200 }) : undefined
    const { results } = await apply(provider, one)
    expect(results).toMatchObject([{ status: 'unknown', detail: containing('holds 192.0.2.1 with TTL 60') }])
  })

  it('reads the record where a write answers nothing', async () => {
    const { simulation } = open({ records: [www] })
    const provider = connect(async (request) => {
      const response = await simulation.fetch(request.clone())
      return request.method === 'GET' ? response : new Response('<html>', { status: 200 })
    })
    const { results } = await apply(provider, modify(set('www', 'A', '192.0.2.1'), set('www', 'A', '192.0.2.2')), two)
    expect(results.map(({ status }) => status)).toEqual(['done', 'done'])
  })

  it.each([
    [429, { 'retry-after': '60' }, '60 seconds of rest'],
    [503, {}, 'cannot do this now'],
    [401, {}, 'does not accept this token'],
    [403, {}, 'does not allow this'],
  ])('stops at %d, and says of the rest that it was not sent', async (status, headers, words) => {
    const { provider, simulation } = open()
    simulation.interfere = ({ method }) =>
      method === 'POST' ? new Response('<html><body>Trouble</body></html>', { status, headers }) : undefined
    const { results, more } = await apply(provider, one, two)
    expect(results).toEqual([
      { name: 'www', type: 'A', status: 'failed', detail: containing(words) },
      { name: 'api', type: 'A', status: 'failed', detail: containing('It was not sent.') },
    ])
    expect(more).toBe(false)
    expect(JSON.stringify(results)).not.toContain('<')
  })

  it('waits as long as it is asked to when that is short', async () => {
    const { provider, simulation } = open()
    let left = 2
    simulation.interfere = () =>
      left-- > 0 ? Response.json({ message: 'slow down' }, { status: 429, headers: { 'retry-after': '1' } }) : undefined
    await expect(provider.listZones()).resolves.toHaveLength(1)
    simulation.interfere = () => new Response('', { status: 429, headers: { 'retry-after': '60' } })
    await expect(provider.listZones()).rejects.toMatchObject({ kind: 'rate-limited', retryAfter: 60 })
  })

  it('says that the address leads elsewhere', async () => {
    const answers: [Response, object][] = [
      [new Response('<h1>It works</h1>', { headers: { 'content-type': 'text/html' } }), { kind: 'protocol' }],
      [Response.json({ zones: [] }), { kind: 'protocol' }],
      [new Response('Not Found', { status: 404 }), { kind: 'missing' }],
      [
        Response.json({ message: 'no <b>way</b>\n' }, { status: 400 }),
        { kind: 'refused', message: 'Thalassa says: no way' },
      ],
      [new Response('oops', { status: 500 }), { kind: 'unavailable' }],
    ]
    for (const [response, error] of answers) {
      await expect(connect(async () => response.clone()).test()).rejects.toMatchObject(error)
    }
  })

  it('goes on in another invocation when there are few calls left', async () => {
    const { simulation } = open({ dialect: 'docs' })
    let left = Array.from({ length: 30 }, (_, index) => create(set(`n${index}`, 'A', '192.0.2.1')))
    let rounds = 0
    while (left.length > 0 && ++rounds < 20) {
      const provider = connect(simulation.fetch, { dialect: 'docs' }, 20)
      const { results, more } = await apply(provider, ...left)
      expect(results.length).toBeGreaterThan(0)
      expect(results.every(({ status }) => status === 'done')).toBe(true)
      expect(more).toBe(results.length < left.length)
      left = left.slice(results.length)
    }
    expect(rounds).toBeGreaterThan(3)
    expect(await read(connect(simulation.fetch))).toHaveLength(30)
  })

  it('asks for no address that an identity of the server’s could lead elsewhere', async () => {
    const { simulation } = open()
    const urls: string[] = []
    const provider = connect(async (request) => {
      urls.push(request.url)
      const response = await simulation.fetch(request)
      const text = (await response.text()).replaceAll(/"dnsz-\w+"/g, '"../../../admin"')
      return new Response(text, response)
    })
    await provider.readZone(ZONE)
    expect(urls.every((url) => new URL(url).pathname.startsWith('/v1/dns/zones'))).toBe(true)
  })
})
