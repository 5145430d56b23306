import ipaddr from 'ipaddr.js'

/** What the server says of a record's content that it does not take. */
export class ContentError extends Error {}

/** Fields of each type as the server parses and prints them; a type that is absent is unknown to it. */
const FORMATS: Record<string, string> = {
  A: 'ip4',
  AAAA: 'ip6',
  AFSDB: 'u16 host',
  ALIAS: 'host',
  CAA: 'u8 word text',
  CDS: 'u16 u8 u8 hex',
  CERT: 'u16 u16 u8 base64',
  CNAME: 'host',
  DNAME: 'host',
  DNSKEY: 'u16 u8 u8 base64',
  DS: 'u16 u8 u8 hex',
  HINFO: 'text text',
  HTTPS: 'u16 host params',
  KX: 'u16 host',
  LOC: 'location',
  MX: 'u16 host',
  NAPTR: 'u16 u16 text text text host',
  NS: 'host',
  NSEC3PARAM: 'u8 u8 u16 word',
  OPENPGPKEY: 'base64',
  PTR: 'host',
  RP: 'host host',
  SMIMEA: 'u8 u8 u8 hex',
  SOA: 'host host u32 u32 u32 u32 u32',
  SPF: 'texts',
  SRV: 'u16 u16 u16 host',
  SSHFP: 'u8 u8 hex',
  SVCB: 'u16 host params',
  TLSA: 'u8 u8 u8 hex',
  TXT: 'texts',
  URI: 'u16 u16 text',
}

const UNQUOTED = new Set(['mandatory', 'alpn', 'port', 'ipv4hint', 'ipv6hint'])

/** The server's name of a type, or null when it knows none. 65400 has a name of its own. */
export function typeName(text: string): string | null {
  const type = text.toUpperCase()
  if (type === 'TYPE65400' || type === 'ADDR') return 'ADDR'
  return Object.hasOwn(FORMATS, type) || /^TYPE\d{1,5}$/.test(type) ? type : null
}

/**
 * The text the server stores for a content, or ContentError with its words: it takes one spelling only, but folds the
 * case of hex digits and shortens addresses.
 */
export function stored(type: string, content: string): string {
  if (type === 'AAAA') {
    if (!ipaddr.IPv6.isValid(content) || content.includes('.')) throw new ContentError('Invalid IPv6 address')
    const address = ipaddr.IPv6.parse(content)
    return address.isIPv4MappedAddress() ? `::ffff:${address.toIPv4Address().toString()}` : address.toRFC5952String()
  }
  const format = FORMATS[type]?.split(' ') ?? ['unknown']
  const printed = parse(format, content)
  if (printed.toLowerCase() !== content.toLowerCase()) {
    throw new ContentError(`Not in expected format (parsed as '${printed}')`)
  }
  return format.includes('hex') ? content.toLowerCase() : content
}

function parse(format: readonly string[], content: string): string {
  const tokens = [...content.matchAll(/(?:"(?:\\.|[^"\\])*"|[^\s"]+)+/g)].map(([text], index, all) => ({
    text,
    at: all[index]?.index ?? 0,
  }))
  const printed: string[] = []
  for (const kind of format) {
    if (
      kind === 'texts' ||
      kind === 'params' ||
      kind === 'hex' ||
      kind === 'base64' ||
      kind === 'unknown' ||
      kind === 'location'
    ) {
      const rest = tokens.splice(0)
      printed.push(restOf(kind, rest, content))
      continue
    }
    const token = tokens.shift()
    if (token === undefined) throw broken('unexpected end', content.length, content)
    printed.push(field(kind, token, content))
  }
  if (tokens[0] !== undefined) throw broken('superfluous data', tokens[0].at, content)
  return printed.filter((part) => part !== '').join(' ')
}

function field(kind: string, { text, at }: Token, content: string): string {
  switch (kind) {
    case 'ip4':
      if (text.split('.').length < 4) throw broken('unable to parse IP address, not enough dots')
      if (!/^\d+\.\d+\.\d+\.\d+$/.test(text) || text.split('.').some((part) => Number(part) > 255)) {
        throw broken('unable to parse IP address')
      }
      return text.split('.').map(Number).join('.')
    case 'host':
      return text.endsWith('.') ? text : `${text}.`
    case 'text':
      return quoted(text, at, content)
    case 'word':
      return text
    default: {
      if (!/^\d+$/.test(text)) throw broken(`expected digits at position ${at} in '${content}'`)
      const bits = Number(kind.slice(1))
      if (Number(text) >= 2 ** bits) throw broken(`Overflow reading ${bits} bit integer from record content`)
      return String(Number(text))
    }
  }
}

interface Token {
  text: string
  at: number
}

function restOf(kind: string, tokens: Token[], content: string): string {
  switch (kind) {
    case 'texts':
      if (tokens.length === 0) throw broken('Data field in DNS should start with quote (")', 0, content)
      return tokens.map(({ text, at }) => (/^[a-z0-9]/i.test(text) ? `"${text}"` : quoted(text, at, content))).join(' ')
    case 'params':
      return tokens.map(({ text }) => parameter(text)).join(' ')
    case 'unknown': {
      const [, size, hex = ''] = /^\\# (\d+) ?([0-9a-f]*)$/i.exec(content) ?? []
      if (size === undefined || hex.length !== Number(size) * 2) {
        throw broken('unknown record content has the wrong size')
      }
      // An empty content keeps the space before its missing digits.
      return `\\# ${size} ${hex}`
    }
    case 'location':
      return tokens
        .map(({ text }, index) => (index >= 8 && !text.includes('.') ? text.replace('m', '.00m') : text))
        .join(' ')
    default:
      return tokens.map(({ text }) => text).join('')
  }
}

function quoted(text: string, at: number, content: string): string {
  if (!text.startsWith('"')) throw broken('Data field in DNS should start with quote (")', at, content)
  return text
}

function parameter(text: string): string {
  const [, key = '', value] = /^([^=]+)(?:=(.*))?$/s.exec(text) ?? []
  const known = UNQUOTED.has(key) || key === 'ech' || key === 'no-default-alpn' || /^key\d+$/.test(key)
  if (!known) throw broken(`SvcParam '${key}' is not recognized or in keyNNNN format`)
  if (value === undefined) return key
  const bare = value.replace(/^"(.*)"$/s, '$1')
  return UNQUOTED.has(key) ? `${key}=${bare}` : `${key}="${bare}"`
}

function broken(problem: string, at?: number, content?: string): ContentError {
  const where = at === undefined ? '' : ` at position ${at}${content === undefined ? '' : ` of '${content}'`}`
  return new ContentError(`Parsing record content (try 'pdnsutil check-zone'): ${problem}${where}`)
}
