import { Reading } from '#lib/reading.svelte.ts'
import { readSettings } from '#lib/zones/zone-api.ts'
import type { PageLoad } from './$types'

/** The page stands at once; what the server says arrives in it. */
export const load: PageLoad = async ({ parent }) => {
  const { place, capabilities } = await parent()
  const reading = new Reading(() => readSettings(place))
  if (capabilities.settings === true) void reading.read()
  return { reading }
}
