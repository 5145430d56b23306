import { RdataError } from '../record-type.ts'
import { canonicalType, typeName, typeNumber } from '../type-numbers.ts'
import type { Kind } from './kind.ts'
import { pushNumber, readBytes, readNumber } from './numbers.ts'
import { takeWords } from './tokens.ts'

/** A list of record types: the bitmap of NSEC, NSEC3 and CSYNC (RFC 4034 §4.1.2). Sorted by number. */
export const types: Kind = {
  take: (reader, field) => takeWords(reader, field, ' '),
  normalise(value, field) {
    const words = String(value)
      .split(/\s+/)
      .filter((word) => word !== '')
    if (words.length === 0 && field.optional !== true) throw new RdataError(`${field.label} is missing.`, field.id)
    const numbers = new Set(words.map((word) => typeNumber(canonicalType(word)) ?? 0))
    return [...numbers]
      .sort((a, b) => a - b)
      .map(typeName)
      .join(' ')
  },
  encode(value, out) {
    const numbers = String(value)
      .split(' ')
      .flatMap((word) => typeNumber(word) ?? [])
    for (let i = 0; i < numbers.length;) {
      const window = numbers[i]! >> 8
      const bits: number[] = []
      for (; i < numbers.length && numbers[i]! >> 8 === window; i++) {
        const low = numbers[i]! & 255
        while (bits.length <= low >> 3) bits.push(0)
        bits[low >> 3]! |= 0x80 >> (low & 7)
      }
      out.push(window, bits.length, ...bits)
    }
  },
  decode(reader) {
    const found: string[] = []
    while (reader.at < reader.end) {
      const [window = 0, length = 0] = readBytes(reader, 2)
      if (length > 32) throw new RdataError('The data holds a list of types that is none.')
      readBytes(reader, length).forEach((byte, at) => {
        for (let bit = 0; bit < 8; bit++) if (byte & (0x80 >> bit)) found.push(typeName(window * 256 + at * 8 + bit))
      })
    }
    return found.join(' ')
  },
}

/** One record type, also as its bare number: what an RRSIG signs. */
export const rrtype: Kind = {
  normalise(value) {
    const text = String(value)
    return canonicalType(/^[0-9]+$/.test(text) ? `TYPE${text.replace(/^0+(?=.)/, '')}` : text)
  },
  encode: (value, out) => pushNumber(typeNumber(String(value)) ?? 0, 2, out),
  decode: (reader) => typeName(readNumber(reader, 2)),
}
