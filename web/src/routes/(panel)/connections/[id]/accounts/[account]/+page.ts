import { readAccount } from '#lib/accounts/account-api.ts'
import { Reading } from '#lib/reading.svelte.ts'
import { connectionOf } from '../../connection-of.ts'
import type { PageLoad } from './$types'

export const load: PageLoad = async ({ params, parent }) => {
  const { connection } = connectionOf(params.id, await parent())
  const reading = new Reading(() => readAccount(connection.id, params.account))
  void reading.read()
  return { connection, account: params.account, reading }
}
