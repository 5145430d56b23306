import { isObject, type Json, type JsonObject } from '@zonedeck/shared/filter/json'
import { makeFile } from './simulator-file.ts'
import { wrong } from './simulator-routes.ts'
import { routeOf, type Shape } from './simulator-shapes.ts'

interface SimulatorOptions {
  shape: Shape
  /** The text of the file that it shares with the app; null for none yet. */
  config?: string | null
  /** Services that come with the app. */
  services?: JsonObject
  /** What a reverse proxy in front of it asks for. */
  guard?: { basic: [name: string, password: string] } | { bearer: string } | { headers: Record<string, string> }
  /** Whom Technitium lets in; absent: the sign-in is switched off. Of the newer shape. */
  login?: { username: string; password: string }
  /** Gives a configuration to Technitium. True: it answered with status 200, which it does for every error too. */
  push?: (config: string) => Promise<boolean>
  /** Milliseconds. */
  now?: () => number
}

interface Sent {
  method: string
  path: string
  body: string
}

export interface WebUiSimulator {
  fetch: (request: Request) => Promise<Response>
  /** The text of the file. */
  file: { text: string | null }
  /** Calls that reached it, in order. */
  log: Sent[]
  /** Whether Technitium can be told; switched off, it answers `reloaded: false`. */
  reachable: boolean
  /** As after a restart: nobody is signed in, and tokens against forged requests are worthless. */
  restart: () => void
}

const MAX_BODY = 1_048_576
const SESSION = 86_400_000

/**
 * The Web UI of the Content Filter app in memory: it *is* `fetch`. In its older shape it is what its API reference
 * describes, and what its source of March 2026 does where that says nothing; in its newer one what its source of
 * 9 April 2026 does.
 *
 * Beside those, and on purpose:
 *
 * - It decides nothing about names: `POST /api/test-domain` is not there.
 * - Session cookies and tokens against forged requests are random and not encrypted; whoever has them is in. The token is
 *   set with any answer to a reading call that came without one, as Litestar does.
 * - Limits of calls a minute are those of one address, which all calls are taken to come from.
 * - Of patterns only that they are a list is checked; the real one compiles them as Python's.
 * - JSON numbers lose their spelling (`1.50`), as they do in Python for some and not for others.
 * - The default lists are seeded by a file that is not there.
 */
export function simulate(options: SimulatorOptions): WebUiSimulator {
  const { shape, guard, login, services = {}, now = Date.now } = options
  const kept = { text: options.config ?? null }
  const log: Sent[] = []
  const sessions = new Map<string, number>()
  const forgery = new Set<string>()
  const calls: number[] = []
  const logins: number[] = []
  const simulator: WebUiSimulator = {
    file: kept,
    log,
    reachable: true,
    fetch: answer,
    restart: () => {
      sessions.clear()
      forgery.clear()
    },
  }
  const file = makeFile(kept, async (config) => simulator.reachable && ((await options.push?.(config)) ?? true))

  async function answer(request: Request): Promise<Response> {
    const url = new URL(request.url)
    const body = new TextDecoder().decode(await request.arrayBuffer())
    const blocked = guard === undefined ? null : keptOut(guard, request.headers)
    if (blocked) return blocked
    log.push({ method: request.method, path: url.pathname, body })
    const length = Number(request.headers.get('content-length') ?? body.length)
    if (shape === 'merged' && Math.max(length, body.length) > MAX_BODY) {
      return json(wrong('Request body too large', 413))
    }
    if (shape === 'merged' && url.pathname === '/login') return signIn(request.method, body)
    if (!url.pathname.startsWith('/api/')) return new Response('Not Found', { status: 404, headers: plain })
    return shape === 'classic' ? callApi(request, url, body) : callGuardedApi(request, url, body)
  }

  function signIn(method: string, body: string): Response {
    if (method !== 'POST') return page('')
    const form = new URLSearchParams(body)
    const [name, password] = [form.get('username')?.trim() ?? '', form.get('password') ?? '']
    if (name === '' || password === '') return page('Username and password are required')
    if (!within(logins, 10)) return page('Too many login attempts. Please wait.')
    if (!simulator.reachable) return page('Cannot reach DNS server. Please try again.')
    if (name !== login?.username || password !== login.password) {
      return page('Invalid username or password for user: ' + name)
    }
    const session = crypto.randomUUID()
    sessions.set(session, now() + SESSION)
    return new Response(null, {
      status: 302,
      headers: { location: '/', 'set-cookie': `session=${session}; Path=/; HttpOnly; SameSite=lax` },
    })
  }

  async function callGuardedApi(request: Request, url: URL, body: string): Promise<Response> {
    const cookies = cookiesOf(request.headers)
    const known = cookies.get('csrftoken')
    const reads = request.method === 'GET'
    if (!reads && (known === undefined || !forgery.has(known) || request.headers.get('x-csrftoken') !== known)) {
      return json(wrong('CSRF token verification failed', 403))
    }
    if (!within(calls, 300)) return json(wrong('Rate limit exceeded', 429))
    const until = sessions.get(cookies.get('session') ?? '') ?? 0
    const refused = login !== undefined && now() >= until
    const response = refused ? json(wrong('Authentication required', 401)) : await callApi(request, url, body)
    if (reads && known === undefined) {
      const token = crypto.randomUUID()
      forgery.add(token)
      response.headers.append('set-cookie', `csrftoken=${token}; Path=/; SameSite=lax`)
    }
    return response
  }

  async function callApi(request: Request, url: URL, body: string): Promise<Response> {
    const path = url.pathname.slice('/api/'.length).replace(/\/$/, '')
    const route = routeOf(shape, request.method, path)
    if (route === undefined) return notFound()
    const takesNone = request.method === 'GET' || path === 'blocklists/refresh'
    const data = takesNone ? {} : parse(body)
    // Neither shape expects anything but an object: the older one fails, the newer one says so.
    if (data === null) return shape === 'classic' ? broken() : badRequest(url)
    return json(await route({ file, data, builtIn: services }))
  }

  function within(times: number[], most: number): boolean {
    while (times[0] !== undefined && times[0] < now() - 60_000) times.shift()
    return times.length < most && times.push(now()) > 0
  }

  const notFound = () =>
    shape === 'classic'
      ? new Response('Not Found', { status: 404, headers: plain })
      : json({ status: 404, body: { status_code: 404, detail: 'Not Found' } })

  return simulator
}

const plain = { 'content-type': 'text/plain; charset=utf-8' }
const broken = () => new Response('Internal Server Error', { status: 500, headers: plain })
const badRequest = (url: URL) =>
  json({ status: 400, body: { status_code: 400, detail: `Validation failed for POST ${url.pathname}` } })

function page(error: string): Response {
  return new Response(`<!doctype html><title>Login</title><p>${error}</p><form method="post"></form>`, {
    headers: { 'content-type': 'text/html; charset=utf-8' },
  })
}

function json({ status, body }: { status: number; body: Json }): Response {
  return new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } })
}

function parse(body: string): JsonObject | null {
  try {
    const value = JSON.parse(body) as Json
    return isObject(value) ? value : null
  } catch {
    return null
  }
}

function cookiesOf(headers: Headers): Map<string, string> {
  const pairs = (headers.get('cookie') ?? '').split(';').map((pair) => pair.trim().split('='))
  return new Map(pairs.map(([name = '', value = '']) => [name, value]))
}

function keptOut(guard: NonNullable<SimulatorOptions['guard']>, headers: Headers): Response | null {
  const authorization = headers.get('authorization')
  if ('basic' in guard) {
    if (authorization === `Basic ${Buffer.from(guard.basic.join(':')).toString('base64')}`) return null
    return new Response('Unauthorized', {
      status: 401,
      headers: { ...plain, 'www-authenticate': 'Basic realm="filter"' },
    })
  }
  if ('bearer' in guard) {
    if (authorization === `Bearer ${guard.bearer}`) return null
    return new Response('Unauthorized', { status: 401, headers: { ...plain, 'www-authenticate': 'Bearer' } })
  }
  const passes = Object.entries(guard.headers).every(([name, value]) => headers.get(name) === value)
  return passes ? null : new Response('Forbidden', { status: 403, headers: plain })
}
