import type { FormValue, FormValues } from '@zonedeck/shared/form'
import ipaddr from 'ipaddr.js'
import { ProviderError } from '../provider-error.ts'
import type { Params } from './call.ts'

/**
 * Values of option fields as the server's parameters. It spells addresses, keys and rules in its own way and reads some of
 * them differently: what it would change is refused, with what would be right, so that what is read back is what was
 * asked for.
 */

const NETWORKS = new Set(['queryAccessNetworkACL', 'zoneTransferNetworkACL', 'updateNetworkACL'])
const ADDRESSES = new Set(['notifyNameServers', 'notifySecondaryCatalogsNameServers'])

function refuse(field: string, message: string): never {
  throw new ProviderError('refused', message, { field })
}

function addressOf(field: string, text: string): string {
  if (!ipaddr.isValid(text)) refuse(field, `“${text}” is no address. Write one as in 192.0.2.1 or 2001:db8::1.`)
  const address = ipaddr.parse(text)
  return address instanceof ipaddr.IPv6 ? address.toRFC5952String() : address.toString()
}

function checkAddress(field: string, text: string): void {
  const address = addressOf(field, text)
  if (address !== text) refuse(field, `The server writes “${text}” as ${address}. Write it that way.`)
}

function checkNetwork(field: string, text: string): void {
  const [host = '', width, more] = text.replace(/^!/, '').split('/')
  const wide = host.includes(':') ? 128 : 32
  if (more !== undefined || (width !== undefined && (!/^\d{1,3}$/.test(width) || Number(width) > wide))) {
    refuse(field, `“${text}” is no network. Write one as in 192.0.2.0/24 or 2001:db8::/32.`)
  }
  checkAddress(field, host)
  if (width === undefined) return
  const bytes = ipaddr.parse(host).toByteArray()
  const outside = bytes.some((byte, at) => (byte & (255 >> Math.min(8, Math.max(0, Number(width) - at * 8)))) !== 0)
  if (outside) refuse(field, `“${text}” names an address inside of a network. Write the network’s first address.`)
}

/** `key domain types` a line → `key|domain|types|…`. */
function policies(field: string, lines: readonly string[]): string {
  const rules = lines.map((line) => line.trim().split(/\s+/))
  const seen = new Set<string>()
  for (const [at, rule] of rules.entries()) {
    const [key = '', domain = '', types = '', ...more] = rule
    const line = lines[at] ?? ''
    if (types === '' || more.length > 0 || line !== rule.join(' ')) {
      refuse(field, `“${line}” is no rule. Write key, name and types, as in “key.example *.dyn.example A,AAAA”.`)
    }
    if (/[|]/.test(line)) refuse(field, `“${line}” has a “|”, which the server cannot take.`)
    if (key !== key.toLowerCase() || domain !== domain.toLowerCase() || /\.$/.test(key) || /\.$/.test(domain)) {
      refuse(field, `Write the key and the name of “${line}” in lower case and without the last dot.`)
    }
    if (!/^[A-Z][A-Z0-9]*(,[A-Z][A-Z0-9]*)*$/.test(types)) {
      refuse(field, `Write the types of “${line}” in capitals with commas between them.`)
    }
    if (seen.has(`${key} ${domain}`)) refuse(field, `There are two rules for ${key} and ${domain}. Write one.`)
    seen.add(`${key} ${domain}`)
  }
  return rules.flat().join('|')
}

function textOf(field: string, value: FormValue): string {
  if (!Array.isArray(value)) return String(value)
  for (const text of value) {
    if (/,/.test(text) && field !== 'updateSecurityPolicies') refuse(field, `Write “${text}” without a comma.`)
    if (NETWORKS.has(field)) checkNetwork(field, text)
    if (ADDRESSES.has(field)) checkAddress(field, text)
  }
  // An empty list of primaries is the empty text; all others say false.
  if (value.length === 0) return field === 'primaryNameServerAddresses' ? '' : 'false'
  return field === 'updateSecurityPolicies' ? policies(field, value) : value.join(',')
}

export function optionParams(values: FormValues): Params {
  return Object.fromEntries(Object.entries(values).map(([field, value]) => [field, textOf(field, value)]))
}
