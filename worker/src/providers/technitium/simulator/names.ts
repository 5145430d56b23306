import { labelToAscii, labelToUnicode } from '@zonedeck/shared/names-idna'
import { ServerError } from './errors.ts'

/** The server's names have no final dot and keep their case; the root is the empty text. */

export function trimDots(text: string): string {
  return text.replace(/^\.+|\.+$/g, '')
}

/** Unicode labels become A-labels, the others stay as they are. */
export function toAscii(name: string): string {
  if (isAscii(name)) return name
  return name
    .split(/[.\u3002\uff0e\uff61]/)
    .map((label) => {
      const ascii = isAscii(label) ? label : labelToAscii(label)
      if (ascii === null) throw new ServerError("Decoded string is not a valid IDN name. (Parameter 'unicode')")
      return ascii
    })
    .join('.')
}

function isAscii(text: string): boolean {
  for (let index = 0; index < text.length; index++) if (text.charCodeAt(index) > 127) return false
  return true
}

/** The name for people, only where there are A-labels. */
export function toUnicode(name: string): string | undefined {
  if (!/xn--/i.test(name)) return undefined
  return name
    .split('.')
    .map((label) => (/^xn--/i.test(label) ? labelToUnicode(label.toLowerCase()) : label))
    .join('.')
}

const LABEL = /^(\*|[A-Za-z0-9\-_/]*)$/

function labelError(label: string): string | null {
  if (label === '') return 'label length cannot be 0 byte.'
  if (label.length > 63) return 'label length cannot exceed 63 bytes.'
  if (LABEL.test(label)) return null
  const wrong = [...label].find((character) => !/[A-Za-z0-9\-_/]/.test(character))!
  return `invalid character [${wrong.charCodeAt(0)}] was found.`
}

export function isValidName(name: string): boolean {
  return name === '' || (name.length <= 255 && name.split('.').every((label) => labelError(label) === null))
}

/** Refuses what the server refuses, naming the first fault (from the right where names are looked up in its tree). */
export function checkName(name: string, from: 'left' | 'right' = 'left'): string {
  if (name === '') return name
  const fail = (reason: string) => new ServerError(`Invalid domain name [${name}]: ${reason}`)
  if (name.length > 255) throw fail('length cannot exceed 255 bytes.')
  const labels = name.split('.')
  for (const label of from === 'left' ? labels : labels.reverse()) {
    const reason = labelError(label)
    if (reason !== null) throw fail(reason)
  }
  return name
}

/** A host name inside of a record: dots trimmed before, converted and checked here. */
export function hostName(name: string): string {
  return checkName(toAscii(name))
}

export function sameName(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase()
}

export function belongsTo(zone: string, name: string): boolean {
  const lower = name.toLowerCase()
  const end = zone.toLowerCase()
  return end === '' || lower === end || lower.endsWith(`.${end}`)
}

/** As in a zone file: `@`, relative, or absolute with a final dot. */
export function relativeTo(origin: string, name: string): string {
  if (origin === '') return `${name}.`
  if (sameName(name, origin)) return '@'
  return belongsTo(origin, name) ? name.slice(0, name.length - origin.length - 1) : `${name}.`
}

/** The server's own domain names for an answer: the root is `.`. */
export function shown(name: string): string {
  return name === '' ? '.' : name
}

const ATOM = "[A-Za-z0-9!#$%&'*+\\-/=?^_`{|}~]+"
const MAIL_ADDRESS = new RegExp(`^${ATOM}(\\.${ATOM})*@${ATOM}(\\.${ATOM})*$`)

/** The mailbox of a SOA or RP record, as mail address or domain name → mail address. */
export function mailbox(text: string): string {
  if (text === '') return text
  if (text.includes('@')) {
    if (!MAIL_ADDRESS.test(text)) {
      throw new ServerError('The specified string is not in the form required for an e-mail address.')
    }
    checkName(toAscii(text.slice(text.indexOf('@') + 1)))
    return text
  }
  const name = toAscii(text)
  checkName(name.replaceAll('\\.', '.'))
  const dot = /(?<!\\)\./.exec(name)
  if (!dot || dot.index === 0) return name
  return `${name.slice(0, dot.index).replaceAll('\\.', '.')}@${name.slice(dot.index + 1)}`
}

/** A mail address → the domain name of a zone file. */
export function mailboxName(address: string): string {
  const at = address.lastIndexOf('@')
  return at < 0 ? address : `${address.slice(0, at).replaceAll('.', '\\.')}.${address.slice(at + 1)}`
}

/** DNSSEC order (RFC 4034 §6.1). */
export function compareCanonically(a: string, b: string): number {
  const left = a.toLowerCase().split('.').reverse()
  const right = b.toLowerCase().split('.').reverse()
  for (let index = 0; index < Math.min(left.length, right.length); index++) {
    if (left[index]! < right[index]!) return -1
    if (left[index]! > right[index]!) return 1
  }
  return left.length - right.length
}

const TREE_ORDER = '*-/0123456789_abcdefghijklmnopqrstuvwxyz'

/** The key of the server's tree: names sort by labels from the right, with an order of characters of its own. */
export function treeKey(name: string): string {
  if (name === '') return ''
  return name
    .toLowerCase()
    .split('.')
    .reverse()
    .map((label) => `${Array.from(label, (c) => String.fromCharCode(TREE_ORDER.indexOf(c) + 2)).join('')}\u0000`)
    .join('')
}
