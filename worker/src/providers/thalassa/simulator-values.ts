import ipaddr from 'ipaddr.js'

/** The types that Thalassa holds. */
export const TYPES = ['A', 'AAAA', 'CAA', 'CNAME', 'MX', 'NS', 'SRV', 'TXT']

const MAX_TEXT = 4096
const TAGS = ['issue', 'issuewild', 'iodef']

/** Why a value is not taken, or null. */
export function valueError(type: string, value: string): string | null {
  switch (type) {
    case 'A':
      return ipaddr.IPv4.isValidFourPartDecimal(value) ? null : `invalid IPv4 address: ${value}`
    case 'AAAA':
      return ipaddr.IPv6.isValid(value) && !value.includes('%') ? null : `invalid IPv6 address: ${value}`
    case 'CNAME':
    case 'NS':
      return hostError(value)
    case 'MX': {
      const [, host] = /^\d{1,5} (\S+)$/.exec(value) ?? []
      if (host === undefined || Number.parseInt(value) > 65_535) return 'MX value must be "<priority> <host>"'
      return host === '.' ? null : hostError(host)
    }
    case 'SRV': {
      const [, host] = /^(?:\d{1,5} ){3}(\S+)$/.exec(value) ?? []
      const numbers = value.split(' ').slice(0, 3).map(Number)
      if (host === undefined || numbers.some((number) => number > 65_535)) {
        return 'SRV value must be "<priority> <weight> <port> <target>"'
      }
      return host === '.' ? null : hostError(host)
    }
    case 'CAA': {
      const [, flags, tag = ''] = /^(\d{1,3}) (\S+) (.+)$/s.exec(value) ?? []
      if (flags === undefined || Number(flags) > 255) return 'CAA value must be "<flags> <tag> <value>"'
      return TAGS.includes(tag) ? null : `CAA tag must be one of ${TAGS.join(', ')}`
    }
    default: {
      const characters = [...value].length
      if (characters === 0) return 'TXT value must not be empty'
      return characters > MAX_TEXT ? `TXT value exceeds ${MAX_TEXT} characters` : null
    }
  }
}

function hostError(host: string): string | null {
  if (host.endsWith('.')) return `hostname must not end with a dot: ${host}`
  return isName(host) ? null : `invalid hostname: ${host}`
}

/** Labels of letters, digits, hyphens and underscores; a wildcard in front. */
export function isName(name: string): boolean {
  const labels = name.replace(/^\*(?=\.|$)/, 'x').split('.')
  return name.length <= 253 && labels.every((label) => /^[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?$/i.test(label))
}

/** A value as BIND writes it. */
export function toBind(type: string, value: string): string {
  switch (type) {
    case 'CNAME':
    case 'MX':
    case 'NS':
    case 'SRV':
      return value.endsWith('.') ? value : `${value}.`
    case 'CAA': {
      const [, start, rest = ''] = /^(\d+ \S+) (.*)$/s.exec(value) ?? []
      return `${start} ${rest.startsWith('"') ? rest : quoted(new TextEncoder().encode(rest))}`
    }
    case 'TXT': {
      const bytes = new TextEncoder().encode(value)
      const strings = Array.from({ length: Math.ceil(bytes.length / 255) }, (_, at) =>
        quoted(bytes.slice(at * 255, at * 255 + 255)),
      )
      return strings.join(' ')
    }
    default:
      return value
  }
}

/** What was read from a BIND file, with hosts absolute and texts quoted, as a value. */
export function fromBind(type: string, rdata: string): string {
  switch (type) {
    case 'CNAME':
    case 'MX':
    case 'NS':
    case 'SRV':
      return rdata.replace(/([^ ])\.$/, '$1')
    case 'CAA':
      return rdata.replace(/"(.*)"$/s, (_, text: string) => unquoted(text))
    case 'TXT':
      return Array.from(rdata.matchAll(/"((?:\\.|[^"\\])*)"/gs), ([, text = '']) => unquoted(text)).join('')
    default:
      return rdata
  }
}

function quoted(bytes: Uint8Array): string {
  const letters = [...bytes].map((byte) => {
    if (byte === 34 || byte === 92) return `\\${String.fromCharCode(byte)}`
    return byte >= 32 && byte < 127 ? String.fromCharCode(byte) : `\\${String(byte).padStart(3, '0')}`
  })
  return `"${letters.join('')}"`
}

function unquoted(text: string): string {
  const bytes: number[] = []
  for (const [part] of text.matchAll(/\\\d{3}|\\?./gsu)) {
    if (/^\\\d{3}$/.test(part)) bytes.push(Number(part.slice(1)))
    else bytes.push(...new TextEncoder().encode(part.replace(/^\\/, '')))
  }
  return new TextDecoder().decode(Uint8Array.from(bytes))
}
