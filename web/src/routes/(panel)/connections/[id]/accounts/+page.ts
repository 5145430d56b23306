import { readDirectory } from '#lib/accounts/account-api.ts'
import { Reading } from '#lib/reading.svelte.ts'
import { connectionOf } from '../connection-of.ts'
import type { PageLoad } from './$types'

/** The page stands at once; what the server says arrives in it. */
export const load: PageLoad = async ({ params, parent, url }) => {
  const { connection, provider } = connectionOf(params.id, await parent())
  const reading = new Reading(() => readDirectory(connection.id))
  const job = url.searchParams.get('job')
  if (provider.capabilities.users === true && job === null) void reading.read()
  return { connection, provider, reading, job }
}
