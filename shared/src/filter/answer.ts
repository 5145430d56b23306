import { addressText } from '../records/fields/address.ts'
import { isNone, type BlockingAddresses } from './blocking-addresses.ts'
import { parseIpAddress } from './dotnet/ip-address.ts'
import { toAscii, trim } from './dotnet/text.ts'
import { serverHostName } from './host-name.ts'

/** What the app answers itself. `records`: type, TTL in seconds, data. */
export interface FilterAnswer {
  rcode: 'NOERROR' | 'NXDOMAIN'
  records: readonly AnswerRecord[]
  /** RFC 8914: 15 is "blocked". */
  extendedError?: readonly [code: number, text: string]
}
export type AnswerRecord = readonly [type: string, ttl: number, data: string]

const REWRITE_TTL = 300
const REPORT_TTL = 300
const BLOCK_TTL = 60
/** RFC 8914 §4.16. */
const BLOCKED = 15

const wants = (type: string, wanted: string) => type === wanted || type === 'ANY'

/** The answer of a rewrite; null when it cannot be made and the query goes through. */
export function rewriteAnswer(type: string, target: string): FilterAnswer | null {
  const text = trim(target)
  const address = parseIpAddress(text)
  if (address !== null) {
    const own = address.bytes.length === 4 ? 'A' : 'AAAA'
    const records: AnswerRecord[] = wants(type, own) ? [[own, REWRITE_TTL, addressText(address.bytes)]] : []
    return { rcode: 'NOERROR', records }
  }
  const host = serverHostName(text)
  // Nothing follows the CNAME: the client has to.
  return host === null ? null : { rcode: 'NOERROR', records: [['CNAME', REWRITE_TTL, host]] }
}

/**
 * The answer for a blocked name; null when it cannot be made and the query goes through.
 *
 * @param report what is said about it, null when nothing is
 * @param edns whether the query had EDNS, without which there is no extended error
 */
export function blockAnswer(
  type: string,
  addresses: BlockingAddresses,
  report: string | null,
  edns: boolean,
): FilterAnswer | null {
  if (report !== null && type === 'TXT') return { rcode: 'NOERROR', records: [['TXT', REPORT_TTL, toAscii(report)]] }
  const extendedError: Pick<FilterAnswer, 'extendedError'> =
    report !== null && edns ? { extendedError: [BLOCKED, report] } : {}
  if (isNone(addresses)) return { rcode: 'NXDOMAIN', records: [], ...extendedError }
  const records = addressRecords(type, addresses)
  return records === null ? null : { rcode: 'NOERROR', records, ...extendedError }
}

function addressRecords(type: string, { ipv4, ipv6, hosts }: BlockingAddresses): AnswerRecord[] | null {
  const records: AnswerRecord[] = []
  for (const text of hosts) {
    const host = serverHostName(text)
    if (host === null) return null
    records.push(['CNAME', BLOCK_TTL, host])
  }
  if (wants(type, 'A')) records.push(...ipv4.map((text): AnswerRecord => ['A', BLOCK_TTL, text]))
  if (wants(type, 'AAAA')) records.push(...ipv6.map((text): AnswerRecord => ['AAAA', BLOCK_TTL, text]))
  return records
}
