import { wait } from '../wait.ts'
import { ProviderError } from './provider-error.ts'
import { checkUpstreamUrl, type UrlPolicy } from './url-policy.ts'

/** What an adapter asks of its server. Paths are relative to the connection's base address. */
export interface UpstreamRequest {
  method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Begins with `/`; appended to the base path of the connection. Already percent-encoded. */
  path: string
  /** A text, with its `?`, goes out as it is. */
  query?: Record<string, string> | string
  headers?: Record<string, string>
  body?: string | FormData
  /** Safe to send twice: may be retried after a network error or a 429, 502, 503 or 504. GET and HEAD always are. */
  idempotent?: boolean
  /** Changes nothing on the server although its method could: retried as a GET is, and never `unknown`. */
  reads?: boolean
  /** Further statuses on which an idempotent call may be tried again (PowerDNS's 500 "database is locked"). */
  retryOn?: readonly number[]
  /** A listing may be large: bytes the decompressed body may have. Default 8 MiB, at most 64 MiB. */
  maxBytes?: number
  /** The answer is no text: it comes as `bytes`, and `text` is empty. */
  binary?: boolean
  /** Takes the body in pieces as they come, and `text` is empty: for what need not be held. Called once an attempt. */
  pieces?: () => (piece: Uint8Array) => void
  /** A redirect is an answer like any other, and not followed either: some servers end a sign-in with one. */
  redirects?: 'returned'
  /** Milliseconds, default 10 000, at most 30 000. */
  timeout?: number
}

export interface UpstreamResponse {
  status: number
  /** Media type in lower case without parameters. */
  contentType: string
  headers: Headers
  text: string
  /** The body of a call that asked for it with `binary`. */
  bytes?: Uint8Array
}

/**
 * The one way out. Any HTTP status is returned (3xx is an error: redirects are never followed, see `redirects`); everything else throws
 * `ProviderError`: `unavailable` when nothing was written for certain, `unknown` when a write was sent and no answer
 * came, `protocol` for a body over the cap. Retried are network errors, 429, 502, 503 and 504 of idempotent calls, twice
 * at most; `retryOn` statuses three times.
 */
export interface Upstream {
  (request: UpstreamRequest): Promise<UpstreamResponse>
  /** Upstream calls this invocation may still make. */
  callsLeft(): number
}

/** Upstream calls one invocation may make: Workers allow 50 on the free plan. One object for all its upstreams. */
export interface UpstreamBudget {
  left: number
}

const DEFAULT_TIMEOUT = 10_000
const MAX_TIMEOUT = 30_000
const DEFAULT_BYTES = 8 * 2 ** 20
const MAX_BYTES = 64 * 2 ** 20
/** Workers hold back the seventh connection of an invocation until one is free, while its time-out already runs. */
const MAX_PARALLEL = 6
const MAX_RETRY_AFTER = 10_000
const RETRIED = [429, 502, 503, 504]

/** Calls waiting for their turn, by budget, so that all upstreams of one invocation share one queue. */
const queues = new WeakMap<UpstreamBudget, { running: number; waiting: (() => void)[] }>()

/** A call that ended without a whole answer; `retry` when trying again may help. */
class Broken extends Error {
  readonly retry: boolean

  constructor(message: string, retry: boolean) {
    super(message)
    this.retry = retry
  }
}

/**
 * Makes the one way out to one connection's server. `headers` go along with every call (those of a reverse proxy);
 * headers of a call win over them. Throws `UrlRefused` when the policy does not allow `baseUrl`.
 */
export function makeUpstream(options: {
  baseUrl: URL
  headers: Readonly<Record<string, string>>
  fetch: (request: Request) => Promise<Response>
  policy: UrlPolicy
  budget: UpstreamBudget
  /** Milliseconds; replaced in tests. */
  sleep?: (milliseconds: number) => Promise<void>
  random?: () => number
}): Upstream {
  const { budget, sleep = wait, random = Math.random } = options
  const base = checkUpstreamUrl(options.baseUrl.href, options.policy)

  async function upstream(request: UpstreamRequest): Promise<UpstreamResponse> {
    const url = address(base, request)
    const write = isWrite(request)
    const repeatable = !write || request.idempotent === true
    for (let tries = 0; ; tries += 1) {
      let answer: UpstreamResponse | Broken
      try {
        answer = await inTurn(budget, () => call(url, request))
      } catch (error) {
        if (!(error instanceof Broken)) throw error
        answer = error
      }
      const delay = 200 * 2 ** tries * (0.5 + random())
      const pause = repeatable && budget.left > 0 ? pauseBefore(answer, tries, delay, request.retryOn ?? []) : null
      if (pause === null) {
        if (!(answer instanceof Broken)) return answer
        throw write
          ? new ProviderError('unknown', `${answer.message} It may or may not have done what it was asked to.`)
          : new ProviderError('unavailable', answer.message)
      }
      await sleep(pause)
    }
  }

  /** One attempt, from the first byte sent to the last byte read. */
  async function call(url: URL, request: UpstreamRequest): Promise<UpstreamResponse> {
    if (budget.left <= 0) {
      throw new ProviderError('unavailable', 'Too many calls to servers were needed at once. Try again with fewer.')
    }
    const timeout = Math.min(request.timeout ?? DEFAULT_TIMEOUT, MAX_TIMEOUT)
    const timer = new AbortController()
    const late = new Broken(`${url.host} gave no whole answer within ${timeout / 1000} seconds.`, false)
    const message = outgoing(url, request, timer.signal)
    budget.left -= 1
    let alarm: ReturnType<typeof setTimeout> | undefined
    const deadline = new Promise<never>((_, reject) => {
      alarm = setTimeout(() => {
        reject(late)
        timer.abort()
      }, timeout)
    })
    deadline.catch(() => undefined)
    try {
      const response = await Promise.race([options.fetch(message), deadline])
      return await read(response, request, deadline)
    } catch (error) {
      if (error instanceof ProviderError || error instanceof Broken) throw error
      // What fetch throws may hold the address and is another in every runtime: none of it goes further.
      throw new Broken(
        `No connection to ${url.host}: it refused or broke it, or its name or certificate is wrong.`,
        true,
      )
    } finally {
      clearTimeout(alarm)
      // A body that was not read to its end would hold one of the six connections.
      timer.abort()
    }
  }

  function outgoing(url: URL, { method, headers, body }: UpstreamRequest, signal: AbortSignal): Request {
    try {
      const all = new Headers({ 'user-agent': 'Zonedeck' })
      for (const [name, value] of Object.entries({ ...options.headers })) all.set(name, value)
      for (const [name, value] of Object.entries({ ...headers })) all.set(name, value)
      return new Request(url, { method, headers: all, body: body ?? null, redirect: 'manual', signal })
    } catch {
      throw new ProviderError(
        'refused',
        'A credential or header of this connection has characters that HTTP does not allow.',
      )
    }
  }

  return Object.assign(upstream, { callsLeft: () => budget.left })
}

function isWrite({ method, reads }: UpstreamRequest): boolean {
  return method !== 'GET' && method !== 'HEAD' && reads !== true
}

/** The address of a call: always below the base address, whatever the path says. */
function address(base: URL, request: UpstreamRequest): URL {
  const path = base.pathname.replace(/\/+$/, '') + request.path
  const url = new URL(base)
  url.pathname = path
  if (!request.path.startsWith('/') || url.pathname !== path || url.origin !== base.origin) {
    throw new ProviderError('refused', 'This name cannot be put into an address of the server.')
  }
  const { query = {} } = request
  if (typeof query === 'string') url.search = query
  else for (const [name, value] of Object.entries(query)) url.searchParams.append(name, value)
  return url
}

async function inTurn<T>(budget: UpstreamBudget, task: () => Promise<T>): Promise<T> {
  let queue = queues.get(budget)
  if (!queue) queues.set(budget, (queue = { running: 0, waiting: [] }))
  const { waiting } = queue
  if (queue.running >= MAX_PARALLEL) await new Promise<void>((resolve) => waiting.push(resolve))
  else queue.running += 1
  try {
    return await task()
  } finally {
    // The place is handed over, so that no later call can take it first.
    const next = waiting.shift()
    if (next) next()
    else queue.running -= 1
  }
}

/** Milliseconds to wait before the next try, or null when this answer is the last word. */
function pauseBefore(
  answer: UpstreamResponse | Broken,
  tries: number,
  delay: number,
  retryOn: readonly number[],
): number | null {
  if (answer instanceof Broken) return answer.retry && tries < 2 ? delay : null
  const named = retryOn.includes(answer.status)
  if (!named && !RETRIED.includes(answer.status)) return null
  if (tries >= (named ? 3 : 2)) return null
  const asked = retryAfter(answer.headers)
  if (asked === undefined) return delay
  return asked * 1000 > MAX_RETRY_AFTER ? null : Math.max(asked * 1000, delay)
}

/** Seconds of a Retry-After header in either of its forms (RFC 9110 §10.2.3). */
export function retryAfter(headers: Headers): number | undefined {
  const text = headers.get('retry-after')?.trim() ?? ''
  if (/^\d{1,9}$/.test(text)) return Number(text)
  const [at, from] = [Date.parse(text), Date.parse(headers.get('date') ?? '')]
  return Number.isNaN(at) || Number.isNaN(from) ? undefined : Math.max(0, Math.ceil((at - from) / 1000))
}

async function read(response: Response, request: UpstreamRequest, deadline: Promise<never>): Promise<UpstreamResponse> {
  const { status, headers } = response
  if (((status >= 300 && status < 400) || response.type === 'opaqueredirect') && request.redirects === undefined) {
    await response.body?.cancel()
    throw new ProviderError(
      'protocol',
      'The server redirects to another address. Redirects are not followed: enter the address it redirects to.',
    )
  }
  const cap = Math.min(request.maxBytes ?? DEFAULT_BYTES, MAX_BYTES)
  const reader: ReadableStreamDefaultReader<Uint8Array> | undefined = response.body?.getReader()
  const decoder = new TextDecoder()
  const parts: Uint8Array[] = []
  const take = request.pieces?.()
  let text = ''
  let bytes = 0
  while (reader) {
    const part = await Promise.race([reader.read(), deadline])
    if (part.done) break
    bytes += part.value.byteLength
    if (bytes > cap) {
      await reader.cancel()
      const size = cap < 2 ** 20 ? `${Math.floor(cap / 2 ** 10)} KiB` : `${Math.floor(cap / 2 ** 20)} MiB`
      throw isWrite(request)
        ? new ProviderError(
            'unknown',
            `The server’s answer is larger than ${size}; whether it did its work is unknown.`,
          )
        : new ProviderError('protocol', `The server’s answer is larger than ${size}. It was not read.`)
    }
    if (take !== undefined) take(part.value)
    else if (request.binary === true) parts.push(part.value)
    else text += decoder.decode(part.value, { stream: true })
  }
  text += decoder.decode()
  const contentType = headers.get('content-type')?.split(';', 1)[0]?.trim().toLowerCase() ?? ''
  return { status, contentType, headers, text, ...(request.binary === true ? { bytes: joined(parts, bytes) } : {}) }
}

function joined(parts: readonly Uint8Array[], size: number): Uint8Array {
  const whole = new Uint8Array(size)
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
