import { api, call } from '#lib/api.ts'
import { draft } from '#lib/draft.svelte.ts'
import type { PageLoad } from './$types'

export const load: PageLoad = async () => {
  const [connections, providers] = await Promise.all([
    call(api.connections.$get()),
    call(api.providers.$get()),
    draft.load(),
  ])
  return { connections, providers }
}
