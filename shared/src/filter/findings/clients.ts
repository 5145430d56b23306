import { addressText } from '../../records/fields/address.ts'
import { readClientId, type ClientId } from '../clients.ts'
import { fold, trim } from '../dotnet/text.ts'
import type { Path } from '../pointer.ts'
import { finding, removeFix, setFix, type ConfigFinding, type FindingContext, type FindingRule } from './finding.ts'

const MAC = /^(?:[0-9a-f]{2}[:-]){5}(?:[0-9a-f]{2}[:-]){0,2}[0-9a-f]{2}$|^(?:[0-9a-f]{4}\.){2}[0-9a-f]{4}$/i
/** One that ends with a number is an address that is none. */
const HOST = /^(?=.{1,253}$)(?:[a-z0-9_-]{1,63}\.)*(?!\d+$)[a-z0-9_-]{1,63}$/i
const MAPPED = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255]
const MAPPED_LENGTH = 8 * MAPPED.length

function eachId<T>(
  { config }: FindingContext,
  visit: (id: string, path: Path, who: string, index: number) => T[],
): T[] {
  return (config.clients ?? []).flatMap((client, index) =>
    (client?.ids ?? []).flatMap((id, at) =>
      id === null ? [] : visit(id, ['clients', index, 'ids', at], client?.name || `client ${index + 1}`, index),
    ),
  )
}

/** Ids that no query has. */
export const impossibleIds: FindingRule = (context) =>
  eachId(context, (id, path, who) => {
    const bare = trim(id)
    if (bare === '')
      return [finding('empty-id', 'warning', path, `“${who}” has an empty id.`, removeFix('Remove it', path))]
    if (MAC.test(bare)) {
      const text = `“${who}” is never found by ${bare}: the app knows no MAC addresses. Give it an IP address or a host name.`
      return [finding('mac-id', 'danger', path, text, removeFix('Remove it', path))]
    }
    const read = readClientId(id)
    // Behind the length of a network spaces do no harm.
    if (bare !== id && read.kind !== 'network') {
      return [
        finding(
          'space-around-id',
          'danger',
          path,
          `“${who}” is never found by “${id}”: there are spaces around it.`,
          setFix('Remove the spaces', path, bare),
        ),
      ]
    }
    if (read.kind === 'broken') {
      return [
        finding(
          'broken-network',
          'danger',
          path,
          `“${who}” is never found by ${id}: it is no network.`,
          removeFix('Remove it', path),
        ),
      ]
    }
    if (read.kind === 'host') return HOST.test(id) ? [] : [notAHost(id, path, who)]
    return isMapped(read) ? [mappedId(id, read, path, who)] : []
  })

function notAHost(id: string, path: Path, who: string): ConfigFinding {
  const [, host = ''] = /^([^:]+):\d+$/.exec(id) ?? []
  const fix = HOST.test(host) ? setFix(`Write ${host}`, path, host) : removeFix('Remove it', path)
  return finding(
    'id-no-host',
    'danger',
    path,
    `“${who}” is never found by “${id}”: it is neither an address nor the name of a host.`,
    fix,
  )
}

/** Is it IPv4 as IPv6? A network that holds more than that is not. */
function isMapped(id: Exclude<ClientId, { kind: 'host' | 'broken' }>): boolean {
  const isWider = id.kind === 'network' && id.length < MAPPED_LENGTH
  return !isWider && MAPPED.every((byte, index) => id.address.bytes[index] === byte)
}

function mappedId(
  id: string,
  read: Exclude<ClientId, { kind: 'host' | 'broken' }>,
  path: Path,
  who: string,
): ConfigFinding {
  const ipv4 = addressText(read.address.bytes.slice(12))
  const meant = read.kind === 'address' ? ipv4 : `${ipv4}/${read.length - MAPPED_LENGTH}`
  return finding(
    'ipv4-mapped-id',
    'danger',
    path,
    `“${who}” is never found by ${id}: clients with IPv4 have the address ${ipv4}.`,
    setFix(`Write ${meant}`, path, meant),
  )
}

/** Addresses that the app reads as others than they look like, and networks with more bits than their length. */
export const oddAddresses: FindingRule = (context) =>
  eachId(context, (id, path, who) => {
    const read = readClientId(id)
    if (read.kind === 'host' || read.kind === 'broken' || isMapped(read)) return []
    if (MAC.test(id)) return []
    const base = id.split('/')[0] ?? ''
    if (read.address.bytes.length === 4 && base !== addressText(read.address.bytes)) {
      return [
        finding(
          'odd-address',
          'warning',
          path,
          `“${who}”: the app reads ${base} as ${addressText(read.address.bytes)}.`,
        ),
      ]
    }
    if (read.kind === 'address') return []
    const network = `${addressText(masked(read))}/${read.length}`
    const isSame = addressText(masked(read)) === addressText(read.address.bytes)
    return isSame
      ? []
      : [
          finding(
            'network-host-bits',
            'info',
            path,
            `“${who}”: ${id} is the network ${network}.`,
            setFix(`Write ${network}`, path, network),
          ),
        ]
  })

function masked({ address, length }: Extract<ClientId, { kind: 'network' }>): number[] {
  return address.bytes.map((byte, index) => byte & (0xff << (8 - Math.min(8, Math.max(0, length - 8 * index)))) & 0xff)
}

/** The same id twice: the first entry has the client. */
export const duplicateIds: FindingRule = (context) => {
  const seen = new Map<string, { who: string; index: number }>()
  return eachId(context, (id, path, who, index) => {
    const key = keyOf(readClientId(id))
    const first = key === null ? undefined : seen.get(key)
    if (key !== null && first === undefined) seen.set(key, { who, index })
    if (first === undefined) return []
    const isOwn = first.index === index
    const text = isOwn
      ? `“${who}” has the id ${id} twice.`
      : `“${first.who}” and “${who}” both have ${id}: the first one gets the queries.`
    return [
      finding(
        'duplicate-id',
        isOwn ? 'info' : 'danger',
        path,
        text,
        removeFix(isOwn ? 'Remove one' : `Take it from “${who}”`, path),
      ),
    ]
  })
}

function keyOf(id: ClientId): string | null {
  switch (id.kind) {
    case 'host':
      return `host ${id.host}`
    case 'address':
      return `address ${addressText(id.address.bytes)}%${id.address.scope}`
    case 'network':
      return `network ${addressText(masked(id))}/${id.length}`
    case 'broken':
      return null
  }
}

export const clientsWithoutIds: FindingRule = ({ config }) =>
  (config.clients ?? []).flatMap((client, index) =>
    client?.ids?.length === 0
      ? [
          finding(
            'client-without-ids',
            'warning',
            ['clients', index],
            `“${client.name || `client ${index + 1}`}” has no ids, so nothing is it.`,
          ),
        ]
      : [],
  )

/** Two entries of one name are hard to tell apart. */
export const clientsOfOneName: FindingRule = ({ config }) => {
  const seen = new Set<string>()
  return (config.clients ?? []).flatMap((client, index) => {
    const name = fold(trim(client?.name ?? ''))
    if (name === '') return []
    if (seen.has(name)) {
      const text = `Two clients are called “${client?.name ?? ''}”.`
      return [finding('duplicate-client-name', 'info', ['clients', index, 'name'], text)]
    }
    seen.add(name)
    return []
  })
}
