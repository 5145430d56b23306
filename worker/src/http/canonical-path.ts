import type { MiddlewareHandler } from 'hono'
import type { AppEnv } from './context.ts'
import { notFound } from './problem-error.ts'

/**
 * One spelling a path: another one that our router and the edge in front of it might read differently is not there
 * (CVE-2021-32637 is what happens otherwise). Only the last segments, ids and zone names, may hold escapes.
 */
export const canonicalPath: MiddlewareHandler<AppEnv> = async (c, next) => {
  const { pathname } = new URL(c.req.url)
  if (
    !/^\/(?:(?:api|_app)\/[a-z]|badge\/[\w-])/.test(pathname) ||
    /\/\/|[\\;]|%(?:[01]|5c|7f|2e|3b|25)/i.test(pathname)
  )
    throw notFound()
  await next()
}
