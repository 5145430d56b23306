import { Reading } from '#lib/reading.svelte.ts'
import { readDelegation, readDnssec } from '#lib/zones/zone-api.ts'
import type { PageLoad } from './$types'

/** The page stands at once; what the server and the parent say arrives in it. */
export const load: PageLoad = async ({ parent }) => {
  const { place, capabilities } = await parent()
  const reading = new Reading(() => readDnssec(place))
  const above = new Reading(() => readDelegation(place))
  if (capabilities.dnssec === true) {
    void reading.read()
    void above.read()
  }
  return { reading, parent: above }
}
