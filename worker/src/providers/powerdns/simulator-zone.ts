import type { Json } from './simulator-answer.ts'
import { idOfZone } from './simulator-names.ts'

export interface SimulatedSet {
  name: string
  type: string
  ttl: number
  records: { content: string; disabled: boolean }[]
  comments: { content: string; account: string; modified_at: number }[]
}

export interface SimulatedKey {
  id: number
  flags: number
  algorithm: number
  bits: number
  active: boolean
  published: boolean
  /** Base64, as in the DNSKEY. */
  publicKey: string
  privateKey: string
}

export interface SimulatedZone {
  name: string
  kind: string
  masters: string[]
  account: string
  catalog: string
  /** By name and type. */
  sets: Map<string, SimulatedSet>
  metadata: Map<string, string[]>
  keys: SimulatedKey[]
  /** Its records cannot be read back: every GET fails until it is deleted. */
  poisoned: boolean
}

const KINDS: Record<string, string> = {
  native: 'Native',
  master: 'Master',
  primary: 'Master',
  slave: 'Slave',
  secondary: 'Slave',
  producer: 'Producer',
  consumer: 'Consumer',
}

/** An unknown kind is Native. */
export function kindOf(text: string): string {
  return KINDS[text.toLowerCase()] ?? 'Native'
}

export function isPresigned({ metadata }: SimulatedZone): boolean {
  return metadata.get('PRESIGNED')?.[0] === '1'
}

export function isSecured(zone: SimulatedZone): boolean {
  return isPresigned(zone) || zone.keys.some(({ active }) => active)
}

/** The zone's line in the list. */
export function head(zone: SimulatedZone, dnssec = true): Json {
  const { name, kind, account, masters, catalog } = zone
  const serial = Number(zone.sets.get(`${name} SOA`)?.records[0]?.content.split(' ')[2] ?? 0)
  const id = idOfZone(name)
  return {
    account,
    catalog,
    ...(dnssec ? { dnssec: isSecured(zone), edited_serial: serial } : {}),
    id,
    kind,
    last_check: 0,
    masters,
    name,
    notified_serial: 0,
    serial,
    url: `/api/v1/servers/localhost/zones/${id}`,
  }
}

/** What a single zone has beyond its line in the list. */
export function details(zone: SimulatedZone): Json {
  const one = (kind: string) => zone.metadata.get(kind)?.[0] ?? ''
  const nsec3param = isSecured(zone) ? one('NSEC3PARAM') : ''
  return {
    api_rectify: one('API-RECTIFY') === '1',
    master_tsig_key_ids: (zone.metadata.get('TSIG-ALLOW-AXFR') ?? []).map(idOfZone),
    nsec3narrow: nsec3param !== '' && one('NSEC3NARROW') === '1',
    nsec3param,
    slave_tsig_key_ids: (zone.metadata.get('AXFR-MASTER-TSIG') ?? []).map(idOfZone),
    soa_edit: one('SOA-EDIT'),
    soa_edit_api: one('SOA-EDIT-API'),
  }
}

export function put(zone: SimulatedZone, set: SimulatedSet): void {
  zone.sets.set(`${set.name} ${set.type}`, set)
}

/** The date with the first number of the day: what `soa_edit_api` DEFAULT starts a day with. */
function firstOfDay(now: number): number {
  return Number(new Date(now).toISOString().slice(0, 10).replaceAll('-', '')) * 100 + 1
}

/** Counts the serial up by the zone's SOA-EDIT-API, where there is an SOA that is not disabled. */
export function countUp(zone: SimulatedZone, now: number): void {
  const soa = zone.sets.get(`${zone.name} SOA`)
  const [record] = soa?.records ?? []
  if (!soa || !record || record.disabled) return
  const fields = record.content.split(' ')
  fields[2] = String(nextSerial(Number(fields[2]), zone.metadata.get('SOA-EDIT-API')?.[0] ?? '', now))
  put(zone, { ...soa, records: [{ ...record, content: fields.join(' ') }] })
}

function nextSerial(serial: number, rule: string, now: number): number {
  switch (rule.toUpperCase()) {
    case 'DEFAULT':
      return Math.max(serial + 1, firstOfDay(now))
    case 'INCREASE':
    case 'SOA-EDIT-INCREASE':
      return serial + 1
    case 'EPOCH':
      return Math.floor(now / 1000)
    default:
      return serial
  }
}
