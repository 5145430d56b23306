import { error } from '@sveltejs/kit'
import type { PageLoad } from './$types'

export const load: PageLoad = async ({ params, parent }) => {
  const { connections, providers } = await parent()
  const connection = connections.find(({ id }) => id === params.id)
  const provider = providers.find(({ id }) => id === connection?.provider)
  if (!connection || !provider) error(404)
  return { connection, provider }
}
