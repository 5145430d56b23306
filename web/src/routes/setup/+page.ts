import { api, call } from '#lib/api.ts'
import type { PageLoad } from './$types'

export const load: PageLoad = async () => call(api.setup.$get())
