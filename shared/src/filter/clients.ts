import type { AppClient, AppConfig } from './app-config.ts'
import { parseInteger } from './dotnet/integer.ts'
import { parseIpAddress, sameAddress, type IpAddress } from './dotnet/ip-address.ts'
import { fold } from './dotnet/text.ts'
import { FailsOpen } from './schedule.ts'

/** What an id of a client entry is to the app. Spaces are not trimmed. */
export type ClientId =
  | { kind: 'address'; address: IpAddress }
  | { kind: 'network'; address: IpAddress; length: number }
  /** The host name of a DNS over HTTPS, TLS or QUIC query. */
  | { kind: 'host'; host: string }
  /** A network that is none, which nothing matches. */
  | { kind: 'broken' }

export function readClientId(id: string): ClientId {
  if (id.includes('/')) return readNetwork(id)
  const address = parseIpAddress(id)
  return address === null ? { kind: 'host', host: fold(id) } : { kind: 'address', address }
}

function readNetwork(id: string): ClientId {
  const [base = '', bits = '', rest] = id.split('/')
  const address = parseIpAddress(base)
  const length = parseInteger(bits)
  if (rest !== undefined || address === null || length === null || length < 0) return { kind: 'broken' }
  return length > address.bytes.length * 8 ? { kind: 'broken' } : { kind: 'network', address, length }
}

/** Do the first `length` bits agree? What comes after them does not matter, nor does an IPv6 zone id. */
export function isInNetwork(address: IpAddress, network: IpAddress, length: number): boolean {
  if (address.bytes.length !== network.bytes.length) return false
  return address.bytes.every((byte, index) => {
    const bits = Math.min(8, Math.max(0, length - 8 * index))
    return (byte ^ (network.bytes[index] ?? 0)) >> (8 - bits) === 0
  })
}

/** Which entry of the configuration a query belongs to, and by which id. */
export interface ClientMatch {
  index: number
  client: AppClient
  id: string
  by: 'host' | 'address' | 'network'
}

export type CompiledClients = readonly (CompiledClient | null)[] | null

interface CompiledClient {
  client: AppClient
  ids: readonly ({ text: string; id: ClientId } | null)[] | null
}

export function compileClients(clients: AppConfig['clients']): CompiledClients {
  if (clients === null) return null
  return clients.map((client) =>
    client === null
      ? null
      : {
          client,
          ids: client.ids?.map((text) => (text === null ? null : { text, id: readClientId(text) })) ?? null,
        },
  )
}

/**
 * The entry for a query: by host name, then by address, then by the smallest network; among equals the first. Null: no
 * entry. A null on the way makes the app fail: throws FailsOpen.
 *
 * @param host without port; null for plain DNS
 */
export function findClient(clients: CompiledClients, address: IpAddress, host: string | null): ClientMatch | null {
  const wanted = host === null ? null : fold(host)
  let best: ClientMatch | null = null
  let longest = -1
  if (wanted !== null) {
    for (const match of eachId(clients))
      if (match.id.kind === 'host' && match.id.host === wanted) return found(match, 'host')
  }
  for (const match of eachId(clients)) {
    if (match.id.kind === 'address' && sameAddress(match.id.address, address)) return found(match, 'address')
  }
  for (const match of eachId(clients)) {
    if (match.id.kind !== 'network' || match.id.length <= longest) continue
    if (!isInNetwork(address, match.id.address, match.id.length)) continue
    best = found(match, 'network')
    longest = match.id.length
  }
  return best
}

interface EachId {
  index: number
  client: AppClient
  text: string
  id: ClientId
}

function* eachId(clients: CompiledClients): Generator<EachId> {
  if (clients === null) throw new FailsOpen('The list of clients is null.')
  for (const [index, entry] of clients.entries()) {
    if (entry === null) throw new FailsOpen('A client is null.')
    if (entry.ids === null) throw new FailsOpen('The ids of a client are null.')
    for (const item of entry.ids) {
      if (item === null) throw new FailsOpen('An id of a client is null.')
      yield { index, client: entry.client, text: item.text, id: item.id }
    }
  }
}

function found({ index, client, text }: EachId, by: ClientMatch['by']): ClientMatch {
  return { index, client, id: text, by }
}
