import { api, call } from '#lib/api.ts'
import type { PageLoad } from './$types'

export const load: PageLoad = async () => ({ providers: await call(api.providers.$get()) })
