import { RdataError, type Field } from '../record-type.ts'
import { base64Bytes, isBase64 } from './bytes.ts'
import { bytesToText, quote, textToBytes, wordBytes } from './escapes.ts'
import type { Kind, Value } from './kind.ts'
import { readBytes } from './numbers.ts'
import { takeString, type TextReader } from './tokens.ts'

const asText = (value: unknown, field: Field): string => {
  if (typeof value === 'string' || typeof value === 'number') return String(value)
  throw new RdataError(`${field.label} is missing.`, field.id)
}

const printQuoted = (value: Value) => quote(textToBytes(String(value)))

function takeText(reader: TextReader, field: Field): string {
  const token = takeString(reader, field)
  if (field.quotes === true && !token.quoted) throw new RdataError(`${field.label} stands in quotes.`, field.id)
  return bytesToText(wordBytes(token.text))
}

/** One character-string of at most 255 bytes (RFC 1035 §3.3). */
export const text: Kind = {
  take: takeText,
  normalise(value, field) {
    const bytes = textToBytes(asText(value, field))
    if (bytes.length > 255) {
      throw new RdataError(`${field.label} has ${bytes.length} bytes; it can have at most 255.`, field.id)
    }
    return bytesToText(bytes)
  },
  print: printQuoted,
  encode(value, out) {
    const bytes = textToBytes(String(value))
    out.push(bytes.length, ...bytes)
  },
  decode(reader) {
    const [length = 0] = readBytes(reader, 1)
    return bytesToText(readBytes(reader, length))
  },
}

/** Text of any length up to the end of the record, in one pair of quotes: the value of a CAA, the target of a URI. */
export const quoted: Kind = {
  take: takeText,
  normalise: (value, field) => bytesToText(textToBytes(asText(value, field))),
  print: printQuoted,
  encode: (value, out) => textToBytes(String(value)).forEach((byte) => out.push(byte)),
  decode: (reader) => bytesToText(readBytes(reader, reader.end - reader.at)),
}

/** As `quoted`; a bare word is base64 of it, and `-` is nothing: how Technitium exports the data of an app. */
export const data: Kind = {
  ...quoted,
  take(reader, field) {
    const token = takeString(reader, field)
    if (token.quoted) return bytesToText(wordBytes(token.text))
    if (token.text === '-') return ''
    if (!isBase64(token.text)) throw new RdataError(`${field.label} stands in quotes.`, field.id)
    return bytesToText(base64Bytes(token.text))
  },
}

/**
 * Letters and digits with a length byte before them: the tag of a CAA (RFC 8659 §4.1). The field's own options are known
 * in any case.
 */
export const word: Kind = {
  normalise(value, field) {
    const found = asText(value, field).trim()
    if (!/^[A-Za-z0-9]{1,255}$/.test(found))
      throw new RdataError(`${field.label} has letters and digits only.`, field.id)
    const lower = found.toLowerCase()
    const known = field.options?.find(({ value: option }) => String(option).toLowerCase() === lower)
    return known?.value ?? found
  },
  encode: (value, out) => void out.push(String(value).length, ...wordBytes(String(value))),
  decode(reader) {
    const [length = 0] = readBytes(reader, 1)
    return String.fromCharCode(...readBytes(reader, length))
  },
}

/** Bytes of a long text → quoted strings of at most 255 bytes each. */
export function printStrings(bytes: number[]): string {
  const strings: string[] = []
  for (let i = 0; i < bytes.length || i === 0; i += 255) strings.push(quote(bytes.slice(i, i + 255)))
  return strings.join(' ')
}

/** All character-strings that are left, as bytes. */
export function takeStrings(reader: TextReader, field: Field): number[][] {
  const strings = [wordBytes(takeString(reader, field).text)]
  while (reader.at < reader.tokens.length) strings.push(wordBytes(takeString(reader, field).text))
  for (const bytes of strings) {
    if (bytes.length > 255) {
      throw new RdataError(
        `A string has ${bytes.length} bytes; one pair of quotes holds at most 255. Split it.`,
        field.id,
      )
    }
  }
  return strings
}

/** All strings of a TXT joined into the one text a person sees; split again where a string is full. */
export const longtext: Kind = {
  take: (reader, field) => bytesToText(takeStrings(reader, field).flat()),
  normalise: (value, field) => bytesToText(textToBytes(asText(value, field))),
  print: (value) => printStrings(textToBytes(String(value))),
  encode(value, out) {
    const bytes = textToBytes(String(value))
    for (let i = 0; i < bytes.length || i === 0; i += 255) {
      const part = bytes.slice(i, i + 255)
      out.push(part.length, ...part)
    }
  },
  decode(reader) {
    const bytes: number[] = []
    while (reader.at < reader.end) {
      const [length = 0] = readBytes(reader, 1)
      bytes.push(...readBytes(reader, length))
    }
    return bytesToText(bytes)
  },
}
