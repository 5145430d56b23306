import type { MiddlewareHandler } from 'hono'
import type { AppEnv } from './context.ts'

const always = {
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Strict-Transport-Security': 'max-age=31536000; includeSubDomains',
}

/** Assets get theirs from `_headers`; these are for what the worker itself answers. */
export const securityHeaders: MiddlewareHandler<AppEnv> = async (c, next) => {
  await next()
  for (const [name, value] of Object.entries(always)) c.res.headers.set(name, value)
  // Badges are made to stand on other pages.
  if (c.req.path.startsWith('/badge/')) c.res.headers.set('Cross-Origin-Resource-Policy', 'cross-origin')
  c.res.headers.set('X-Request-Id', c.get('call').requestId)
  if (c.res.headers.get('Cache-Control')?.includes('immutable') === true) return
  c.res.headers.set('Content-Security-Policy', "default-src 'none'; frame-ancestors 'none'")
  c.res.headers.set('Cache-Control', 'no-store')
  c.res.headers.set('Vary', 'Cookie')
}
