import { api, call } from '#lib/api.ts'
import type { PageLoad } from './$types'

export const load: PageLoad = async ({ depends }) => {
  depends('app:shares')
  return { shares: await call(api.shares.$get()) }
}
