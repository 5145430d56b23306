import { error } from '@sveltejs/kit'
import { reaches, rightOn } from '@zonedeck/shared/rights'
import { api, call } from '#lib/api.ts'
import { filterDraftOf } from '#lib/filters/filter-drafts.ts'
import type { LayoutLoad } from './$types'

/** The pages stand at once; the configuration arrives in them. */
export const load: LayoutLoad = async ({ params, parent }) => {
  const [connections, providers, { me }] = await Promise.all([
    call(api.connections.$get()),
    call(api.providers.$get()),
    parent(),
  ])
  const connection = connections.find(({ id }) => id === params.connection)
  const provider = providers.find(({ id }) => id === connection?.provider)
  if (connection === undefined || provider?.capabilities.filter !== true) error(404, 'There is no such filter.')
  const right = rightOn(me, connection.id)
  if (!reaches(right, 'view')) error(404, 'There is no such filter.')
  const draft = filterDraftOf(connection.id)
  draft.name = connection.name
  draft.mayEdit = reaches(right, 'edit')
  void draft.read()
  const several =
    connections.filter(({ provider: id }) => providers.find((each) => each.id === id)?.capabilities.filter === true)
      .length > 1
  return { draft, server: connection.name, tile: provider.tile, several }
}
