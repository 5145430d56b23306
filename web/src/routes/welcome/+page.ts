import { redirect } from '@sveltejs/kit'
import { api, call } from '#lib/api.ts'
import type { PageLoad } from './$types'

export const load: PageLoad = async () => {
  const [me, providers, sandbox, connections] = await Promise.all([
    call(api.session.$get()),
    call(api.providers.$get()),
    call(api.sandbox.$get()),
    call(api.connections.$get()),
  ])
  // Only owners connect servers.
  if (!me.owner) redirect(307, '/zones')
  return { providers, offers: sandbox.connections, connections }
}
