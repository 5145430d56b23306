import { error } from '@sveltejs/kit'
import { rightOn } from '@zonedeck/shared/rights'
import { api, call } from '#lib/api.ts'
import { draft } from '#lib/draft.svelte.ts'
import type { LayoutLoad } from './$types'

/** What every page of a zone needs to know before the zone itself is read. */
export const load: LayoutLoad = async ({ params, parent }) => {
  const [connections, providers, { me }] = await Promise.all([
    call(api.connections.$get()),
    call(api.providers.$get()),
    parent(),
    draft.load(),
  ])
  const connection = connections.find(({ id }) => id === params.connection)
  const provider = providers.find(({ id }) => id === connection?.provider)
  if (connection === undefined || provider === undefined) error(404, 'There is no such connection.')
  return {
    place: { connection: connection.id, zone: params.zone },
    server: connection.name,
    tile: provider.tile,
    capabilities: provider.capabilities,
    right: rightOn(me, connection.id, params.zone),
  }
}
