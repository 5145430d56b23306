import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterEach, describe, expect, it } from 'vitest'
import { makeUpstream, retryAfter, type UpstreamRequest } from './upstream.ts'
import { policyFromEnv } from './url-policy.ts'

const policy = policyFromEnv({ ALLOW_LOOPBACK_UPSTREAM: 'true' })
const containing = (text: string) => expect.stringContaining(text) as string
const SECRET = 'very-secret-5d1c0a'

function make(
  fetch: (request: Request) => Promise<Response>,
  more: { url?: string; left?: number; headers?: Record<string, string> } = {},
) {
  const seen: Request[] = []
  const slept: number[] = []
  const budget = { left: more.left ?? 100 }
  const upstream = makeUpstream({
    baseUrl: new URL(more.url ?? 'https://dns.example.com/proxy/'),
    headers: more.headers ?? {},
    fetch: async (request) => {
      seen.push(request)
      return fetch(request)
    },
    policy,
    budget,
    random: () => 0.5,
    sleep: async (milliseconds) => {
      slept.push(milliseconds)
    },
  })
  return { upstream, seen, slept, budget }
}

const answers =
  (...statuses: (number | Response | Error)[]) =>
  async () => {
    const next = statuses.length > 1 ? statuses.shift() : statuses[0]
    if (next instanceof Error) throw next
    return next instanceof Response ? next : new Response('text', { status: next ?? 200 })
  }

const get = (path: string, more: Partial<UpstreamRequest> = {}): UpstreamRequest => ({ method: 'GET', path, ...more })
const post = (more: Partial<UpstreamRequest> = {}): UpstreamRequest => ({
  method: 'POST',
  path: '/zones',
  body: `token=${SECRET}`,
  headers: { 'x-api-key': SECRET },
  ...more,
})

describe('upstream: where a call goes', () => {
  it('keeps the base path and adds the query', async () => {
    const { upstream, seen } = make(answers(200))
    await upstream(get('/zones/a%2Fb', { query: { q: 'a&b=c', 'x y': 'ä' } }))
    expect(seen[0]?.url).toBe('https://dns.example.com/proxy/zones/a%2Fb?q=a%26b%3Dc&x+y=%C3%A4')
  })

  it.each([
    'zones',
    '/../admin',
    '/..%2f/../../admin',
    '/%2e%2e/admin',
    '/a/./b',
    '/a?b',
    '/a#b',
    '/\\evil.example',
    '/a b',
    '@evil.example/',
    '',
  ])('[S2] refuses the path %s', async (path) => {
    const { upstream, seen } = make(answers(200))
    await expect(upstream(get(path))).rejects.toMatchObject({ name: 'ProviderError', kind: 'refused' })
    expect(seen).toHaveLength(0)
  })

  it('[S2] stays on the server even when a path looks like another', async () => {
    const { upstream, seen } = make(answers(200), { url: 'https://dns.example.com' })
    await upstream(get('//evil.example/x'))
    expect(new URL(seen[0]?.url ?? '').host).toBe('dns.example.com')
  })

  it('sends the headers of the connection, those of the call over them, and a name', async () => {
    const { upstream, seen } = make(answers(200), { headers: { 'CF-Access-Client-Id': 'a', Authorization: 'Basic x' } })
    await upstream(get('/', { headers: { authorization: 'Bearer y' } }))
    const sent = Object.fromEntries(seen[0]?.headers ?? [])
    expect(sent).toMatchObject({ 'user-agent': 'Zonedeck', authorization: 'Bearer y', 'cf-access-client-id': 'a' })
  })

  it('does not repeat a header that HTTP does not allow', async () => {
    const { upstream, budget } = make(answers(200), { headers: { 'x-key': `${SECRET}\r\nx: y` } })
    const error = await upstream(get('/')).catch((reason: Error) => reason)
    expect(error).toMatchObject({ kind: 'refused', message: expect.not.stringContaining(SECRET) as string })
    expect(budget.left).toBe(100)
  })

  it.each([301, 302, 303, 307, 308])('[S6] a %d redirect is an error, and nothing follows it', async (status) => {
    const away = new Response(null, { status, headers: { location: `https://evil.example/?key=${SECRET}` } })
    const { upstream, seen } = make(answers(away))
    const error = await upstream(get('/', { headers: { 'x-api-key': SECRET } })).catch((reason: Error) => reason)
    expect(error).toMatchObject({ kind: 'protocol', message: containing('redirects') })
    expect(error instanceof Error && error.message).not.toMatch(/evil|secret/)
    expect(seen.map(({ redirect }) => redirect)).toEqual(['manual'])
  })
})

describe('upstream: trying again', () => {
  it.each([429, 502, 503, 504])('[S9] repeats a GET on %d twice, then gives it back', async (status) => {
    const { upstream, seen, slept } = make(answers(status))
    expect((await upstream(get('/'))).status).toBe(status)
    expect(seen).toHaveLength(3)
    expect(slept).toEqual([200, 400])
  })

  it('[S9] gives the good answer that a second try brings', async () => {
    const { upstream, seen } = make(answers(new TypeError('network'), 200))
    expect((await upstream(get('/'))).status).toBe(200)
    expect(seen).toHaveLength(2)
  })

  it.each([400, 401, 403, 404, 409, 422, 500])('[S9] does not repeat on %d', async (status) => {
    const { upstream, seen } = make(answers(status))
    expect((await upstream(get('/'))).status).toBe(status)
    expect(seen).toHaveLength(1)
  })

  it('[S9] never repeats a write that is not idempotent', async () => {
    for (const answer of [503, 429, new TypeError('network')]) {
      const { upstream, seen } = make(answers(answer))
      await upstream(post({ retryOn: [500] })).catch(() => undefined)
      expect(seen).toHaveLength(1)
    }
  })

  it('[S9] repeats an idempotent write, its body included, on the statuses it names three times', async () => {
    const { upstream, seen } = make(answers(500))
    await upstream(post({ idempotent: true, retryOn: [500] }))
    expect(seen).toHaveLength(4)
    expect(await Promise.all(seen.map((request) => request.text()))).toEqual(Array(4).fill(`token=${SECRET}`))
  })

  it.each([
    ['2', [2000, 2000]],
    ['0', [200, 400]],
    ['10', [10_000, 10_000]],
    ['11', []],
    ['nonsense', [200, 400]],
  ])('[S9] honours Retry-After %s', async (value, pauses) => {
    const busy = async () => new Response('', { status: 429, headers: { 'retry-after': value } })
    const { upstream, slept } = make(busy)
    expect((await upstream(get('/'))).status).toBe(429)
    expect(slept).toEqual(pauses)
  })

  it('reads Retry-After as a date too', () => {
    const date = 'Wed, 21 Oct 2015 07:28:00 GMT'
    const headers = new Headers({ date, 'retry-after': 'Wed, 21 Oct 2015 07:28:05 GMT' })
    expect(retryAfter(headers)).toBe(5)
    expect(retryAfter(new Headers())).toBeUndefined()
  })
})

describe('upstream: what an error says', () => {
  const lost = new TypeError(`fetch failed: https://dns.example.com/proxy/?key=${SECRET}`)

  it('[D4] a write whose answer never came is unknown, a read is unavailable', async () => {
    const { upstream } = make(answers(lost))
    await expect(upstream(post())).rejects.toMatchObject({ kind: 'unknown' })
    await expect(upstream(post({ idempotent: true }))).rejects.toMatchObject({ kind: 'unknown' })
    await expect(upstream(post({ reads: true }))).rejects.toMatchObject({ kind: 'unavailable' })
    await expect(upstream(get('/'))).rejects.toMatchObject({ kind: 'unavailable' })
  })

  it('[C8] never holds a credential, an address with its query, or a body', async () => {
    const { upstream } = make(answers(lost))
    for (const request of [post(), get('/', { query: { key: SECRET }, headers: { 'x-api-key': SECRET } })]) {
      const error: unknown = await upstream(request).catch((reason: unknown) => reason)
      expect(error).toBeInstanceOf(Error)
      expect(`${String(error)} ${JSON.stringify(error)} ${(error as Error).stack}`).not.toContain(SECRET)
      expect((error as Error).cause).toBeUndefined()
    }
  })

  it('[S8] refuses when the calls are used up, before anything is sent', async () => {
    const { upstream, seen } = make(answers(200), { left: 2 })
    await upstream(get('/'))
    await upstream(get('/'))
    expect(upstream.callsLeft()).toBe(0)
    await expect(upstream(post())).rejects.toMatchObject({ kind: 'unavailable' })
    expect(seen).toHaveLength(2)
  })

  it('[S8] counts every try, and does not try again with the last call gone', async () => {
    const { upstream, seen } = make(answers(503), { left: 2 })
    expect((await upstream(get('/'))).status).toBe(503)
    expect(seen).toHaveLength(2)
  })

  it('[S8] has six calls open at most, over all upstreams of one budget', async () => {
    let open = 0
    let most = 0
    const slow = async () => {
      most = Math.max(most, ++open)
      await new Promise((resolve) => setTimeout(resolve, 5))
      open -= 1
      return new Response('ok')
    }
    const budget = { left: 200 }
    const upstreams = ['https://a.example.com', 'https://b.example.com'].map((url) =>
      makeUpstream({ baseUrl: new URL(url), headers: {}, fetch: slow, policy, budget }),
    )
    await Promise.all(Array.from({ length: 100 }, () => upstreams.map((upstream) => upstream(get('/')))).flat())
    expect(most).toBe(6)
    expect(budget.left).toBe(0)
  })
})

describe('upstream: hostile servers', () => {
  let server: Server | undefined

  async function serve(listener: RequestListener): Promise<string> {
    server = createServer(listener)
    await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve))
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  }
  afterEach(async () => {
    server?.closeAllConnections()
    await new Promise((resolve) => (server ? server.close(resolve) : resolve(undefined)))
    server = undefined
  })

  it('[S7] gives up on a server that never answers', async () => {
    const { upstream } = make(fetch, { url: await serve(() => undefined) })
    await expect(upstream(get('/', { timeout: 60 }))).rejects.toMatchObject({ kind: 'unavailable' })
    await expect(upstream(post({ timeout: 60 }))).rejects.toMatchObject({ kind: 'unknown' })
  })

  it('[S7] gives up on a body that drips', async () => {
    const url = await serve((_, response) => {
      const drip = setInterval(() => response.write('x'), 10)
      response.on('close', () => clearInterval(drip))
    })
    const { upstream, seen } = make(fetch, { url })
    const began = Date.now()
    await expect(upstream(get('/', { timeout: 80 }))).rejects.toMatchObject({ kind: 'unavailable' })
    expect(Date.now() - began).toBeLessThan(5000)
    expect(seen).toHaveLength(1)
  })

  it('[S7] stops reading an endless body at its cap, and hangs up', async () => {
    let closed: () => void = () => undefined
    const hungUp = new Promise<void>((resolve) => (closed = resolve))
    const url = await serve((_, response) => {
      const block = Buffer.alloc(64 * 1024, 'x')
      const more = () => {
        while (!response.destroyed && response.write(block));
      }
      response.on('drain', more).on('close', closed)
      more()
    })
    const { upstream } = make(fetch, { url })
    await expect(upstream(get('/', { maxBytes: 2 ** 20 }))).rejects.toMatchObject({
      kind: 'protocol',
      message: containing('1 MiB'),
    })
    await hungUp
  })

  it('[S7] counts what a compressed body unpacks to', async () => {
    const bomb = gzipSync(Buffer.alloc(20 * 2 ** 20))
    const url = await serve((_, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip', 'content-length': bomb.length }).end(bomb)
    })
    expect(bomb.length).toBeLessThan(30_000)
    const { upstream } = make(fetch, { url })
    await expect(upstream(get('/'))).rejects.toMatchObject({ kind: 'protocol' })
  })

  it('[S6] the target of a redirect is never called', async () => {
    const calls: string[] = []
    const url = await serve((request, response) => {
      calls.push(request.url ?? '')
      response.writeHead(307, { location: '/canary' }).end()
    })
    const { upstream } = make(fetch, { url })
    await expect(upstream(post())).rejects.toMatchObject({ kind: 'protocol' })
    expect(calls).toEqual(['/zones'])
  })

  it('says that nobody listens', async () => {
    const url = await serve(() => undefined)
    await new Promise((resolve) => server?.close(resolve))
    server = undefined
    const { upstream, seen } = make(fetch, { url })
    await expect(upstream(get('/'))).rejects.toMatchObject({ kind: 'unavailable' })
    expect(seen).toHaveLength(3)
  })

  it('gives bytes as they came to whoever asks for them', async () => {
    const bytes = Uint8Array.from({ length: 100_000 }, (_, i) => i % 256)
    const url = await serve((_, response) => void response.end(bytes))
    const { upstream } = make(fetch, { url })
    expect(await upstream(get('/', { binary: true }))).toMatchObject({ text: '', bytes })
    const small = upstream(get('/', { binary: true, maxBytes: 65_535 }))
    await expect(small).rejects.toMatchObject({ kind: 'protocol', message: containing('63 KiB') })
  })

  it('gives text, media type and status as they came', async () => {
    const url = await serve((_, response) => {
      response.writeHead(422, { 'content-type': 'Application/JSON; charset=utf-8' }).end('{"é":1}')
    })
    const { upstream } = make(fetch, { url })
    expect(await upstream(get('/'))).toMatchObject({ status: 422, contentType: 'application/json', text: '{"é":1}' })
  })
})
