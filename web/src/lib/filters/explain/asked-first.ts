import type { ServerBlocking } from '@zonedeck/shared/content-filter'
import { isInNetwork, readClientId } from '@zonedeck/shared/filter/clients'
import { parseIpAddress } from '@zonedeck/shared/filter/dotnet/ip-address'
import type { Explanation } from '@zonedeck/shared/filter/explain'

/** What the server does with a question before it comes to this filter, where that can make the verdict another one. */
export interface AskedFirst {
  /** It is certain: the filter is not asked. */
  bypassed: boolean
  /** One sentence each. */
  lines: string[]
}

/** Null: nothing comes first, or a question that the filter lets pass comes out the same. */
export function askedFirst(
  blocking: ServerBlocking | null,
  client: string,
  verdict: Explanation['verdict'],
): AskedFirst | null {
  if (blocking === null || blocking.enabled === false || verdict === 'allow') return null
  const network = (blocking.bypass ?? []).find((text) => holds(text, client))
  if (network !== undefined) {
    const place = network === client ? `${client} is` : `${client} is in ${network}, which is`
    return {
      bypassed: true,
      lines: [`${place} on the server’s blocking bypass list. While its own blocking is on, it asks no filter for it.`],
    }
  }
  const lines = [
    ...(blocking.allowedZones === true
      ? ['If the name is in the server’s allowed zones, it is resolved and this filter is not asked.']
      : []),
    ...(verdict === 'rewrite' && (blocking.blockedZones === true || (blocking.blockLists ?? []).length > 0)
      ? ['If the server’s own block lists or blocked zones hold the name, it is blocked and not rewritten.']
      : []),
  ]
  return lines.length === 0 ? null : { bypassed: false, lines }
}

function holds(network: string, client: string): boolean {
  const address = parseIpAddress(client)
  const id = readClientId(network)
  if (address === null) return false
  if (id.kind === 'network') return isInNetwork(address, id.address, id.length)
  return id.kind === 'address' && isInNetwork(address, id.address, id.address.bytes.length * 8)
}
