import type { Enumeration } from './numbers.ts'

export const QUERY_ACCESS: Enumeration = {
  Deny: 0,
  Allow: 1,
  AllowOnlyPrivateNetworks: 2,
  AllowOnlyZoneNameServers: 3,
  UseSpecifiedNetworkACL: 4,
  AllowZoneNameServersAndUseSpecifiedNetworkACL: 5,
}
/** Of zone transfers and dynamic updates. */
export const TRANSFER_ACCESS: Enumeration = {
  Deny: 0,
  Allow: 1,
  AllowOnlyZoneNameServers: 2,
  UseSpecifiedNetworkACL: 3,
  AllowZoneNameServersAndUseSpecifiedNetworkACL: 4,
}
export const NOTIFY: Enumeration = {
  None: 0,
  ZoneNameServers: 1,
  SpecifiedNameServers: 2,
  BothZoneAndSpecifiedNameServers: 3,
  SeparateNameServersForCatalogAndMemberZones: 4,
}

export interface UpdatePolicy {
  tsigKeyName: string
  domain: string
  allowedTypes: string[]
}

/** Of every zone type together; which of them a type has, the answers decide. */
export interface ZoneOptions {
  overrideCatalogQueryAccess: boolean
  overrideCatalogZoneTransfer: boolean
  overrideCatalogNotify: boolean
  overrideCatalogPrimaryNameServers: boolean
  primaryNameServerAddresses: string[]
  primaryZoneTransferProtocol: string
  primaryZoneTransferTsigKeyName: string | null
  validateZone: boolean
  queryAccess: string
  queryAccessNetworkACL: string[]
  zoneTransfer: string
  zoneTransferNetworkACL: string[]
  zoneTransferTsigKeyNames: string[]
  notify: string
  notifyNameServers: string[]
  notifySecondaryCatalogsNameServers: string[]
  update: string
  updateNetworkACL: string[]
  updateSecurityPolicies: UpdatePolicy[]
}

export function defaultOptions(zoneType: string): ZoneOptions {
  const primary = zoneType === 'Primary'
  const secondary = zoneType === 'Secondary'
  return {
    overrideCatalogQueryAccess: false,
    overrideCatalogZoneTransfer: false,
    overrideCatalogNotify: false,
    overrideCatalogPrimaryNameServers: secondary,
    primaryNameServerAddresses: [],
    primaryZoneTransferProtocol: 'Tcp',
    primaryZoneTransferTsigKeyName: null,
    validateZone: false,
    queryAccess: 'Allow',
    queryAccessNetworkACL: [],
    zoneTransfer: primary || secondary ? 'AllowOnlyZoneNameServers' : 'Deny',
    zoneTransferNetworkACL: [],
    zoneTransferTsigKeyNames: [],
    notify: primary ? 'ZoneNameServers' : 'None',
    notifyNameServers: [],
    notifySecondaryCatalogsNameServers: [],
    update: 'Deny',
    updateNetworkACL: [],
    updateSecurityPolicies: [],
  }
}
