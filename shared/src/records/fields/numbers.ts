import { RdataError, type Field } from '../record-type.ts'
import type { Kind, Value, WireReader } from './kind.ts'

const decimal = /^0*[0-9]{1,10}$/

/** Unsigned integers: typed as a number, as decimal text, or as the mnemonic of one of the field's options. */
function unsigned(bytes: 1 | 2 | 4): Kind {
  const max = 2 ** (8 * bytes) - 1
  return {
    normalise(value, field) {
      const number = typeof value === 'string' ? (decimal.test(value) ? Number(value) : mnemonic(value, field)) : value
      if (typeof number === 'number' && Number.isInteger(number) && number >= 0 && number <= max) return number
      throw new RdataError(`${field.label} is a number from 0 to ${max}.`, field.id)
    },
    encode: (value, out) => pushNumber(Number(value), bytes, out),
    decode: (reader) => readNumber(reader, bytes),
  }
}

/** The number a word stands for: `SHA-256` is also written `SHA256`. */
function mnemonic(text: string, field: Field): Value | undefined {
  const wanted = text.toUpperCase()
  const option = field.options?.find(
    ({ mnemonic = '' }) => mnemonic !== '' && (mnemonic === wanted || mnemonic.replaceAll('-', '') === wanted),
  )
  return option?.value ?? field.words?.[wanted]
}

export function pushNumber(value: number, bytes: number, out: number[]): void {
  for (let shift = bytes - 1; shift >= 0; shift--) out.push(Math.floor(value / 256 ** shift) % 256)
}

export function readNumber(reader: WireReader, bytes: number): number {
  let value = 0
  for (const byte of readBytes(reader, bytes)) value = value * 256 + byte
  return value
}

/** The next `count` bytes of the record; RdataError when it ends before. */
export function readBytes(reader: WireReader, count: number): number[] {
  if (reader.at + count > reader.end) throw new RdataError('The data ends too early for this type.')
  const bytes: number[] = []
  for (let i = 0; i < count; i++) bytes.push(reader.bytes[reader.at++]!)
  return bytes
}

export const uint8 = unsigned(1)
export const uint16 = unsigned(2)
export const uint32 = unsigned(4)

const units: Record<string, number> = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 }
const durationText = /^(?:[0-9]{1,10}[smhdw])+$/i

/** Seconds, or a text with units as BIND reads it: `1h30m`, `2W`. */
function durationSeconds(text: string): number | null {
  if (decimal.test(text)) return Number(text)
  if (text.length > 60 || !durationText.test(text)) return null
  let seconds = 0
  let number = 0
  for (const character of text.toLowerCase()) {
    const unit = units[character]
    if (unit === undefined) number = number * 10 + Number(character)
    else {
      seconds += number * unit
      number = 0
    }
  }
  return seconds
}

export const ttl: Kind = {
  ...uint32,
  normalise(value, field) {
    const seconds = typeof value === 'string' ? durationSeconds(value) : value
    if (typeof seconds === 'number' && Number.isInteger(seconds) && seconds >= 0 && seconds <= 4_294_967_295)
      return seconds
    throw new RdataError(`${field.label} is a number of seconds, or a time such as 1h30m or 2d.`, field.id)
  },
}

const stamp = /^([0-9]{4})([0-9]{2})([0-9]{2})([0-9]{2})([0-9]{2})([0-9]{2})$/

/** RFC 4034 §3.2: `YYYYMMDDHHmmSS` in UTC, or seconds since 1970; a serial number of 32 bits. */
export const time: Kind = {
  ...uint32,
  normalise(value, field) {
    const parts = typeof value === 'string' ? stamp.exec(value) : null
    if (parts === null) return uint32.normalise(value, field)
    const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts.slice(1).map(Number)
    // A leap second is the first of the next minute.
    const leap = second === 60 ? 1 : 0
    const at = Date.UTC(year, month - 1, day, hour, minute, second)
    const read = new Date(at - leap * 1000).toISOString().replace(/\D/g, '').slice(0, 14)
    if (Number(read) + leap !== Number(value)) {
      throw new RdataError(`${field.label} is no date: YYYYMMDDHHmmSS is expected.`, field.id)
    }
    return (((at / 1000) % 2 ** 32) + 2 ** 32) % 2 ** 32
  },
  print: (value) => new Date(Number(value) * 1000).toISOString().replace(/\D/g, '').slice(0, 14),
}
