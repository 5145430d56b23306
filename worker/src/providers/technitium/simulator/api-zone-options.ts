import { parseAccessEntry, parseAddress } from './address.ts'
import { catalogNames } from './api-zones.ts'
import { requireSection, type Call, type Handler, type Members } from './call.ts'
import {
  joinCatalog,
  leaveCatalog,
  requireCatalog,
  setDisabled,
  writeQueryAccess,
  writeTransferAccess,
} from './catalogs.ts'
import { ServerError } from './errors.ts'
import { belongsTo, sameName, toUnicode, trimDots } from './names.ts'
import { parseBoolean, parseEnum, tryEnum, type Enumeration } from './numbers.ts'
import type { Parameters } from './parameters.ts'
import { PROTOCOLS } from './rdata-forward.ts'
import { RECORD_TYPES } from './record-types.ts'
import { readName, requireZone } from './state.ts'
import { dnssecStatus, typeName, type HeldZone } from './zone.ts'
import { NOTIFY, QUERY_ACCESS, TRANSFER_ACCESS, type UpdatePolicy, type ZoneOptions } from './zone-options.ts'

/** Which groups of options a zone type has. */
const HAS: Readonly<Record<string, readonly string[]>> = {
  Primary: ['notifyState', 'catalog', 'transfer', 'notify', 'update', 'policies'],
  Forwarder: ['notifyState', 'catalog', 'transfer', 'notify', 'update', 'policies'],
  Secondary: ['notifyState', 'catalog', 'primaries', 'protocol', 'transfer', 'notify', 'update'],
  SecondaryForwarder: ['catalog', 'primaries', 'protocol', 'update'],
  Stub: ['catalog', 'primaries'],
  Catalog: ['notifyState', 'transfer', 'notify'],
  SecondaryCatalog: ['primaries', 'protocol', 'transfer'],
}

function has(zone: HeldZone, group: string): boolean {
  return HAS[zone.type]?.includes(group) ?? false
}

function overrides(zone: HeldZone): Members {
  const { overrideCatalogQueryAccess, overrideCatalogZoneTransfer } = zone.options
  const { overrideCatalogNotify, overrideCatalogPrimaryNameServers } = zone.options
  switch (zone.type) {
    case 'Stub':
      return { isSecondaryCatalogMember: false, overrideCatalogQueryAccess }
    case 'Secondary':
      return {
        isSecondaryCatalogMember: false,
        overrideCatalogQueryAccess,
        overrideCatalogZoneTransfer,
        overrideCatalogPrimaryNameServers,
      }
    case 'SecondaryForwarder':
      return { overrideCatalogQueryAccess }
    default:
      return { overrideCatalogQueryAccess, overrideCatalogZoneTransfer, overrideCatalogNotify }
  }
}

function optionsJson(zone: HeldZone): Members {
  const { options, type } = zone
  const unicode = toUnicode(zone.name)
  const pick = <K extends keyof ZoneOptions>(...keys: K[]): Members =>
    Object.fromEntries(keys.map((key) => [key, options[key]]))
  return {
    name: zone.name,
    ...(unicode === undefined ? {} : { nameIdn: unicode }),
    type,
    ...(type === 'Primary' ? { internal: zone.internal } : {}),
    ...(type === 'Primary' || type === 'Secondary' ? { dnssecStatus: dnssecStatus(zone) } : {}),
    ...(has(zone, 'notifyState') ? { notifyFailed: false, notifyFailedFor: [] } : {}),
    disabled: zone.disabled,
    ...(has(zone, 'catalog') ? { catalog: zone.catalog, ...(zone.catalog === null ? {} : overrides(zone)) } : {}),
    ...(has(zone, 'primaries') ? pick('primaryNameServerAddresses') : {}),
    ...(has(zone, 'protocol') ? pick('primaryZoneTransferProtocol', 'primaryZoneTransferTsigKeyName') : {}),
    ...(type === 'Secondary' ? pick('validateZone') : {}),
    ...pick('queryAccess', 'queryAccessNetworkACL'),
    ...(has(zone, 'transfer') ? pick('zoneTransfer', 'zoneTransferNetworkACL', 'zoneTransferTsigKeyNames') : {}),
    ...(has(zone, 'notify') ? pick('notify', 'notifyNameServers') : {}),
    ...(type === 'Catalog' ? pick('notifySecondaryCatalogsNameServers') : {}),
    ...(has(zone, 'update') ? pick('update', 'updateNetworkACL') : {}),
    ...(has(zone, 'policies') ? pick('updateSecurityPolicies') : {}),
  }
}

export const getZoneOptions: Handler = (call) => {
  requireSection(call, 'Zones', 'canModify')
  const { state, parameters, user } = call
  const name = readName(parameters.either('zone', 'domain'))
  const includeCatalogs = parameters.read('includeAvailableCatalogZoneNames', parseBoolean, false)
  const includeKeys = parameters.read('includeAvailableTsigKeyNames', parseBoolean, false)
  const zone = requireZone(state, user, name, 'canView')
  return {
    ...optionsJson(zone),
    ...(includeCatalogs ? { availableCatalogZoneNames: catalogNames(call) } : {}),
    ...(includeKeys ? { availableTsigKeyNames: [...state.tsigKeyNames] } : {}),
  }
}

/** A comma list; the empty text and `false` empty it, null leaves it alone. */
function readList(parameters: Parameters, name: string, parse: (text: string) => string): string[] | null {
  const text = parameters.raw(name)
  if (text === null) return null
  if (text === '' || text.toLowerCase() === 'false') return []
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map(parse)
}

const addressText = (text: string) => parseAddress(text).text
const keyName = (text: string) => trimDots(text).toLowerCase()

/** An unknown value of an enumeration changes nothing, and nothing is said. */
function readEnum(parameters: Parameters, name: string, values: Enumeration): string | null {
  const text = parameters.raw(name)
  return text === null || text === '' ? null : tryEnum(values, text)
}

function invalid(zone: HeldZone, option: string, value: string, parameter: string): ServerError {
  const type = zone.type === 'Forwarder' ? 'Conditional Forwarder' : typeName(zone.type)
  return new ServerError(`The ${option} option is invalid for ${type} zones: ${value} (Parameter '${parameter}')`)
}

/** What needs name servers of its own is not for zones without any. */
function refuseNameServers(zone: HeldZone, option: string, value: string, parameter: string): void {
  const without = ['Forwarder', 'Catalog', 'SecondaryForwarder'].includes(zone.type)
  if (without && ['AllowOnlyZoneNameServers', 'AllowZoneNameServersAndUseSpecifiedNetworkACL'].includes(value)) {
    throw invalid(zone, option, value, parameter)
  }
}

export const setZoneOptions: Handler = (call) => {
  requireSection(call, 'Zones', 'canModify')
  const { state, parameters, user } = call
  const zone = requireZone(state, user, readName(parameters.either('zone', 'domain')), 'canDelete')
  const disabled = parameters.optional('disabled', parseBoolean)
  if (disabled !== null) setDisabled(state, zone, disabled)
  setOverrides(zone, parameters)
  if (has(zone, 'primaries')) setPrimaries(zone, parameters)
  setQueryAccess(call, zone)
  if (has(zone, 'transfer') && zone.type !== 'SecondaryCatalog') setTransfer(call, zone)
  if (has(zone, 'notify')) setNotify(zone, parameters)
  if (has(zone, 'update')) setUpdate(zone, parameters)
  if (has(zone, 'catalog') && zone.type !== 'SecondaryForwarder') setCatalog(call, zone)
  return {}
}

function setOverrides(zone: HeldZone, parameters: Parameters): void {
  const { options, type } = zone
  const read = (name: string, held: boolean) => parameters.read(name, parseBoolean, held)
  const full = type === 'Primary' || type === 'Forwarder'
  if (full || type === 'Secondary' || type === 'Stub') {
    options.overrideCatalogQueryAccess = read('overrideCatalogQueryAccess', options.overrideCatalogQueryAccess)
  }
  if (full || type === 'Secondary') {
    options.overrideCatalogZoneTransfer = read('overrideCatalogZoneTransfer', options.overrideCatalogZoneTransfer)
  }
  if (full) options.overrideCatalogNotify = read('overrideCatalogNotify', options.overrideCatalogNotify)
}

function setPrimaries(zone: HeldZone, parameters: Parameters): void {
  const { options } = zone
  if (has(zone, 'protocol')) {
    const protocol = readEnum(parameters, 'primaryZoneTransferProtocol', PROTOCOLS)
    if (protocol !== null) options.primaryZoneTransferProtocol = protocol === 'Udp' ? 'Tcp' : protocol
  }
  options.primaryNameServerAddresses =
    readList(parameters, 'primaryNameServerAddresses', (text) => text) ?? options.primaryNameServerAddresses
  const key = parameters.raw('primaryZoneTransferTsigKeyName')
  if (key !== null && has(zone, 'protocol')) options.primaryZoneTransferTsigKeyName = key === '' ? null : key
  if (zone.type === 'Secondary') {
    options.validateZone = parameters.read('validateZone', parseBoolean, options.validateZone)
  }
}

function setQueryAccess({ state, parameters }: Call, zone: HeldZone): void {
  if (zone.type === 'SecondaryCatalog') return
  const list = readList(parameters, 'queryAccessNetworkACL', parseAccessEntry)
  if (list) zone.options.queryAccessNetworkACL = list
  const access = readEnum(parameters, 'queryAccess', QUERY_ACCESS)
  if (access === null) return
  refuseNameServers(zone, 'Query Access', access, 'QueryAccess')
  zone.options.queryAccess = access
  writeQueryAccess(state, zone)
}

function setTransfer({ state, parameters }: Call, zone: HeldZone): void {
  const list = readList(parameters, 'zoneTransferNetworkACL', parseAccessEntry)
  if (list) zone.options.zoneTransferNetworkACL = list
  const access = readEnum(parameters, 'zoneTransfer', TRANSFER_ACCESS)
  if (access !== null) {
    refuseNameServers(zone, 'Zone Transfer', access, 'ZoneTransfer')
    zone.options.zoneTransfer = access
    writeTransferAccess(state, zone)
  }
  const keys = readList(parameters, 'zoneTransferTsigKeyNames', keyName)
  if (keys) zone.options.zoneTransferTsigKeyNames = [...new Set(keys)]
}

function setNotify(zone: HeldZone, parameters: Parameters): void {
  const { options } = zone
  const notify = readEnum(parameters, 'notify', NOTIFY)
  if (notify !== null) {
    const nameServers = notify === 'ZoneNameServers' || notify === 'BothZoneAndSpecifiedNameServers'
    const separate = notify === 'SeparateNameServersForCatalogAndMemberZones'
    const plain = zone.type === 'Forwarder' || zone.type === 'Catalog'
    if ((nameServers && plain) || (separate && zone.type !== 'Catalog')) {
      throw invalid(zone, 'Notify', notify, 'Notify')
    }
    options.notify = notify
  }
  options.notifyNameServers = readList(parameters, 'notifyNameServers', addressText) ?? options.notifyNameServers
  if (zone.type !== 'Catalog') return
  options.notifySecondaryCatalogsNameServers =
    readList(parameters, 'notifySecondaryCatalogsNameServers', addressText) ??
    options.notifySecondaryCatalogsNameServers
}

function setUpdate(zone: HeldZone, parameters: Parameters): void {
  const { options } = zone
  const update = readEnum(parameters, 'update', TRANSFER_ACCESS)
  if (update !== null) {
    refuseNameServers(zone, 'Dynamic Updates', update, 'Update')
    options.update = update
  }
  options.updateNetworkACL = readList(parameters, 'updateNetworkACL', parseAccessEntry) ?? options.updateNetworkACL
  const policies = parameters.raw('updateSecurityPolicies')
  if (policies !== null && has(zone, 'policies')) options.updateSecurityPolicies = readPolicies(zone, policies)
}

/** `key|domain|A,AAAA`, repeated; one row a key and domain. */
function readPolicies(zone: HeldZone, text: string): UpdatePolicy[] {
  if (text === '' || text.toLowerCase() === 'false') return []
  const parts = text.split('|').filter((part) => part !== '')
  const part = (at: number) => {
    const value = parts[at]
    if (value === undefined) throw new ServerError('Index was outside the bounds of the array.')
    return value
  }
  const policies: UpdatePolicy[] = []
  for (let at = 0; at < parts.length; at += 3) {
    const tsigKeyName = keyName(part(at))
    const domain = keyName(part(at + 1))
    const types = part(at + 2)
    if (!belongsTo(zone.name, domain)) {
      throw new ServerError(
        `Cannot set Dynamic Updates security policies: the domain '${domain}' must be part of the current zone.`,
      )
    }
    const allowedTypes = types
      .split(/[, ]/)
      .filter((type) => type !== '')
      .map(parseEnum(RECORD_TYPES))
    const held = policies.find((policy) => policy.tsigKeyName === tsigKeyName && policy.domain === domain)
    if (held) held.allowedTypes.push(...allowedTypes)
    else policies.push({ tsigKeyName, domain, allowedTypes })
  }
  // The server groups the rows by key.
  const keys = [...new Set(policies.map((policy) => policy.tsigKeyName))]
  return keys.flatMap((key) => policies.filter((policy) => policy.tsigKeyName === key))
}

/** Done last, so that a new catalog sees the new options. */
function setCatalog({ state, parameters, user }: Call, zone: HeldZone): void {
  const name = parameters.raw('catalog')
  if (name === null) return
  if (name === '') return leaveCatalog(state, zone)
  if (zone.catalog !== null && sameName(name, zone.catalog)) return
  const catalog = requireCatalog(state, user, name)
  if (zone.catalog !== null) leaveCatalog(state, zone)
  joinCatalog(state, catalog, zone)
}
