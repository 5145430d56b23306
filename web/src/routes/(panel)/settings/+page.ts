import { api, call } from '#lib/api.ts'
import type { PageLoad } from './$types'

export const load: PageLoad = async ({ depends }) => {
  depends('app:sessions')
  return { sessions: await call(api.sessions.$get()) }
}
