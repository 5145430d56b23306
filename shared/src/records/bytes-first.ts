import { article, checkEnd, type RdataModule } from './define.ts'
import { ipv6Bytes, addressText } from './fields/address.ts'
import { base64Bytes, bytesBase64, bytesHex, hexBytes, isBase64 } from './fields/bytes.ts'
import { quote, wordBytes } from './fields/escapes.ts'
import { kinds } from './fields/kinds.ts'
import type { Value, WireReader } from './fields/kind.ts'
import { decodeGateway, encodeGateway, gatewayOf } from './fields/networks.ts'
import { pushNumber, readBytes, readNumber } from './fields/numbers.ts'
import { readTokens, takeRest, takeString, takeToken, type TextReader } from './fields/tokens.ts'
import { RdataError, type Field, type FieldKind } from './record-type.ts'
import { portOf, protocolOf } from './services.ts'
import { typeName } from './type-numbers.ts'

/**
 * Types whose text is not one field after the other, and that nobody edits: the words become bytes and the bytes become
 * words again, so that all spellings are one.
 */

interface Definition {
  type: string
  /** Reads the words of the text; throws RdataError or NameError. */
  read: (reader: TextReader, out: number[]) => void
  /** The words of the canonical text; null where only RFC 3597's `\#` can say it. */
  print: (reader: WireReader) => string[] | null
}

function defineWire({ type, read, print }: Definition): RdataModule {
  function encode(text: string, origin: string): number[] {
    const reader = readTokens(text, origin)
    const out: number[] = []
    read(reader, out)
    checkEnd(reader, type)
    return out
  }
  function decode(bytes: ArrayLike<number>): string | null {
    const reader = { bytes, at: 0, end: bytes.length }
    const words = print(reader)
    if (words !== null && reader.at !== reader.end)
      throw new RdataError(`The data is longer than ${article(type)} record.`)
    return words === null ? null : words.join(' ')
  }
  return {
    type,
    canonical(text, origin) {
      const canonical = decode(encode(text, origin))
      if (canonical === null)
        throw new RdataError(`Such data of ${type} is written \\# with its length and bytes (RFC 3597).`)
      return canonical
    },
    encode: (rdata) => encode(rdata, '.'),
    decode,
  }
}

const fieldOf = (label: string, kind: FieldKind): Field => ({ id: label.toLowerCase(), label, kind })

/** Reads one field as every other type does; answers its canonical value. */
function put(reader: TextReader, out: number[], label: string, kind: FieldKind): Value {
  const field = fieldOf(label, kind)
  const value = kinds[kind].normalise(kinds[kind].take?.(reader, field) ?? takeToken(reader, field).text, field)
  kinds[kind].encode(value, out)
  return value
}

function get(reader: WireReader, kind: FieldKind): string {
  const value = kinds[kind].decode(reader)
  return kinds[kind].print?.(value) ?? String(value)
}

const word = (reader: TextReader, label: string) => takeToken(reader, fieldOf(label, 'word')).text
const isAtEnd = (reader: { at: number; end: number }) => reader.at === reader.end
const rest = (reader: WireReader) => readBytes(reader, reader.end - reader.at)
const push = (out: number[], bytes: readonly number[]) => bytes.forEach((byte) => out.push(byte))

/** Marks the bits of `numbers`, from the highest bit of the first byte on. */
function bitmap(numbers: readonly number[]): number[] {
  const bytes: number[] = new Array<number>(numbers.length === 0 ? 0 : (Math.max(...numbers) >> 3) + 1).fill(0)
  for (const number of numbers) bytes[number >> 3]! |= 0x80 >> (number & 7)
  return bytes
}

function bitsOf(bytes: readonly number[]): number[] {
  if (bytes.at(-1) === 0) throw new RdataError('The data holds a bitmap with an empty end.')
  return bytes.flatMap((byte, at) =>
    [0, 1, 2, 3, 4, 5, 6, 7].filter((bit) => byte & (0x80 >> bit)).map((bit) => at * 8 + bit),
  )
}

/** RFC 1035 §3.4.2: an address, a protocol and its ports. */
const wks = defineWire({
  type: 'WKS',
  read(reader, out) {
    put(reader, out, 'Address', 'ipv4')
    const protocol = protocolOf(word(reader, 'Protocol'))
    out.push(protocol)
    const ports: number[] = []
    while (reader.at < reader.tokens.length) ports.push(portOf(word(reader, 'Service'), protocol))
    push(out, bitmap(ports))
  },
  print: (reader) => [get(reader, 'ipv4'), get(reader, 'uint8'), ...bitsOf(rest(reader)).map(String)],
})

/** RFC 1706 §5: hex with dots wherever they please. */
const nsap = defineWire({
  type: 'NSAP',
  read(reader, out) {
    const digits = word(reader, 'Address').replaceAll('.', '')
    if (!/^0x(?:[0-9a-f]{2})+$/i.test(digits)) throw new RdataError('The address is 0x and pairs of hex digits.')
    push(out, hexBytes(digits.slice(2)))
  },
  print(reader) {
    if (isAtEnd(reader)) throw new RdataError('The address is missing.')
    return [`0x${bytesHex(rest(reader))}`]
  },
})

/** ATM name system, af-saa-0069 §5: E.164 digits behind a `+`, or hex; dots between as they please. */
const atma = defineWire({
  type: 'ATMA',
  read(reader, out) {
    const text = word(reader, 'Address')
    const isNumber = text.startsWith('+')
    const parts = text.slice(isNumber ? 1 : 0).split('.')
    const digits = parts.join('')
    if (parts.includes('') || !(isNumber ? /^[0-9]+$/ : /^(?:[0-9a-f]{2})+$/i).test(digits)) {
      throw new RdataError('The address is + and digits, or pairs of hex digits.')
    }
    out.push(isNumber ? 1 : 0)
    push(out, isNumber ? wordBytes(digits) : hexBytes(digits))
  },
  print(reader) {
    const format = readNumber(reader, 1)
    const bytes = rest(reader)
    if (bytes.length === 0) throw new RdataError('The address is missing.')
    if (format === 0) return [bytesHex(bytes)]
    if (format > 1) return null
    const digits = String.fromCharCode(...bytes)
    if (!/^[0-9]+$/.test(digits)) throw new RdataError('The address has digits only.')
    return [`+${digits}`]
  },
})

/** RFC 2874 §3.1: the end of an address, and the name that has its beginning. */
const a6 = defineWire({
  type: 'A6',
  read(reader, out) {
    const length = Number(put(reader, out, 'Prefix length', 'uint8'))
    if (length > 128) throw new RdataError('The prefix has at most 128 bits.')
    if (length < 128) {
      const bytes = ipv6Bytes(word(reader, 'Suffix'))?.slice(length >> 3)
      if (bytes === undefined) throw new RdataError('The suffix is an IPv6 address.')
      bytes[0]! &= 0xff >> (length & 7)
      push(out, bytes)
    }
    if (length > 0) put(reader, out, 'Prefix name', 'host')
  },
  print(reader) {
    const length = readNumber(reader, 1)
    const words = [String(length)]
    if (length > 128) throw new RdataError('The prefix has at most 128 bits.')
    if (length < 128) {
      const suffix = readBytes(reader, 16 - (length >> 3))
      if (suffix[0]! & ~(0xff >> (length & 7))) throw new RdataError('The suffix has bits of the prefix.')
      words.push(addressText([...new Array<number>(length >> 3).fill(0), ...suffix]))
    }
    if (length > 0) words.push(get(reader, 'host'))
    return words
  },
})

/** RFC 2535 §5.2: the forerunner of NSEC, for types up to 127. */
const nxt = defineWire({
  type: 'NXT',
  read(reader, out) {
    put(reader, out, 'Next', 'host')
    const numbers: number[] = []
    while (reader.at < reader.tokens.length) {
      const bytes: number[] = []
      put(reader, bytes, 'Type', 'rrtype')
      const number = bytes[0]! * 256 + bytes[1]!
      if (number < 1 || number > 127) throw new RdataError('NXT knows the types from 1 to 127.')
      numbers.push(number)
    }
    push(out, bitmap(numbers))
  },
  print(reader) {
    const next = get(reader, 'host')
    const numbers = bitsOf(rest(reader))
    if (numbers.some((number) => number < 1 || number > 127)) throw new RdataError('NXT knows the types from 1 to 127.')
    return [next, ...numbers.map(typeName)]
  },
})

/** RFC 8205 §5: host identity, key, and rendezvous servers. */
const hip = defineWire({
  type: 'HIP',
  read(reader, out) {
    const algorithm: number[] = []
    put(reader, algorithm, 'Algorithm', 'uint8')
    const tag = word(reader, 'Host identity tag')
    const key = word(reader, 'Public key')
    if (!/^(?:[0-9a-f]{2}){1,255}$/i.test(tag))
      throw new RdataError('The host identity tag is at most 255 bytes in hex.')
    if (!isBase64(key)) throw new RdataError('The public key is no complete base64 text.')
    const bytes = base64Bytes(key)
    out.push(tag.length / 2, algorithm[0]!)
    pushNumber(bytes.length, 2, out)
    push(out, hexBytes(tag))
    push(out, bytes)
    while (reader.at < reader.tokens.length) put(reader, out, 'Rendezvous server', 'host')
  },
  print(reader) {
    const [tag = 0, algorithm = 0] = readBytes(reader, 2)
    const key = readNumber(reader, 2)
    if (tag === 0 || key === 0) throw new RdataError('The data of HIP has no tag or no key.')
    const words = [String(algorithm), bytesHex(readBytes(reader, tag)), bytesBase64(readBytes(reader, key))]
    while (!isAtEnd(reader)) words.push(get(reader, 'host'))
    return words
  },
})

/** RFC 8777 §4: a relay for multicast, as an address or a name. */
const amtrelay = defineWire({
  type: 'AMTRELAY',
  read(reader, out) {
    put(reader, out, 'Precedence', 'uint8')
    const [discovery = 0, type = 0] = ['Discovery', 'Type'].map((label) => Number(put(reader, [], label, 'uint8')))
    if (discovery > 1) throw new RdataError('Discovery is 0 or 1.')
    if (type > 3) throw new RdataError('The type of the relay is from 0 to 3.')
    out.push(discovery * 128 + type)
    encodeGateway(type, gatewayOf(type, word(reader, 'Relay'), reader.origin), out)
  },
  print(reader) {
    const [precedence = 0, second = 0] = readBytes(reader, 2)
    const type = second & 127
    return type > 3 ? null : [precedence, second >> 7, type, decodeGateway(type, reader)].map(String)
  },
})

/** RFC 4025 §2.1: a key for IPsec, and the gateway that uses it. */
const ipseckey = defineWire({
  type: 'IPSECKEY',
  read(reader, out) {
    put(reader, out, 'Precedence', 'uint8')
    const type = Number(put(reader, out, 'Gateway type', 'uint8'))
    if (type > 3) throw new RdataError('The type of the gateway is from 0 to 3.')
    put(reader, out, 'Algorithm', 'uint8')
    encodeGateway(type, gatewayOf(type, word(reader, 'Gateway'), reader.origin), out)
    put(reader, out, 'Public key', 'base64')
  },
  print(reader) {
    const [precedence = 0, type = 0, algorithm = 0] = readBytes(reader, 3)
    if (type > 3) return null
    const words = [precedence, type, algorithm, decodeGateway(type, reader)].map(String)
    // A record without a key has no text form: it stays as bytes.
    return isAtEnd(reader) ? null : [...words, get(reader, 'base64')]
  },
})

/** Digital object architecture: numbers, a media type, and data in base64 with `-` for none. */
const doa = defineWire({
  type: 'DOA',
  read(reader, out) {
    put(reader, out, 'Enterprise', 'uint32')
    put(reader, out, 'Kind', 'uint32')
    put(reader, out, 'Location', 'uint8')
    put(reader, out, 'Media type', 'text')
    const data = takeRest(reader, fieldOf('Data', 'base64'))
    if (data === '' || (data !== '-' && !isBase64(data))) throw new RdataError('The data is no complete base64 text.')
    if (data !== '-') push(out, base64Bytes(data))
  },
  print(reader) {
    const words = (['uint32', 'uint32', 'uint8', 'text'] as const).map((kind) => get(reader, kind))
    return [...words, bytesBase64(rest(reader)) || '-']
  },
})

/** RFC 1183 §3.2: an address, and a sub-address or none. */
const isdn = defineWire({
  type: 'ISDN',
  read(reader, out) {
    put(reader, out, 'Address', 'text')
    if (reader.at < reader.tokens.length) put(reader, out, 'Sub-address', 'text')
  },
  print(reader) {
    const words = [get(reader, 'text')]
    if (!isAtEnd(reader)) words.push(get(reader, 'text'))
    return words
  },
})

/** RFC 1183 §3.1: at least four digits. */
const x25 = defineWire({
  type: 'X25',
  read(reader, out) {
    const { text } = takeString(reader, fieldOf('Address', 'text'))
    if (!/^[0-9]{4,255}$/.test(text)) throw new RdataError('The address has four digits or more, and nothing else.')
    out.push(text.length, ...wordBytes(text))
  },
  print(reader) {
    const digits = readBytes(reader, readNumber(reader, 1))
    if (digits.length < 4 || digits.some((digit) => digit < 48 || digit > 57))
      throw new RdataError('The address is none.')
    return [quote(digits)]
  },
})

export const bytesFirstTypes: readonly RdataModule[] = [
  ipseckey,
  wks,
  nsap,
  atma,
  a6,
  nxt,
  hip,
  amtrelay,
  doa,
  isdn,
  x25,
]
