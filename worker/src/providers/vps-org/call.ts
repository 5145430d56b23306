import type * as z from 'zod'
import { readJson } from '../json.ts'
import { ProviderError } from '../provider-error.ts'
import type { ProviderContext } from '../provider.ts'
import type { UpstreamRequest, UpstreamResponse } from '../upstream.ts'
import { failure } from './failure.ts'
import { pageOf } from './wire.ts'

const LARGE = 64 * 2 ** 20

type Query = Record<string, string>

/** The calls of one connection. Paths stand below `/api/v1` and end with a slash: without it Django only redirects. */
export interface Call {
  /** One answer, whatever its status. */
  ask(method: UpstreamRequest['method'], path: `/${string}/`, body?: object): Promise<UpstreamResponse>
  /** An object. `what` names it in errors. Throws ProviderError. */
  get<T>(item: z.ZodType<T>, path: `/${string}/`, what: string): Promise<T>
  /** A whole list, over all its pages. Throws ProviderError. */
  list<T>(item: z.ZodType<T>, path: `/${string}/`, what: string, query?: Query): Promise<T[]>
}

export function makeCall({ upstream, credentials }: ProviderContext): Call {
  function send(method: UpstreamRequest['method'], path: string, body?: object, query?: Query) {
    return upstream({
      method,
      path: `/api/v1${path}`,
      ...(query === undefined ? {} : { query }),
      headers: {
        accept: 'application/json',
        authorization: `Bearer ${credentials['token'] ?? ''}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      // The same fields of the same record twice are the same as once; only a POST makes another one.
      idempotent: method !== 'POST',
      ...(method === 'GET' ? { maxBytes: LARGE } : {}),
    })
  }

  async function read<T>(schema: z.ZodType<T>, path: string, what: string, query?: Query): Promise<T> {
    const response = await send('GET', path, undefined, query)
    if (response.status !== 200) throw failure('GET', response)
    return readJson(schema, response.text, what)
  }

  async function list<T>(item: z.ZodType<T>, path: string, what: string, query: Query = {}): Promise<T[]> {
    const found: T[] = []
    const seen = new Set<string>()
    for (let next: Query | null = query; next !== null;) {
      const asked = JSON.stringify(next)
      if (seen.has(asked)) throw new ProviderError('protocol', `The server’s pages of ${what} lead round in a circle.`)
      seen.add(asked)
      const page: { results: T[]; next?: string | null | undefined } = await read(pageOf(item), path, what, next)
      found.push(...page.results)
      next = page.next ? queryOf(page.next, path, what) : null
    }
    return found
  }

  return { ask: send, get: read, list }
}

/**
 * The query of a page's `next`, to be asked of the very path that was asked before: an address on another origin, which
 * would get the token, is never called, whatever the server says.
 */
function queryOf(next: string, path: string, what: string): Query {
  const url = URL.parse(next, `https://next.invalid${path}`)
  if (url === null || !url.pathname.endsWith(path)) {
    throw new ProviderError('protocol', `The server’s next page of ${what} is not a page of it.`)
  }
  return Object.fromEntries(url.searchParams)
}
