import { api, call } from '#lib/api.ts'
import type { LayoutLoad } from './$types'

/** Who is signed in. Nobody: `call` leads to the sign-in page. */
export const load: LayoutLoad = async ({ depends }) => {
  depends('app:session')
  return { me: await call(api.session.$get()) }
}
