import { error } from '@sveltejs/kit'
import { reaches, rightOn } from '@zonedeck/shared/rights'
import { api, call } from '#lib/api.ts'
import type { ShownConnection } from '#lib/query-log/shown-connection.ts'
import type { PageLoad } from './$types'

/** Who asked for what is for those who may view the connection as a whole. */
export const load: PageLoad = async ({ params, parent }) => {
  const [connections, providers, { me }] = await Promise.all([
    call(api.connections.$get()),
    call(api.providers.$get()),
    parent(),
  ])
  const found = connections.find(({ id }) => id === params.connection)
  const about = providers.find(({ id }) => id === found?.provider)
  if (found === undefined || about === undefined || !reaches(rightOn(me, found.id), 'view')) error(404)
  const { id, name } = found
  const { tile, label, capabilities } = about
  const connection: ShownConnection = { id, name, tile, label, filter: capabilities.filter === true }
  // Not an app's lack, which can be helped, but the server's own.
  const none = capabilities.queryLog === true ? null : capabilities.queryLog.reason
  return { connection, none }
}
