import { parseName } from '../../names.ts'
import { RdataError, type Field } from '../record-type.ts'
import { addressText, canonicalIpv6, ipv4Bytes, ipv6Bytes, isIpv4 } from './address.ts'
import { host } from './hosts.ts'
import type { Kind, Value, WireReader } from './kind.ts'
import { readBytes } from './numbers.ts'
import { takeWords } from './tokens.ts'

/**
 * The word of a gateway, of IPSECKEY or AMTRELAY, as its type reads it (RFC 4025 §2.5): 0 is `.`, 1 IPv4, 2 IPv6, 3 a name,
 * which becomes absolute. Throws RdataError and NameError.
 */
export function gatewayOf(type: number, text: string, origin: string): string {
  if (type === 3) return parseName(text, origin)
  if (type === 0 ? text === '.' : type === 1 ? isIpv4(text) : canonicalIpv6(text) !== null) return text
  throw new RdataError('The gateway is not of the type before it.')
}

export function encodeGateway(type: Value, value: Value, out: number[]): void {
  if (type === 1) out.push(...(ipv4Bytes(String(value)) ?? []))
  else if (type === 2) out.push(...(ipv6Bytes(String(value)) ?? []))
  else if (type === 3) host.encode(value, out)
}

export function decodeGateway(type: number, reader: WireReader): Value {
  if (type === 0) return '.'
  if (type === 3) return host.decode(reader)
  if (type > 3) throw new RdataError('The gateway is of an unknown type.')
  return addressText(readBytes(reader, type === 1 ? 4 : 16))
}

const prefixText = /^(!?)0*([12]):([0-9a-fA-F.:]+)\/([0-9]{1,3})$/

function readPrefix(
  text: string,
  field: Field,
): { negative: boolean; family: number; address: number[]; length: number } {
  const [, negation, family, address = '', length] = prefixText.exec(text) ?? []
  const bytes = family === '1' ? ipv4Bytes(address) : ipv6Bytes(address)
  if (family === undefined || bytes === null || Number(length) > bytes.length * 8) {
    throw new RdataError(`${field.label} are written like 1:192.0.2.0/24 and !2:2001:db8::/32.`, field.id)
  }
  return { negative: negation === '!', family: Number(family), address: bytes, length: Number(length) }
}

/** Address prefixes: APL (RFC 3123 §4). The list may be empty. */
export const prefixes: Kind = {
  take: (reader, field) => takeWords(reader, field, ' '),
  normalise(value, field) {
    const items = String(value)
      .split(/\s+/)
      .filter((item) => item !== '')
    return items
      .map((item) => {
        const { negative, family, address, length } = readPrefix(item, field)
        return `${negative ? '!' : ''}${family}:${addressText(address)}/${length}`
      })
      .join(' ')
  },
  encode(value, out) {
    for (const item of String(value)
      .split(' ')
      .filter((text) => text !== '')) {
      const { negative, family, address, length } = readPrefix(item, { id: '', label: 'Prefixes', kind: 'prefixes' })
      while (address.at(-1) === 0) address.pop()
      out.push(0, family, length, (negative ? 0x80 : 0) | address.length, ...address)
    }
  },
  decode(reader) {
    const items: string[] = []
    while (reader.at < reader.end) {
      const [, family = 0, length = 0, flags = 0] = readBytes(reader, 4)
      const size = family === 1 ? 4 : family === 2 ? 16 : 0
      const address = readBytes(reader, flags & 0x7f)
      if (address.length > size) throw new RdataError('The data holds a prefix of an unknown family.')
      while (address.length < size) address.push(0)
      items.push(`${flags & 0x80 ? '!' : ''}${family}:${addressText(address)}/${length}`)
    }
    return items.join(' ')
  },
}
