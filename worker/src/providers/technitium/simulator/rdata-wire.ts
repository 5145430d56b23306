import { tryAddress } from './address.ts'
import { ServerError } from './errors.ts'
import { bytesToHex, enumName, hexToBytes } from './numbers.ts'
import { rawRdata, type Rdata } from './rdata.ts'
import { hinfoRdata } from './rdata-texts.ts'

/**
 * Raw data sent for a type by name: a few types are read, the rest stays raw. (The server reads more of them; nobody
 * sends those raw, as they have parameters of their own.)
 */
export function rdataFromWire(type: string, hex: string): Rdata {
  if (type === 'HINFO') return hinfo(hexToBytes(hex))
  if (type === 'APL') return apl(hexToBytes(hex))
  if (type === 'ZONEMD') return zonemd(hexToBytes(hex))
  return rawRdata(hex)
}

function endOfStream(): ServerError {
  return new ServerError('Attempted to read past the end of the stream.')
}

function hinfo(bytes: Uint8Array): Rdata {
  const take = (at: number): { text: string; next: number } => {
    const length = bytes[at]
    if (length === undefined || at + 1 + length > bytes.length) throw endOfStream()
    return { text: String.fromCharCode(...bytes.slice(at + 1, at + 1 + length)), next: at + 1 + length }
  }
  const cpu = take(0)
  return hinfoRdata(cpu.text, take(cpu.next).text)
}

interface Prefix {
  addressFamily: string
  prefix: number
  negation: boolean
  afdPart: string
}

/** RFC 3123. */
function apl(bytes: Uint8Array): Rdata {
  const prefixes: Prefix[] = []
  for (let at = 0; at < bytes.length;) {
    const [high, low, prefix, flags] = bytes.slice(at, at + 4)
    if (high === undefined || low === undefined || prefix === undefined || flags === undefined) throw endOfStream()
    const family = high * 256 + low === 2 ? 6 : 4
    const length = flags & 127
    const whole = new Uint8Array(family === 4 ? 4 : 16)
    whole.set(bytes.slice(at + 4, at + 4 + Math.min(length, whole.length)))
    prefixes.push({
      addressFamily: enumName({ IPv4: 1, IPv6: 2 }, high * 256 + low),
      prefix,
      negation: flags > 127,
      afdPart: family === 4 ? whole.join('.') : wordsOf(whole),
    })
    at += 4 + length
  }
  return aplRdata(prefixes)
}

function wordsOf(bytes: Uint8Array): string {
  return tryAddress(bytesToHex(bytes).replace(/....(?=.)/g, '$&:'))!.text
}

export function aplRdata(prefixes: Prefix[]): Rdata {
  const text = prefixes
    .map(
      ({ addressFamily, prefix, negation, afdPart }) =>
        `${negation ? '!' : ''}${addressFamily === 'IPv6' ? 2 : 1}:${afdPart}/${prefix}`,
    )
    .join(' ')
  return { key: `apl ${text}`, json: { addressPrefixes: prefixes }, print: () => text }
}

/** RFC 8976. */
function zonemd(bytes: Uint8Array): Rdata {
  if (bytes.length < 6) throw endOfStream()
  const serial = new DataView(bytes.buffer).getUint32(0)
  const scheme = bytes[4]!
  const hashAlgorithm = bytes[5]!
  const digest = bytesToHex(bytes.slice(6))
  const text = `${serial} ${scheme} ${hashAlgorithm} ${digest}`
  return {
    key: `zonemd ${text}`,
    json: {
      serial,
      scheme: enumName({ Simple: 1 }, scheme),
      hashAlgorithm: enumName({ SHA384: 1, SHA512: 2 }, hashAlgorithm),
      digest,
    },
    print: () => text,
  }
}
