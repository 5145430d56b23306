import { ipv6Bytes } from '../../records/fields/address.ts'

/**
 * An address as .NET holds it. `scope` is the zone id of an IPv6 address (RFC 4007), 0 without one. The server looks up the
 * number of an interface by its name; here the name stands for it, as if the server had it.
 */
export interface IpAddress {
  bytes: readonly number[]
  scope: number | string
}

/** A part of an IPv4 address: decimal, octal with a leading 0, hexadecimal with 0x. */
function part(text: string): number {
  if (/^0x[0-9a-f]+$/i.test(text)) return parseInt(text.slice(2), 16)
  if (/^0[0-7]*$/.test(text)) return parseInt(text, 8)
  return /^[1-9]\d*$/.test(text) ? Number(text) : NaN
}

/** One to four parts, the last one filling what is left (inet_aton): `10.1` is 10.0.0.1, `010.0.0.1` is 8.0.0.1. */
function parseIpv4(text: string): number[] | null {
  const parts = text.split('.').map(part)
  const last = parts.pop()
  if (last === undefined || parts.length > 3) return null
  if (!parts.every((value) => value <= 255)) return null
  const room = 4 - parts.length
  if (!(last < 256 ** room)) return null
  for (let shift = room - 1; shift >= 0; shift--) parts.push(Math.floor(last / 256 ** shift) % 256)
  return parts
}

/** In brackets or not, a port after the bracket and a zone id are read and the port dropped. */
const IPV6 = /^(?:\[([^\]%]*)(%[^\]/]*)?\](?::(?:0x[0-9a-f]+|\d*))?|([^[\]%]*)(%[^\]/]*)?)$/i
const MAX_SCOPE = 0xffff_ffff

function parseIpv6(text: string): IpAddress | null {
  const match = IPV6.exec(text)
  if (match === null) return null
  const bytes = ipv6Bytes(match[1] ?? match[3] ?? '')
  if (bytes === null) return null
  const scope = (match[2] ?? match[4] ?? '').slice(1)
  return { bytes, scope: scopeOf(scope) }
}

function scopeOf(text: string): number | string {
  if (text === 'lo') return 1
  const number = /^\d*$/.test(text) ? Number(text) : null
  return number === null ? text : number > MAX_SCOPE ? 0 : number
}

/**
 * `IPAddress.TryParse`: null for what is no address. It is generous, so a bare number is an IPv4 address, and eight pairs
 * of a long MAC address are an IPv6 address.
 */
export function parseIpAddress(text: string): IpAddress | null {
  if (text.includes(':')) return parseIpv6(text)
  const bytes = parseIpv4(text)
  return bytes === null ? null : { bytes, scope: 0 }
}

export function sameAddress(a: IpAddress, b: IpAddress): boolean {
  return a.bytes.length === b.bytes.length && a.scope === b.scope && a.bytes.every((byte, i) => byte === b.bytes[i])
}
