import { NameError } from './names-error.ts'
import { ipv4Bytes, ipv6Bytes } from './records/fields/address.ts'

const nibbles = (bytes: number[]) => bytes.flatMap((byte) => [(byte >> 4).toString(16), (byte & 15).toString(16)])

/** The name of an address's PTR record, absolute: `192.0.2.1` → `1.2.0.192.in-addr.arpa.` (RFC 1035 §3.5, RFC 3596 §2.5). Throws NameError. */
export function reverseName(ip: string): string {
  const four = ipv4Bytes(ip)
  if (four !== null) return `${four.reverse().join('.')}.in-addr.arpa.`
  const six = ipv6Bytes(ip)
  if (six !== null) return `${nibbles(six).reverse().join('.')}.ip6.arpa.`
  throw new NameError(`“${ip}” is not an IP address.`)
}

/**
 * An IP address or CIDR → the reverse zone for exactly that range, without the last dot; null when the text is neither.
 *
 * `192.0.2.0/24` → `2.0.192.in-addr.arpa`; `192.0.2.64/26` → `64/26.2.0.192.in-addr.arpa` (RFC 2317);
 * `2001:db8::/32` → `8.b.d.0.1.0.0.2.ip6.arpa`. Host bits are ignored. Throws NameError for a range no single zone can hold.
 */
export function reverseZone(text: string): string | null {
  const slash = text.indexOf('/')
  const address = slash === -1 ? text : text.slice(0, slash)
  const four = ipv4Bytes(address)
  const bytes = four ?? ipv6Bytes(address)
  if (bytes === null) return null
  const bits = bytes.length * 8
  const prefixText = slash === -1 ? String(bits) : text.slice(slash + 1)
  const prefix = /^\d{1,3}$/.test(prefixText) ? Number(prefixText) : bits + 1
  if (prefix > bits) throw new NameError(`The length after “/” is a number from 0 to ${bits}.`)
  for (let i = 0; i < bytes.length; i++) bytes[i]! &= 0xff00 >> Math.min(8, Math.max(0, prefix - i * 8))

  const unit = four === null ? 4 : 8
  const labels = four === null ? nibbles(bytes) : bytes.map(String)
  const suffix = four === null ? 'ip6.arpa' : 'in-addr.arpa'
  const whole = Math.floor(prefix / unit)
  const zone = [suffix, ...labels.slice(0, whole)].reverse().join('.')
  if (prefix % unit === 0) return zone
  if (four !== null && whole === 3) return `${labels[3]}/${prefix}.${zone}`
  const count = 2 ** (unit - (prefix % unit))
  throw new NameError(
    `${text} covers ${count} reverse zones, the first being ${labels[whole]}.${zone}. Make them one by one, or use /${whole * unit} or /${(whole + 1) * unit}.`,
  )
}
