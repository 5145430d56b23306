import { shownTime, type Members } from './call.ts'
import { compareCanonically, toUnicode } from './names.ts'
import { unstableSort } from './unstable-sort.ts'
import { ttlString } from './ttl.ts'
import { dnssecStatus, soaOf, typeNumber, type HeldRecord, type HeldZone } from './zone.ts'

const MANAGED = ['Primary', 'Forwarder', 'Catalog']

/** @param zone given where the server says how the zone's serials are made */
export function recordJson(record: HeldRecord, zone: HeldZone | null): Members {
  const unicode = toUnicode(record.name)
  const svcb = record.type === 'SVCB' || record.type === 'HTTPS'
  const soa = record.type === 'SOA' && zone !== null && MANAGED.includes(zone.type)
  return {
    name: record.name,
    ...(unicode === undefined ? {} : { nameIdn: unicode }),
    type: record.type,
    ttl: record.ttl,
    ttlString: ttlString(record.ttl),
    disabled: record.disabled,
    ...(record.comments ? { comments: record.comments } : {}),
    rData: {
      ...record.rdata.json,
      ...(svcb ? { autoIpv4Hint: record.hints.ipv4, autoIpv6Hint: record.hints.ipv6 } : {}),
      ...(soa ? { useSerialDateScheme: record.dateSerial } : {}),
    },
    dnssecStatus: 'Unknown',
    ...(record.glue === null ? {} : { glueRecords: record.glue }),
    lastUsedOn: shownTime(null),
    lastModified: shownTime(record.lastModified),
    expiryTtl: record.expiryTtl,
    expiryTtlString: ttlString(record.expiryTtl),
  }
}

/** In the server's order: by name, type and TTL, and within those as its sort leaves them. */
export function recordsJson(records: HeldRecord[], zone: HeldZone): Members[] {
  const sorted = [...records]
  unstableSort(
    sorted,
    (a, b) => compareCanonically(a.name, b.name) || typeNumber(a.type) - typeNumber(b.type) || a.ttl - b.ttl,
  )
  return sorted.map((record) => recordJson(record, zone))
}

const NOTIFYING = ['Primary', 'Secondary', 'Forwarder', 'Catalog']
const SYNCED = ['Secondary', 'Stub', 'SecondaryForwarder', 'SecondaryCatalog']

/** Nothing is ever transferred here: no notification fails, and what comes from another server has expired. */
export function zoneJson(zone: HeldZone): Members {
  const { type } = zone
  const unicode = toUnicode(zone.name)
  return {
    name: zone.name,
    ...(unicode === undefined ? {} : { nameIdn: unicode }),
    type,
    lastModified: shownTime(zone.lastModified),
    disabled: zone.disabled,
    soaSerial: soaOf(zone).serial,
    ...(type === 'Primary' ? { internal: zone.internal } : {}),
    ...(type === 'Catalog' || type === 'SecondaryCatalog' ? {} : { catalog: zone.catalog }),
    ...(type === 'Primary' || type === 'Secondary'
      ? { dnssecStatus: dnssecStatus(zone), hasDnssecPrivateKeys: zone.signing !== null }
      : {}),
    ...(type === 'Secondary' ? { validationFailed: false } : {}),
    ...(SYNCED.includes(type) ? { expiry: shownTime(null), isExpired: true, syncFailed: true } : {}),
    ...(NOTIFYING.includes(type) && !zone.internal ? { notifyFailed: false, notifyFailedFor: [] } : {}),
  }
}
