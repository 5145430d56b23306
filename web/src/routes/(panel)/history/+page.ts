import { readHistory } from '#lib/zones/zone-api.ts'
import type { PageLoad } from './$types'

export const load: PageLoad = async () => ({ entries: await readHistory(null) })
