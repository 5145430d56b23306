import { reaches, rightOn } from '@zonedeck/shared/rights'
import { api, call } from '#lib/api.ts'
import type { PageLoad } from './$types'

/** Tokens are for who has every right on the connection; to others the page says so. */
export const load: PageLoad = async ({ params: { connection }, depends, parent }) => {
  depends('app:filter-tokens')
  const { me } = await parent()
  const mayManage = reaches(rightOn(me, connection), 'full')
  const tokens = mayManage
    ? await call(api.connections[':connection'].filter.tokens.$get({ param: { connection } }))
    : null
  return { connection, tokens }
}
