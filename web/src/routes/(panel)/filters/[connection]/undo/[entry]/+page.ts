import { readEntry } from '#lib/zones/zone-api.ts'
import type { PageLoad } from './$types'

export const load: PageLoad = async ({ params }) => ({ entry: await readEntry(params.entry) })
