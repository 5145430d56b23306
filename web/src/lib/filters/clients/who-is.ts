import type { AppClient, AppConfig } from '@zonedeck/shared/filter/app-config'
import {
  compileClients,
  findClient,
  isInNetwork,
  readClientId,
  type ClientMatch,
  type CompiledClients,
} from '@zonedeck/shared/filter/clients'
import { parseIpAddress, sameAddress, type IpAddress } from '@zonedeck/shared/filter/dotnet/ip-address'
import { fold } from '@zonedeck/shared/filter/dotnet/text'
import { FailsOpen } from '@zonedeck/shared/filter/schedule'
import { addressesIn } from './addresses-in.ts'
import type { Asked } from './asked.ts'

/** Another entry that fits, too, and why it does not get the query. */
interface PassedOver {
  index: number
  name: string
  id: string
  why: string
}

export interface WhoIs {
  /** The entry that the app takes; null: none fits. */
  found: ClientMatch | null
  /** Why this one. */
  why: string
  passedOver: readonly PassedOver[]
}

/** An address that stands for a device known by its host name alone. */
const ANY_ADDRESS = '0.0.0.0'

export function clientName(client: Pick<AppClient, 'name' | 'ids'>, index: number): string {
  return client.name || client.ids?.[0] || `client ${index + 1}`
}

/** Address and host name of a query by such a device; null when no single device can stand for the network. */
export function addressOf(asked: Asked, clients: CompiledClients): { client: string; host: string | null } | null {
  if (asked.kind === 'address') return { client: asked.text, host: null }
  if (asked.kind === 'host') return { client: ANY_ADDRESS, host: asked.text }
  const id = readClientId(asked.text)
  if (id.kind !== 'network') return null
  const addresses = addressesIn(id.address, id.length)
  const own = addresses.find((text) => {
    const address = parseIpAddress(text)
    return address !== null && safely(() => findClient(clients, address, null)?.id === asked.text, false)
  })
  const [any] = addresses
  return any === undefined ? null : { client: own ?? any, host: null }
}

/** Which entry the app takes for a device, and which others fit as well. */
export function whoIs({ clients }: Pick<AppConfig, 'clients'>, asked: Asked): WhoIs {
  const compiled = compileClients(clients)
  const query = addressOf(asked, compiled)
  const address = query === null ? null : parseIpAddress(query.client)
  if (query === null || address === null) return { found: null, why: 'This is no address.', passedOver: [] }
  try {
    const found = findClient(compiled, address, query.host)
    return { found, why: reason(found), passedOver: passedOver(compiled, found, address, query.host) }
  } catch (error) {
    if (!(error instanceof FailsOpen)) throw error
    return { found: null, why: `${error.message} The app fails and lets everything pass.`, passedOver: [] }
  }
}

function reason(found: ClientMatch | null): string {
  if (found === null) return 'No entry has this address or host name, and no network holds it.'
  switch (found.by) {
    case 'host':
      return `It asks by the host name ${found.id}; a host name goes before every address.`
    case 'address':
      return `It has the address ${found.id}; an address goes before every network.`
    case 'network':
      return `It is in the network ${found.id}, the smallest one that fits.`
  }
}

function passedOver(
  clients: CompiledClients,
  found: ClientMatch | null,
  address: IpAddress,
  host: string | null,
): PassedOver[] {
  if (found === null) return []
  const wanted = host === null ? null : fold(host)
  return (clients ?? []).flatMap((entry, index) => {
    if (entry === null || index === found.index) return []
    const fits = entry.ids?.find(
      (item) =>
        item !== null &&
        ((item.id.kind === 'host' && item.id.host === wanted) ||
          // A host name alone tells no address.
          (wanted === null &&
            ((item.id.kind === 'address' && sameAddress(item.id.address, address)) ||
              (item.id.kind === 'network' && isInNetwork(address, item.id.address, item.id.length))))),
    )
    if (fits == null) return []
    const sameKind = fits.id.kind === found.by
    const length = fits.id.kind === 'network' ? fits.id.length : 0
    const foundId = readClientId(found.id)
    const isSameSize = sameKind && (foundId.kind !== 'network' || foundId.length === length)
    const why = isSameSize
      ? `has the same ${found.by === 'host' ? 'host name' : found.by}, but comes later in the list`
      : `fits by ${fits.text}, which is wider`
    return { index, name: clientName(entry.client, index), id: fits.text, why }
  })
}

function safely<T>(answer: () => T, otherwise: T): T {
  try {
    return answer()
  } catch (error) {
    if (error instanceof FailsOpen) return otherwise
    throw error
  }
}
