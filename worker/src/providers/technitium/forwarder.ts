import type { NativeRecord } from './wire.ts'
import { plainText, quote, type Word, words } from './words.ts'

type Data = Record<string, unknown>

/** Protocol, forwarder, DNSSEC validation, proxy type, priority; and the proxy, without its password, where there is one. */
export function readForwarder(data: Data): string {
  const get = (name: string) => plainText(data[name])
  const proxy = get('proxyAddress') === '' ? '' : ` ${quote(get('proxyAddress'))} ${get('proxyPort')}`
  const user = get('proxyUsername') === '' ? '' : ` ${quote(get('proxyUsername'))}`
  return `${get('protocol')} ${quote(get('forwarder'))} ${get('dnssecValidation')} ${get('proxyType')} ${get('priority')}${proxy}${proxy === '' ? '' : user}`
}

/** Protocol and forwarder name a value; all the rest has no old and new, and is reset by an update that leaves it out. */
export function forwarderParams(found: readonly Word[], use: 'old' | 'new'): Record<string, string> {
  const [protocol = '', forwarder = '', dnssecValidation = '', proxyType = '', priority = '', ...proxy] = found.map(
    (word) => word.text,
  )
  const [proxyAddress, proxyPort, proxyUsername] = proxy
  const options = {
    forwarderPriority: priority === '' ? '0' : priority,
    dnssecValidation,
    proxyType,
    ...(proxyAddress ? { proxyAddress, proxyPort: proxyPort ?? '0', proxyUsername: proxyUsername ?? '' } : {}),
  }
  return use === 'new'
    ? { newProtocol: protocol, newForwarder: forwarder, ...options }
    : { protocol, forwarder, ...options }
}

/** Which proxy, as whom: what a password belongs to. */
export const proxyOf = (rdata: string) =>
  words(rdata)
    .slice(5)
    .map((word) => word.text)
    .join(' ')

/**
 * The proxies' passwords of some forwarder records. They are read for one write and sent back with it, because an update
 * without them erases them; they are never part of a record set.
 */
export function proxyPasswords(records: readonly NativeRecord[]): Map<string, string> {
  return new Map(
    records
      .filter((record) => record.type === 'FWD' && typeof record.rData['proxyPassword'] === 'string')
      .map((record) => [proxyOf(readForwarder(record.rData)), plainText(record.rData['proxyPassword'])]),
  )
}
