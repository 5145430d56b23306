import { rightOn } from '@zonedeck/shared/rights'
import { api, call } from '#lib/api.ts'
import { draft } from '#lib/draft.svelte.ts'
import { lastReadings } from '#lib/zones/last-readings.ts'
import { streamZones } from '#lib/zones/zone-api.ts'
import { ZoneList } from '#lib/zones/zone-list.svelte.ts'
import type { PageLoad } from './$types'

/** Connections first, they are the panel's own; the zones arrive while the page already stands. */
export const load: PageLoad = async ({ depends, parent }) => {
  depends('app:zones')
  const [connections, providers, { me }] = await Promise.all([
    call(api.connections.$get()),
    call(api.providers.$get()),
    parent(),
    draft.load(),
  ])
  const list = new ZoneList(
    connections.map(({ id }) => id),
    lastReadings(localStorage, (connection, zone) => rightOn(me, connection, zone) !== 'none'),
  )
  if (connections.length > 0) void list.read(streamZones())
  return { connections, providers, list }
}
