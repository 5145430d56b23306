import ipaddr from 'ipaddr.js'

/** What the deployment lets connections reach. Made by `policyFromEnv`; nothing a signed-in person can change. */
export interface UrlPolicy {
  allowHttp: boolean
  /** Local development: loopback on any port, with http. */
  allowLoopback: boolean
  /** Private networks the operator opened. */
  privateNetworks: readonly Network[]
  ports: ReadonlySet<number>
  /** Host names of this panel itself, so that it cannot be made to call itself in a loop. */
  ownHosts: readonly string[]
}

type Address = ipaddr.IPv4 | ipaddr.IPv6
type Network = [Address, number]

/** The address of a server is not allowed here. `message` is a sentence for a person. */
export class UrlRefused extends Error {
  override name = 'UrlRefused'
}

const PORTS = [443, 8443, 5380, 53443, 8000, 8081, 8082]
const LOCAL_NAMES = ['localhost', 'local', 'internal', 'home.arpa']
/** The only part of IPv6 that is routed on the internet (RFC 4291 §2.4). */
const GLOBAL_V6: Network = [ipaddr.parse('2000::'), 3]

/**
 * Reads `ALLOW_HTTP_UPSTREAM`, `ALLOW_LOOPBACK_UPSTREAM`, `PRIVATE_UPSTREAMS` (comma-separated CIDR blocks) and
 * `UPSTREAM_PORTS` (comma-separated). `ownHosts` are the host names this panel is reached by. Throws `UrlRefused`
 * naming the variable that cannot be read: half a policy would be a wrong one.
 */
export function policyFromEnv(
  env: {
    ALLOW_HTTP_UPSTREAM?: string
    ALLOW_LOOPBACK_UPSTREAM?: string
    PRIVATE_UPSTREAMS?: string
    UPSTREAM_PORTS?: string
  },
  ownHosts: readonly string[] = [],
): UrlPolicy {
  const allowHttp = isOn(env.ALLOW_HTTP_UPSTREAM)
  return {
    allowHttp,
    allowLoopback: isOn(env.ALLOW_LOOPBACK_UPSTREAM),
    privateNetworks: listOf(env.PRIVATE_UPSTREAMS).map(parseNetwork),
    ports: new Set([...PORTS, ...(allowHttp ? [80] : []), ...listOf(env.UPSTREAM_PORTS).map(parsePort)]),
    ownHosts: ownHosts.map((host) => host.toLowerCase().replace(/\.$/, '')),
  }
}

/**
 * Checks the address of a server before anything is sent there, and returns it with its host normalised.
 *
 * The host is judged as the URL standard reads it, so `0x7f.1`, `2130706433`, full-width digits and a trailing dot are
 * seen for what they are. A name that resolves to a private address is not seen here. Throws `UrlRefused`.
 */
export function checkUpstreamUrl(text: string, policy: UrlPolicy): URL {
  const trimmed = text.trim()
  if (!/^https?:\/\//i.test(trimmed)) {
    throw new UrlRefused('The address must begin with https://, as in https://dns.example.com.')
  }
  if (!URL.canParse(trimmed)) throw new UrlRefused('This is not a web address. One looks like https://dns.example.com.')
  const url = new URL(trimmed)
  if (url.username !== '' || url.password !== '' || /^https?:\/\/[^/?#\\]*@/i.test(trimmed)) {
    throw new UrlRefused('The address must not hold a name or password. Credentials have fields of their own.')
  }
  if (url.href.includes('?') || url.href.includes('#')) {
    throw new UrlRefused('The address must end before any “?” or “#”.')
  }
  const host = url.hostname.replace(/\.$/, '')
  const address = parseAddress(host)
  const loopback = address ? address.range() === 'loopback' : isUnder(host, 'localhost')
  if (!(loopback && policy.allowLoopback)) {
    if (url.protocol !== 'https:' && !policy.allowHttp) {
      throw new UrlRefused(
        'The address must begin with https://: over http:// the credential could be read on the way.',
      )
    }
    if (address) checkAddress(address, policy)
    else checkName(host, policy)
    const port = url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port)
    if (!policy.ports.has(port)) {
      const ports = [...policy.ports].sort((a, b) => a - b).join(', ')
      throw new UrlRefused(
        `Port ${port} is not allowed. Allowed are ${ports}; the operator adds others with UPSTREAM_PORTS.`,
      )
    }
  }
  url.hostname = host
  return url
}

/** Is this an address that is not routed on the internet, or a name of a local network? */
export function isOffInternet({ hostname }: URL): boolean {
  const host = hostname.replace(/\.$/, '')
  const address = parseAddress(host)
  return address === null ? isLocalName(host) : !isRouted(address)
}

function isRouted(address: Address): boolean {
  return (address.kind() === 'ipv4' || contains(GLOBAL_V6, address)) && address.range() === 'unicast'
}

const isLocalName = (host: string) => LOCAL_NAMES.some((name) => isUnder(host, name))

function checkAddress(address: Address, policy: UrlPolicy): void {
  if (policy.privateNetworks.some((network) => contains(network, address))) return
  if (!isRouted(address)) {
    throw new UrlRefused(
      'This address is not on the public internet. The operator can open private networks with PRIVATE_UPSTREAMS.',
    )
  }
}

function checkName(host: string, policy: UrlPolicy): void {
  if (host.length > 253 || !/^[a-z0-9_-]{1,63}(\.[a-z0-9_-]{1,63})*$/.test(host)) {
    throw new UrlRefused('The host name is not valid. One looks like dns.example.com.')
  }
  if (isLocalName(host)) {
    throw new UrlRefused('This name belongs to a local network, which the panel does not reach.')
  }
  if (!host.includes('.')) throw new UrlRefused('The host name must be complete, as in dns.example.com.')
  if (policy.ownHosts.some((own) => host === own || isOfSameAccount(host, own))) {
    throw new UrlRefused('This is the address of the panel itself. Enter the address of the DNS server.')
  }
}

/** All workers of one account share `<account>.workers.dev`. */
function isOfSameAccount(host: string, own: string): boolean {
  const account = /[^.]+\.workers\.dev$/.exec(own)?.[0]
  return account !== undefined && isUnder(host, account)
}

function isUnder(host: string, parent: string): boolean {
  return host === parent || host.endsWith(`.${parent}`)
}

function parseAddress(host: string): Address | null {
  if (host.startsWith('[')) return ipaddr.parse(host.slice(1, -1))
  return ipaddr.IPv4.isValidFourPartDecimal(host) ? ipaddr.parse(host) : null
}

function contains([network, bits]: Network, address: Address): boolean {
  return network.kind() === address.kind() && address.match([network, bits])
}

function parseNetwork(text: string): Network {
  if (!ipaddr.isValidCIDR(text)) {
    throw new UrlRefused(
      'The variable PRIVATE_UPSTREAMS cannot be read. It is a list such as 192.168.1.0/24, fd12:3456::/32.',
    )
  }
  return ipaddr.parseCIDR(text)
}

function parsePort(text: string): number {
  const port = Number(text)
  if (!/^\d+$/.test(text) || port < 1 || port > 65_535) {
    throw new UrlRefused('The variable UPSTREAM_PORTS cannot be read. It is a list of numbers such as 8053, 9443.')
  }
  return port
}

function listOf(text: string | undefined): string[] {
  return (text ?? '')
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '')
}

function isOn(text: string | undefined): boolean {
  return text === 'true' || text === '1'
}
