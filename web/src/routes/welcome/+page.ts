import { api, call } from '#lib/api.ts'
import type { PageLoad } from './$types'

export const load: PageLoad = async () => {
  const [providers, sandbox, connections] = await Promise.all([
    call(api.providers.$get()),
    call(api.sandbox.$get()),
    call(api.connections.$get()),
  ])
  return { providers, offers: sandbox.connections, connections }
}
