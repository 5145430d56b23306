import {
  activateKskDnsKey,
  addPrivateKey,
  convertToNsec3Call,
  convertToNsecCall,
  deletePrivateKey,
  getDnssecProperties,
  publishAllPrivateKeys,
  retireDnsKey,
  rolloverDnsKey,
  signZoneCall,
  unsignZoneCall,
  updateDnsKeyTtlCall,
  updateNsec3Call,
  updatePrivateKey,
  viewDs,
} from './api-dnssec.ts'
import {
  getSectionPermissions,
  getZonePermissions,
  listPermissions,
  setSectionPermissions,
  setZonePermissions,
} from './api-permissions.ts'
import { addRecordCall, deleteRecordCall, getRecords, updateRecordCall } from './api-records.ts'
import {
  changePassword,
  createSingleUseToken,
  createTokenForUser,
  deleteAnySession,
  deleteOwnSession,
  getProfile,
  listSessions,
  setProfile,
} from './api-sessions.ts'
import {
  createGroup,
  createUserAccount,
  deleteGroup,
  deleteUser,
  getGroup,
  getUser,
  listGroups,
  listUsers,
  setGroup,
  setUser,
} from './api-users.ts'
import { getAppConfig, installApp, listApps, setAppConfig, uninstallApp } from './api-apps.ts'
import { deleteStatistics, getStatistics, getTop, metrics, metricsText } from './api-dashboard.ts'
import { exportLogs, listLogFiles, queryLogs } from './api-logs.ts'
import { allowedZones, blockedZones, deleteCached, flushCache, listCache } from './api-lists.ts'
import { resolve } from './api-resolve.ts'
import { clusterState, getSettings, listTsigKeyNames, pauseBlocking, setSettings } from './api-server.ts'
import { getZoneOptions, setZoneOptions } from './api-zone-options.ts'
import {
  cloneZone,
  convertZone,
  createZoneCall,
  deleteZone,
  disableZone,
  enableZone,
  exportZoneCall,
  importZone,
  listCatalogs,
  listZones,
  resyncZone,
} from './api-zones.ts'
import type { Call, Handler } from './call.ts'

/** Calls whose answer is wrapped in `response`, by path below `/api/`. Others of the real server answer 404 here. */
export const ROUTES: Readonly<Record<string, Handler>> = {
  'user/createSingleUseToken': createSingleUseToken,
  'user/session/delete': deleteOwnSession,
  'user/changePassword': changePassword,
  'user/profile/get': getProfile,
  'user/profile/set': setProfile,
  'zones/list': listZones,
  'zones/catalogs/list': listCatalogs,
  'zones/create': createZoneCall,
  'zones/import': importZone,
  'zones/clone': cloneZone,
  'zones/convert': convertZone,
  'zones/enable': enableZone,
  'zones/disable': disableZone,
  'zones/delete': deleteZone,
  'zones/resync': resyncZone,
  'zones/options/get': getZoneOptions,
  'zones/options/set': setZoneOptions,
  'zones/permissions/get': getZonePermissions,
  'zones/permissions/set': setZonePermissions,
  'zones/dnssec/properties/get': getDnssecProperties,
  'zones/dnssec/viewDS': viewDs,
  'zones/dnssec/sign': signZoneCall,
  'zones/dnssec/unsign': unsignZoneCall,
  'zones/dnssec/properties/convertToNSEC': convertToNsecCall,
  'zones/dnssec/properties/convertToNSEC3': convertToNsec3Call,
  'zones/dnssec/properties/updateNSEC3Params': updateNsec3Call,
  'zones/dnssec/properties/updateDnsKeyTtl': updateDnsKeyTtlCall,
  'zones/dnssec/properties/generatePrivateKey': addPrivateKey,
  'zones/dnssec/properties/addPrivateKey': addPrivateKey,
  'zones/dnssec/properties/updatePrivateKey': updatePrivateKey,
  'zones/dnssec/properties/deletePrivateKey': deletePrivateKey,
  'zones/dnssec/properties/publishAllPrivateKeys': publishAllPrivateKeys,
  'zones/dnssec/properties/activateKskDnsKey': activateKskDnsKey,
  'zones/dnssec/properties/rolloverDnsKey': rolloverDnsKey,
  'zones/dnssec/properties/retireDnsKey': retireDnsKey,
  'zones/records/add': addRecordCall,
  'zones/records/get': getRecords,
  'zones/records/update': updateRecordCall,
  'zones/records/delete': deleteRecordCall,
  'cache/list': listCache,
  'cache/delete': deleteCached,
  'cache/flush': flushCache,
  'allowed/list': allowedZones.list,
  'allowed/add': allowedZones.add,
  'allowed/delete': allowedZones.remove,
  'allowed/flush': allowedZones.flush,
  'allowed/import': allowedZones.fill,
  'blocked/list': blockedZones.list,
  'blocked/add': blockedZones.add,
  'blocked/delete': blockedZones.remove,
  'blocked/flush': blockedZones.flush,
  'blocked/import': blockedZones.fill,
  'dnsClient/resolve': resolve,
  'settings/get': getSettings,
  'settings/set': setSettings,
  'settings/getTsigKeyNames': listTsigKeyNames,
  'settings/temporaryDisableBlocking': pauseBlocking,
  'apps/list': listApps,
  'apps/install': installApp,
  'apps/uninstall': uninstallApp,
  'apps/config/get': getAppConfig,
  'apps/config/set': setAppConfig,
  'dashboard/stats/get': getStatistics,
  'dashboard/stats/getTop': getTop,
  'dashboard/stats/deleteAll': deleteStatistics,
  'dashboard/metrics/json': metrics,
  'logs/query': queryLogs,
  'logs/list': listLogFiles,
  'admin/cluster/state': clusterState,
  'admin/sessions/list': listSessions,
  'admin/sessions/createToken': createTokenForUser,
  'admin/sessions/delete': deleteAnySession,
  'admin/users/list': listUsers,
  'admin/users/create': createUserAccount,
  'admin/users/get': getUser,
  'admin/users/set': setUser,
  'admin/users/delete': deleteUser,
  'admin/groups/list': listGroups,
  'admin/groups/create': createGroup,
  'admin/groups/get': getGroup,
  'admin/groups/set': setGroup,
  'admin/groups/delete': deleteGroup,
  'admin/permissions/list': listPermissions,
  'admin/permissions/get': getSectionPermissions,
  'admin/permissions/set': setSectionPermissions,
}

interface TextAnswer {
  text: string
  /** Absent: it is shown, not kept. */
  filename?: string
  /** `text/plain` when it is left out. */
  contentType?: string
}

/** Calls whose answer is a file. */
export const TEXT_ROUTES: Readonly<Record<string, (call: Call) => TextAnswer>> = {
  'zones/export': exportZoneCall,
  'allowed/export': allowedZones.print,
  'blocked/export': blockedZones.print,
  'logs/export': exportLogs,
  'dashboard/metrics/text': metricsText,
}
