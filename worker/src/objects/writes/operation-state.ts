import type { Operation, OperationState } from '@zonedeck/shared/operation'
import type { OpenConnection } from '../../features/connections/open.ts'
import { ProviderError } from '../../providers/provider-error.ts'

/** Does it concern the server itself, and no zone on it? */
export function isBesideZones(operation: Operation): boolean {
  const { operation: name } = operation
  return 'user' in operation || name === 'filter' || name === 'filter-refresh' || name === 'filter-blocking'
}

/**
 * What an operation is about, as the server holds it now; undefined for operations on the zone itself. Throws what the
 * provider throws, and `refused` when it has no way to tell.
 */
export async function readState(
  { dns, users, filter }: Pick<OpenConnection, 'dns' | 'users' | 'filter'>,
  zone: string,
  operation: Operation | undefined,
): Promise<OperationState | undefined> {
  const absent = new ProviderError('refused', 'This server offers no way to do it.')
  switch (operation?.operation) {
    case 'settings':
      if (dns.settings === undefined) throw absent
      return { about: 'settings', settings: await dns.settings.read(zone) }
    case 'permissions':
      if (dns.permissions === undefined) throw absent
      return { about: 'permissions', permissions: await dns.permissions.read(zone) }
    case 'dnssec':
      if (dns.dnssec === undefined) throw absent
      return { about: 'dnssec', dnssec: await dns.dnssec.read(zone) }
    case 'user-create':
    case 'user-update':
    case 'user-delete': {
      if (users === undefined) throw absent
      try {
        return { about: 'account', account: await users.read(operation.user) }
      } catch (error) {
        if (error instanceof ProviderError && error.kind === 'missing') return { about: 'account', account: null }
        throw error
      }
    }
    case 'filter':
    case 'filter-refresh':
      if (filter === undefined) throw absent
      return { about: 'filter', text: (await filter.read()).text }
    case 'filter-blocking': {
      if (filter?.blocking === undefined) throw absent
      const { enabled, pausedUntil } = await filter.blocking.read()
      return { about: 'blocking', enabled, pausedUntil }
    }
    default:
      return undefined
  }
}
