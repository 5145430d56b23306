import { requireSection, shownTime, type Handler, type Members } from './call.ts'
import { isAllowedIn } from './directory.ts'
import { ServerError } from './errors.ts'
import { parseInt32 } from './numbers.ts'
import { NS_TTL, RECORD_TTL, SOA_TTL, type State } from './state.ts'

/** Calls about the server itself. */

/** Only built-in blocking stops; the texts of the server say so, too. */
export const pauseBlocking: Handler = (call) => {
  requireSection(call, 'Settings', 'canModify')
  const minutes = call.parameters.read('minutes', parseInt32)
  return { temporaryDisableBlockingTill: shownTime(call.state.now() + minutes * 60_000) }
}

/** No app that holds a query log is installed. */
export const queryLogs: Handler = (call) => {
  requireSection(call, 'Logs', 'canView')
  const name = call.parameters.text('name')
  call.parameters.text('classPath')
  throw new ServerError(`DNS application was not found: ${name}`)
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
  const { version, startedAt, serverDomain, tsigKeyNames, cluster } = call.state
  return {
    version,
    uptimestamp: shownTime(startedAt),
    clusterInitialized: cluster !== null,
    dnsServerDomain: serverDomain,
    defaultRecordTtl: RECORD_TTL,
    defaultNsRecordTtl: NS_TTL,
    defaultSoaRecordTtl: SOA_TTL,
    dnssecValidation: true,
    tsigKeys: tsigKeyNames.map((keyName) => ({ keyName, sharedSecret: '', algorithmName: 'hmac-sha256' })),
  }
}
