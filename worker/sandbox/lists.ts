import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const LISTS = fileURLToPath(new URL('data/lists/', import.meta.url))
const headers = { 'content-type': 'text/plain; charset=utf-8', 'last-modified': 'Sun, 22 Nov 2026 04:10:00 GMT' }

/** Block lists as somebody on the internet publishes them. One that a configuration names has moved away: it is not here. */
export async function sandboxLists(request: Request): Promise<Response> {
  const [, name] = /^\/([a-z-]+\.txt)$/.exec(new URL(request.url).pathname) ?? []
  const text = name === undefined ? null : await readFile(join(LISTS, name), 'utf8').catch(() => null)
  return text === null ? new Response('Not found', { status: 404 }) : new Response(text, { headers })
}
