import { reverseName, reverseZone, tryAddress } from './address.ts'
import { zoneJson } from './answers-json.ts'
import { requireSection, type Call, type Handler } from './call.ts'
import { initialiseCatalog, joinCatalog, removeZone, requireCatalog, setDisabled } from './catalogs.ts'
import { grantCreator, isAllowed, zonePermission, type Rights } from './directory.ts'
import { accessDenied, ServerError } from './errors.ts'
import { exportZone } from './export.ts'
import { importRecords, readImport } from './import.ts'
import { shown, toAscii, trimDots } from './names.ts'
import { parseBoolean, parseEnum, parseInt32, type Enumeration } from './numbers.ts'
import { forwarderRdata, PROTOCOLS } from './rdata-forward.ts'
import { readProxy } from './record-parameters.ts'
import { DNSSEC_TYPES } from './record-types.ts'
import { createZone, put, readName, requireZone, zoneNamed, zonesInOrder } from './state.ts'
import {
  makeRecord,
  nodeOrNew,
  recordsOfZone,
  typeName,
  typeNumber,
  ZONE_TYPES,
  type HeldRecord,
  type HeldZone,
} from './zone.ts'
import type { ZoneOptions } from './zone-options.ts'
import { deleteSet } from './zone-writes.ts'

const ZONE_TYPE_NAMES: Enumeration = ZONE_TYPES
const DEFAULT_PAGE = 10

export const listZones: Handler = (call) => {
  requireSection(call, 'Zones', 'canView')
  const { state, parameters, user } = call
  const visible = zonesInOrder(state).filter((zone) =>
    isAllowed(zonePermission(state.directory, zone.name), user, 'canView'),
  )
  const wanted = parameters.optional('pageNumber', parseInt32)
  if (wanted === null) return { zones: visible.map(zoneJson) }
  const perPage = parameters.read('zonesPerPage', parseInt32, DEFAULT_PAGE)
  if (visible.length === 0) return { pageNumber: 0, totalPages: 0, totalZones: 0, zones: [] }
  if (perPage === 0) throw new ServerError('Attempted to divide by zero.')
  const totalPages = Math.ceil(visible.length / perPage)
  const page = wanted === 0 ? 1 : wanted
  const pageNumber = page > totalPages || page < 0 ? totalPages : page
  const start = (pageNumber - 1) * perPage
  return {
    pageNumber,
    totalPages,
    totalZones: visible.length,
    zones: visible.slice(start, start + perPage).map(zoneJson),
  }
}

export const listCatalogs: Handler = (call) => {
  requireSection(call, 'Zones', 'canView')
  return { catalogZoneNames: catalogNames(call) }
}

export function catalogNames({ state, user }: Call): string[] {
  return zonesInOrder(state)
    .filter((zone) => zone.type === 'Catalog' && !zone.disabled)
    .filter((zone) => isAllowed(zonePermission(state.directory, zone.name), user, 'canModify'))
    .map((zone) => zone.name)
}

/** A name, an address, or a network whose reverse zone is meant. */
function newZoneName(text: string): string {
  const address = tryAddress(text)
  if (address) return reverseName(address)
  const [host = '', width, ...more] = text.split('/')
  const network = width === undefined || more.length > 0 ? null : tryAddress(host)
  const name = network && /^\d+$/.test(width ?? '') ? reverseZone(network, Number(width)) : trimDots(text)
  if (name.includes('*')) throw new ServerError('Domain name for a zone cannot contain wildcard character.')
  if (name.includes('/')) throw new ServerError('The zone name contains an invalid character: /')
  return toAscii(name)
}

export const createZoneCall: Handler = (call) => {
  requireSection(call, 'Zones', 'canModify')
  const { state, parameters, user } = call
  const name = newZoneName(parameters.either('zone', 'domain'))
  const type = parameters.read('type', parseEnum(ZONE_TYPE_NAMES), 'Primary')
  const catalogName = parameters.text('catalog', '')
  const importable = type === 'Primary' || type === 'Forwarder'
  const records = importable && call.file !== null ? readImport(state, name, null, call.file) : null
  const dateSerial = type === 'Primary' && parameters.read('useSoaSerialDateScheme', parseBoolean, false)
  const copied = type === 'SecondaryForwarder' || type === 'SecondaryCatalog'
  const transfer = copied ? readTransfer(call) : {}
  const hasCatalog = ['Primary', 'Secondary', 'Stub', 'Forwarder'].includes(type) && catalogName !== ''
  const catalog = hasCatalog ? requireCatalog(state, user, catalogName) : null
  const forwarder = type === 'Forwarder' ? readForwarder(call, name) : null
  if (type === 'Secondary' || type === 'Stub') refuseTransfer(call, name, type)
  if (type === 'Unknown' || !(type in ZONE_TYPE_NAMES)) throw new ServerError('Zone type not supported.')

  const zone = createZone(state, name, type, { dateSerial })
  if (!zone) throw new ServerError(`Zone already exists: ${name}`)
  Object.assign(zone.options, transfer)
  if (forwarder) put(zone, forwarder)
  if (type === 'Catalog') initialiseCatalog(state, zone)
  grantCreator(state.directory, zone.name, user)
  if (catalog) joinCatalog(state, catalog, zone)
  if (records) {
    deleteSet(state, zone, zone.name, type === 'Primary' ? 'NS' : 'FWD')
    importRecords(state, zone, records, { overwrite: false, overwriteZone: false, overwriteSoaSerial: false })
  }
  return { domain: shown(zone.name) }
}

function readForwarder(call: Call, name: string): HeldRecord | null {
  const { parameters, state } = call
  if (!parameters.read('initializeForwarder', parseBoolean, true)) return null
  const protocol = parameters.read('protocol', parseEnum(PROTOCOLS), 'Udp')
  const forwarder = parameters.text('forwarder')
  const dnssecValidation = parameters.read('dnssecValidation', parseBoolean, false)
  const rdata = forwarderRdata({ protocol, forwarder, dnssecValidation, proxy: readProxy(parameters), priority: 0 })
  return makeRecord(name, 'FWD', 0, rdata, { lastModified: state.now() })
}

function readTransfer({ parameters }: Call): Partial<ZoneOptions> {
  const protocol = parameters.read('zoneTransferProtocol', parseEnum(PROTOCOLS), 'Tcp')
  return {
    primaryNameServerAddresses: parameters
      .text('primaryNameServerAddresses')
      .split(',')
      .map((address) => address.trim()),
    primaryZoneTransferProtocol: protocol === 'Udp' ? 'Tcp' : protocol,
    primaryZoneTransferTsigKeyName: parameters.text('tsigKeyName', '') || null,
  }
}

/** The simulator has no network: no primary ever answers. */
function refuseTransfer({ state, parameters }: Call, name: string, type: string): never {
  const addresses = parameters.text('primaryNameServerAddresses', '')
  if (addresses === '') {
    throw new ServerError(
      state.legacy
        ? 'The operation has timed out.'
        : `DNS Server did not receive SOA record in response from any of the primary name servers for: ${shown(name)}`,
    )
  }
  if (type === 'Stub' && addresses.split(',').some((address) => portOf(address) !== '53')) {
    throw new ServerError(
      "Name server address must use port 53 for Stub zones. (Parameter 'PrimaryNameServerAddresses')",
    )
  }
  throw new ServerError('Connection refused')
}

function portOf(address: string): string {
  return /^[^:]*:(\d+)$/.exec(address.trim())?.[1] ?? /\]:(\d+)$/.exec(address.trim())?.[1] ?? '53'
}

function zoneOf(call: Call, right: keyof Rights): HeldZone {
  requireSection(call, 'Zones', right)
  return requireZone(call.state, call.user, readName(call.parameters.either('zone', 'domain')), right)
}

export const enableZone: Handler = (call) => {
  setDisabled(call.state, zoneOf(call, 'canModify'), false)
  return {}
}

export const disableZone: Handler = (call) => {
  setDisabled(call.state, zoneOf(call, 'canModify'), true)
  return {}
}

export const deleteZone: Handler = (call) => {
  const zone = zoneOf(call, 'canDelete')
  removeZone(call.state, zone)
  call.state.directory.zones.delete(zone.name)
  return {}
}

export const resyncZone: Handler = (call) => {
  const zone = zoneOf(call, 'canModify')
  if (zone.type === 'Stub' || zone.type.startsWith('Secondary')) return {}
  throw new ServerError('Only Secondary, Secondary Forwarder, Secondary Catalog, and Stub zones support resync.')
}

export const cloneZone: Handler = (call) => {
  requireSection(call, 'Zones', 'canModify')
  const { state, parameters, user } = call
  const name = readName(parameters.text('zone'))
  const sourceName = readName(parameters.text('sourceZone'))
  const source = zoneNamed(state, sourceName)
  if (!source) throw new ServerError(`No such zone was found: ${sourceName}`)
  const permission = zonePermission(state.directory, source.name)
  if (!isAllowed(permission, user, 'canView')) throw accessDenied()
  if (source.type !== 'Primary' && source.type !== 'Forwarder') {
    throw new ServerError('Cannot clone the zone: source zone must be a Primary or Conditional Forwarder zone.')
  }
  const zone = createZone(state, name, source.type)
  if (!zone) throw new ServerError('Failed to clone the zone: zone already exists.')
  zone.disabled = source.disabled
  if (source.type === 'Primary') {
    const { zoneTransfer, zoneTransferNetworkACL, zoneTransferTsigKeyNames } = source.options
    const { notify, notifyNameServers, update, updateNetworkACL, updateSecurityPolicies } = source.options
    Object.assign(zone.options, {
      ...{ zoneTransfer, zoneTransferNetworkACL, zoneTransferTsigKeyNames },
      ...{ notify, notifyNameServers, update, updateNetworkACL },
      updateSecurityPolicies: updateSecurityPolicies.map((policy) => ({
        ...policy,
        domain: renamed(policy.domain, source.name, zone.name),
      })),
    })
  }
  replaceRecords(
    zone,
    recordsOfZone(source)
      .filter((record) => !DNSSEC_TYPES.has(record.type) && record.type !== 'DS')
      .map((record) => ({
        ...record,
        name: renamed(record.name, source.name, zone.name),
        expiryTtl: 0,
        lastModified: null,
      })),
  )
  for (const [key, rights] of permission?.users ?? []) grant(call, zone, 'users', key, rights)
  for (const [key, rights] of permission?.groups ?? []) grant(call, zone, 'groups', key, rights)
  grantCreator(state.directory, zone.name, user)
  return {}
}

function grant({ state }: Call, zone: HeldZone, kind: 'users' | 'groups', key: string, rights: Rights): void {
  const held = zonePermission(state.directory, zone.name) ?? { users: new Map(), groups: new Map() }
  held[kind].set(key, rights)
  state.directory.zones.set(zone.name, held)
}

function renamed(name: string, from: string, to: string): string {
  return name.slice(0, name.length - from.length) + to
}

/** Sets that are given take the place of the ones that are there. */
function replaceRecords(zone: HeldZone, records: HeldRecord[]): void {
  for (const record of records) nodeOrNew(zone, record.name).sets.delete(typeNumber(record.type))
  for (const record of records) put(zone, record)
}

export const convertZone: Handler = (call) => {
  requireSection(call, 'Zones', 'canDelete')
  const { state, parameters, user } = call
  const nameText = parameters.text('zone')
  const type = parameters.read('type', parseEnum(ZONE_TYPE_NAMES))
  const zone = requireZone(state, user, readName(nameText), 'canDelete')
  const head = `Cannot convert the zone '${shown(zone.name)}' from ${typeName(zone.type)} to ${typeName(type)} zone`
  if (zone.type === type) throw new ServerError(`${head}: the zone is already of the same type.`)
  const possible =
    zone.type === 'Primary'
      ? ['Forwarder']
      : zone.type === 'Forwarder'
        ? ['Primary']
        : ['Secondary', 'SecondaryForwarder', 'SecondaryCatalog'].includes(zone.type)
          ? ['Primary', 'Forwarder', 'Catalog']
          : []
  if (!possible.includes(type)) throw new ServerError(`${head}: not supported.`)
  if (zone.signing) throw new ServerError(`${head}: converting the zone will cause lose of DNSSEC private keys.`)
  const dropped = type === 'Forwarder' ? ['SOA', 'NS'] : ['FWD']
  const kept = recordsOfZone(zone).filter((record) => !dropped.includes(record.type))
  state.zones.delete(zone.name)
  const converted = createZone(state, zone.name, type)
  if (!converted) throw new ServerError(`Zone already exists: ${zone.name}`)
  replaceRecords(converted, kept)
  return {}
}

export const importZone: Handler = (call) => {
  requireSection(call, 'Zones', 'canModify')
  const { state, parameters, user } = call
  const zone = requireZone(state, user, readName(parameters.text('zone')), 'canModify')
  const mode = {
    overwrite: parameters.read('overwrite', parseBoolean, true),
    // Version 14 takes no notice of it.
    overwriteZone: !state.legacy && parameters.read('overwriteZone', parseBoolean, false),
    overwriteSoaSerial: parameters.read('overwriteSoaSerial', parseBoolean, false),
  }
  importRecords(state, zone, readImport(state, zone.name, zone, importText(call)), mode)
  return {}
}

/** The content type counts as a whole: with a charset behind it, a body is not seen. */
function importText(call: Call): string {
  const contentType = call.contentType?.toLowerCase()
  if (contentType === 'application/x-www-form-urlencoded') return call.parameters.text('records')
  if (contentType === 'text/plain') return call.body
  if (!call.isForm || call.file === null) throw new ServerError('The zone file to import is missing.')
  return call.file
}

/** The answer is a file. */
export function exportZoneCall(call: Call): { text: string; filename: string } {
  requireSection(call, 'Zones', 'canView')
  const zone = requireZone(call.state, call.user, readName(call.parameters.text('zone')), 'canView')
  return { text: exportZone(zone), filename: zone.name === '' ? 'root.zone' : `${zone.name}.zone` }
}
