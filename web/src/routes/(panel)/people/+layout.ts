import { api, call } from '#lib/api.ts'
import type { LayoutLoad } from './$types'

/** For owners alone: anyone else gets the worker's refusal as the page. */
export const load: LayoutLoad = async ({ depends }) => {
  depends('app:people')
  const [people, connections, providers] = await Promise.all([
    call(api.people.$get()),
    call(api.connections.$get()),
    call(api.providers.$get()),
  ])
  return { people, connections, providers }
}
