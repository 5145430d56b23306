import type { MiddlewareHandler } from 'hono'
import { routePath } from 'hono/route'
import type { AppEnv, Call } from './context.ts'
import { log } from './log.ts'

/** Gives each request its id, its clock and its way out, and notes in the log how it ended. */
export function requestScope(outside: Pick<Call, 'now' | 'fetch'>): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    const requestId = crypto.randomUUID()
    c.set('call', { ...outside, env: c.env, requestId })
    const start = outside.now()
    await next()
    log({
      event: 'request',
      requestId,
      method: c.req.method,
      route: routePath(c, -1),
      status: c.res.status,
      ms: outside.now() - start,
    })
  }
}
