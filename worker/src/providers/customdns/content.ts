import { canonicalRdata } from '@zonedeck/shared/records/rdata'
import { textToTxt, txtStrings } from '@zonedeck/shared/records/txt'
import { ProviderError } from '../provider-error.ts'

/** Which words of the content are host names: they stand there without a final dot. */
const HOSTS: Readonly<Record<string, readonly number[]>> = {
  CNAME: [0],
  MX: [0],
  NAPTR: [5],
  NS: [0],
  PTR: [0],
  RP: [0, 1],
  SRV: [2],
}
/** The priority stands in a field of its own; the others have none. */
const WITH_PRIORITY = new Set(['MX', 'SRV'])
/** The column of JPowerAdmin's database. */
const MAX_CONTENT = 255

export interface Content {
  content: string
  prio: number
}

/** Canonical rdata of what the server holds. What we cannot read stays as the server said it. */
export function toRdata(type: string, { content, prio }: Content): string {
  try {
    return canonicalRdata(type, presentation(type, content, prio))
  } catch {
    // No record is without data: an empty one is shown as what it is.
    return content === '' ? '\\# 0' : content
  }
}

function presentation(type: string, content: string, prio: number): string {
  if (type === 'TXT' || type === 'SPF') return readText(content)
  if (type === 'SOA') return withMailbox(content)
  const hosts = HOSTS[type]
  if (!hosts) return content
  const found = words(content)
  const dotted = found
    .map((word, index) => (hosts.includes(index) && !word.endsWith('.') ? `${word}.` : word))
    .join(' ')
  return WITH_PRIORITY.has(type) ? `${prio} ${dotted}` : dotted
}

/** `ns1.example hostmaster@example.com 0 …`: the mailbox as people write it, the hosts without their final dot. */
function withMailbox(content: string): string {
  const [server = '', mailbox = '', ...numbers] = words(content)
  const [, local, domain] = /^([^@]+)@(.+)$/.exec(mailbox) ?? []
  const name = local === undefined ? mailbox : `${local.replace(/[.\\]/g, '\\$&')}.${domain}`
  const dotted = [server, name].map((host) => (host.endsWith('.') ? host : `${host}.`))
  return [...dotted, ...numbers].join(' ')
}

const QUOTED = /^\s*"(?:\\.|[^"\\])*"(?:\s+"(?:\\.|[^"\\])*")*\s*$/s

/**
 * A TXT is kept as it was sent, but the server puts quotes around one with spaces in it. So what is quoted and escaped
 * as zone files have it is read as such; anything else is the text itself, inside of one pair of quotes or of none.
 */
function readText(content: string): string {
  if (QUOTED.test(content)) return content
  return textToTxt(content.replace(/^"(.*)"$/s, '$1'))
}

/**
 * What to send for canonical rdata, so that it is held and answered as it is meant. Throws `refused` for what is longer
 * than the server can keep.
 */
export function toContent(type: string, rdata: string): Content {
  const { content, prio } = native(type, rdata)
  const length = (needsQuotes(type, content) ? 2 : 0) + content.length
  if (length > MAX_CONTENT) {
    throw new ProviderError(
      'refused',
      `CustomDNS keeps ${MAX_CONTENT} characters of a record; this ${type} takes ${length}. A longer one cannot be stored.`,
    )
  }
  return { content, prio }
}

function native(type: string, rdata: string): Content {
  if (type === 'TXT') return { content: writeText(rdata), prio: 0 }
  // The server checks the text of an SPF before it puts quotes around it, and takes none that has them.
  if (type === 'SPF') return { content: plainText(rdata) ?? rdata, prio: 0 }
  if (type === 'AAAA') return { content: hexGroups(rdata), prio: 0 }
  const all = words(rdata)
  const prio = WITH_PRIORITY.has(type) ? Number(all.shift()) : 0
  const hosts = HOSTS[type] ?? []
  const content = all.map((word, index) => (hosts.includes(index) && word !== '.' ? word.replace(/\.$/, '') : word))
  return { content: content.join(' '), prio }
}

/** Rdata without its priority: two records with the same are one and the same to the server. */
export function valueOf(type: string, rdata: string): string {
  return WITH_PRIORITY.has(type) ? rdata.replace(/^\d+ /, '') : rdata
}

/**
 * Plain text goes bare, as people see it on the server's own pages. What PowerDNS would read otherwise without quotes
 * and escapes goes with them, which the server then leaves alone.
 */
function writeText(rdata: string): string {
  const text = plainText(rdata)
  return text === null || text === '' || text !== text.trim() ? rdata : text
}

/** The text of a TXT of one string, when it is printable ASCII without quotes and backslashes. */
function plainText(rdata: string): string | null {
  const [bytes = [], ...more] = txtStrings(rdata)
  const text = String.fromCharCode(...bytes)
  return more.length === 0 && /^[ !#-[\]-~]*$/.test(text) ? text : null
}

/** As the server counts words, trailing spaces aside. */
function needsQuotes(type: string, content: string): boolean {
  if (type !== 'TXT' && type !== 'SPF') return false
  return /\s/.test(content.trimEnd()) && !(content.startsWith('"') && content.endsWith('"'))
}

/** The server knows hex groups only, and no address that ends in `::`. */
function hexGroups(address: string): string {
  const plain = address.replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/, (_, ...bytes: string[]) => {
    const [a = 0, b = 0, c = 0, d = 0] = bytes.slice(0, 4).map(Number)
    return `${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`
  })
  if (!plain.endsWith('::')) return plain
  const groups = plain.slice(0, -2).split(':').filter(Boolean)
  return [...groups, ...Array<string>(8 - groups.length).fill('0')].join(':')
}

/** Cut at spaces that stand outside of quotes. */
function words(text: string): string[] {
  return text.match(/(?:"(?:\\.|[^"\\])*"|\\.|[^\s"])+/gs) ?? []
}
