import { parseIpAddress } from './dotnet/ip-address.ts'
import { trim } from './dotnet/text.ts'
import { addressText } from '../records/fields/address.ts'

/** What is answered for a blocked name instead of NXDOMAIN. A host name among them drops all addresses. */
export interface BlockingAddresses {
  ipv4: readonly string[]
  ipv6: readonly string[]
  hosts: readonly string[]
}

export function readBlockingAddresses(entries: readonly (string | null)[]): BlockingAddresses {
  const ipv4: string[] = []
  const ipv6: string[] = []
  const hosts: string[] = []
  for (const entry of entries) {
    const text = trim(entry ?? '')
    if (text === '') continue
    const address = parseIpAddress(text)
    if (address === null) hosts.push(text.replace(/\.+$/, ''))
    else (address.bytes.length === 4 ? ipv4 : ipv6).push(addressText(address.bytes))
  }
  return hosts.length > 0 ? { ipv4: [], ipv6: [], hosts } : { ipv4, ipv6, hosts }
}

export function isNone({ ipv4, ipv6, hosts }: BlockingAddresses): boolean {
  return ipv4.length === 0 && ipv6.length === 0 && hosts.length === 0
}
