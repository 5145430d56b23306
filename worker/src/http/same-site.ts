import type { MiddlewareHandler } from 'hono'
import type { AppEnv } from './context.ts'
import { ProblemError } from './problem-error.ts'

/**
 * Only our own pages may change anything with the session cookie. The browser says itself where a request comes from
 * (`Sec-Fetch-Site`, else `Origin`, on every method but GET and HEAD), and a form cannot send JSON.
 */
export const sameSite: MiddlewareHandler<AppEnv> = async (c, next) => {
  if (!['GET', 'HEAD', 'OPTIONS'].includes(c.req.method)) {
    if (!comesFromUs(c.req.raw)) {
      throw new ProblemError(403, 'request/cross-site', 'This request does not come from the panel', {
        detail: 'A request that changes something with a session cookie needs the Origin header of the panel.',
      })
    }
    const type = c.req.header('Content-Type')?.split(';')[0]?.trim().toLowerCase()
    // A POST of nothing says a length of 0, and the runtime makes an empty stream of it.
    const empty = c.req.raw.body === null || c.req.header('Content-Length') === '0'
    if (!empty && type !== 'application/json') {
      throw new ProblemError(415, 'request/media-type', 'The body must be JSON', {
        detail: 'Send it with “Content-Type: application/json”.',
      })
    }
  }
  await next()
}

function comesFromUs(request: Request): boolean {
  const site = request.headers.get('Sec-Fetch-Site')
  if (site !== null) return site === 'same-origin'
  const origin = request.headers.get('Origin')
  if (origin !== null) return origin === new URL(request.url).origin
  return !request.headers.has('Cookie')
}
