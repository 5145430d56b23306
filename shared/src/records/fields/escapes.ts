import { RdataError } from '../record-type.ts'

/**
 * Character-strings: bytes, as zone files write them (`\"`, `\\`, `\DDD`) and as a person sees them (UTF-8, and `\DDD` for
 * what is none).
 */

const encoder = new TextEncoder()
const threeDigits = /^[0-9]{3}/

/** A word of a zone file, escapes and all → its bytes. Letters outside of ASCII are UTF-8. */
export function wordBytes(text: string): number[] {
  const bytes: number[] = []
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code === 92) {
      const digits = text.slice(i + 1, i + 4)
      if (threeDigits.test(digits)) {
        if (Number(digits) > 255)
          throw new RdataError(`“\\${digits}” is no byte: the number after “\\” is from 000 to 255.`)
        bytes.push(Number(digits))
        i += 3
        continue
      }
      if (i + 1 === text.length) throw new RdataError('The text ends with a lone “\\”.')
      const next = text.charCodeAt(i + 1)
      if (next >= 48 && next <= 57)
        throw new RdataError('A “\\” is followed by three digits or by one other character.')
      if (next < 128) {
        bytes.push(next)
        i++
      }
      continue
    }
    if (code < 128) {
      bytes.push(code)
      continue
    }
    const character = String.fromCodePoint(text.codePointAt(i)!)
    bytes.push(...encoder.encode(character))
    i += character.length - 1
  }
  return bytes
}

const quotedBytes = Array.from({ length: 256 }, (_, byte) =>
  byte === 34 || byte === 92
    ? `\\${String.fromCharCode(byte)}`
    : byte >= 32 && byte < 127
      ? String.fromCharCode(byte)
      : `\\${String(byte).padStart(3, '0')}`,
)

/** Bytes → a quoted string of a zone file. */
export function quote(bytes: ArrayLike<number>): string {
  let text = '"'
  for (let i = 0; i < bytes.length; i++) text += quotedBytes[bytes[i]!]!
  return `${text}"`
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Length in bytes of the UTF-8 character at `at`, or 0. */
function utf8Length(bytes: ArrayLike<number>, at: number): number {
  const first = bytes[at]!
  const length =
    first < 0x80
      ? 1
      : first >= 0xc2 && first < 0xe0
        ? 2
        : first >= 0xe0 && first < 0xf0
          ? 3
          : first >= 0xf0 && first < 0xf5
            ? 4
            : 0
  return at + length <= bytes.length ? length : 0
}

/**
 * Bytes → the text a person sees and edits: UTF-8, with `\DDD` for control characters and for bytes that are no UTF-8. A
 * backslash is doubled only where it would be read as the start of an escape.
 */
export function bytesToText(bytes: ArrayLike<number>): string {
  const parts: string[] = []
  for (let i = 0; i < bytes.length;) {
    const length = utf8Length(bytes, i)
    let character: string | null = null
    if (length === 1) character = bytes[i]! < 32 || bytes[i] === 127 ? null : String.fromCharCode(bytes[i]!)
    else if (length > 1) {
      try {
        character = decoder.decode(Uint8Array.from(Array.prototype.slice.call(bytes, i, i + length) as number[]))
      } catch {
        // Not UTF-8: shown as \DDD below.
      }
    }
    parts.push(character ?? `\\${String(bytes[i]).padStart(3, '0')}`)
    i += character === null ? 1 : length
  }
  for (let i = parts.length - 1; i >= 0; i--) {
    if (parts[i] !== '\\') continue
    const next = parts[i + 1] ?? ''
    if (next.startsWith('\\') || threeDigits.test(parts.slice(i + 1, i + 4).join(''))) parts[i] = '\\\\'
  }
  return parts.join('')
}

/** What `bytesToText` showed, or what a person typed → bytes. Any text is fine: a `\` that starts no escape is itself. */
export function textToBytes(text: string): number[] {
  const bytes: number[] = []
  for (let i = 0; i < text.length;) {
    const backslash = text.indexOf('\\', i)
    const end = backslash === -1 ? text.length : backslash
    for (const byte of encoder.encode(text.slice(i, end))) bytes.push(byte)
    if (backslash === -1) break
    const digits = text.slice(end + 1, end + 4)
    if (threeDigits.test(digits) && Number(digits) < 256) {
      bytes.push(Number(digits))
      i = end + 4
    } else {
      bytes.push(92)
      i = end + (text[end + 1] === '\\' ? 2 : 1)
    }
  }
  return bytes
}
