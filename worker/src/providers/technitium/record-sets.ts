import { toRelative } from '@zonedeck/shared/names'
import type { DnsRecord, ReadOnly, RecordSet } from '@zonedeck/shared/record-set'
import { setKey } from '@zonedeck/shared/plan/keys'
import { readRdata, readType } from './rdata.ts'
import type { NativeRecord } from './wire.ts'

const KEPT_BY_SIGNING = new Set(['DNSKEY', 'RRSIG', 'NSEC', 'NSEC3', 'NSEC3PARAM'])
const NOT_WRITABLE = new Set(['ALIAS', 'ZONEMD', 'APL'])

/** What an update resets unless it is sent along, and what only this server knows. */
function nativeOf({ expiryTtl, glueRecords, rData }: NativeRecord): NonNullable<DnsRecord['native']> {
  return {
    ...(expiryTtl ? { expiryTtl } : {}),
    ...(glueRecords?.length ? { glue: glueRecords } : {}),
    ...(rData['autoIpv4Hint'] === true ? { autoIpv4Hint: true } : {}),
    ...(rData['autoIpv6Hint'] === true ? { autoIpv6Hint: true } : {}),
    ...(rData['useSerialDateScheme'] === true ? { useSerialDateScheme: true } : {}),
  }
}

function toRecord(type: string, record: NativeRecord): DnsRecord {
  const native = nativeOf(record)
  return {
    rdata: readRdata(type, record.rData),
    ...(record.disabled ? { disabled: true } : {}),
    ...(record.comments ? { comment: record.comments } : {}),
    ...(Object.keys(native).length > 0 ? { native } : {}),
  }
}

/**
 * Record sets of a zone from the server's single records. Names keep whatever case they were added with on the server;
 * they are compared without it, so that is no difference to us. Names outside of the zone (there are none) are left out.
 */
export function toRecordSets(zone: string, records: readonly NativeRecord[], zoneReadOnly?: ReadOnly): RecordSet[] {
  const sets = new Map<string, RecordSet & { ttls: Set<number> }>()
  for (const native of records) {
    const name = toRelative(native.name === '' ? '.' : `${native.name.toLowerCase()}.`, zone)
    if (name === null) continue
    const type = readType(native.type)
    const record = toRecord(type, native)
    const key = setKey({ name, type })
    const set = sets.get(key)
    if (set) {
      set.records.push({ ...record, ttl: native.ttl })
      set.ttls.add(native.ttl)
      continue
    }
    const readOnly =
      zoneReadOnly ?? (KEPT_BY_SIGNING.has(type) ? 'dnssec' : NOT_WRITABLE.has(type) ? 'unsupported' : null)
    sets.set(key, {
      name,
      type,
      ttl: native.ttl,
      records: [{ ...record, ttl: native.ttl }],
      ...(readOnly === null ? {} : { readOnly }),
      ttls: new Set([native.ttl]),
    })
  }
  return [...sets.values()].map(({ ttls, ...set }) => {
    const ttl = Math.min(...ttls)
    return {
      ...set,
      ttl,
      records: set.records.map(({ ttl: own, ...record }) =>
        own === undefined || own === ttl ? record : { ...record, ttl: own },
      ),
      ...(ttls.size > 1 ? { warnings: ['mixed-ttl'] } : {}),
    }
  })
}
