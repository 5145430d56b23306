import type { ListCheck } from '@zonedeck/shared/content-filter'
import { LoadedLists } from './loaded-lists.svelte.ts'
import { explainer } from './the-explainer.ts'

/** The block lists of this session. */
export const lists = new LoadedLists(explainer, async (connection, url, type) => {
  const answer = await fetch(`/api/v1/connections/${encodeURIComponent(connection)}/filter/lists/fetch`, {
    method: 'POST',
    cache: 'no-store',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ url, type, wantText: true }),
  })
  // Not looked into here: it may have many megabytes.
  if (answer.ok) return answer.blob()
  const trouble = `The panel could not fetch it (status ${answer.status}).`
  return new Blob([JSON.stringify({ url, ok: false, trouble } satisfies ListCheck)])
})
