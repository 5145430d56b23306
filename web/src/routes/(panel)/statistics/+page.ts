import { reaches, rightOn } from '@zonedeck/shared/rights'
import { api, call } from '#lib/api.ts'
import type { ShownServer } from '#lib/statistics/shown-server.ts'
import type { PageLoad } from './$types'

/** Servers that count queries or hold zones, of which the whole may be seen. */
export const load: PageLoad = async ({ parent }) => {
  const [connections, providers, { me }] = await Promise.all([
    call(api.connections.$get()),
    call(api.providers.$get()),
    parent(),
  ])
  const servers = connections.flatMap(({ id, name, provider }): ShownServer[] => {
    const about = providers.find((each) => each.id === provider)
    if (about === undefined || !reaches(rightOn(me, id), 'view')) return []
    const { statistics, zones, filter, queryLog } = about.capabilities
    if (statistics !== true && zones !== true) return []
    return [
      {
        ...{ id, name, tile: about.tile, label: about.label },
        counts: statistics === true,
        edit: reaches(rightOn(me, id), 'edit'),
        filter: filter === true,
        log: queryLog === true,
      },
    ]
  })
  // What counts stands first.
  return { servers: servers.toSorted((a, b) => Number(b.counts) - Number(a.counts)) }
}
