import type { ProviderInfo } from '@zonedeck/shared/connection'
import { isRefusal } from '@zonedeck/shared/refusals'
import { ProviderError } from './provider-error.ts'
import type { DnsProvider, FilterBackend } from './provider.ts'

/** In place of the DNS of a server that is nothing but a filter. */
export function noZones({ capabilities }: Pick<ProviderInfo, 'capabilities'>, filter?: FilterBackend): DnsProvider {
  const reason = isRefusal(capabilities.zones) ? capabilities.zones.reason : 'This server holds no zones.'
  return {
    test: () => filter?.test?.() ?? Promise.reject(new ProviderError('refused', reason)),
    listZones: () => Promise.resolve([]),
    readZone: () => Promise.reject(new ProviderError('missing', reason)),
    apply: () => Promise.reject(new ProviderError('refused', reason)),
  }
}
