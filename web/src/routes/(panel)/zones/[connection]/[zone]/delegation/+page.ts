import { DelegationWatch } from '#lib/zones/delegation-watch.svelte.ts'
import { readDelegation } from '#lib/zones/zone-api.ts'
import type { PageLoad } from './$types'

export const load: PageLoad = async ({ parent }) => {
  const { place } = await parent()
  return { watch: new DelegationWatch(() => readDelegation(place)) }
}
