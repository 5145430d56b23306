import { isRefusal } from '@zonedeck/shared/refusals'
import { nameServersOf, type NameServer } from '@zonedeck/shared/name-servers'
import { ProviderError } from '../../providers/provider-error.ts'
import type { OpenConnection } from '../connections/open.ts'

/** The name servers that the zone itself names, or a sentence why they are not known. */
export type OwnServers = { servers: NameServer[] } | { reason: string }

/** Reads them from the zone's own server. Throws when there is no such zone. */
export async function readOwnServers({ dns, about, connection }: OpenConnection, zone: string): Promise<OwnServers> {
  try {
    const servers = nameServersOf((await dns.readZone(zone)).recordSets, zone)
    const { apexNs } = about.capabilities
    return servers.length === 0 && isRefusal(apexNs) ? { reason: apexNs.reason } : { servers }
  } catch (error) {
    if (!(error instanceof ProviderError) || error.kind === 'missing') throw error
    return { reason: `The zone could not be read from ${connection.name}.` }
  }
}
