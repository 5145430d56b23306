import { ServerError } from './errors.ts'

/** The server parses with its runtime's own functions, whose texts reach the caller: they are imitated here. */

interface Range {
  min: number
  max: number
  /** How the runtime names the type in its overflow text. */
  label: string
}

const BYTE: Range = { min: 0, max: 255, label: 'an unsigned byte' }
const UINT16: Range = { min: 0, max: 65_535, label: 'a UInt16' }
const UINT32: Range = { min: 0, max: 4_294_967_295, label: 'a UInt32' }
const INT32: Range = { min: -2_147_483_648, max: 2_147_483_647, label: 'an Int32' }

function integer(range: Range): (text: string) => number {
  return (text) => {
    if (!/^[\t-\r ]*[+-]?\d+[\t-\r ]*$/.test(text)) {
      throw new ServerError(`The input string '${text}' was not in a correct format.`)
    }
    const value = Number(text)
    if (value < range.min || value > range.max) {
      throw new ServerError(`Value was either too large or too small for ${range.label}.`)
    }
    return value
  }
}

export const parseByte = integer(BYTE)
export const parseUint16 = integer(UINT16)
export const parseUint32 = integer(UINT32)
export const parseInt32 = integer(INT32)

export function parseBoolean(text: string): boolean {
  const word = text.trim().toLowerCase()
  if (word === 'true') return true
  if (word === 'false') return false
  throw new ServerError(`String '${text}' was not recognized as a valid Boolean.`)
}

/** Names of an enumeration with their numbers; the first name of a number is the one it is printed with. */
export type Enumeration = Readonly<Record<string, number>>

/** A name in any case, or a number → the name as it is printed (the number itself when it has no name), or null. */
export function tryEnum(values: Enumeration, text: string): string | null {
  const word = text.trim()
  if (/^[+-]?\d+$/.test(word)) return enumName(values, Number(word))
  const lower = word.toLowerCase()
  const name = Object.keys(values).find((key) => key.toLowerCase() === lower)
  return name === undefined ? null : enumName(values, values[name]!)
}

export function enumName(values: Enumeration, number: number): string {
  return Object.keys(values).find((key) => values[key] === number) ?? String(number)
}

export function enumNumber(values: Enumeration, name: string): number {
  return values[name] ?? Number(name)
}

export function parseEnum(values: Enumeration): (text: string) => string {
  return (text) => {
    const name = tryEnum(values, text)
    if (name === null) throw new ServerError(`Requested value '${text}' was not found.`)
    return name
  }
}

/** As `parseEnum`, where a dash in the text stands for the underscore of a name. */
export function parseDashedEnum(values: Enumeration): (text: string) => string {
  const parse = parseEnum(values)
  return (text) => parse(text.replaceAll('-', '_'))
}

/** Hexadecimal text → the same in upper case. */
export function parseHex(text: string): string {
  if (text.length % 2 !== 0) {
    throw new ServerError('The input is not a valid hex string as its length is not a multiple of 2.')
  }
  if (!/^[0-9A-Fa-f]*$/.test(text)) {
    throw new ServerError('The input is not a valid hex string as it contains a non-hex character.')
  }
  return text.toUpperCase()
}

/** `0A:00:01` → `0A0001`. */
function parseColonHex(text: string): string {
  return text
    .split(':')
    .map((part) => {
      if (!/^[\t-\r ]*[0-9A-Fa-f]+[\t-\r ]*$/.test(part) || Number.parseInt(part, 16) > 255) {
        throw new ServerError('The input string data must be a colon (:) separated hex string.')
      }
      return Number.parseInt(part, 16).toString(16).padStart(2, '0').toUpperCase()
    })
    .join('')
}

/** The two ways a record's raw data may be written → upper-case hexadecimal text. */
export function parseRawData(text: string): string {
  return text.includes(':') ? parseColonHex(text) : parseHex(text)
}

export function hexWithColons(hex: string): string {
  return hex.replace(/..(?=.)/g, '$&:')
}

export function hexToBytes(hex: string): Uint8Array {
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
}

export function bytesToHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0').toUpperCase()).join('')
}
