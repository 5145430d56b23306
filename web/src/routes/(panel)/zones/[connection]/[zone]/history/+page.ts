import { readHistory } from '#lib/zones/zone-api.ts'
import type { PageLoad } from './$types'

export const load: PageLoad = async ({ parent }) => {
  const { place } = await parent()
  return { entries: await readHistory(place) }
}
