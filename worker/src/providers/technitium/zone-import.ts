import { toAbsolute } from '@zonedeck/shared/names'
import { rdataBytes } from '@zonedeck/shared/records/rdata'
import type { RecordSet } from '@zonedeck/shared/record-set'
import * as z from 'zod'
import { ProviderError } from '../provider-error.ts'
import type { DnsProvider } from '../provider.ts'
import type { makeCall } from './call.ts'

/** Types whose text the server reads in a zone file; others go as RFC 3597 bytes, as they do one by one. */
const READ = new Set(
  'A AAAA NS CNAME DNAME PTR ANAME MX SRV RP HINFO NAPTR SOA TXT CAA URI DS SSHFP TLSA SVCB HTTPS'.split(' '),
)
/** Have a form of their own in the server's files, with the proxy's password in it, or as base64. */
const OWN_FORM = new Set(['FWD', 'APP'])

/**
 * The server's own import: all of it in one call. It reads no escapes: what needs any comes back with its backslashes
 * doubled. Comments, disabled records and what only this server knows cannot be said safely either.
 */
function refusalOf(set: RecordSet): string | null {
  const where = `${set.name} ${set.type}`
  const refuse = (why: string) => `The server’s import would spoil ${where}: ${why} Apply it without.`
  if (OWN_FORM.has(set.type)) return refuse('this type has another form there.')
  if (set.name.includes('\\')) return refuse('it takes no escapes in names.')
  for (const record of set.records) {
    const { rdata, disabled, comment, ttl } = record
    if (READ.has(set.type) && !rdata.startsWith('\\#') && rdata.includes('\\')) {
      return refuse('quotes, backslashes and letters outside of ASCII are stored with their escapes.')
    }
    if (disabled === true) return refuse('a disabled record would answer again.')
    if (comment !== undefined && comment !== '') return refuse('comments do not go along.')
    if (ttl !== undefined && ttl !== set.ttl) return refuse('its records have different TTLs.')
    if (hasNative(set.type, record.native)) return refuse('expiry, glue and automatic hints do not go along.')
  }
  return null
}

/** Whether serials are dates stays as it is in an import. */
function hasNative(type: string, native: RecordSet['records'][number]['native']): boolean {
  return Object.keys(native ?? {}).some((name) => type !== 'SOA' || name !== 'useSerialDateScheme')
}

function lines(zone: string, sets: readonly RecordSet[]): string {
  return sets
    .flatMap(({ name, type, ttl, records }) =>
      records.map(({ rdata }) => `${toAbsolute(name, zone)} ${ttl} IN ${type} ${dataOf(type, rdata)}\n`),
    )
    .join('')
}

function dataOf(type: string, rdata: string): string {
  if (READ.has(type) || rdata.startsWith('\\#')) return rdata
  const bytes = rdataBytes(type, rdata)
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return `\\# ${bytes.length} ${hex}`
}

const LONG = 30_000

export function makeImport(
  { call, isBefore15 }: Pick<ReturnType<typeof makeCall>, 'call' | 'isBefore15'>,
  address: (zone: string) => string,
): NonNullable<DnsProvider['nativeImport']> {
  return {
    refuses: (sets) => sets.map(refusalOf).find((refusal) => refusal !== null) ?? null,
    async run(zone, sets, mode) {
      const refusal = sets.map(refusalOf).find((each) => each !== null)
      if (refusal) throw new ProviderError('refused', refusal)
      // An older server takes no notice of the parameter, and would keep what is to go.
      if (mode === 'replace' && (await isOld(zone))) {
        throw new ProviderError(
          'refused',
          'Before version 15 the server’s import cannot replace a zone. Apply it without.',
        )
      }
      await call(
        '/api/zones/import',
        { zone: address(zone), overwrite: 'true', ...(mode === 'replace' ? { overwriteZone: 'true' } : {}) },
        z.unknown(),
        { file: lines(zone, sets), timeout: LONG },
      )
      return undefined
    },
  }

  /** Which version it is shows in how it wants to be told the token: a call that changes nothing tells. */
  async function isOld(zone: string): Promise<boolean> {
    await call('/api/zones/options/get', { zone: address(zone) }, z.unknown(), { reads: true })
    return isBefore15()
  }
}
