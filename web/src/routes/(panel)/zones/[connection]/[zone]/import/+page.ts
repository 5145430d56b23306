import { ZoneReading } from '#lib/zones/zone-reading.svelte.ts'
import type { PageLoad } from './$types'

export const load: PageLoad = async ({ parent }) => {
  const { place } = await parent()
  const reading = new ZoneReading(place)
  void reading.read()
  return { reading }
}
