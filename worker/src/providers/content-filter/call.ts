import { ProviderError } from '../provider-error.ts'
import type { ProviderContext } from '../provider.ts'
import { retryAfter, type UpstreamResponse } from '../upstream.ts'
import { cookieHeader, takeCookies, type Cookies } from './cookies.ts'
import { failed } from './wire.ts'

const LARGE = 64 * 2 ** 20
/** A session lasts a day; what guards the Web UI rarely changes. */
const REMEMBERED = 12 * 3_600_000
const CSRF_COOKIE = 'csrftoken'
const CSRF_HEADER = 'x-csrftoken'

type Guard = 'open' | 'bearer' | 'basic' | 'login'

/** What is known of a Web UI: what it asks for, and its session. */
interface Door {
  guard: Guard | undefined
  cookies: Cookies
}

export interface WebUiCall {
  method: 'GET' | 'POST' | 'DELETE'
  /** Below `/api/`. */
  path: string
  /** JSON text. */
  body?: string
}

/**
 * Calls the Web UI's API, whatever stands in front of it: nothing, a bearer token, a name and password of a proxy (Basic),
 * or the Web UI's own sign-in with its session cookie. What it is shows in the first refusal. Where the Web UI sets a
 * token against forged requests, it is sent back with every call that changes something.
 */
export function makeCall({ upstream, credentials, memory }: ProviderContext) {
  const { username = '', password = '', token = '' } = credentials
  const hasPassword = username !== '' && password !== ''
  const door = (memory?.get('web-ui') as Door | undefined) ?? {
    guard: token === '' ? undefined : 'bearer',
    cookies: new Map<string, string>(),
  }
  memory?.set('web-ui', door, REMEMBERED)

  function authorization(): Record<string, string> {
    if (door.guard === 'bearer') return { authorization: `Bearer ${token}` }
    if (door.guard !== 'basic') return {}
    return { authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}` }
  }

  async function send({ method, path, body }: WebUiCall): Promise<UpstreamResponse> {
    const csrf = method === 'GET' ? undefined : door.cookies.get(CSRF_COOKIE)
    const answer = await upstream({
      method,
      path: `/api/${path}`,
      headers: {
        accept: 'application/json',
        ...authorization(),
        ...cookieHeader(door.cookies),
        ...(csrf === undefined ? {} : { [CSRF_HEADER]: csrf }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body }),
      maxBytes: LARGE,
    })
    takeCookies(door.cookies, answer.headers)
    return answer
  }

  /** One attempt: the Web UI lets each address try ten times a minute. */
  async function signIn(): Promise<void> {
    door.cookies.clear()
    const answer = await upstream({
      method: 'POST',
      path: '/login',
      headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'text/html' },
      body: new URLSearchParams({ username, password }).toString(),
      // A session more or less is none the worse.
      reads: true,
      redirects: 'returned',
    })
    takeCookies(door.cookies, answer.headers)
    if (answer.status >= 300 && answer.status < 400 && !(answer.headers.get('location') ?? '').endsWith('/login'))
      return
    if (answer.status === 429 || answer.text.includes('Too many login attempts')) {
      throw new ProviderError('rate-limited', 'The Web UI asks to wait before the next sign-in.', { retryAfter: 60 })
    }
    if (answer.status >= 500 || answer.text.includes('Cannot reach DNS server')) {
      throw new ProviderError('unavailable', 'The Web UI cannot ask its DNS server whether the password is right.')
    }
    throw new ProviderError('auth', 'The Web UI does not accept the user name and password.')
  }

  /** True when there is another way in that was not tried yet. */
  async function opened(answer: UpstreamResponse, tried: Set<string>): Promise<boolean> {
    const once = (what: string) => !tried.has(what) && tried.add(what).size > 0
    if (answer.status === 403 && /csrf/i.test(answer.text) && once('csrf')) {
      // A token of before the Web UI was started anew: a read brings another.
      door.cookies.delete(CSRF_COOKIE)
      const read = await send({ method: 'GET', path: 'config' })
      if (read.status === 401 && (await opened(read, tried))) await send({ method: 'GET', path: 'config' })
      return door.cookies.has(CSRF_COOKIE)
    }
    if (answer.status !== 401 || !hasPassword) return false
    if (/^basic\b/i.test(answer.headers.get('www-authenticate') ?? '')) {
      if (door.guard === 'basic' || !once('basic')) return false
      door.guard = 'basic'
      return true
    }
    if (!once('login')) return false
    await signIn()
    door.guard = 'login'
    return true
  }

  /** The answer of a call that was let in. Throws ProviderError. */
  return async function call(request: WebUiCall): Promise<string> {
    const tried = new Set<string>()
    let answer = await send(request)
    while (await opened(answer, tried)) answer = await send(request)
    if (answer.status === 200) {
      if (answer.contentType !== 'application/json') throw notWebUi()
      return answer.text
    }
    throw failure(request, answer, hasPassword || token !== '')
  }
}

function notWebUi(): ProviderError {
  return new ProviderError('protocol', 'There is no Content Filter Web UI at this address.')
}

function failure({ method }: WebUiCall, answer: UpstreamResponse, hasCredentials: boolean): ProviderError {
  const { status, headers } = answer
  const said = wordsOf(answer)
  switch (status) {
    case 401:
      return new ProviderError(
        'auth',
        hasCredentials
          ? 'The Web UI, or what guards it, does not accept the credentials.'
          : 'The Web UI, or what guards it, asks for a sign-in. Enter a user name and password, or a token.',
      )
    case 403:
      return new ProviderError('forbidden', said ?? 'What guards the Web UI keeps us out.')
    case 413:
      return new ProviderError('refused', 'The Web UI takes configurations of one megabyte at most.')
    case 429: {
      const wait = retryAfter(headers)
      const more = wait === undefined ? {} : { retryAfter: wait }
      return new ProviderError('rate-limited', 'The Web UI asks to wait: too many calls within a minute.', more)
    }
    default:
      if (status >= 500) {
        return method === 'GET'
          ? new ProviderError('unavailable', `The Web UI answered with status ${status}.`)
          : new ProviderError('unknown', `The Web UI answered with status ${status}; it may have saved or not.`)
      }
      return said === null ? notWebUi() : new ProviderError('refused', `The Web UI says: ${said}`)
  }
}

/** What the Web UI says of a refusal, in one line. */
function wordsOf({ contentType, text }: Pick<UpstreamResponse, 'contentType' | 'text'>): string | null {
  if (contentType !== 'application/json') return null
  try {
    const parsed = failed.safeParse(JSON.parse(text))
    return parsed.success ? parsed.data.error.slice(0, 300) : null
  } catch {
    return null
  }
}
