import { describe, expect, it } from 'vitest'
import { policyFromEnv, UrlRefused } from '../providers/url-policy.ts'
import { decodeMessage } from './decode.ts'
import { encodeMessage } from './encode.ts'
import { RCODE, type Message } from './message.ts'
import { makeResolver, type Answer } from './resolver.ts'
import { simulate, type Cut } from './simulator.ts'

type Fetch = (request: Request) => Promise<Response>

const policy = policyFromEnv({})
const DS = `12345 13 2 ${'ab'.repeat(32)}`

const cuts: Record<string, Cut> = {
  'shop.org.': { parent: 'org.', nameServers: ['ns1.host.net.', 'ns2.host.net.'], ttl: 3600 },
  'signed.org.': { parent: 'org.', nameServers: ['ns1.host.net.'], ds: [DS], ttl: 86_400 },
  'bogus.org.': { parent: 'org.', nameServers: ['ns1.host.net.'], ds: [DS], ttl: 3600, trouble: 'bogus' },
  'lame.org.': { parent: 'org.', nameServers: ['ns1.host.net.'], ttl: 3600, trouble: 'lame' },
  'part.shop.org.': { parent: 'shop.org.', nameServers: [], ttl: 3600 },
}

function world() {
  const clock = { now: Date.UTC(2026, 10, 23, 12) }
  const doh = simulate({
    cutOf: async (name) => cuts[name] ?? { deniedBy: 'org.' },
    negativeTtl: 900,
    now: () => clock.now,
  })
  return { clock, doh }
}

const make = (fetch: Fetch, ...urls: string[]) =>
  makeResolver({ urls: urls.map((url) => new URL(url)), fetch, policy, budget: { left: 20 } })
const ask = (fetch: Fetch, name: string, type: string): Promise<Answer> =>
  make(fetch, 'https://doh.example.net/dns-query')(name, type)

/** A resolver whose answers are made from the question. */
const answering =
  (answer: (query: Message) => Message | Uint8Array<ArrayBuffer>, init: ResponseInit = {}): Fetch =>
  async ({ url }) => {
    const query = decodeMessage(Uint8Array.from(Buffer.from(new URL(url).searchParams.get('dns') ?? '', 'base64url')))
    const answered = answer({ ...query, response: true })
    const body = answered instanceof Uint8Array ? answered : encodeMessage(answered)
    return new Response(body, { headers: { 'content-type': 'application/dns-message' }, ...init })
  }

describe('a resolver over HTTPS', () => {
  it('tells records, no data and no name apart', async () => {
    const { doh } = world()
    const records = await ask(doh.fetch, 'shop.org.', 'NS')
    expect(records).toMatchObject({ kind: 'records', resolver: 'doh.example.net', ttl: 3600, trouble: null })
    expect(records.records.map(({ rdata }) => rdata)).toEqual(['ns1.host.net.', 'ns2.host.net.'])
    expect(await ask(doh.fetch, 'shop.org.', 'DS')).toMatchObject({ kind: 'nodata', soa: { name: 'org.' }, ttl: 900 })
    expect(await ask(doh.fetch, 'part.shop.org.', 'NS')).toMatchObject({ kind: 'nodata', soa: { name: 'shop.org.' } })
    expect(await ask(doh.fetch, 'none.org.', 'NS')).toMatchObject({ kind: 'nxdomain', soa: { name: 'org.' } })
  })

  it('says what it validated, and gets past signatures that do not fit when told to', async () => {
    const { doh } = world()
    expect(await ask(doh.fetch, 'signed.org.', 'NS')).toMatchObject({ kind: 'records', validated: true })
    const bogus = await ask(doh.fetch, 'bogus.org.', 'NS')
    expect(bogus).toMatchObject({ kind: 'servfail', trouble: expect.stringContaining('no key that fits') as string })
    const resolve = make(doh.fetch, 'https://doh.example.net/dns-query')
    expect(await resolve('bogus.org.', 'NS', { checkingDisabled: true })).toMatchObject({
      kind: 'records',
      validated: false,
    })
    expect(await ask(doh.fetch, 'lame.org.', 'NS')).toMatchObject({
      kind: 'servfail',
      trouble: expect.stringContaining('can be reached') as string,
    })
  })

  it('gives the TTL that is left, and the signature that knows the whole one', async () => {
    const { doh, clock } = world()
    await ask(doh.fetch, 'signed.org.', 'DS')
    clock.now += 1000_000
    const answer = await ask(doh.fetch, 'signed.org.', 'DS')
    expect(answer.ttl).toBe(85_400)
    expect(answer.records.find(({ type }) => type === 'RRSIG')?.rdata).toMatch(/^DS 13 2 86400 .* org\. /)
    const old = answering(
      (query) => ({ ...query, answers: [{ name: 'a.org.', type: 'NS', ttl: 100, rdata: 'b.org.' }] }),
      { headers: { 'content-type': 'application/dns-message', age: '30' } },
    )
    expect((await ask(old, 'a.org.', 'NS')).ttl).toBe(70)
  })

  it('asks by GET, without a credential, the same way each time', async () => {
    const sent: Request[] = []
    const { doh } = world()
    const fetch: Fetch = (request) => {
      sent.push(request)
      return doh.fetch(request)
    }
    await ask(fetch, 'shop.org.', 'NS')
    await ask(fetch, 'shop.org.', 'NS')
    expect(sent.map(({ method }) => method)).toEqual(['GET', 'GET'])
    expect(sent[0]?.url).toMatch(/^https:\/\/doh\.example\.net\/dns-query\?dns=[A-Za-z0-9_-]+$/)
    expect(sent[0]?.url).toBe(sent[1]?.url)
    expect([...(sent[0]?.headers.keys() ?? [])].sort()).toEqual(['accept', 'user-agent'])
  })

  it.each<[string, Fetch, RegExp]>([
    [
      'a page',
      async () => new Response('<h1>Hello</h1>', { headers: { 'content-type': 'text/html' } }),
      /other than a DNS message/,
    ],
    ['an error', async () => new Response(null, { status: 500 }), /status 500/],
    [
      'a redirect',
      async () => new Response(null, { status: 302, headers: { location: 'https://evil.example/' } }),
      /redirect/,
    ],
    ['nothing', async () => Promise.reject(new TypeError('failed')), /No connection/],
    ['bytes that are none', answering(() => Uint8Array.of(1, 2, 3)), /cannot be read/],
    ['too many bytes', answering(() => new Uint8Array(70_000)), /larger than 63 KiB/],
    ['the question alone', answering((query) => ({ ...query, response: false })), /not asked/],
    [
      'the answer to another question',
      answering((query) => ({ ...query, questions: [{ name: 'other.org.', type: 'NS' }] })),
      /not asked/,
    ],
    ['half of the answer', answering((query) => ({ ...query, truncated: true })), /not asked/],
    ['REFUSED', answering((query) => ({ ...query, rcode: RCODE.REFUSED })), /refuses/],
    ['NOTIMP', answering((query) => ({ ...query, rcode: RCODE.NOTIMP })), /error code 4/],
  ])('is silent when it gives %s', async (_, fetch, trouble) => {
    const answer = await ask(fetch, 'a.org.', 'NS')
    expect(answer).toMatchObject({ kind: 'silent', records: [] })
    expect(answer.trouble).toMatch(trouble)
  })

  it('is followed by the next when it is silent or fails, and by none when it answers', async () => {
    const { doh } = world()
    const hosts: string[] = []
    const two = (first: Fetch) => {
      hosts.length = 0
      const fetch: Fetch = (request) => {
        hosts.push(new URL(request.url).host)
        return request.url.includes('first') ? first(request) : doh.fetch(request)
      }
      return make(fetch, 'https://first.example.net/dns-query', 'https://second.example.net/q')
    }
    const down = two(async () => new Response(null, { status: 500 }))
    expect(await down('shop.org.', 'NS')).toMatchObject({ kind: 'records', resolver: 'second.example.net' })
    const failing = two(answering((query) => ({ ...query, rcode: RCODE.SERVFAIL })))
    expect(await failing('shop.org.', 'NS')).toMatchObject({ kind: 'records', resolver: 'second.example.net' })
    expect(await two(doh.fetch)('none.org.', 'NS')).toMatchObject({ kind: 'nxdomain', resolver: 'first.example.net' })
    expect(hosts).toEqual(['first.example.net'])
    const servfail = make(
      async (request) =>
        request.url.includes('first')
          ? answering((query) => ({ ...query, rcode: RCODE.SERVFAIL }))(request)
          : new Response(null, { status: 500 }),
      'https://first.example.net/q',
      'https://second.example.net/q',
    )
    expect(await servfail('a.org.', 'NS')).toMatchObject({ kind: 'servfail', resolver: 'first.example.net' })
  })

  it.each([
    'http://doh.example.net/q',
    'https://127.0.0.1/q',
    'https://doh.internal/q',
    'https://doh.example.net:53/q',
    'https://doh.example.net/q?x=1',
  ])('is not asked where calls may not go: %s', (url) => {
    expect(() => make(async () => new Response(), url)).toThrow(UrlRefused)
  })

  it('answers what RFC 8484 says to what is no question', async () => {
    const { doh } = world()
    const url = 'https://doh.example.net/q'
    const statuses = [
      new Request(url),
      new Request(`${url}?dns=AAAA`),
      new Request(url, { method: 'PUT' }),
      new Request(url, { method: 'POST', body: 'x' }),
    ].map(async (request) => (await doh.fetch(request)).status)
    expect(await Promise.all(statuses)).toEqual([400, 400, 405, 415])
  })
})
