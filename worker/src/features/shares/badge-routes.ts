import { Hono } from 'hono'
import type { AppEnv } from '../../http/context.ts'
import { notFound } from '../../http/problem-error.ts'
import { badgeSvg } from './badge-svg.ts'
import { readBadge } from './visit.ts'

/**
 * `/badge/<token>.svg` and `.json`: for widgets, which cannot keep a secret behind `#`. The token is another one than the
 * link's and opens totals only. These routes alone may be read by any page.
 */
export const badges = new Hono<AppEnv>().get('/badge/:file{[\\w-]{20,100}\\.(?:svg|json)}', async (c) => {
  const [, token = '', kind] = /^([\w-]+)\.(svg|json)$/.exec(c.req.param('file')) ?? []
  if (kind === undefined) throw notFound()
  c.header('X-Robots-Tag', 'noindex')
  const badge = await readBadge(c, token)
  c.header('Access-Control-Allow-Origin', '*')
  if (kind === 'json') return c.json(badge)
  return c.body(badgeSvg(badge), 200, { 'Content-Type': 'image/svg+xml; charset=utf-8' })
})
