import { api, call } from '#lib/api.ts'
import type { PageLoad } from './$types'

export const load: PageLoad = async ({ depends }) => {
  depends('app:people')
  return { log: await call(api['access-log'].$get({ query: {} })) }
}
