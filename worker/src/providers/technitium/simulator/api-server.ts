import { requireSection, shownTime, type Handler, type Members } from './call.ts'
import { isAllowedIn } from './directory.ts'
import { parseBoolean, parseInt32 } from './numbers.ts'
import { NS_TTL, RECORD_TTL, SOA_TTL, type State } from './state.ts'

/** Calls about the server itself. */

/** Only built-in blocking stops, not that of apps; the server switches it on again by itself. */
export const pauseBlocking: Handler = (call) => {
  requireSection(call, 'Settings', 'canModify')
  const minutes = call.parameters.read('minutes', parseInt32)
  const { blocking } = call.state
  blocking.enabled = false
  blocking.resumes = true
  blocking.pausedUntil = call.state.now() + minutes * 60_000
  return { temporaryDisableBlockingTill: shownTime(blocking.pausedUntil) }
}

export const clusterState: Handler = (call) => {
  requireSection(call, 'Administration', 'canView')
  return {
    version: call.state.version,
    dnsServerDomain: call.state.serverDomain,
    ...clusterJson(call.state),
  }
}

/** Also a part of what a session says. */
export function clusterJson(state: State): Members {
  const { cluster, startedAt } = state
  if (!cluster) return { clusterInitialized: false }
  return {
    clusterInitialized: true,
    clusterDomain: cluster.domain,
    clusterNodes: [...cluster.nodes.keys()].map((name, index) => ({
      id: index + 1,
      name,
      url: `https://${name}:53443/`,
      ipAddresses: [`192.0.2.${index + 1}`],
      type: index === 0 ? 'Primary' : 'Secondary',
      state: cluster.nodes.get(name) === state ? 'Self' : 'Connected',
      upSince: shownTime(startedAt),
    })),
  }
}

/** Open to who may change zones, and to who may see the settings. */
export const listTsigKeyNames: Handler = (call) => {
  const { state, user } = call
  if (!isAllowedIn(state.directory, 'Settings', user, 'canView')) requireSection(call, 'Zones', 'canModify')
  return { tsigKeyNames: [...state.tsigKeyNames] }
}

/** The few of some 130 settings that the simulator has. */
export const getSettings: Handler = (call) => {
  requireSection(call, 'Settings', 'canView')
  return settingsJson(call.state)
}

/** Of all settings only the switch of the server's own blocking and what passes it by can be set here. */
export const setSettings: Handler = (call) => {
  requireSection(call, 'Settings', 'canModify')
  const { state, parameters } = call
  const enabled = parameters.optional('enableBlocking', parseBoolean)
  if (enabled !== null) {
    state.blocking.enabled = enabled
    if (enabled) state.blocking.resumes = false
  }
  const bypass = parameters.text('blockingBypassList', '')
  if (bypass !== '')
    state.blocking.bypass = bypass === 'false' ? [] : bypass.split(',').map((network) => network.trim())
  return settingsJson(state)
}

function settingsJson(state: State): Members {
  const { version, startedAt, serverDomain, tsigKeyNames, cluster, blocking } = state
  if (blocking.resumes && state.now() >= blocking.pausedUntil) {
    blocking.enabled = true
    blocking.resumes = false
  }
  return {
    version,
    uptimestamp: shownTime(startedAt),
    clusterInitialized: cluster !== null,
    dnsServerDomain: serverDomain,
    defaultRecordTtl: RECORD_TTL,
    defaultNsRecordTtl: NS_TTL,
    defaultSoaRecordTtl: SOA_TTL,
    dnssecValidation: true,
    enableBlocking: blocking.enabled,
    allowTxtBlockingReport: true,
    blockingBypassList: [...blocking.bypass],
    ...(!blocking.enabled && blocking.pausedUntil > state.now()
      ? { temporaryDisableBlockingTill: shownTime(blocking.pausedUntil) }
      : {}),
    blockingType: 'NxDomain',
    blockingAnswerTtl: 30,
    customBlockingAddresses: [],
    blockListUrls: blocking.lists.length === 0 ? null : [...blocking.lists],
    blockListUpdateIntervalHours: 24,
    tsigKeys: tsigKeyNames.map((keyName) => ({ keyName, sharedSecret: '', algorithmName: 'hmac-sha256' })),
  }
}
