import { beforeAll, expect, test, vi } from 'vitest'
import { makeApp } from '../app.ts'
import { ProviderError, type ProviderErrorKind } from '../providers/provider-error.ts'
import { depth } from './body-limit.ts'
import { log } from './log.ts'
import { toProblem } from './problem.ts'
import { emptyPanel, origin, person, type Browser, type Panel } from './test-panel.ts'

let panel: Panel
let owner: Browser

beforeAll(async () => {
  panel = await emptyPanel()
  owner = await person(panel, 'ada', 'owner')
})

test.each([
  ['GET', '/api/v1/health', 200],
  ['GET', '/api/v1/session', 200],
  ['GET', '/api/v1/nothing', 404],
  ['GET', '/elsewhere', 404],
  ['POST', '/api/v1/connections', 422],
])('[H3] [H4] %s %s is answered with every security header', async (method, path, status) => {
  const response = await owner.ask(method, path, method === 'POST' ? {} : undefined)
  expect(response.status).toBe(status)
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'cache-control': 'no-store',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'referrer-policy': 'same-origin',
    'strict-transport-security': 'max-age=31536000; includeSubDomains',
    vary: 'Cookie',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
  })
  expect(response.headers.get('X-Request-Id')).toMatch(/^[0-9a-f-]{36}$/)
  expect(response.headers.get('Access-Control-Allow-Origin')).toBeNull()
})

test('[H8] a problem carries the request id that is in the header and in the log', async () => {
  const response = await owner.ask('GET', 'nothing')
  const id = response.headers.get('X-Request-Id')
  expect(response.headers.get('Content-Type')).toBe('application/problem+json')
  expect(await response.json()).toEqual({
    type: '/problems/request/not-found',
    title: 'There is nothing here',
    status: 404,
    instance: id,
  })
  expect(panel.logged.some((line) => line.includes(id ?? '?'))).toBe(true)
})

test.each([
  ['a form of another site', { 'Sec-Fetch-Site': 'cross-site', Origin: 'https://evil.example' }, 403],
  ['a sibling host', { 'Sec-Fetch-Site': 'same-site' }, 403],
  ['an old browser, another origin', { 'Sec-Fetch-Site': '', Origin: 'https://evil.example' }, 403],
  ['an old browser, a hidden origin', { 'Sec-Fetch-Site': '', Origin: 'null' }, 403],
  ['no sign of where it comes from', { 'Sec-Fetch-Site': '', Origin: '' }, 403],
  ['our own page in an old browser', { 'Sec-Fetch-Site': '', Origin: origin }, 422],
  ['our own page', {}, 422],
])('[H5] %s', async (_name, headers: Record<string, string>, status) => {
  const all = { 'Sec-Fetch-Site': 'same-origin', Origin: origin, Cookie: owner.cookie, ...headers }
  const sent = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== ''))
  const app = makeApp({ now: () => panel.clock.now, fetch: () => Promise.reject(new Error('offline')) })
  const response = await app.request(
    `${origin}/api/v1/connections`,
    { method: 'POST', body: '{}', headers: { 'Content-Type': 'application/json', ...sent } },
    panel.env,
  )
  expect(response.status).toBe(status)
})

test.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'application/jsonp'])(
  '[H5] a body of %s is not taken',
  async (type) => {
    const response = await owner.ask('POST', 'connections', '{"name":"x"}', { 'Content-Type': type })
    expect(response.status).toBe(415)
    expect(await response.json()).toMatchObject({ type: '/problems/request/media-type' })
  },
)

test('[H5] a request without a body needs no type', async () => {
  expect((await owner.ask('DELETE', 'sessions')).status).toBe(204)
})

test('[H5] a request without a body needs no type, however it says that it has none', async () => {
  const answer = await owner.ask('POST', 'connections/con_aaaaaaaaaaaaaaaa/test', '', {
    'Content-Type': '',
    'Content-Length': '0',
  })
  expect(answer.status).toBe(404)
})

test('[H7] a body may have 1 MiB, a plan 10 MiB', async () => {
  const long = (bytes: number) => JSON.stringify({ filler: 'x'.repeat(bytes) })
  expect((await owner.ask('POST', 'connections', long(2 ** 20))).status).toBe(413)
  expect((await owner.ask('POST', 'connections', long(2 ** 20 - 100))).status).toBe(422)
  const plans = 'connections/con_aaaaaaaaaaaaaaaa/zones/example.com/plans'
  expect((await owner.ask('POST', plans, long(9 * 2 ** 20))).status).toBe(422)
  expect((await owner.ask('POST', plans, long(10 * 2 ** 20))).status).toBe(413)
})

test('[H7] a body that says nothing of its length is counted too', async () => {
  const chunk = new TextEncoder().encode('x'.repeat(2 ** 18))
  let sent = 0
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (++sent > 8) controller.close()
      else controller.enqueue(chunk)
    },
  })
  const app = makeApp({ now: () => panel.clock.now, fetch: () => Promise.reject(new Error('offline')) })
  const request = new Request(`${origin}/api/v1/connections`, {
    method: 'POST',
    body,
    headers: { 'Content-Type': 'application/json', Cookie: owner.cookie, 'Sec-Fetch-Site': 'same-origin' },
  })
  expect((await app.request(request, undefined, panel.env)).status).toBe(413)
})

test('[H7] JSON is at most 32 levels deep', async () => {
  expect(depth('{"a":[{"b":"]]}}[[[[\\"[["}]}')).toBe(3)
  const nested = (levels: number) => '['.repeat(levels) + ']'.repeat(levels)
  const answer = await owner.ask('POST', 'connections', nested(33))
  expect(await answer.json()).toMatchObject({ errors: [{ pointer: '', detail: 'JSON may be nested 32 levels deep.' }] })
  expect((await owner.ask('POST', 'connections', nested(100_000))).status).toBe(422)
  expect((await owner.ask('POST', 'connections', '{"name":')).status).toBe(422)
})

test.each([
  '/api//v1/session',
  '/api/v1//session',
  '/api/v1/session/',
  '/api/v1/session;x',
  '/api/v1/session%3bx',
  '/api/v1/%2e%2e/session',
  '/api/v1/.%2fsession',
  '/api\\v1\\session%5c',
  '/api/v1/session%00',
  '/api/v1/session%0d%0aSet-Cookie:x',
  '/API/v1/session',
  '/Api/V1/Session',
  '/%61pi/v1/session',
  '/api/v1/SESSION',
  '/_app/../api//v1/session',
])('[H9] %s is another path than /api/v1/session', async (path) => {
  const response = await owner.ask('GET', path)
  expect(response.status).toBe(404)
})

test('[H6] a preflight is not answered', async () => {
  const response = await owner.ask('OPTIONS', 'connections', undefined, { 'Access-Control-Request-Method': 'POST' })
  expect(response.status).toBe(404)
  expect(response.headers.get('Access-Control-Allow-Origin')).toBeNull()
})

test('[H12] a script that is gone is a 404, never the page in its place', async () => {
  const assets = (body: string, type: string) => ({
    ...panel.env,
    ASSETS: { fetch: () => Promise.resolve(new Response(body, { headers: { 'Content-Type': type } })) },
  })
  const app = makeApp({ now: Date.now, fetch: () => Promise.reject(new Error('offline')) })
  const path = `${origin}/_app/immutable/chunks/x.js`
  const gone = await app.request(path, {}, assets('<!doctype html>', 'text/html; charset=utf-8'))
  expect([gone.status, gone.headers.get('Cache-Control')]).toEqual([404, 'no-store'])
  const there = await app.request(path, {}, assets('export {}', 'text/javascript'))
  expect([there.status, there.headers.get('Cache-Control')]).toEqual([200, 'public, max-age=31536000, immutable'])
  expect(await there.text()).toBe('export {}')
})

test.each([
  ['auth', 424],
  ['forbidden', 424],
  ['missing', 404],
  ['conflict', 409],
  ['refused', 422],
  ['rate-limited', 429],
  ['unavailable', 503],
  ['protocol', 502],
  ['unknown', 502],
] satisfies [ProviderErrorKind, number][])('a provider’s %s is %i', (kind, status) => {
  const problem = toProblem(new ProviderError(kind, 'What it says.', { retryAfter: 7 }), 'id', 'Home')
  expect(problem).toMatchObject({ status, detail: 'What it says.', instance: 'id', provider: 'Home', retryAfter: 7 })
  expect(problem.type).toBe(`/problems/provider/${kind}`)
})

test('[H8] [L3] an error of our own says nothing of what it holds, neither to the caller nor to the log', async () => {
  const secret = 'SELECT * FROM users -- https://ns.example/api?token=hunter2'
  const DB = {
    ...panel.env.DB,
    batch: () => Promise.reject(new Error(secret)),
    prepare: () => {
      throw new TypeError(secret)
    },
  }
  const app = makeApp({ now: Date.now, fetch: () => Promise.reject(new Error('offline')) })
  const response = await app.request(`${origin}/api/v1/setup`, {}, { ...panel.env, DB })
  const text = await response.text()
  expect(response.status).toBe(500)
  expect(JSON.parse(text)).toMatchObject({ type: '/problems/internal', title: 'Something went wrong in the panel' })
  for (const where of [text, ...panel.logged]) expect(where).not.toMatch(/SELECT|hunter2|ns\.example/)
  expect(panel.logged.some((line) => line.includes('"event":"internal-error"'))).toBe(true)
})

test('[L3] [L4] a log line is one line of JSON, cut, without what looks like a secret', () => {
  const lines: string[] = []
  vi.spyOn(console, 'log').mockImplementation((line: string) => void lines.push(line))
  log({ event: 'internal-error', requestId: 'a\r\nforged', error: 'token=hunter2&x', at: 'y'.repeat(5000) })
  expect(lines).toHaveLength(1)
  expect(lines[0]).not.toMatch(/[\r\n]|hunter2/)
  expect(lines[0]?.length).toBeLessThan(1300)
})

test('the description is served, and is the one that is generated', async () => {
  const response = await panel.browser().ask('GET', 'openapi.json')
  expect(response.status).toBe(200)
  expect(await response.json()).toMatchObject({ openapi: '3.1.0', info: { title: 'Zonedeck' } })
})
