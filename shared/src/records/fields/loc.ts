import { RdataError, type Field } from '../record-type.ts'
import type { Kind } from './kind.ts'
import { pushNumber, readBytes, readNumber } from './numbers.ts'
import { takeToken, type TextReader } from './tokens.ts'

/** The parts of a LOC record (RFC 1876): degrees, minutes and seconds; metres with centimetres. */

const EQUATOR = 2 ** 31
const angleText = /^([0-9]{1,3})(?: ([0-9]{1,2})(?: ([0-9]{0,2})(?:\.([0-9]{0,3}))?)?)? ([NSEWnsew])$/

function angle(directions: 'NS' | 'EW', degrees: 90 | 180): Kind {
  return {
    take(reader, field) {
      const words: string[] = []
      for (;;) {
        const word = takeToken(reader, field).text
        if (/[a-z]/.test(word))
          throw new RdataError(`${field.label} ends with ${directions[0]} or ${directions[1]}.`, field.id)
        words.push(word)
        if (words.length === 4 || directions.includes(word.toUpperCase())) return words.join(' ')
      }
    },
    normalise(value, field) {
      const parts = angleText.exec(String(value).trim().replace(/\s+/g, ' '))
      const [, degree = '', minute = '0', second = '0', fraction = '0', letter = ''] = parts ?? []
      const direction = letter.toUpperCase()
      const total = Number(degree) * 3600 + Number(minute) * 60 + Number(`${second}.${fraction}`)
      if (
        parts === null ||
        second + fraction === '' ||
        !directions.includes(direction) ||
        Number(minute) > 59 ||
        Number(second) > 59 ||
        total > degrees * 3600
      ) {
        throw new RdataError(
          `${field.label} is degrees, minutes, seconds and ${directions[0]} or ${directions[1]}, such as 52 22 23.000 ${directions[0]}.`,
          field.id,
        )
      }
      // The equator and the meridian are on both sides; the wire holds one of them.
      const side = total === 0 ? directions[0] : direction
      return `${Number(degree)} ${Number(minute)} ${Number(second)}.${fraction.padEnd(3, '0')} ${side}`
    },
    encode(value, out) {
      const [degree, minute, second, direction] = String(value).split(' ')
      const offset = Math.round((Number(degree) * 3600 + Number(minute) * 60 + Number(second)) * 1000)
      pushNumber(direction === directions[0] ? EQUATOR + offset : EQUATOR - offset, 4, out)
    },
    decode(reader) {
      const offset = readNumber(reader, 4) - EQUATOR
      const thousandths = Math.abs(offset)
      if (thousandths > degrees * 3_600_000) throw new RdataError('The data holds a position outside of the earth.')
      const seconds = ((thousandths % 60_000) / 1000).toFixed(3)
      const minutes = Math.floor(thousandths / 60_000)
      return `${Math.floor(minutes / 60)} ${minutes % 60} ${seconds} ${offset >= 0 ? directions[0] : directions[1]}`
    },
  }
}

export const latitude = angle('NS', 90)
export const longitude = angle('EW', 180)

/** Metres → centimetres. */
function centimetres(value: unknown, field: Field, min: number, max: number): number {
  const parts = /^(-|\+(?=[0-9]))?0*([0-9]{0,8})(?:\.([0-9]{0,2}))?m?$/i.exec(String(value).trim())
  const [, sign, metres = '', fraction = ''] = parts ?? []
  const total = (sign === '-' ? -1 : 1) * (Number(metres) * 100 + Number(fraction.padEnd(2, '0')))
  if (parts === null || !/[0-9]/.test(String(value)) || total < min || total > max) {
    throw new RdataError(`${field.label} is a number of metres from ${min / 100} to ${max / 100}.`, field.id)
  }
  return total
}

function takeMetres(reader: TextReader, field: Field): string {
  const { text } = takeToken(reader, field)
  if (text.endsWith('M')) throw new RdataError(`${field.label} ends with a small m.`, field.id)
  return text
}

const SEA_LEVEL = 10_000_000

export const altitude: Kind = {
  take: takeMetres,
  normalise(value, field) {
    const total = centimetres(value, field, -SEA_LEVEL, 4_284_967_295)
    return `${total < 0 ? '-' : ''}${(Math.abs(total) / 100).toFixed(2)}m`
  },
  encode: (value, out) => pushNumber(Math.round(parseFloat(String(value)) * 100) + SEA_LEVEL, 4, out),
  decode(reader) {
    const total = readNumber(reader, 4) - SEA_LEVEL
    return `${total < 0 ? '-' : ''}${(Math.abs(total) / 100).toFixed(2)}m`
  },
}

/** One digit and a power of ten, in centimetres: all that the wire holds. Printed as BIND does. */
function printSize(digit: number, power: number): string {
  return power < 2 ? `0.${String(digit * 10 ** power).padStart(2, '0')}m` : `${digit * 10 ** (power - 2)}m`
}

function sizeParts(total: number): [digit: number, power: number] {
  let power = 0
  let digit = total
  while (digit > 9) {
    digit = Math.floor(digit / 10)
    power++
  }
  return [digit, power]
}

/** In centimetres; those behind the point are for nothing here, so BIND lets them be. */
const LARGEST = 9_000_000_099

export const metres: Kind = {
  take: takeMetres,
  normalise: (value, field) => printSize(...sizeParts(centimetres(value, field, 0, LARGEST))),
  encode(value, out) {
    const [digit, power] = sizeParts(Math.round(parseFloat(String(value)) * 100))
    out.push(digit * 16 + power)
  },
  decode(reader) {
    const [byte = 0] = readBytes(reader, 1)
    if (byte >> 4 > 9 || (byte & 15) > 9) throw new RdataError('The data holds a size that is none.')
    return printSize(byte >> 4, byte >> 4 === 0 ? 0 : byte & 15)
  },
}
