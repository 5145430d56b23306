import type { FormValue } from '@zonedeck/shared/form'
import ipaddr from 'ipaddr.js'
import { ProviderError } from '../provider-error.ts'

/** `192.0.2.1`, `192.0.2.1:5353`, `2001:db8::1`, `[2001:db8::1]:5353`. */
function isAddressWithPort(text: string): boolean {
  const [, six, four, port] = /^(?:\[([0-9a-f:.]+)\]|([0-9.]+)):(\d{1,5})$/i.exec(text) ?? []
  if (port === undefined) return isAddress(text)
  return isAddress(six ?? four ?? '') && Number(port) > 0 && Number(port) < 65_536
}

function isAddress(text: string): boolean {
  return ipaddr.IPv6.isValid(text) || ipaddr.IPv4.isValidFourPartDecimal(text)
}

function isNetwork(text: string): boolean {
  const [address = '', bits, more] = text.split('/')
  if (more !== undefined || !isAddress(address)) return false
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (address.includes(':') ? 128 : 32))
}

/** What a list may hold; the server itself would store any text, and fail or ignore it later. */
const KINDS = {
  address: { is: isAddress, right: 'addresses such as 192.0.2.1 or 2001:db8::1' },
  server: { is: isAddressWithPort, right: 'servers by address, such as 192.0.2.1 or [2001:db8::1]:5353' },
  network: {
    is: (text: string) => isNetwork(text) || text === 'AUTO-NS',
    right: 'networks such as 192.0.2.0/24, single addresses, and AUTO-NS for the servers of the zone’s NS records',
  },
}

/** The texts of a field, each of the kind it takes. Throws `refused` with the field that is wrong. */
export function addressList(field: string, value: FormValue | undefined, kind: keyof typeof KINDS): string[] {
  const texts = Array.isArray(value) ? value : typeof value === 'string' && value !== '' ? [value] : []
  const wrong = texts.find((text) => !KINDS[kind].is(text))
  if (wrong === undefined) return texts
  throw new ProviderError('refused', `“${wrong.slice(0, 80)}” is not right: PowerDNS takes ${KINDS[kind].right}.`, {
    field,
  })
}

/** Throws `refused` when there is none. */
export function primaryList(value: FormValue | undefined): string[] {
  const texts = addressList('primaries', value, 'server')
  if (texts.length > 0) return texts
  throw new ProviderError('refused', 'A secondary zone needs the address of its primary server.', {
    field: 'primaries',
  })
}

/** The same in the one spelling in which the server gives them back: what is read must be what was asked for. */
export function keptPrimaries(value: FormValue | undefined): string[] {
  const texts = primaryList(value)
  for (const text of texts) mustBe('primaries', text, keptAddress(text))
  return texts
}

/** Throws `refused` where a text is right, but would come back in another spelling. */
export function mustBe(field: string, text: string, kept: string): void {
  if (text === kept) return
  throw new ProviderError('refused', `Write “${text.slice(0, 80)}” as ${kept}, the way PowerDNS keeps it.`, { field })
}

function keptAddress(text: string): string {
  const [, six, four, port] = /^(?:\[([^\]]+)\]|([0-9.]+)):(\d+)$/.exec(text) ?? []
  const host = ipaddr.parse(six ?? four ?? text)
  const kept = host.kind() === 'ipv6' ? (host as ipaddr.IPv6).toRFC5952String() : host.toString()
  if (port === undefined || Number(port) === 53) return kept
  return host.kind() === 'ipv6' ? `[${kept}]:${Number(port)}` : `${kept}:${Number(port)}`
}
