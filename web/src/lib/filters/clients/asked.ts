import { isIpv4 } from '@zonedeck/shared/records/fields/address'
import { parseIpAddress } from '@zonedeck/shared/filter/dotnet/ip-address'

/** Who asks the server: by its address, by the host name it uses over HTTPS, TLS or QUIC, or any device of a network. */
export type Asked = { kind: 'address' | 'host' | 'network'; text: string }

const HOST = /^(?=.{1,253}$)[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*$/i

/**
 * What somebody typed to say which device they mean; null while it is none of these. The app itself reads far more as an
 * address (`10.1`, bare numbers); what people type is taken as they would read it.
 */
export function readAsked(typed: string): Asked | null {
  const text = typed.trim()
  const [base = '', length, ...rest] = text.split('/')
  if (length !== undefined) {
    const isNetwork = isAddress(base) && /^\d{1,3}$/.test(length) && rest.length === 0
    return isNetwork && Number(length) <= (base.includes(':') ? 128 : 32) ? { kind: 'network', text } : null
  }
  if (isAddress(text)) return { kind: 'address', text }
  // Digits and dots alone are an address that is not finished yet.
  return HOST.test(text) && !/^[\d.]+$/.test(text) ? { kind: 'host', text } : null
}

function isAddress(text: string): boolean {
  return isIpv4(text) || (text.includes(':') && !text.includes('[') && parseIpAddress(text) !== null)
}
