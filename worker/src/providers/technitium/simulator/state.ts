import type { InstalledApp } from './installed-app.ts'
import { addressRdata, nameRdata, nsRdata } from './rdata-hosts.ts'
import { parseAddress, reverseName } from './address.ts'
import { ServerError, accessDenied } from './errors.ts'
import { belongsTo, checkName, toAscii, trimDots } from './names.ts'
import { soaRdata } from './rdata-soa.ts'
import { nextSerial } from './serials.ts'
import { grantCreator, isAllowed, zonePermission, type Directory, type Right, type User } from './directory.ts'
import { makeRecord, nodeOrNew, typeNumber, type HeldRecord, type HeldZone } from './zone.ts'
import { defaultOptions } from './zone-options.ts'
import type { Counter, Traffic } from './traffic.ts'
import type { WriteContext } from './zone-writes.ts'

export const RECORD_TTL = 3600
export const NS_TTL = 14_400
export const SOA_TTL = 900

/** Everything the simulated server holds. */
export interface State extends WriteContext {
  version: string
  serverDomain: string
  startedAt: number
  zones: Map<string, HeldZone>
  directory: Directory
  /** What the machine called itself before the server had a domain: it is in records made then. */
  machineName: string
  dnsPort: number
  tsigKeyNames: readonly string[]
  /** Names that are never blocked, and names that always are. */
  allowed: Set<string>
  blocked: Set<string>
  /** Names that were looked up, with an address where there was one. */
  cache: Map<string, string | null>
  cluster: Cluster | null
  /** By name. */
  apps: Map<string, InstalledApp>
  blocking: Blocking
  traffic: Traffic
  /** Milliseconds: what came before was deleted from the statistics. */
  countsFrom: number
  /** What was counted of hours that have ended, and of days that were read, by where they begin. */
  hours: Map<number, Counter>
  days: Map<number, Counter>
}

/** The server's own blocking. Names are not looked up here, so nothing is really blocked. */
interface Blocking {
  enabled: boolean
  /** Milliseconds: until then the last pause was meant to last. Shown while it is off, whether by that pause or not. */
  pausedUntil: number
  /** A pause runs and ends. Switching on by hand ends it, and switching off again then is for good. */
  resumes: boolean
  /** Networks that pass by all blocking, and so by the filter app. */
  bypass: readonly string[]
  lists: readonly string[]
  /** How many names are on them. */
  names: number
}

interface Cluster {
  domain: string
  /** By node name, the primary first. */
  nodes: Map<string, State>
}

export function put(zone: HeldZone, record: HeldRecord): void {
  const node = nodeOrNew(zone, record.name)
  const number = typeNumber(record.type)
  node.sets.set(number, [...(node.sets.get(number) ?? []), record])
}

/** A new zone with the records the server gives it; null when there is one of that name. */
export function createZone(
  state: State,
  name: string,
  type: string,
  more: { dateSerial?: boolean; internal?: boolean } = {},
): HeldZone | null {
  const now = state.now()
  const zone: HeldZone = {
    name: name.toLowerCase(),
    type,
    internal: more.internal ?? false,
    disabled: false,
    lastModified: now,
    catalog: null,
    options: defaultOptions(type),
    nodes: new Map(),
    members: new Map(),
    signing: null,
  }
  const dateSerial = more.dateSerial ?? false
  for (const record of firstRecords(state, zone.name, type, dateSerial)) put(zone, record)
  checkName(zone.name, 'right')
  if (state.zones.has(zone.name)) return null
  state.zones.set(zone.name, zone)
  return zone
}

function firstRecords(state: State, name: string, type: string, dateSerial: boolean): HeldRecord[] {
  const times = { refresh: 900, retry: 300, expire: 604_800, minimum: SOA_TTL }
  const lastModified = state.now()
  if (type === 'Primary') {
    const responsiblePerson = name === '' ? `hostadmin@${state.serverDomain}` : `hostadmin@${name}`
    const serial = nextSerial(0, 0, dateSerial, state.now())
    const soa = soaRdata({ primaryNameServer: state.serverDomain, responsiblePerson, serial, ...times })
    return [
      makeRecord(name, 'SOA', SOA_TTL, soa, { dateSerial, lastModified }),
      makeRecord(name, 'NS', NS_TTL, nsRdata(state.serverDomain), { lastModified }),
    ]
  }
  const primaryNameServer = type === 'Catalog' || type === 'SecondaryCatalog' ? 'invalid' : state.serverDomain
  const serial = type.startsWith('Secondary') ? 0 : 1
  const soa = soaRdata({
    primaryNameServer,
    responsiblePerson: 'invalid',
    serial,
    ...times,
    ...(type === 'Catalog' ? { refresh: 300, retry: 60 } : {}),
  })
  const records = [makeRecord(name, 'SOA', 0, soa, { lastModified })]
  if (type === 'Catalog') records.push(makeRecord(name, 'NS', 0, nsRdata('invalid')))
  return records
}

/** The zones every server has for itself. */
export function createInternalZones(state: State): void {
  const ipv4 = parseAddress('127.0.0.1')
  const ipv6 = parseAddress('::1')
  const localhost = nameRdata('ptrName', 'localhost')
  const zones: [string, HeldRecord[]][] = [
    [
      'localhost',
      [
        makeRecord('localhost', 'A', RECORD_TTL, addressRdata(4, ipv4)),
        makeRecord('localhost', 'AAAA', RECORD_TTL, addressRdata(6, ipv6)),
      ],
    ],
    ['0.in-addr.arpa', []],
    ['255.in-addr.arpa', []],
    ['127.in-addr.arpa', [makeRecord(reverseName(ipv4), 'PTR', RECORD_TTL, localhost)]],
    [reverseName(ipv6), [makeRecord(reverseName(ipv6), 'PTR', RECORD_TTL, localhost)]],
  ]
  for (const [name, records] of zones) {
    const zone = createZone(state, name, 'Primary', { internal: true })
    grantCreator(state.directory, name, null)
    for (const record of records) if (zone) put(zone, record)
  }
}

export function zonesInOrder(state: State): HeldZone[] {
  return [...state.zones.values()].sort((a, b) => (a.name < b.name ? -1 : 1))
}

export function zoneNamed(state: State, name: string): HeldZone | undefined {
  return state.zones.get(checkName(name, 'right').toLowerCase())
}

/** The zone that holds a name: the closest one above it. */
export function findZone(state: State, name: string): HeldZone | undefined {
  let rest = checkName(name, 'right').toLowerCase()
  for (;;) {
    const zone = state.zones.get(rest)
    if (zone || rest === '') return zone
    const dot = rest.indexOf('.')
    rest = dot < 0 ? '' : rest.slice(dot + 1)
  }
}

export function checkInside(zone: HeldZone, name: string): void {
  if (!belongsTo(zone.name, name)) {
    throw new ServerError(`The domain name '${name}' does not belong to the zone: ${zone.name}`)
  }
}

/** A zone's or a record's name as a parameter. */
export function readName(text: string): string {
  return toAscii(trimDots(text))
}

/** The zone a call is about, by its exact name, when the user may do that with it. */
export function requireZone(state: State, user: User, name: string, right: Right): HeldZone {
  const zone = zoneNamed(state, name)
  if (!zone) throw new ServerError(`No such zone was found: ${name}`)
  refuseInternal(zone)
  requireRight(state, user, zone, right)
  return zone
}

export function refuseInternal(zone: HeldZone): void {
  if (zone.internal) throw new ServerError('Access was denied to manage internal DNS Server zone.')
}

export function requireRight(state: State, user: User, zone: HeldZone, right: Right): void {
  if (!isAllowed(zonePermission(state.directory, zone.name), user, right)) throw accessDenied()
}
