import { api, respond } from '#lib/api.ts'
import { LoadedLists } from './loaded-lists.svelte.ts'
import { explainer } from './the-explainer.ts'

/** The block lists of this session. */
export const lists = new LoadedLists(explainer, async (connection, url, type) => {
  const request = api.connections[':connection'].filter.lists.fetch.$post({
    param: { connection },
    json: { url, type, wantText: true },
  })
  // Not looked into here: it may have many megabytes.
  return (await respond(request)).blob()
})
