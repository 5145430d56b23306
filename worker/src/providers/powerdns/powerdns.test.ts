import { canonicalRdata } from '@zonedeck/shared/records/rdata'
import { textToTxt } from '@zonedeck/shared/records/txt'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { conformance, type Opened } from '../conformance.ts'
import type { DnsProvider } from '../provider.ts'
import { makeUpstream } from '../upstream.ts'
import { policyFromEnv } from '../url-policy.ts'
import { about } from './about.ts'
import { dns } from './dns.ts'
import { powerdnsInstalled, startPowerdns, type RealServer } from './real-server.ts'
import { simulate, type Simulation } from './simulator.ts'
import { stats } from './stats.ts'
import { canonical, spelling, zoneId } from './wire.ts'

const policy = policyFromEnv({ ALLOW_LOOPBACK_UPSTREAM: 'true' })
const containing = (text: string) => expect.stringContaining(text) as string
const SECRET = 'test-key-7f3a9c51e0b24d68'

function contextOf(baseUrl: string, fetch: Simulation['fetch'], apiKey: string, pause?: number) {
  const upstream = makeUpstream({
    baseUrl: new URL(baseUrl),
    headers: {},
    fetch,
    policy,
    budget: { left: 1000 },
    ...(pause === undefined ? {} : { sleep: () => new Promise((resolve) => setTimeout(resolve, pause)) }),
  })
  return { upstream, credentials: { apiKey }, now: Date.now }
}

function connect(...server: Parameters<typeof contextOf>): DnsProvider {
  return dns(contextOf(...server))
}

const set = (name: string, type: string, ...rdatas: string[]) => ({
  name,
  type,
  ttl: 300,
  records: rdatas.map((rdata) => ({ rdata: canonicalRdata(type, rdata) })),
})
const creation = (after: ReturnType<typeof set>) => ({ name: after.name, type: after.type, before: null, after })

/** Texts whose canonical form is not the one that PowerDNS prints, and one of each type that no other test writes. */
const SPELLINGS: [type: string, text: string][] = [
  ['AAAA', '::ffff:192.0.2.1'],
  ['AAAA', '2001:db8:0:0:1:0:0:1'],
  ['AFSDB', '1 x.example.'],
  ['APL', '1:192.168.32.0/21'],
  ['CAA', '0 issue "ca.example; a=b"'],
  ['CDNSKEY', '257 3 13 mdsswUyr3DPW132mOi8V9xESWE8jTo0dxCjjnopKl+GqJxpVXckHAeF+KkxLbxILfDLUT0rAK9iUzy1L53eKGQ=='],
  ['CDS', '0 0 0 00'],
  ['CERT', 'PGP 0 0 AQIDBA=='],
  ['CNAME', 'a\\032b.example.'],
  ['CNAME', 'a\\@b\\$c\\(d\\;e.example.'],
  ['CNAME', 'a\\.b.example.'],
  ['CNAME', 'a\\\\c.example.'],
  ['CSYNC', '66 3 A NS AAAA'],
  ['DHCID', 'AAIBY2/AuCccgoJbsaxcQc9TUapptP69lOjxfNuVAA2kjEA='],
  ['EUI48', '00-00-5e-00-53-2a'],
  ['EUI64', '00-00-5e-ef-10-00-00-2a'],
  ['HINFO', 'PC "Linux 6"'],
  ['HTTPS', '0 x.example.'],
  ['HTTPS', '1 . alpn="h2,h3" ipv4hint="192.0.2.1"'],
  ['IPSECKEY', '10 1 2 192.0.2.38 AQNRU3mG7TVTO2BkR47usntb102uFJtugbo6BSGvgqt4AQ=='],
  ['KX', '10 x.example.'],
  ['L32', '10 10.1.2.0'],
  ['L64', '10 2001:0db8:1140:1000'],
  ['LOC', '51 30 N 0 7 39.612 W -12.5m'],
  ['LOC', '60 9 0 N 24 39 0 E 10m 20m 2000m 20m'],
  ['LP', '10 l64.example.'],
  ['MX', '0 .'],
  ['NAPTR', '100 50 "" "" "" a.example.'],
  ['NID', '10 0014:4FFF:FF20:EE64'],
  ['RP', 'admin\\.ada.example. .'],
  ['SVCB', '1 . mandatory=alpn,port alpn=h2 no-default-alpn port=53 ech=AAECAw== key667=hello'],
  ['SVCB', '1 . alpn=h2 dohpath=/dns-query{?dns}'],
  ['SVCB', '1 . ohttp'],
  ['SVCB', '1 . key667="hel\\210 lo\\"x"'],
  ['SVCB', '1 . alpn="f\\\\\\\\oo\\\\,bar,h2"'],
  ['TXT', '""'],
  ['TXT', '"tab\\009 quote\\" backslash\\\\ byte\\255"'],
  ['TYPE731', '\\# 0'],
  ['URI', '10 1 "https://example.net/?q=\\"x\\""'],
]

const rr = (name: string, type: string, contents: string[], more: object = {}) => ({
  name,
  type,
  ttl: 60,
  changetype: 'REPLACE',
  records: contents.map((content) => ({ content })),
  ...more,
})
const Q = '/zones/q.example.'
type Question = readonly [method: string, path: string, body?: object | string]
const patch = (...rrsets: object[]): Question => ['PATCH', Q, { rrsets }]
const gone = (name: string, type: string) => ({ name, type, changetype: 'DELETE' })

const keys = `${Q}/cryptokeys`
const shown: [string, string] = ['GET', `${Q}?rrsets=false`]
const settingsOf = (...inputs: (object | string)[]): Question[] =>
  inputs.flatMap((input) => [['PUT', Q, input] as const, shown])
const metadata = (kind: string, ...values: unknown[]): Question => [
  'PUT',
  `${Q}/metadata/${kind}`,
  { metadata: values },
]

const SETTINGS: Question[] = [
  [
    'POST',
    '/zones',
    { name: 'made.q.example.', kind: 'Master', soa_edit_api: 'INCREASE', account: 'me', dnssec: true },
  ],
  ['GET', '/zones/made.q.example./cryptokeys'],
  ['DELETE', '/zones/made.q.example.'],
  ['GET', '/tsigkeys'],
  ['POST', '/tsigkeys', { name: 'k1', algorithm: 'hmac-sha256' }],
  ['POST', '/tsigkeys', { name: 'k1', algorithm: 'hmac-sha256' }],
  ['POST', '/tsigkeys', { algorithm: 'hmac-sha256' }],
  ['DELETE', '/tsigkeys'],
  ['GET', '/tsigkeys'],
  ...settingsOf(
    {},
    '{bad',
    { account: 'ada' },
    { account: 5 },
    { kind: 'Producer' },
    { kind: 'consumer' },
    { kind: 'nonsense' },
    { kind: 'Primary' },
    { masters: ['192.0.2.1', '[2001:db8::1]:5353', '2001:DB8:0::2', '192.0.2.3:53'] },
    { masters: ['bad name'], account: 'not taken' },
    { masters: [] },
    { catalog: 'cat.example.' },
    { catalog: 'cat' },
    { catalog: '' },
    { soa_edit: 'INCEPTION-INCREMENT' },
    { soa_edit: '' },
    { soa_edit_api: 'INCREASE' },
    { soa_edit_api: 'nonsense' },
    { soa_edit_api: '' },
  ),
  patch(rr('n.q.example.', 'A', ['192.0.2.9'])),
  shown,
  ...settingsOf(
    { soa_edit_api: 'INCREASE' },
    { api_rectify: 'x' },
    { api_rectify: true },
    { api_rectify: false },
    { master_tsig_key_ids: ['none.'] },
    { master_tsig_key_ids: ['k1.'], slave_tsig_key_ids: ['k1'] },
  ),
  ['GET', `${Q}/metadata`],
  ...settingsOf({ master_tsig_key_ids: [], slave_tsig_key_ids: [] }, { api_rectify: true }),
]

const METADATA: Question[] = [
  ['GET', `${Q}/metadata/SOA-EDIT-API`],
  ['GET', `${Q}/metadata/ALSO-NOTIFY`],
  ['GET', `${Q}/metadata/NONSENSE`],
  metadata('NONSENSE', '1'),
  metadata('also-notify', '1'),
  metadata('PRESIGNED', '1'),
  metadata('TSIG-ALLOW-AXFR', 'k1.'),
  metadata('NSEC3PARAM', '1 0 0 -'),
  metadata('API-RECTIFY', '1'),
  metadata('X-Mine', 'anything'),
  metadata('ALSO-NOTIFY', '192.0.2.1', 'nonsense'),
  metadata('ALSO-NOTIFY', 5),
  ['PUT', `${Q}/metadata/ALSO-NOTIFY`, { metadata: '192.0.2.1' }],
  ['PUT', `${Q}/metadata/ALSO-NOTIFY`, '{bad'],
  ['PUT', `${Q}/metadata/IXFR`, { kind: 'ALSO-NOTIFY', metadata: ['1'] }],
  ['POST', `${Q}/metadata`, { kind: 'ALSO-NOTIFY', metadata: ['192.0.2.1', '192.0.2.2'] }],
  ['POST', `${Q}/metadata`, { kind: 'NSEC3PARAM', metadata: ['1 0 0 -'] }],
  ['POST', `${Q}/metadata`, { metadata: ['1'] }],
  ['PATCH', `${Q}/metadata`],
  ['PATCH', `${Q}/metadata/IXFR`],
  ['GET', `${Q}/metadata`],
  ['DELETE', `${Q}/metadata/IXFR`],
  ['DELETE', `${Q}/metadata/IXFR`],
  ['DELETE', `${Q}/metadata/PRESIGNED`],
  metadata('ALSO-NOTIFY'),
  ['GET', `${Q}/metadata`],
  ['GET', '/zones/none.example./metadata'],
]

const SIGNING: Question[] = [
  ['GET', keys],
  ...settingsOf({ nsec3param: '1 0 0 -' }, { dnssec: 'x' }, { dnssec: false }, { dnssec: true }, { dnssec: true }),
  ['GET', keys],
  ['GET', `${keys}/1`],
  ...settingsOf(
    { nsec3param: '1 0 0 -' },
    { nsec3narrow: true },
    { nsec3param: '1 1 5 ABCD', nsec3narrow: true },
    { nsec3param: '1 0 101 -' },
    { nsec3param: '2 0 0 -' },
    { nsec3param: 'bad' },
    { nsec3param: '' },
    { nsec3param: '1 0 0 -' },
    { dnssec: false },
  ),
  ['GET', keys],
  ['PUT', `${Q}/rectify`],
  ['POST', keys, { keytype: 'ksk', active: true }],
  ['POST', keys, { keytype: 'zsk', active: true, published: false, algorithm: 'rsasha256', bits: 1024 }],
  ['POST', keys, { keytype: 'zsk', algorithm: 13, published: false }],
  ['GET', keys],
  ['POST', keys, { keytype: 'csk', algorithm: 'ecdsa384' }],
  ['POST', keys, { keytype: 'csk', algorithm: 'ed25519' }],
  ['POST', keys, { keytype: 'csk', algorithm: 'ED448' }],
  ['POST', keys, { keytype: 'csk', algorithm: 'ecdsa256', bits: 5 }],
  ['POST', keys, { keytype: 'csk', algorithm: 'rsasha256' }],
  ['POST', keys, { keytype: 'csk', algorithm: 'rsasha256', bits: 100 }],
  ['POST', keys, { keytype: 'csk', algorithm: 'rsasha256', bits: -1 }],
  ['POST', keys, { keytype: 'csk', algorithm: 'nonsense' }],
  ['POST', keys, { keytype: 'csk', algorithm: 200 }],
  ['POST', keys, { keytype: 'csk', algorithm: 200, bits: 256 }],
  ['POST', keys, { keytype: 'nonsense' }],
  ['POST', keys, { active: 'x', keytype: 'csk' }],
  ['POST', keys, {}],
  ['PUT', `${keys}/1`, { active: false }],
  ['PUT', `${keys}/2`, { active: false }],
  ['PUT', `${keys}/3`, { active: true, published: true }],
  ['PUT', `${keys}/1`, { active: true, published: false }],
  ['PUT', `${keys}/1`, { published: false }],
  ['PUT', `${keys}/1`, '{bad'],
  ['PUT', `${keys}/99`, { active: true }],
  ['PUT', `${keys}/abc`, { active: true }],
  ['PUT', keys, { active: true }],
  metadata('PUBLISH-CDS', '2,4'),
  ['GET', keys],
  ['DELETE', `${keys}/1`],
  ['DELETE', `${keys}/1`],
  ['DELETE', keys],
  ['PATCH', keys],
  ['GET', keys],
  shown,
  ...settingsOf({ dnssec: false }),
  metadata('PUBLISH-CDS'),
  ['GET', '/zones/none.example./cryptokeys'],
  ['PUT', '/zones/none.example./rectify'],
  ['PUT', '/zones/copy.q.example./rectify'],
  ['PUT', '/zones/copy.q.example.', { dnssec: true }],
  ['GET', '/zones/copy.q.example./cryptokeys'],
  ['PUT', '/zones/copy.q.example./axfr-retrieve'],
  ['PUT', `${Q}/axfr-retrieve`],
  ['PUT', `${Q}/notify`],
  ['GET', `${Q}/notify`],
  ['GET', `${Q}/export`],
  ['GET', '/zones/none.example./export'],
]

const SEARCHES: Question[] = [
  ['GET', '/search-data?q=q.example'],
  ['GET', '/search-data?q=q.example.'],
  ['GET', '/search-data?q=*192.0.2.9*'],
  ['GET', '/search-data?q=N.Q.EXAMPLE'],
  ['GET', '/search-data?q=n?q*'],
  ['GET', '/search-data?q=*mple&object_type=zone'],
  ['GET', '/search-data?q=me*&object_type=comment'],
  ['GET', '/search-data?q=hi'],
  ['GET', '/search-data?q=*ns2.example*&object_type=record'],
  ['GET', '/search-data?q=*a_q*'],
  ['GET', '/search-data?q='],
  ['GET', '/search-data'],
  ['GET', '/search-data?q=x&max=0'],
  ['GET', '/search-data?q=x&max=a'],
  ['GET', '/search-data?q=x&object_type=nonsense'],
  ['POST', '/search-data?q=x'],
  ['GET', '/statistics'],
  ['GET', '/statistics?includerings=false'],
  ['GET', '/statistics?statistic=uptime'],
  ['GET', '/statistics?statistic=nonsense'],
  ['POST', '/statistics'],
]

/** Asked of the server and of the simulator alike, one after the other. */
const QUESTIONS: Question[] = [
  ['GET', ''],
  ['POST', ''],
  ['GET', '/nothing'],
  ['POST', '/zones', { name: 'q.example.', kind: 'Native', nameservers: [] }],
  ['POST', '/zones', { name: 'q.example.', kind: 'Native', nameservers: [] }],
  ['POST', '/zones', { name: 'q2.example', kind: 'Native', nameservers: [] }],
  ['POST', '/zones', { name: 'a b.example.', kind: 'Native', nameservers: [] }],
  ['POST', '/zones', { kind: 'Native', nameservers: [] }],
  ['POST', '/zones', '{bad'],
  ['POST', '/zones', { name: 'copy.q.example.', kind: 'Slave', masters: ['192.0.2.1', 'x y'] }],
  ['POST', '/zones', { name: 'copy.q.example.', kind: 'Secondary', masters: ['192.0.2.1'] }],
  ['POST', '/zones', { name: 'odd.q.example.', kind: 'nonsense', nameservers: ['ns1.example.'] }],
  ['POST', '/zones', { name: 'ns.q.example.', kind: 'Native', nameservers: ['ns1.example'] }],
  ['GET', '/zones?zone=copy.q.example.'],
  ['GET', '/zones?zone=copy.q.example.&dnssec=false'],
  ['GET', '/zones/'],
  ['GET', '/zones/none.example.'],
  ['PATCH', '/zones/none.example.', { rrsets: [] }],
  ['DELETE', '/zones/none.example.'],
  ['POST', Q, {}],
  ['PATCH', Q, {}],
  ['PATCH', Q, { rrsets: [] }],
  patch(rr('w.q.example.', 'A', ['192.0.2.1'])),
  patch(rr('w.q.example.', 'CNAME', ['x.example.'])),
  patch(rr('w.q.example.', 'CNAME', ['x.example.']), gone('w.q.example.', 'A')),
  patch(gone('w.q.example.', 'A'), rr('w.q.example.', 'CNAME', ['x.example.'])),
  patch(rr('w.q.example.', 'A', ['192.0.2.1'])),
  patch(rr('d.q.example.', 'A', [], { records: [{ content: '192.0.2.1', disabled: true }] })),
  patch(rr('d.q.example.', 'CNAME', ['x.example.'])),
  patch(rr('v.q.example.', 'CNAME', ['x.example.', 'y.example.'])),
  patch(rr('v.q.example.', 'A', ['192.0.2.1', '192.0.2.1'])),
  patch(rr('v.other.example.', 'A', ['192.0.2.1'])),
  patch(rr('e.q.example.', 'A', ['192.0.2.1']), rr('e.q.example.', 'A', ['192.0.2.2'])),
  patch(rr('e.q.example.', 'A', ['192.0.2.1'], { ttl: undefined })),
  patch(rr('e.q.example.', 'A', ['192.0.2.1'], { ttl: '60' })),
  patch(rr('e.q.example.', 'A', ['192.0.2.1'], { changetype: undefined })),
  patch(rr('e.q.example.', 'A', ['192.0.2.1'], { changetype: 'EXTEND' })),
  patch(rr('e.q.example', 'A', ['192.0.2.1'])),
  patch(rr('e.q.example.', 'A', ['192.0.2.1'], { type: undefined })),
  patch(rr('e.q.example.', 'A', [], { records: [{}] })),
  patch(rr('e.q.example.', 'A', [], { records: undefined })),
  patch(rr('e.q.example.', 'A', [], { records: [{ content: '192.0.2.1', disabled: 'x' }] })),
  patch(rr('E.q.example.', 'a', ['192.0.2.1'], { ttl: -5 })),
  patch(rr('f.q.example.', 'A', ['192.0.2.1'], { comments: [{ content: 'hi' }] })),
  patch(rr('f.q.example.', 'A', ['192.0.2.1'], { comments: [{ content: 'hi', account: 'me', modified_at: 12345 }] })),
  patch(rr('f.q.example.', 'A', ['192.0.2.2'])),
  patch(rr('g.q.example.', 'A', ['192.0.2.1'], { comments: [{ content: 'hi', account: 'me', modified_at: 12345 }] })),
  patch(rr('g.q.example.', 'A', [])),
  patch(rr('h.q.example.', 'FOO', ['x'])),
  patch(rr('h.q.example.', 'TYPE65400', ['\\# 2 abcd'])),
  patch(rr('h.q.example.', 'TYPE731', ['\\# 0'])),
  patch(rr('h.q.example.', 'SOA', ['ns1.example. h.example. 5 1 2 3 4'])),
  patch(rr('h.q.example.', 'MX', ['10  mail.example.'])),
  patch(rr('h.q.example.', 'MX', ['10 mail.example'])),
  patch(rr('h.q.example.', 'MX', ['mail.example.'])),
  patch(rr('h.q.example.', 'SRV', ['1 2 99999 a.'])),
  patch(rr('h.q.example.', 'A', ['1.2.3'])),
  patch(rr('h.q.example.', 'A', ['1.2.3.256'])),
  patch(rr('h.q.example.', 'A', ['192.0.2.001'])),
  patch(rr('h.q.example.', 'AAAA', ['zz'])),
  patch(rr('h.q.example.', 'AAAA', ['::ffff:192.0.2.1'])),
  patch(rr('h.q.example.', 'AAAA', ['::ffff:c000:201', '2001:DB8:0:0:0:0:0:1'])),
  patch(rr('h.q.example.', 'CAA', ['0 issue ca.example'])),
  patch(rr('h.q.example.', 'TXT', ['bare'])),
  patch(rr('h.q.example.', 'TXT', ['"a" "b"', `"${'x'.repeat(300)}"`, '"ä"'])),
  patch(rr('h.q.example.', 'HTTPS', ['1 . alpn="h2,h3" ipv4hint="192.0.2.1"'])),
  patch(rr('h.q.example.', 'SVCB', ['1 . dohpath=/dns-query{?dns}'])),
  patch(rr('h.q.example.', 'SSHFP', ['4 2 E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855'])),
  patch(rr('a b.q.example.', 'A', ['192.0.2.1'])),
  patch(rr('_x.*.q.example.', 'A', ['192.0.2.1'])),
  patch(rr('*.q.example.', 'A', ['192.0.2.1'])),
  patch(rr(`${'x'.repeat(64)}.q.example.`, 'A', ['192.0.2.1'])),
  patch(rr('q.example.', 'SOA', ['ns1.example. h.example. 5 1 2 3 4', 'ns1.example. h.example. 6 1 2 3 4'])),
  patch(rr('q.example.', 'SOA', ['ns1.example. h.example. 5 1 2 3 4'])),
  patch(rr('q.example.', 'NS', ['ns1.example.'])),
  ['GET', Q],
  ['GET', `${Q}?rrsets=false`],
  ['GET', '/zones/Q.example'],
  ['PUT', Q, { kind: 'Slave', masters: ['192.0.2.9'] }],
  patch(rr('q.example.', 'NS', ['ns2.example.'])),
  ['GET', `${Q}?rrsets=false`],
  ...SETTINGS,
  ...METADATA,
  ...SIGNING,
  ...SEARCHES,
  ['POST', '/zones', { name: 'bad.q.example.', kind: 'Native', nameservers: [], zone: 'bad.q.example. 60 IN A bad' }],
  ['GET', '/zones/bad.q.example.'],
  ['DELETE', '/zones/bad.q.example.'],
  ['DELETE', Q],
  ['GET', Q],
]

/** Lists and keys have no order, nor have the lines of an export; of what is random or counted, the shape remains. */
function sorted(text: string): unknown {
  try {
    return sortedValue(JSON.parse(text))
  } catch {
    return text.split('\n').sort()
  }
}

function sortedValue(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(sortedValue).sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
  }
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  const type = 'type' in value ? value.type : undefined
  return Object.fromEntries(entries.map(([key, each]) => [key, shape(type, key, each) ?? sortedValue(each)]))
}

function shape(type: unknown, key: string, value: unknown): unknown {
  const said = String(value)
  switch (`${String(type)} ${key}`) {
    case 'Cryptokey dnskey':
      return said.replace(/ (\S+)$/, (_, publicKey: string) => ` ${Buffer.from(publicKey, 'base64').length} bytes`)
    case 'Cryptokey ds':
    case 'Cryptokey cds':
      return (value as string[]).map((ds) =>
        ds.replace(/^\d+/, 'tag').replace(/\S+$/, ({ length }) => `${length} digits`),
      )
    case 'Cryptokey privatekey':
      return said.split(':')[0]
    case 'TSIGKey key':
      return said.length
    case 'StatisticItem value':
      return typeof value === 'string' && /^\d+$/.test(value)
    case 'MapStatisticItem value':
    case 'RingStatisticItem value':
      return Array.isArray(value)
    default:
      return undefined
  }
}

async function openSimulated(): Promise<Opened & { simulation: Simulation }> {
  const simulation = simulate({ apiKey: SECRET, zones: [{ name: 'example.org.' }] })
  return {
    simulation,
    zone: 'example.org',
    provider: connect('http://127.0.0.1', simulation.fetch, SECRET, 5),
    stats: stats(contextOf('http://127.0.0.1', simulation.fetch, SECRET, 5)),
    stranger: connect('http://127.0.0.1', simulation.fetch, 'not-the-key', 5),
    secret: SECRET,
    log: () => simulation.log.map(({ method, url, body }) => `${method} ${url} ${body}`),
  }
}

conformance({ name: 'PowerDNS, simulated', about, open: openSimulated })

describe.skipIf(!powerdnsInstalled)('PowerDNS itself (needs pdns_server)', () => {
  let server: RealServer
  let count = 0
  const log: string[] = []
  const real = (request: Request) => {
    log.push(`${request.method} ${request.url}`)
    return fetch(request)
  }
  const opened = async (): Promise<Opened> => {
    const provider = connect(server.url, real, server.apiKey)
    const zone = `zone-${++count}.example`
    await provider.createZone?.(zone, { operation: 'create', kind: 'Native' })
    return {
      zone,
      provider,
      stats: stats(contextOf(server.url, real, server.apiKey)),
      stranger: connect(server.url, real, 'not-the-key'),
      secret: server.apiKey,
      log: () => log,
    }
  }

  beforeAll(async () => {
    server = await startPowerdns()
  })
  afterAll(() => server.stop())

  conformance({ name: 'PowerDNS, real', about, open: opened })

  it.each(SPELLINGS)('takes and gives back %s %s', async (type, text) => {
    const { provider, zone } = await opened()
    const after = set('spelt', type, text)
    const { results } = await provider.apply(zone, [creation(after)], [])
    expect(results).toEqual([{ name: 'spelt', type, status: 'done' }])
    const { recordSets } = await provider.readZone(zone)
    expect(recordSets.filter(({ name }) => name === 'spelt')).toEqual([after])
  })

  it('answers DNS with what was saved, at once', async () => {
    const { provider, zone } = await opened()
    const key = 'v=DKIM1; k=rsa; p='.padEnd(400, 'Ab9+/')
    const { results } = await provider.apply(
      zone,
      [
        creation(set('@', 'MX', '5 mail.example.net.')),
        creation(set('mail._domainkey', 'TXT', textToTxt(key))),
        creation(set('_sip._tcp', 'SRV', '10 20 5060 sip.example.net.')),
      ],
      [],
    )
    expect(results.map(({ status }) => status)).toEqual(['done', 'done', 'done'])
    expect(await server.dig(zone, 'MX')).toEqual(['5 mail.example.net.'])
    expect(await server.dig(`_sip._tcp.${zone}`, 'SRV')).toEqual(['10 20 5060 sip.example.net.'])
    const [text = ''] = await server.dig(`mail._domainkey.${zone}`, 'TXT')
    expect(text.replaceAll('" "', '').replace(/^"|"$/g, '').replaceAll('\\;', ';')).toBe(key)
  })

  it('finishes saves that come at once', async () => {
    const { provider, zone } = await opened()
    // Two people, each with several saves under way.
    const second = connect(server.url, real, server.apiKey)
    const names = Array.from({ length: 12 }, (_, index) => `n${String(index).padStart(2, '0')}`)
    const saves = await Promise.all(
      names.map((name, index) =>
        (index % 2 === 0 ? provider : second).apply(zone, [creation(set(name, 'A', '192.0.2.1'))], []),
      ),
    )
    expect(saves.flatMap(({ results }) => results.map(({ status }) => status))).toEqual(names.map(() => 'done'))
    const { recordSets } = await provider.readZone(zone)
    const held = recordSets.filter(({ type }) => type === 'A').map(({ name }) => name)
    expect(held.sort()).toEqual(names)
  })

  it('holds 1,000 sets in one save', async () => {
    const { provider, zone } = await opened()
    const many = Array.from({ length: 1000 }, (_, index) => creation(set(`n${index}`, 'A', '192.0.2.1')))
    const { results } = await provider.apply(zone, many, [])
    expect(results.filter(({ status }) => status === 'done')).toHaveLength(1000)
    expect((await provider.readZone(zone)).zone.recordCount).toBe(1001)
  })

  it('holds the root zone and a classless reverse zone', async () => {
    const provider = connect(server.url, real, server.apiKey)
    for (const zone of ['@', '0/25.2.0.192.in-addr.arpa']) {
      expect(await provider.createZone?.(zone, { operation: 'create', kind: 'Native' })).toEqual({ name: zone })
      const { results } = await provider.apply(zone, [creation(set('1', 'PTR', 'host.example.'))], [])
      expect(results).toMatchObject([{ status: 'done' }])
      expect((await provider.readZone(zone)).recordSets.map(({ name }) => name)).toContain('1')
      await provider.deleteZone?.(zone)
    }
  })

  it('does not edit a secondary zone', async () => {
    const provider = connect(server.url, real, server.apiKey)
    await provider.createZone?.('copy.example', {
      operation: 'create',
      kind: 'Secondary',
      values: { primaries: ['127.0.0.1:1'] },
    })
    const write = provider.apply('copy.example', [creation(set('www', 'A', '192.0.2.1'))], [])
    await expect(write).rejects.toMatchObject({ kind: 'refused' })
  })
})

describe.skipIf(!powerdnsInstalled)('the simulator (needs pdns_server)', () => {
  it('is what the simulator says it is', async () => {
    // One of its own: searches and ids of keys are over all zones.
    const server = await startPowerdns()
    const simulation = simulate({ apiKey: server.apiKey })
    for (const [method, path, body] of QUESTIONS) {
      const ask = async (send: (request: Request) => Promise<Response>, base: string) => {
        const request = new Request(`${base}/api/v1/servers/localhost${path}`, {
          method,
          headers: { 'x-api-key': server.apiKey },
          ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
        })
        const response = await send(request)
        return {
          status: response.status,
          type: response.headers.get('content-type'),
          said: sorted(await response.text()),
        }
      }
      const itself = await ask(fetch, server.url)
      expect
        .soft(await ask(simulation.fetch, 'http://127.0.0.1'), `${method} ${path} ${JSON.stringify(body)}`)
        .toEqual(itself)
    }
    await server.stop()
  }, 60_000)
})

describe('PowerDNS: what its API leaves to us', () => {
  it('sends one PATCH, deletes first, whatever the order of the changes', async () => {
    const { provider, zone, simulation } = await openSimulated()
    await provider.apply(zone, [creation(set('www', 'A', '192.0.2.1'))], [])
    const { recordSets } = await provider.readZone(zone)
    const before = recordSets.find(({ name }) => name === 'www') ?? null
    simulation.log.length = 0
    const results = await provider.apply(
      zone,
      [creation(set('www', 'CNAME', 'x.example.')), { name: 'www', type: 'A', before, after: null }],
      recordSets,
    )
    expect(results).toEqual({
      results: [
        { name: 'www', type: 'CNAME', status: 'done' },
        { name: 'www', type: 'A', status: 'done' },
      ],
      more: false,
    })
    expect(simulation.log.filter(({ method }) => method === 'PATCH')).toHaveLength(1)
  })

  it('[D4] one refused set means that none is written, and says which', async () => {
    const { provider, zone } = await openSimulated()
    await provider.apply(zone, [creation(set('www', 'A', '192.0.2.1'))], [])
    const { results } = await provider.apply(
      zone,
      [creation(set('good', 'A', '192.0.2.2')), creation(set('www', 'CNAME', 'x.example.'))],
      [],
    )
    expect(results).toEqual([
      { name: 'good', type: 'A', status: 'failed', detail: containing('another change') },
      { name: 'www', type: 'CNAME', status: 'failed', detail: containing('Conflicts with pre-existing') },
    ])
    expect((await provider.readZone(zone)).recordSets.map(({ name }) => name)).not.toContain('good')
  })

  it.each([
    ['the SOA', { name: '@', type: 'SOA' }],
    ['the last apex NS', { name: '@', type: 'NS' }],
  ])('guards %s against deletion and disabling, and sends nothing', async (_, key) => {
    const { provider, zone, simulation } = await openSimulated()
    await provider.apply(zone, [creation(set('@', 'NS', 'ns1.example.'))], [])
    const { recordSets } = await provider.readZone(zone)
    const before = recordSets.find(({ name, type }) => name === key.name && type === key.type)
    const off = before && { ...before, records: before.records.map((record) => ({ ...record, disabled: true })) }
    simulation.log.length = 0
    for (const after of [null, off ?? null]) {
      const { results } = await provider.apply(zone, [{ ...key, before: before ?? null, after }], recordSets)
      expect(results).toMatchObject([{ status: 'failed', detail: expect.stringMatching(/SOA|NS/) as string }])
    }
    expect(simulation.log.every(({ method }) => method === 'GET')).toBe(true)
  })

  it('edits the timers of the SOA', async () => {
    const { provider, zone } = await openSimulated()
    const { recordSets } = await provider.readZone(zone)
    const before = recordSets.find(({ type }) => type === 'SOA') ?? null
    const after = set('@', 'SOA', 'ns1.example. hostmaster.example. 1 7200 900 1209600 300')
    const { results } = await provider.apply(zone, [{ name: '@', type: 'SOA', before, after }], recordSets)
    expect(results).toMatchObject([{ status: 'done' }])
    const held = (await provider.readZone(zone)).recordSets.find(({ type }) => type === 'SOA')
    expect(held?.records[0]?.rdata).toMatch(/^ns1\.example\. hostmaster\.example\. \d{10} 7200 900 1209600 300$/)
  })

  it.each([-1, 2 ** 31, 1.5])('refuses a TTL of %d, which the server would store wrapped', async (ttl) => {
    const { provider, zone } = await openSimulated()
    const after = { ...set('www', 'A', '192.0.2.1'), ttl }
    const { results } = await provider.apply(zone, [creation(after)], [])
    expect(results).toMatchObject([{ status: 'failed', detail: containing('2147483647') }])
  })

  it.each(['Slave', 'Secondary', 'Consumer', 'Producer'])('reads a %s zone as one not to be edited', async (kind) => {
    const simulation = simulate({ apiKey: SECRET, zones: [{ name: 'example.org.', kind }] })
    const provider = connect('http://127.0.0.1', simulation.fetch, SECRET, 5)
    expect((await provider.listZones())[0]?.readOnly).toMatch(/copy|itself/)
    const write = provider.apply('example.org', [creation(set('www', 'A', '192.0.2.1'))], [])
    await expect(write).rejects.toMatchObject({ kind: 'refused' })
    expect(simulation.log.some(({ method }) => method === 'PATCH')).toBe(false)
  })

  it('[S9] repeats a PATCH while the database is locked, three times and no more', async () => {
    const { provider, zone, simulation } = await openSimulated()
    simulation.lockedWrites = 3
    const { results } = await provider.apply(zone, [creation(set('www', 'A', '192.0.2.1'))], [])
    expect(results).toMatchObject([{ status: 'done' }])
    simulation.lockedWrites = 4
    const write = provider.apply(zone, [creation(set('ftp', 'A', '192.0.2.1'))], [])
    await expect(write).rejects.toMatchObject({ kind: 'unavailable' })
    expect(simulation.lockedWrites).toBe(0)
  })

  it('[D4] a PATCH whose answer is lost is unknown', async () => {
    const { simulation, zone } = await openSimulated()
    const lossy = async (request: Request) => {
      const response = await simulation.fetch(request.clone())
      if (request.method === 'PATCH') throw new TypeError('Network connection lost.')
      return response
    }
    const provider = connect('http://127.0.0.1', lossy, SECRET, 5)
    const { results } = await provider.apply(zone, [creation(set('www', 'A', '192.0.2.1'))], [])
    expect(results).toMatchObject([{ name: 'www', type: 'A', status: 'unknown' }])
  })

  it('carries comments with their author and date, and what it does not know of a record', async () => {
    const { provider, zone } = await openSimulated()
    const comments = [{ content: 'call Ada', account: 'ada', modifiedAt: '2020-01-02T03:04:05.000Z' }]
    await provider.apply(zone, [creation({ ...set('www', 'A', '192.0.2.1'), comments } as never)], [])
    const { recordSets } = await provider.readZone(zone)
    expect(recordSets.find(({ name }) => name === 'www')?.comments).toEqual(comments)
  })

  it('shows a wrapped TTL as the 0 that resolvers make of it, a type of the server’s own, and one long string', async () => {
    const rrsets = [
      { name: 'a.example.org.', type: 'A', ttl: -5, records: [{ content: '192.0.2.1' }] },
      { name: 'b.example.org.', type: 'TYPE65400', ttl: 5, records: [{ content: '\\# 2 abcd' }] },
      { name: 'c.example.org.', type: 'TXT', ttl: 5, records: [{ content: `"${'é'.repeat(200)}"` }] },
    ]
    const simulation = simulate({ apiKey: SECRET, zones: [{ name: 'example.org.', rrsets }] })
    const { recordSets } = await connect('http://127.0.0.1', simulation.fetch, SECRET, 5).readZone('example.org')
    const held = new Map(recordSets.map((each) => [each.name, each]))
    expect(held.get('a')).toMatchObject({ ttl: 0, warnings: [containing('4294967291')] })
    expect(held.get('b')).toMatchObject({ type: 'ADDR', records: [{ rdata: '\\# 2 abcd' }] })
    expect(held.get('c')?.records[0]?.rdata).toMatch(/^"(\\195\\169){127}\\195" "\\169(\\195\\169){72}"$/)
  })

  it('creates every kind, and asks for the primary of a copy', async () => {
    const { provider, simulation } = await openSimulated()
    for (const kind of ['Native', 'Primary'])
      await provider.createZone?.(`${kind.toLowerCase()}.example`, { operation: 'create', kind })
    const copy = { operation: 'create' as const, kind: 'Secondary' }
    await expect(provider.createZone?.('copy.example', copy)).rejects.toMatchObject({ kind: 'refused' })
    const named = provider.createZone?.('copy.example', { ...copy, values: { primaries: ['ns1.example.net'] } })
    await expect(named).rejects.toMatchObject({ kind: 'refused', field: 'primaries' })
    await provider.createZone?.('copy.example', {
      ...copy,
      values: { primaries: ['192.0.2.1:5353', '2001:db8::1', '[2001:db8::1]:53'] },
    })
    const kinds = new Map((await provider.listZones()).map(({ name, kind }) => [name, kind]))
    expect(Object.fromEntries(kinds)).toMatchObject({
      'native.example': 'Native',
      'primary.example': 'Primary',
      'copy.example': 'Secondary',
    })
    expect(simulation.log.every(({ body }) => !body.includes('"zone"'))).toBe(true)
  })

  it('says that the address leads elsewhere', async () => {
    const answers: [Response, object][] = [
      [new Response('<h1>It works</h1>', { headers: { 'content-type': 'text/html' } }), { kind: 'protocol' }],
      [new Response('Not Found', { status: 404 }), { kind: 'missing', message: containing('no PowerDNS API') }],
      [Response.json({ id: 'localhost', daemon_type: 'recursor', version: '5.0' }), { kind: 'refused' }],
      [Response.json({ error: '<script>' }, { status: 422 }), { kind: 'refused', message: '<script>' }],
      [
        new Response('<html>blocked</html>', { status: 403 }),
        { kind: 'forbidden', message: expect.not.stringContaining('html') as string },
      ],
    ]
    for (const [response, error] of answers) {
      const provider = connect('http://127.0.0.1', async () => response, SECRET, 5)
      await expect(provider.test()).rejects.toMatchObject(error)
    }
  })

  it('spells a zone’s id as the server does', () => {
    expect(['@', 'example.org', '0/25.2.0.192.in-addr.arpa', '_x.example'].map(zoneId)).toEqual([
      '=2E',
      'example.org.',
      '0=2F25.2.0.192.in-addr.arpa.',
      '=5Fx.example.',
    ])
  })

  it.each(SPELLINGS)('writes %s %s so that it reads the same again', (type, text) => {
    const rdata = canonicalRdata(type, text)
    expect(canonical(type, spelling(type, rdata))).toBe(rdata)
  })
})
