import { ServerError } from './errors.ts'
import { isAllowed, zonePermission, type User } from './directory.ts'
import { aplRdata } from './rdata-wire.ts'
import { nameRdata } from './rdata-hosts.ts'
import { txtFromText } from './rdata-texts.ts'
import { tryAddress } from './address.ts'
import { zoneNamed, type State } from './state.ts'
import { makeRecord, recordsOfZone, type HeldZone } from './zone.ts'
import { addRecord, deleteRecord, deleteSet, setRecord } from './zone-writes.ts'

/** RFC 9432: a catalog zone holds a name for every member, and properties below it. */

function setText(state: State, catalog: HeldZone, name: string, text: string): void {
  setRecord(state, catalog, makeRecord(name, 'TXT', 0, txtFromText(text)))
}

/** What the server puts into a new catalog zone. */
export function initialiseCatalog(state: State, catalog: HeldZone): void {
  setText(state, catalog, `version.${catalog.name}`, '2')
  writeQueryAccess(state, catalog)
  writeTransferAccess(state, catalog)
}

/** The catalog a parameter names, when the user may change it. */
export function requireCatalog(state: State, user: User, name: string): HeldZone {
  const catalog = zoneNamed(state, name)
  if (!catalog) throw new ServerError(`No such Catalog zone was found: ${name}`)
  if (!isAllowed(zonePermission(state.directory, catalog.name), user, 'canModify')) {
    throw new ServerError(`Access was denied to use Catalog zone: ${catalog.name}`)
  }
  return catalog
}

function catalogOf(state: State, member: HeldZone): HeldZone | undefined {
  const catalog = member.catalog === null ? undefined : state.zones.get(member.catalog)
  return catalog?.type === 'Catalog' ? catalog : undefined
}

const BASE32 = '0123456789abcdefghijklmnopqrstuv'

function newLabel(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(13)), (byte) => BASE32[byte % 32]).join('')
}

export function joinCatalog(state: State, catalog: HeldZone, member: HeldZone): void {
  if (catalog.type !== 'Catalog') throw new ServerError(`No such Catalog zone was found: ${catalog.name}`)
  member.catalog = catalog.name
  if (!member.disabled) announce(state, catalog, member)
}

function announce(state: State, catalog: HeldZone, member: HeldZone): void {
  withdraw(state, catalog, member)
  const name = `${newLabel()}.zones.${catalog.name}`
  const lastModified = state.now()
  addRecord(state, catalog, makeRecord(name, 'PTR', 0, nameRdata('ptrName', member.name), { lastModified }))
  const kind = txtFromText(member.type.toLowerCase())
  addRecord(state, catalog, makeRecord(`zone-type.ext.${name}`, 'TXT', 0, kind, { lastModified }))
  catalog.members.set(member.name, name)
  writeQueryAccess(state, member)
  writeTransferAccess(state, member)
}

function withdraw(state: State, catalog: HeldZone, member: HeldZone): void {
  const name = catalog.members.get(member.name)
  if (name === undefined) return
  catalog.members.delete(member.name)
  for (const record of recordsOfZone(catalog)) {
    if (record.name === name || record.name.endsWith(`.${name}`)) {
      deleteRecord(state, catalog, record.name, record.type, record.rdata)
    }
  }
}

export function leaveCatalog(state: State, member: HeldZone): void {
  const catalog = catalogOf(state, member)
  if (catalog) withdraw(state, catalog, member)
  member.catalog = null
}

/** Enabling and disabling a member shows in its catalog. */
export function setDisabled(state: State, zone: HeldZone, disabled: boolean): void {
  if (zone.disabled === disabled) return
  zone.disabled = disabled
  const catalog = catalogOf(state, zone)
  if (!catalog) return
  if (disabled) withdraw(state, catalog, zone)
  else announce(state, catalog, zone)
}

const NAME_SERVERS_ONLY = ['224.0.0.0/32']
const EVERYBODY = ['0.0.0.0/0', '::/0']
const PRIVATE = [
  '127.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '!2000::/3',
  '::/0',
]

function accessList(access: string, own: string[], denied: string[]): string[] {
  switch (access) {
    case 'Allow':
      return EVERYBODY
    case 'AllowOnlyPrivateNetworks':
      return PRIVATE
    case 'AllowOnlyZoneNameServers':
      return NAME_SERVERS_ONLY
    case 'UseSpecifiedNetworkACL':
      return own
    case 'AllowZoneNameServersAndUseSpecifiedNetworkACL':
      return [...NAME_SERVERS_ONLY, ...own]
    default:
      return denied
  }
}

function writeProperty(state: State, zone: HeldZone, property: string, overridden: boolean, list: string[]): void {
  const catalog = zone.type === 'Catalog' ? zone : zone.disabled ? undefined : catalogOf(state, zone)
  if (!catalog) return
  const owner = catalog === zone ? zone.name : catalog.members.get(zone.name)
  if (owner === undefined) return
  const name = `${property}.ext.${owner}`
  if (catalog !== zone && !overridden) {
    deleteSet(state, catalog, name, 'APL')
    return
  }
  const rdata = aplRdata(list.map(prefixOf))
  setRecord(state, catalog, makeRecord(name, 'APL', 0, rdata, { lastModified: state.now() }))
}

function prefixOf(entry: string) {
  const negation = entry.startsWith('!')
  const [host = '', width] = entry.replace('!', '').split('/')
  const address = tryAddress(host)
  if (!address) throw new ServerError('An invalid IP address was specified.')
  return {
    addressFamily: address.family === 4 ? 'IPv4' : 'IPv6',
    prefix: width === undefined ? (address.family === 4 ? 32 : 128) : Number(width),
    negation,
    afdPart: address.text,
  }
}

export function writeQueryAccess(state: State, zone: HeldZone): void {
  const { queryAccess, queryAccessNetworkACL, overrideCatalogQueryAccess } = zone.options
  const list = accessList(queryAccess, queryAccessNetworkACL, ['127.0.0.0/8', '::1/128'])
  writeProperty(state, zone, 'allow-query', overrideCatalogQueryAccess, list)
}

export function writeTransferAccess(state: State, zone: HeldZone): void {
  if (zone.type === 'Forwarder' || zone.type === 'Stub') return
  const { zoneTransfer, zoneTransferNetworkACL, overrideCatalogZoneTransfer } = zone.options
  const list = accessList(zoneTransfer, zoneTransferNetworkACL, ['!0.0.0.0/0', '!::/0'])
  writeProperty(state, zone, 'allow-transfer', overrideCatalogZoneTransfer, list)
}

/** A deleted catalog lets its members go; a deleted member leaves its catalog. */
export function removeZone(state: State, zone: HeldZone): void {
  state.zones.delete(zone.name)
  if (zone.type === 'Catalog') {
    for (const name of zone.members.keys()) {
      const member = state.zones.get(name)
      if (member?.catalog === zone.name) member.catalog = null
    }
  }
  leaveCatalog(state, zone)
}
