/**
 * Zones that no zone of the internet delegates: names for private use, reverse zones of private addresses, and names
 * that documents and tests may use. Asking a public resolver for them finds nothing and tells it about one's network.
 */
export interface PrivateName {
  /** `local`: private by its use. `documentation`: a name that a resolver of one's own may still know, for tests. */
  kind: 'local' | 'documentation'
  /** What it is, as a sentence. */
  reason: string
}

const documented = 'is a name for documentation and tests (RFC 2606)'
const common = 'is used in private networks; no registry has it (RFC 6762, appendix G)'

const NAMES: readonly [suffix: string, kind: PrivateName['kind'], what: string][] = [
  ['home.arpa', 'local', 'is for home networks (RFC 8375)'],
  ['internal', 'local', 'is for private use (ICANN, 2024)'],
  ['local', 'local', 'is for multicast DNS in a local network (RFC 6762)'],
  ['localhost', 'local', 'is the machine itself (RFC 6761)'],
  ['invalid', 'local', 'never exists (RFC 6761)'],
  ['onion', 'local', 'belongs to the Tor network (RFC 7686)'],
  ['alt', 'local', 'is for names outside of the DNS (RFC 9476)'],
  ['intranet', 'local', common],
  ['private', 'local', common],
  ['corp', 'local', common],
  ['home', 'local', common],
  ['lan', 'local', common],
  ['test', 'documentation', 'is a name for tests (RFC 6761)'],
  ['example', 'documentation', documented],
  ['example.com', 'documentation', documented],
  ['example.net', 'documentation', documented],
  ['example.org', 'documentation', documented],
]

const own = 'private addresses'
const shown = 'addresses for documentation'
const zeros = (count: number) => Array.from({ length: count }, () => '0').join('.')

/** RFC 6303 §4, with RFC 7793 (shared addresses) and RFC 9637 (more addresses for documentation). */
const REVERSE: readonly [suffix: string, addresses: string][] = [
  ['10.in-addr.arpa', own],
  ...Array.from({ length: 16 }, (_, i): [string, string] => [`${i + 16}.172.in-addr.arpa`, own]),
  ['168.192.in-addr.arpa', own],
  ...Array.from({ length: 64 }, (_, i): [string, string] => [
    `${i + 64}.100.in-addr.arpa`,
    'addresses that an internet provider shares among customers',
  ]),
  ['0.in-addr.arpa', 'addresses of no network'],
  ['127.in-addr.arpa', 'the machine itself'],
  ['254.169.in-addr.arpa', 'addresses of one link'],
  ['2.0.192.in-addr.arpa', shown],
  ['100.51.198.in-addr.arpa', shown],
  ['113.0.203.in-addr.arpa', shown],
  ['255.255.255.255.in-addr.arpa', 'the broadcast address'],
  [`${zeros(32)}.ip6.arpa`, 'the unspecified address'],
  [`1.${zeros(31)}.ip6.arpa`, 'the machine itself'],
  ['d.f.ip6.arpa', own],
  ...['8', '9', 'a', 'b'].map((nibble): [string, string] => [`${nibble}.e.f.ip6.arpa`, 'addresses of one link']),
  ['8.b.d.0.1.0.0.2.ip6.arpa', shown],
  ['0.f.f.f.3.ip6.arpa', shown],
]

/** Why no zone above delegates this one (`example.com`, `@`), or null for a name of the internet. */
export function privateName(zone: string): PrivateName | null {
  if (zone === '@') return { kind: 'local', reason: 'The root zone has no zone above it.' }
  const name = NAMES.find(([suffix]) => isUnder(zone, suffix))
  if (name !== undefined) return { kind: name[1], reason: `${name[0]} ${name[2]}.` }
  const reverse = REVERSE.find(([suffix]) => isUnder(zone, suffix))
  if (reverse !== undefined) return { kind: 'local', reason: `This is the reverse zone of ${reverse[1]} (RFC 6303).` }
  return null
}

function isUnder(name: string, suffix: string): boolean {
  return name === suffix || name.endsWith(`.${suffix}`)
}
