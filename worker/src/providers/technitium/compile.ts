import { toAbsolute } from '@zonedeck/shared/names'
import type { DnsRecord, RecordSet } from '@zonedeck/shared/record-set'
import type { Params } from './call.ts'
import { OVERWRITTEN } from './codecs.ts'
import { proxyOf } from './forwarder.ts'
import { valueParams, writeType } from './rdata.ts'
import { plainText } from './words.ts'

export interface Step {
  path: '/api/zones/records/add' | '/api/zones/records/update' | '/api/zones/records/delete'
  params: Params
}

/** How the server names a zone or a record: without the last dot; the root as a dot, since empty counts as missing. */
export const nativeName = (absolute: string) => (absolute === '.' ? '.' : absolute.replace(/\.$/, ''))

const natively = (record: DnsRecord, name: string) => record.native?.[name]

/** Extra parameters of one value: forwarders have more fields than their text, and they are reset unless sent. */
function extras(type: string, record: DnsRecord): Params {
  const glue = natively(record, 'glue')
  return {
    ...(type === 'NS' && Array.isArray(glue) ? { glue: glue.map(String).join(',') } : {}),
    ...(type === 'SVCB' || type === 'HTTPS'
      ? {
          autoIpv4Hint: String(natively(record, 'autoIpv4Hint') === true),
          autoIpv6Hint: String(natively(record, 'autoIpv6Hint') === true),
        }
      : {}),
    ...(type === 'SOA' && natively(record, 'useSerialDateScheme') === true ? { useSerialDateScheme: 'true' } : {}),
  }
}

/** Everything an update resets when it is left out (comments, expiry, state), always sent. */
function metadata(record: DnsRecord, ttl: number): Params {
  return {
    ttl: String(ttl),
    comments: record.comment ?? '',
    expiryTtl: plainText(natively(record, 'expiryTtl')) || '0',
  }
}

const hasMetadata = ({ disabled, comment, native }: DnsRecord) =>
  disabled === true || comment !== undefined || native !== undefined

const sameMetadata = (a: DnsRecord, b: DnsRecord) =>
  a.disabled === b.disabled && a.comment === b.comment && JSON.stringify(a.native) === JSON.stringify(b.native)

/**
 * The calls that turn `before` (as it is on the server now) into `after`: values that stay are left alone or updated,
 * replaced ones are updated in place, then the rest is added, then deleted, so that a name never goes empty in between.
 * `passwords`: of the proxies of forwarder records, to be sent along (`proxyPasswords`). Pure. Throws `refused` for what cannot be said to this server.
 */
export function compile(
  zone: string,
  before: RecordSet | null,
  after: RecordSet | null,
  passwords: ReadonlyMap<string, string> = new Map(),
): Step[] {
  const set = after ?? before
  if (!set) return []
  const { name, type } = set
  const ttl = set.ttl
  const where = {
    zone: nativeName(toAbsolute('@', zone)),
    domain: nativeName(toAbsolute(name, zone)),
    type: writeType(type),
  }

  const secret = (record: DnsRecord): Params => {
    const proxyPassword = type === 'FWD' ? passwords.get(proxyOf(record.rdata)) : undefined
    return proxyPassword === undefined ? {} : { proxyPassword }
  }
  const update = (from: DnsRecord, to: DnsRecord): Step => ({
    path: '/api/zones/records/update',
    params: {
      ...where,
      ...(OVERWRITTEN.has(type) ? {} : valueParams(type, from.rdata, 'old')),
      ...valueParams(type, to.rdata, 'new'),
      ...extras(type, to),
      ...secret(to),
      ...metadata(to, ttl),
      disable: String(to.disabled === true),
    },
  })
  const add = (record: DnsRecord): Step[] => [
    {
      path: '/api/zones/records/add',
      params: {
        ...where,
        ...valueParams(type, record.rdata, 'old'),
        ...extras(type, record),
        ...secret(record),
        ...metadata(record, ttl),
      },
    },
    // Adding knows no disabled state.
    ...(record.disabled === true ? [update(record, record)] : []),
  ]
  const remove = (record: DnsRecord): Step => ({
    path: '/api/zones/records/delete',
    params: { ...where, ...(OVERWRITTEN.has(type) ? {} : valueParams(type, record.rdata, 'old')) },
  })

  const old = new Map((before?.records ?? []).map((record) => [record.rdata, record]))
  const now = new Map((after?.records ?? []).map((record) => [record.rdata, record]))
  const removed = [...old.values()].filter((record) => !now.has(record.rdata))
  const added = [...now.values()].filter((record) => !old.has(record.rdata))
  const kept = [...now.values()].filter((record) => old.has(record.rdata))

  // Any write forces its TTL on the whole set. When that changes the TTL, the server makes the other records anew and
  // forgets their comments, expiry and disabled state: those are sent again.
  const ttlChanges = kept.some((record) => (old.get(record.rdata)?.ttl ?? before?.ttl) !== ttl)
  const edited = kept.filter(
    (record) => !sameMetadata(old.get(record.rdata) ?? record, record) || (ttlChanges && hasMetadata(record)),
  )
  const replaced = removed.slice(0, added.length)
  const steps = [
    ...edited.map((record) => update(record, record)),
    ...replaced.map((record, index) => update(record, added[index] ?? record)),
    ...added.slice(replaced.length).flatMap(add),
  ]
  const first = kept[0]
  if (steps.length === 0 && ttlChanges && first) steps.push(update(first, first))
  return [...steps, ...removed.slice(added.length).map(remove)]
}
