import type { Problem } from '@zonedeck/shared/problem'
import type { SearchHit } from '@zonedeck/shared/search'
import { api, respond } from '#lib/api.ts'
import { readLines } from './lines.ts'

/** What one server found. `more`: it has others, which were not asked for. */
export type SearchLine =
  { connection: string; hits: SearchHit[]; more: boolean } | { connection: string; problem: Problem }

/** Records of every server that can search, each as soon as it answers. */
export async function* streamSearch(text: string, signal: AbortSignal): AsyncGenerator<SearchLine> {
  const response = await respond(api.search.$get({ query: { q: text } }, { init: { signal } }))
  if (response.body === null) return
  // The worker's own lines, checked there; a line is a connection's answer by the contract of the route.
  const body: ReadableStream<Uint8Array> = response.body as ReadableStream<Uint8Array>
  for await (const line of readLines(body)) yield JSON.parse(line) as SearchLine
}
