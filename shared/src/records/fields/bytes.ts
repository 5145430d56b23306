import { RdataError, type Field } from '../record-type.ts'
import type { Kind } from './kind.ts'
import { readBytes } from './numbers.ts'
import { takeRest, takeToken } from './tokens.ts'

const withoutSpaces = (value: unknown) => String(value).replace(/\s+/g, '')

export function hexBytes(text: string): number[] {
  const bytes: number[] = []
  for (let i = 0; i < text.length; i += 2) bytes.push(parseInt(text.slice(i, i + 2), 16))
  return bytes
}

export function bytesHex(bytes: ArrayLike<number>): string {
  let text = ''
  for (let i = 0; i < bytes.length; i++) text += bytes[i]!.toString(16).padStart(2, '0')
  return text
}

function pushAll(bytes: number[], out: number[]): void {
  for (const byte of bytes) out.push(byte)
}

function normaliseHex(text: string, field: Field): string {
  if (text.length % 2 === 0 && /^[0-9a-fA-F]*$/.test(text)) return text.toLowerCase()
  throw new RdataError(`${field.label} is written in hexadecimal: pairs of 0–9 and a–f.`, field.id)
}

/** Bytes up to the end of the record; spaces and case do not matter. */
export const hex: Kind = {
  take: takeRest,
  normalise(value, field) {
    const text = withoutSpaces(value)
    if (text === '' && field.optional !== true) throw new RdataError(`${field.label} is missing.`, field.id)
    return normaliseHex(text, field)
  },
  encode: (value, out) => pushAll(hexBytes(String(value)), out),
  decode: (reader) => bytesHex(readBytes(reader, reader.end - reader.at)),
}

export function base64Bytes(text: string): number[] {
  return Array.from(atob(text), (character) => character.charCodeAt(0))
}

export function bytesBase64(bytes: number[]): string {
  let text = ''
  for (let i = 0; i < bytes.length; i += 8190) text += btoa(String.fromCharCode(...bytes.slice(i, i + 8190)))
  return text
}

/** Is this base64 with its padding and without stray bits (RFC 4648 §4)? */
export function isBase64(text: string): boolean {
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return false
  const tail = text.slice(-4)
  return !tail.endsWith('=') || btoa(atob(tail)) === tail
}

/** Bytes up to the end of the record; spaces do not matter. */
export const base64: Kind = {
  take: takeRest,
  normalise(value, field) {
    const text = withoutSpaces(value)
    if (text === '' && field.optional !== true) throw new RdataError(`${field.label} is missing.`, field.id)
    if (isBase64(text)) return text
    throw new RdataError(`${field.label} is no complete base64 text.`, field.id)
  },
  encode: (value, out) => pushAll(base64Bytes(String(value)), out),
  decode: (reader) => bytesBase64(readBytes(reader, reader.end - reader.at)),
}

/** The salt of NSEC3: hex with a length byte, `-` for none (RFC 5155 §3.3). */
export const salt: Kind = {
  normalise(value, field) {
    const text = withoutSpaces(value)
    if (text.length > 510) throw new RdataError(`${field.label} has at most 255 bytes.`, field.id)
    return text === '-' || text === '' ? '-' : normaliseHex(text, field)
  },
  encode(value, out) {
    const bytes = value === '-' ? [] : hexBytes(String(value))
    out.push(bytes.length, ...bytes)
  },
  decode(reader) {
    const [length = 0] = readBytes(reader, 1)
    return length === 0 ? '-' : bytesHex(readBytes(reader, length))
  },
}

const digits32 = '0123456789abcdefghijklmnopqrstuv'

/** Bits in the last digit that no byte holds. */
function hasStrayBits(text: string): boolean {
  const stray = (text.length * 5) % 8
  return (digits32.indexOf(text.at(-1)!) & ((1 << stray) - 1)) !== 0
}

/** The hashed owner of NSEC3: base32hex without padding, with a length byte (RFC 5155 §3.3). */
export const base32: Kind = {
  normalise(value, field) {
    const text = String(value).toLowerCase()
    if (/^[0-9a-v]{1,408}$/.test(text) && [0, 2, 4, 5, 7].includes(text.length % 8) && !hasStrayBits(text)) return text
    throw new RdataError(`${field.label} is written in base32 with the digits 0–9 and a–v.`, field.id)
  },
  encode(value, out) {
    const bytes: number[] = []
    let bits = 0
    let buffer = 0
    for (const digit of String(value)) {
      buffer = ((buffer << 5) | digits32.indexOf(digit)) & 0xfff
      bits += 5
      if (bits >= 8) {
        bits -= 8
        bytes.push((buffer >> bits) & 255)
      }
    }
    out.push(bytes.length, ...bytes)
  },
  decode(reader) {
    const [length = 0] = readBytes(reader, 1)
    let text = ''
    let bits = 0
    let buffer = 0
    for (const byte of readBytes(reader, length)) {
      buffer = ((buffer << 8) | byte) & 0xffff
      bits += 8
      while (bits >= 5) {
        bits -= 5
        text += digits32[(buffer >> bits) & 31]!
      }
    }
    return bits > 0 ? text + digits32[(buffer << (5 - bits)) & 31]! : text
  },
}

/** EUI-48 and EUI-64: pairs of hex with hyphens (RFC 7043). */
const eui = (bytes: 6 | 8): Kind => ({
  take: (reader, field) => takeToken(reader, field).text,
  normalise(value, field) {
    const pairs = String(value).toLowerCase().split('-')
    if (pairs.length === bytes && pairs.every((pair) => /^[0-9a-f]{1,2}$/.test(pair))) {
      return pairs.map((pair) => pair.padStart(2, '0')).join('-')
    }
    throw new RdataError(`${field.label} is ${bytes} pairs of hex digits with hyphens between them.`, field.id)
  },
  encode: (value, out) => void out.push(...hexBytes(String(value).replaceAll('-', ''))),
  decode: (reader) => bytesHex(readBytes(reader, bytes)).replace(/..(?!$)/g, '$&-'),
})

export const eui48 = eui(6)
export const eui64 = eui(8)

/** 64 bits as four groups of hex with colons: NID and L64 (RFC 6742). */
export const locator: Kind = {
  normalise(value, field) {
    const groups = String(value).toLowerCase().split(':')
    if (groups.length === 4 && groups.every((group) => /^[0-9a-f]{1,4}$/.test(group))) {
      return groups.map((group) => group.padStart(4, '0')).join(':')
    }
    throw new RdataError(`${field.label} is four groups of hex digits with colons between them.`, field.id)
  },
  encode: (value, out) => void out.push(...hexBytes(String(value).replaceAll(':', ''))),
  decode: (reader) => bytesHex(readBytes(reader, 8)).replace(/....(?!$)/g, '$&:'),
}
