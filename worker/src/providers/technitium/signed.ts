import { plainText } from './words.ts'

type Data = Record<string, unknown>

const KEY_FLAGS: Readonly<Record<string, number>> = { ZoneKey: 256, Revoke: 128, SecureEntryPoint: 1 }

const list = (value: unknown) => (Array.isArray(value) ? value.map(String).join(' ') : '')

/** `2026-12-07T20:10:34Z` as RFC 4034 §3.2 writes it: 20261207201034. */
const stamp = (value: unknown) => String(value).replace(/[-:TZ]|\.\d+/g, '')

/**
 * Presentation text of the records that the server makes and keeps by itself (DNSSEC and its kin). They are shown and
 * never written. A type that is not known here keeps what the server said, field by field.
 */
export function readSigned(type: string, data: Data): string {
  const [get, number] = [(name: string) => plainText(data[name]), (name: string) => Number(data[name] ?? 0)]
  switch (type) {
    case 'DNSKEY': {
      const flags = get('flags')
        .split(', ')
        .reduce((sum, flag) => sum + (KEY_FLAGS[flag] ?? 0), 0)
      return `${flags} ${number('protocol')} ${number('algorithmNumber')} ${get('publicKey')}`
    }
    case 'RRSIG':
      return [
        `${get('typeCovered')} ${number('algorithmNumber')} ${number('labels')} ${number('originalTtl')}`,
        `${stamp(data['signatureExpiration'])} ${stamp(data['signatureInception'])} ${number('keyTag')}`,
        `${get('signersName')}. ${get('signature')}`,
      ].join(' ')
    case 'NSEC':
      return `${get('nextDomainName')}. ${list(data['types'])}`
    default:
      return (
        Object.entries(data)
          .map(([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`)
          .join(' ') || '-'
      )
  }
}
