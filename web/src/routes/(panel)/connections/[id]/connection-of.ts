import { error } from '@sveltejs/kit'
import type { Connection, ProviderInfo } from '@zonedeck/shared/connection'

/** The connection of a page, and what serves it. */
export function connectionOf(
  id: string,
  { connections, providers }: { connections: readonly Connection[]; providers: readonly ProviderInfo[] },
): { connection: Connection; provider: ProviderInfo } {
  const connection = connections.find((each) => each.id === id)
  const provider = providers.find((each) => each.id === connection?.provider)
  if (!connection || !provider) error(404)
  return { connection, provider }
}
