import type { AppContext } from './context.ts'
import { answerNotFound } from './problem.ts'

/**
 * A script of an earlier deploy is gone, and the assets answer with the app's page in its place, to be cached for a
 * year. It must be a 404, so that the page can tell and reload.
 */
export async function immutableAsset(c: AppContext): Promise<Response> {
  const found = await c.env.ASSETS.fetch(c.req.raw)
  if (!found.ok && found.status !== 304) return answerNotFound(c)
  if (found.headers.get('Content-Type')?.startsWith('text/html') === true) return answerNotFound(c)
  const headers = new Headers(found.headers)
  headers.set('Cache-Control', 'public, max-age=31536000, immutable')
  return new Response(found.body, { status: found.status, headers })
}
