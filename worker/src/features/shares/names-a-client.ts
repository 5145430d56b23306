import type { TopEntry } from '@zonedeck/shared/statistics'
import ipaddr from 'ipaddr.js'

/** Where networks keep the names of their own machines. All of `.arpa` is among them: reverse names are addresses. */
const ownNames = new Set([
  'arpa',
  'corp',
  'domain',
  'home',
  'host',
  'internal',
  'intranet',
  'lan',
  'local',
  'localdomain',
  'localhost',
  'private',
  'workgroup',
])

/** Below these people and their devices have names of their own, in their network or to be reached from elsewhere. */
const namesOfHouseholds = [
  'dedyn.io',
  'duckdns.org',
  'dyndns.org',
  'easy.box',
  'fritz.box',
  'hopto.org',
  'mshome.net',
  'myfritz.net',
  'nabu.casa',
  'no-ip.org',
  'plex.direct',
  'quickconnect.to',
  'speedport.ip',
  'synology.me',
  'ts.net',
]

/** A dotted or dashed IPv4 address within a name: `192-168-1-20.dyn.example`. */
const address = /(?<!\d)(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:[.\-_](?:25[0-5]|2[0-4]\d|1?\d?\d)){3}(?!\d)/
/**
 * Hex digits that stand alone: eight are an IPv4 address as some providers write it, 32 an IPv6 address, twelve and
 * sixteen the address of a network card.
 */
const hexAddress = /(?<![0-9a-f])(?:[0-9a-f]{8}|[0-9a-f]{12}|[0-9a-f]{16}|[0-9a-f]{32})(?![0-9a-f])/
/** `00-11-22-33-44-55`: the same, in pairs. */
const cardAddress = /(?<![0-9a-f])[0-9a-f]{2}(?:[.\-_][0-9a-f]{2}){5}(?![0-9a-f])/
/** `2001-db8--20` and the like: eight groups, or fewer with a gap. */
const dashedAddress =
  /(?<![0-9a-z-])(?:(?:[0-9a-f]{1,4}-){7}[0-9a-f]{1,4}|(?=[0-9a-f-]*--)(?:[0-9a-f]{1,4}-{1,2}){1,7}[0-9a-f]{0,4})(?![0-9a-z-])/

/**
 * Does a domain that was asked for give away who or what is in the network? Said too often rather than too seldom: a
 * name that only looks like an address is left out as well.
 */
export function namesAClient(domain: string, clients: readonly TopEntry[]): boolean {
  const name = domain.toLowerCase().replace(/\.$/, '')
  const labels = name.split('.')
  if (labels.length < 2 || ownNames.has(labels.at(-1) ?? '')) return true
  if (namesOfHouseholds.some((suffix) => name === suffix || name.endsWith(`.${suffix}`))) return true
  if ([address, hexAddress, cardAddress, dashedAddress].some((pattern) => pattern.test(name))) return true
  return clients.some((client) => spellings(client).some((spelling) => name.includes(spelling)))
}

/** How a client could stand in a name: its address in digits, as a whole or without separators, and its host name. */
function spellings({ name, host }: TopEntry): string[] {
  const hostName = host?.toLowerCase().replace(/\.$/, '') ?? ''
  const machine = hostName.split('.')[0] ?? ''
  const known = [hostName, machine].filter((text) => text.length >= 3)
  if (!ipaddr.isValid(name)) return name.length >= 3 ? [...known, name.toLowerCase()] : known
  const parsed = ipaddr.process(name)
  const bytes = Buffer.from(parsed.toByteArray())
  const hex = bytes.toString('hex')
  const nibbles = [...hex].reverse().join('.')
  return [
    ...known,
    name.toLowerCase(),
    parsed.toString(),
    hex,
    nibbles,
    ...(bytes.length === 4 ? [String(bytes.readUInt32BE(0))] : []),
    parsed.toNormalizedString().replaceAll(':', '-'),
  ]
}
