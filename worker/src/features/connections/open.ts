import type { Connection, ProviderInfo } from '@zonedeck/shared/connection'
import type { Env } from '../../env.ts'
import { notFound } from '../../http/problem-error.ts'
import type { DnsProvider } from '../../providers/provider.ts'

export interface OpenConnection {
  about: ProviderInfo
  dns: DnsProvider
  connection: Pick<Connection, 'id' | 'name' | 'provider' | 'url'>
}

/**
 * The shared door to a connection's server: reads the connection, unseals its credentials and hands them to the adapter
 * and to nothing else. `subrequests` is how many calls the caller may spend on it. Throws ProblemError.
 */
export async function openConnection(
  _env: Env,
  _id: string,
  _now: () => number,
  _fetch: typeof fetch,
  _subrequests?: number,
): Promise<OpenConnection> {
  throw notFound()
}
