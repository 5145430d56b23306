import { api, call } from '#lib/api.ts'
import { readEntry } from '#lib/zones/zone-api.ts'
import type { PageLoad } from './$types'

export const load: PageLoad = async ({ params }) => {
  const [entry, connections, providers] = await Promise.all([
    readEntry(params.id),
    call(api.connections.$get()),
    call(api.providers.$get()),
  ])
  const provider = connections.find(({ id }) => id === entry.connection)?.provider
  return { entry, tile: providers.find(({ id }) => id === provider)?.tile ?? '--' }
}
