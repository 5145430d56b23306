import { Reading } from '#lib/reading.svelte.ts'
import { readPermissions } from '#lib/zones/zone-api.ts'
import type { PageLoad } from './$types'

/** The page stands at once; what the server says arrives in it. */
export const load: PageLoad = async ({ parent }) => {
  const { place, capabilities } = await parent()
  const reading = new Reading(() => readPermissions(place))
  if (capabilities.permissions === true) void reading.read()
  return { reading }
}
