import { Reading } from '#lib/reading.svelte.ts'
import { readDnssec } from '#lib/zones/zone-api.ts'
import type { PageLoad } from './$types'

/** The page stands at once; what the server says arrives in it. */
export const load: PageLoad = async ({ parent }) => {
  const { place, capabilities } = await parent()
  const reading = new Reading(() => readDnssec(place))
  if (capabilities.dnssec === true) void reading.read()
  return { reading }
}
