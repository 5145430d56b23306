import { readDirectory } from '#lib/accounts/account-api.ts'
import { Reading } from '#lib/reading.svelte.ts'
import { connectionOf } from '../connection-of.ts'
import type { PageLoad } from './$types'

export const load: PageLoad = async ({ params, parent }) => {
  const { connection } = connectionOf(params.id, await parent())
  const reading = new Reading(() => readDirectory(connection.id))
  void reading.read()
  return { connection, reading }
}
