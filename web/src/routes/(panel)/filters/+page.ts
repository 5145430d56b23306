import { redirect } from '@sveltejs/kit'
import { rightOn, reaches } from '@zonedeck/shared/rights'
import { api, call } from '#lib/api.ts'
import { filterPath } from '#lib/filters/filter-path.ts'
import type { PageLoad } from './$types'

/** The servers that can filter. With one alone there is nothing to choose. */
export const load: PageLoad = async ({ parent }) => {
  const [connections, providers, { me }] = await Promise.all([
    call(api.connections.$get()),
    call(api.providers.$get()),
    parent(),
  ])
  const filters = connections.flatMap(({ id, name, provider }) => {
    const about = providers.find((each) => each.id === provider)
    if (about?.capabilities.filter !== true || !reaches(rightOn(me, id), 'view')) return []
    return { id, name, tile: about.tile, label: about.label }
  })
  const [only, ...others] = filters
  if (only !== undefined && others.length === 0) redirect(307, filterPath(only.id))
  return { filters }
}
