import { RdataError } from '../record-type.ts'
import { addressText, canonicalIpv6, ipv4Bytes, ipv6Bytes, isIpv4 } from './address.ts'
import type { Kind } from './kind.ts'
import { readBytes } from './numbers.ts'

export const ipv4: Kind = {
  normalise(value, field) {
    const text = String(value).trim()
    if (isIpv4(text)) return text
    const hint = canonicalIpv6(text) === null ? '' : ' This is an IPv6 address: it belongs into an AAAA record.'
    throw new RdataError(`${field.label} is four numbers from 0 to 255, such as 192.0.2.1.${hint}`, field.id)
  },
  encode: (value, out) => void out.push(...(ipv4Bytes(String(value)) ?? [])),
  decode: (reader) => addressText(readBytes(reader, 4)),
}

export const ipv6: Kind = {
  normalise(value, field) {
    const text = String(value).trim()
    const canonical = canonicalIpv6(text)
    if (canonical !== null) return canonical
    const hint = isIpv4(text) ? ' This is an IPv4 address: it belongs into an A record.' : ''
    throw new RdataError(`${field.label} is an IPv6 address, such as 2001:db8::1.${hint}`, field.id)
  },
  encode: (value, out) => void out.push(...(ipv6Bytes(String(value)) ?? [])),
  decode: (reader) => addressText(readBytes(reader, 16)),
}
