import { api, call } from '#lib/api.ts'
import type { LayoutLoad } from './$types'

export const load: LayoutLoad = async ({ depends }) => {
  depends('app:connections')
  const [connections, providers, sandbox] = await Promise.all([
    call(api.connections.$get()),
    call(api.providers.$get()),
    call(api.sandbox.$get()),
  ])
  const offers = sandbox.connections.filter(
    (offer) => !connections.some((connection) => connection.source === 'sandbox' && connection.name === offer.name),
  )
  return { connections, providers, offers }
}
