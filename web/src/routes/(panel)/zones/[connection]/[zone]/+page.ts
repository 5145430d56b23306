import { draft } from '#lib/draft.svelte.ts'
import { ZoneReading } from '#lib/zones/zone-reading.svelte.ts'
import type { PageLoad } from './$types'

/** The page stands at once; the zone arrives in it. A zone that is still to be made is not read. */
export const load: PageLoad = async ({ parent }) => {
  const { place } = await parent()
  const reading = new ZoneReading(place)
  if (draft.of(place.connection, place.zone)?.operation === undefined) void reading.read()
  return { reading }
}
