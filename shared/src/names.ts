import { NameError } from './names-error.ts'
import { labelToAscii } from './names-idna.ts'
import { reverseZone } from './names-reverse.ts'

export { displayName } from './names-display.ts'
export { NameError } from './names-error.ts'
export { reverseName } from './names-reverse.ts'

/**
 * Names of the DNS. The canonical text is lower case, A-labels, with `\.` and the like escaped as BIND prints them and
 * every byte outside of 0x21–0x7e as `\DDD`. Absolute names end with a dot; `.` is the root.
 *
 * Zones are named without the last dot, the root zone is `@`; records are named relative to their zone, the apex is `@`.
 */

const MAX_LABEL = 63
/** RFC 1035 §2.3.4, in bytes on the wire, the root's length byte included. */
const MAX_NAME = 255

/** Per ASCII code: 0 needs care, 1 stands as it is, 2 is an upper-case letter. */
const KIND = new Uint8Array(128)
for (let code = 0x21; code < 0x7f; code++) KIND[code] = code >= 65 && code <= 90 ? 2 : 1
for (const special of '"().;\\@$') KIND[special.charCodeAt(0)] = 0

/**
 * Any spelling of a name → canonical absolute text. `@` is the origin, a name without a final dot is completed with it.
 * U-labels become A-labels (UTS-46); labels with an underscore are left alone (RFC 8552). Throws NameError.
 *
 * @param origin absolute and canonical
 */
export function parseName(text: string, origin = '.'): string {
  return quickName(text, origin) ?? parseCarefully(text, origin)
}

/** `parseName` for names without escapes and letters outside of ASCII, nearly all there are; null for any other text. */
export function quickName(text: string, origin: string): string | null {
  const length = text.length
  let start = 0
  let upper = false
  for (let i = 0; i < length; i++) {
    const code = text.charCodeAt(i)
    if (code === 46) {
      if (i === start || i - start > MAX_LABEL) return null
      start = i + 1
      continue
    }
    const kind = code < 128 ? KIND[code]! : 0
    if (kind === 0) return null
    if (kind === 2) upper = true
  }
  if (length === 0 || length - start > MAX_LABEL) return null
  return checkLength(complete(upper ? text.toLowerCase() : text, start === length, origin))
}

function complete(name: string, absolute: boolean, origin: string): string {
  if (absolute) return name
  return origin === '.' ? `${name}.` : `${name}.${origin}`
}

function checkLength(name: string): string {
  // A text without escapes is one byte shorter than its wire form, so most names need no counting.
  if (name.length >= MAX_NAME) {
    const bytes = splitLabels(name).reduce((sum, label) => sum + 1 + labelBytes(label).length, 1)
    if (bytes > MAX_NAME) throw new NameError(`The name has ${bytes} bytes; a name has at most ${MAX_NAME}.`)
  }
  return name
}

function parseCarefully(text: string, origin: string): string {
  if (text === '@') return origin
  if (text === '.') return '.'
  if (text === '') throw new NameError('A name is missing.')
  const labels: string[] = []
  let bytes: number[] = []
  /** The label as it was typed, when it has letters outside of ASCII. */
  let foreign = false
  let raw = ''
  let absolute = false
  const finish = () => {
    const label = foreign ? foreignLabel(raw) : escapeLabel(bytes)
    const size = foreign ? label.length : bytes.length
    if (size === 0) {
      throw new NameError(`“${shorten(text)}” has an empty label: a dot at its start, or two dots in a row.`)
    }
    if (size > MAX_LABEL) {
      throw new NameError(
        `The label “${shorten(raw)}” has ${size} bytes; a label, the part between dots, has at most ${MAX_LABEL}.`,
      )
    }
    labels.push(label)
    bytes = []
    foreign = false
    raw = ''
  }
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code === 46 || code === 0x3002 || code === 0xff0e || code === 0xff61) {
      finish()
      absolute = i === text.length - 1
    } else if (code === 92) {
      const escape = readEscape(text, i)
      bytes.push(escape.byte)
      raw += text.slice(i, i + escape.length)
      i += escape.length - 1
    } else if (code > 126) {
      foreign = true
      raw += text[i]!
    } else if (code < 33) {
      throw new NameError(
        code === 32 ? 'A name has no spaces.' : 'A name has no control characters or line breaks in it.',
      )
    } else {
      bytes.push(code)
      raw += text[i]!
    }
    if (labels.length > 127) throw new NameError('The name has more than 127 labels.')
  }
  if (!absolute) finish()
  return checkLength(complete(labels.join('.') + (absolute ? '.' : ''), absolute, origin))
}

/** `\DDD` or `\c` at `at` (RFC 1035 §5.1). */
function readEscape(text: string, at: number): { byte: number; length: number } {
  const digits = text.slice(at + 1, at + 4)
  if (/^\d{3}$/.test(digits)) {
    const byte = Number(digits)
    if (byte > 255) throw new NameError(`“\\${digits}” is no byte: the number after “\\” is from 000 to 255.`)
    return { byte, length: 4 }
  }
  const code = text.charCodeAt(at + 1)
  if (Number.isNaN(code)) throw new NameError('The name ends with a lone “\\”.')
  if (code >= 48 && code <= 57) throw new NameError('A “\\” is followed by three digits or by one other character.')
  if (code < 32 || code > 126) throw new NameError('A “\\” is followed by three digits or by one ASCII character.')
  return { byte: code, length: 2 }
}

function foreignLabel(raw: string): string {
  if (raw.includes('_')) {
    throw new NameError(
      `“${shorten(raw)}” has an underscore and letters outside of ASCII: a label has one or the other.`,
    )
  }
  const ascii = raw.includes('\\') ? null : labelToAscii(raw)
  if (ascii === null) throw new NameError(`“${shorten(raw)}” has characters that no name may have.`)
  return ascii
}

function shorten(text: string): string {
  return text.length > 80 ? `${text.slice(0, 80)}…` : text
}

/** Bytes of one label → canonical text. */
function escapeLabel(bytes: ArrayLike<number>): string {
  let label = ''
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i]!
    if (byte < 0x21 || byte > 0x7e) label += `\\${String(byte).padStart(3, '0')}`
    else if (KIND[byte] === 2) label += String.fromCharCode(byte + 32)
    else label += (KIND[byte] === 0 ? '\\' : '') + String.fromCharCode(byte)
  }
  return label
}

/** Bytes of each label, first to last → canonical absolute name. */
export function nameFromLabels(labels: ArrayLike<number>[]): string {
  return labels.length === 0 ? '.' : `${labels.map(escapeLabel).join('.')}.`
}

/** The bytes of one canonical label. */
export function labelBytes(label: string): number[] {
  const bytes: number[] = []
  for (let i = 0; i < label.length; i++) {
    const code = label.charCodeAt(i)
    if (code !== 92) {
      bytes.push(code)
      continue
    }
    const escape = readEscape(label, i)
    bytes.push(escape.byte)
    i += escape.length - 1
  }
  return bytes
}

/** The labels of a canonical name, first to last, escapes kept; none for the root and for `@`. */
export function splitLabels(name: string): string[] {
  if (name === '.' || name === '@') return []
  if (!name.includes('\\')) return (name.endsWith('.') ? name.slice(0, -1) : name).split('.')
  const labels: string[] = []
  let start = 0
  for (let i = 0; i < name.length; i++) {
    if (name[i] === '\\') i++
    else if (name[i] === '.') {
      labels.push(name.slice(start, i))
      start = i + 1
    }
  }
  if (start < name.length) labels.push(name.slice(start))
  return labels
}

/** `www` in `example.com` → `www.example.com.` */
export function toAbsolute(relative: string, zone: string): string {
  const origin = zone === '@' ? '.' : `${zone}.`
  return relative === '@' ? origin : complete(relative, false, origin)
}

/** `www.example.com.` in `example.com` → `www`; null outside of the zone. */
export function toRelative(absolute: string, zone: string): string | null {
  if (zone === '@') return absolute === '.' ? '@' : absolute.slice(0, -1)
  const cut = absolute.length - zone.length - 2
  if (!absolute.endsWith('.') || !absolute.startsWith(zone, cut + 1)) return null
  if (cut === -1) return '@'
  if (cut < 1 || absolute[cut] !== '.') return null
  let slashes = 0
  while (absolute[cut - 1 - slashes] === '\\') slashes++
  return slashes % 2 === 1 ? null : absolute.slice(0, cut)
}

/**
 * What a person types for a zone → its name: IDN and a final dot are fine, an IP address or CIDR names its reverse zone,
 * `.` and `@` are the root. Throws NameError.
 */
export function parseZoneName(text: string): string {
  const trimmed = text.trim()
  if (trimmed === '.' || trimmed === '@') return '@'
  if (trimmed === '') throw new NameError('Give the name of the zone, such as example.com.')
  const reverse = reverseZone(trimmed)
  if (reverse !== null) return reverse
  const name = parseName(trimmed).slice(0, -1)
  if (splitLabels(name).includes('*')) throw new NameError('A zone has no wildcard in its name.')
  return name
}

export function isWildcard(name: string): boolean {
  return name === '*' || name.startsWith('*.')
}

/** DNSSEC canonical order of two canonical absolute names (RFC 4034 §6.1): −, 0 or +. */
export function compareNames(a: string, b: string): number {
  if (a === b) return 0
  if (a.includes('\\') || b.includes('\\')) return compareLabels(a, b)
  let endA = a.length - 1
  let endB = b.length - 1
  while (endA > 0 && endB > 0) {
    const startA = a.lastIndexOf('.', endA - 1) + 1
    const startB = b.lastIndexOf('.', endB - 1) + 1
    for (let i = startA, j = startB; ; i++, j++) {
      if (i === endA || j === endB) {
        if (i !== endA) return 1
        if (j !== endB) return -1
        break
      }
      const difference = a.charCodeAt(i) - b.charCodeAt(j)
      if (difference !== 0) return difference
    }
    endA = startA - 1
    endB = startB - 1
  }
  return endA - endB
}

function compareLabels(a: string, b: string): number {
  const left = splitLabels(a).reverse()
  const right = splitLabels(b).reverse()
  for (let i = 0; i < left.length && i < right.length; i++) {
    const x = labelBytes(left[i]!)
    const y = labelBytes(right[i]!)
    for (let j = 0; j < x.length && j < y.length; j++) if (x[j] !== y[j]) return x[j]! - y[j]!
    if (x.length !== y.length) return x.length - y.length
  }
  return left.length - right.length
}
