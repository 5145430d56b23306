import { hc } from 'hono/client'
import { expect, it } from 'vitest'
import { makeClient } from './client.ts'

interface Asked {
  url: string
  method: string | undefined
  body: unknown
  type: string | null
}

type Call = (args?: unknown, options?: unknown) => Promise<Response>

/** The same calls through hono's client and through ours. */
function both() {
  const asked: Asked[] = []
  const send = (url: string | URL | Request, init: RequestInit = {}) => {
    const href = typeof url === 'string' ? url : url instanceof URL ? url.href : url.url
    const type = new Headers(init.headers).get('content-type')
    asked.push({ url: href.replace(/^https?:\/\/[^/]+/, ''), method: init.method, body: init.body ?? undefined, type })
    return Promise.resolve(new Response())
  }
  const theirs = hc('/', { fetch: send }) as unknown
  return { asked, clients: [theirs, makeClient('', send)] }
}

/** Follows a path of properties to a method. */
function method(client: unknown, ...path: string[]): Call {
  return path.reduce<unknown>((at, key) => Reflect.get(at as object, key), client) as Call
}

it.each([
  ['a plain path', ['api', 'v1', 'zones', '$get'], undefined],
  [
    'parameters as they are',
    ['api', ':connection', 'zones', ':zone', '$get'],
    { param: { connection: 'con_a', zone: '0%2F25' } },
  ],
  ['a query without what is missing', ['history', '$get'], { query: { before: 'a b', after: undefined } }],
  ['JSON', ['connections', '$post'], { json: { name: 'ü', list: [1] } }],
  ['both', ['connections', ':connection', '$patch'], { param: { connection: 'c' }, json: {} }],
  ['deleting', ['session', '$delete'], {}],
])('asks for %s as hono does', async (_, path, args) => {
  const { asked, clients } = both()
  for (const client of clients) await method(client, ...path)(args)
  expect(asked[1]).toEqual(asked[0])
})
