import { isRefusal } from '@zonedeck/shared/refusals'
import { toAbsolute, toRelative } from '@zonedeck/shared/names'
import type { RecordSet } from '@zonedeck/shared/record-set'
import type { Delegation } from '@zonedeck/shared/delegation'
import { ProviderError } from '../../providers/provider-error.ts'
import type { OpenConnection } from '../connections/open.ts'

type Server = NonNullable<Delegation['nameServers']['inZone']>[number]

/** The name servers that the zone itself names, or a sentence why they are not known. */
export type OwnServers = { servers: Server[] } | { reason: string }

/** Reads them from the zone's own server. Throws when there is no such zone. */
export async function readOwnServers({ dns, about, connection }: OpenConnection, zone: string): Promise<OwnServers> {
  let sets: RecordSet[]
  try {
    sets = (await dns.readZone(zone)).recordSets
  } catch (error) {
    if (!(error instanceof ProviderError) || error.kind === 'missing') throw error
    return { reason: `The zone could not be read from ${connection.name}.` }
  }
  const hosts = answered(sets, '@', ['NS'])
  const { apexNs } = about.capabilities
  if (hosts.length === 0 && isRefusal(apexNs)) return { reason: apexNs.reason }
  return { servers: hosts.toSorted().map((host) => ({ name: bare(host), glue: glueOf(sets, host, zone) })) }
}

/** The addresses of a server inside of the zone: nobody finds it by its name alone. */
function glueOf(sets: readonly RecordSet[], host: string, zone: string): string[] {
  const inside = toRelative(host, zone)
  return inside === null ? [] : answered(sets, inside, ['A', 'AAAA'])
}

function answered(sets: readonly RecordSet[], name: string, types: readonly string[]): string[] {
  return types.flatMap((type) =>
    sets
      .filter((set) => set.name === name && set.type === type)
      .flatMap(({ records }) => records.filter(({ disabled }) => !disabled).map(({ rdata }) => rdata)),
  )
}

/** `ns1.example.com.` → `ns1.example.com`, as registrars take it; the root is `@`, as a zone is. */
export function bare(host: string): string {
  return host === '.' ? '@' : host.slice(0, -1)
}

export function absolute(zone: string): string {
  return toAbsolute('@', zone)
}
