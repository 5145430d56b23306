import { Answer, type SimulatedRecord } from './simulator-state.ts'

/** The types of the server's list; a body with any other cannot be read. */
const TYPES = new Set('A AAAA CAA CNAME HINFO LOC MX NAPTR NS PTR RP SOA SPF SRV TXT MBOXFW'.split(' '))

export type Candidate = Pick<SimulatedRecord, 'name' | 'type' | 'content'>

/**
 * What JPowerAdmin checks of a new record before it keeps it, against the records of its zone. Some of the checks are
 * not what they were meant to be, and are imitated as they are: an MX or NS is refused when a CNAME has the same
 * *content*, a CNAME beside a TXT is not, and an address may not end in `::`. Throws the answer 400; returns the record
 * with the quotes that the server adds.
 */
export function validated<T extends Candidate>(record: T, others: readonly Candidate[]): T {
  const { name, type, content } = record
  const named = (wanted: string) => others.some((other) => other.type === wanted && other.name === name)
  const pointed = (wanted: string, to: string) => others.some((other) => other.type === wanted && other.content === to)
  const must = (holds: boolean) => {
    if (!holds) throw new Answer(400)
  }
  must(TYPES.has(type))
  must(!others.some((other) => other.name === name && other.type === type && other.content === content))
  switch (type) {
    case 'A':
      must(isFullName(name) && isIpv4(content) && !named('CNAME'))
      return record
    case 'AAAA':
      must(isFullName(name) && isIpv6(content) && !named('CNAME'))
      return record
    case 'CNAME':
      must(isFullName(name) && isFullName(content))
      must(!pointed('NS', name) && !pointed('MX', name))
      must(!named('A') && !named('AAAA') && !named('CNAME'))
      return record
    case 'MX':
    case 'NS':
      must(isFullName(name) && isFullName(content) && !pointed('CNAME', content))
      return record
    case 'PTR':
      must(isFullName(name) && isFullName(content))
      return record
    case 'TXT':
      must(isPrintable(name) && isPrintable(content))
      return { ...record, content: quoted(content) }
    case 'SPF':
      must(isSpf(content))
      return { ...record, content: quoted(content) }
    default:
      return record
  }
}

/** As Java splits: empty parts at the end are dropped. */
function split(text: string, at: string): string[] {
  const parts = text.split(at)
  while (parts.at(-1) === '') parts.pop()
  return parts
}

/** Names by their A-labels: the server makes them of what it is given before it checks. */
export function isFullName(text: string): boolean {
  const name = toAscii(text)
  return (
    name !== null &&
    name.length <= 255 &&
    name.includes('.') &&
    split(name, '.').every(
      (label, index) =>
        (/^[\w-]{1,63}$/.test(label) || (index === 0 && label === '*')) &&
        !label.startsWith('-') &&
        !label.endsWith('-'),
    )
  )
}

function toAscii(text: string): string | null {
  if (/^[\x21-\x7e]*$/.test(text)) return text
  const labels = text.split('.').map((label) => {
    if (/^[\x21-\x7e]*$/.test(label)) return label
    try {
      return new URL(`http://${label}.x`).hostname.slice(0, -2)
    } catch {
      return null
    }
  })
  return labels.includes(null) ? null : labels.join('.')
}

function isIpv4(text: string): boolean {
  const parts = split(text, '.')
  return /^[0-9.]{7,15}$/.test(text) && parts.length === 4 && parts.every((part) => part !== '' && Number(part) <= 255)
}

function isIpv6(text: string): boolean {
  const parts = split(text, ':')
  return (
    /^[0-9a-f]{0,4}:([0-9a-f]{0,4}:){0,6}[0-9a-f]{0,4}$/i.test(text) &&
    parts.length >= 3 &&
    parts.length <= 8 &&
    (parts.includes('') || parts.length === 8)
  )
}

const isPrintable = (text: string) => /^[\x20-\x7e]+$/.test(text)

/** One pair of quotes around a text with spaces that has none. */
function quoted(text: string): string {
  const spaced = split(text.replace(/\s+/g, ' '), ' ').length > 1
  return spaced && !(text.startsWith('"') && text.endsWith('"')) ? `"${text}"` : text
}

/** The grammar of RFC 7208 §4.6 in brief; JPowerAdmin checks the whole of it, addresses and macros included. */
function isSpf(text: string): boolean {
  const term = /^(?:[-+?~]?(?:all|(?:a|mx|ptr)(?:[:/]\S+)?|(?:include|exists|ip4|ip6):\S+)|[a-z][-.\w]*=\S*)$/i
  const [version = '', ...terms] = text.trimEnd().split(/ +/)
  return /^v=spf1$/i.test(version) && terms.every((each) => term.test(each))
}

/**
 * What `java.net.IDN.toASCII` throws at: a run of more than 63 characters without a dot, and an empty label. The server
 * puts every content through it, texts included.
 */
export function isTooLongForIdn(content: string): boolean {
  return split(content, '.').some((label) => label.length === 0 || label.length > 63)
}
