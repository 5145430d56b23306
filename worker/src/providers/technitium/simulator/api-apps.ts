import { requireSection, type Call, type Handler, type Members } from './call.ts'
import { ServerError } from './errors.ts'
import { loadFilterConfig } from './filter-app.ts'
import type { AppKind, InstalledApp } from './installed-app.ts'
import { QUERY_LOGS } from './query-logs-app.ts'
import type { State } from './state.ts'

const CONTENT_FILTER: AppKind = {
  archive: /content-?filter/i,
  version: '1.0',
  classPath: 'ContentFilter.App',
  description: 'Parental controls with per-client profiles, blocked services, DNS rewrites, and time-based schedules.',
  about: null,
  logs: false,
  firstConfig: null,
  load: loadFilterConfig,
}

const KINDS = [CONTENT_FILTER, QUERY_LOGS]

/** Installs the Content Filter app, as if it had been uploaded. */
export function installFilter(state: State, name: string, config: string | null): void {
  CONTENT_FILTER.load(config)
  install(state, name, CONTENT_FILTER, config)
}

/** Installs the app that logs queries; it was there before all of them. */
export function installQueryLogs(state: State): void {
  install(state, 'Query Logs (Sqlite)', QUERY_LOGS, QUERY_LOGS.firstConfig)
  state.apps.get('Query Logs (Sqlite)')!.installedAt = -Infinity
}

function install(state: State, name: string, kind: AppKind, config: string | null): void {
  state.apps.set(name, { name, kind, config, installedAt: state.now() })
}

function appJson({ name, kind }: InstalledApp): Members {
  return {
    name,
    description: kind.about,
    version: kind.version,
    dnsApps: [
      {
        classPath: kind.classPath,
        description: kind.description,
        isAppRecordRequestHandler: false,
        isRequestController: false,
        isAuthoritativeRequestHandler: false,
        isRequestBlockingHandler: !kind.logs,
        isQueryLogger: kind.logs,
        isQueryLogs: kind.logs,
        isPostProcessor: false,
      },
    ],
  }
}

/** Open to whoever may see apps, zones or logs; the store that the real server looks into first is out of reach here. */
export const listApps: Handler = (call) => {
  const { state } = call
  if (!['Apps', 'Zones', 'Logs'].some((section) => mayView(call, section as 'Apps')))
    requireSection(call, 'Apps', 'canView')
  return { apps: [...state.apps.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1)).map(appJson) }
}

function mayView(call: Call, section: 'Apps' | 'Zones' | 'Logs'): boolean {
  try {
    requireSection(call, section, 'canView')
    return true
  } catch (error) {
    if (error instanceof ServerError) return false
    throw error
  }
}

export function appNamed({ state, parameters }: Call): InstalledApp {
  const name = parameters.text('name').trim()
  const app = state.apps.get(name)
  if (!app) throw new ServerError(`DNS application was not found: ${name}`)
  return app
}

export const installApp: Handler = (call) => {
  requireSection(call, 'Apps', 'canDelete')
  const { state, file, fileName } = call
  const name = call.parameters.text('name').trim()
  if (file === null) throw new ServerError('DNS application zip file is missing.')
  if (state.apps.has(name)) throw new ServerError(`DNS application already exists: ${name}`)
  const kind = KINDS.find(({ archive }) => archive.test(fileName ?? ''))
  // Archives begin with these two letters.
  if (!file.startsWith('PK') || kind === undefined) {
    throw new ServerError('Central Directory corrupt.', `Invalid argument : '/etc/dns/apps/${name}/${name}.zip'`)
  }
  install(state, name, kind, kind.firstConfig)
  return { installedApp: appJson(state.apps.get(name)!) }
}

export const uninstallApp: Handler = (call) => {
  requireSection(call, 'Apps', 'canDelete')
  call.state.apps.delete(call.parameters.text('name').trim())
  return {}
}

export const getAppConfig: Handler = (call) => {
  requireSection(call, 'Apps', 'canView')
  return { config: appNamed(call).config }
}

/** The app gets it first; only what it takes is kept. */
export const setAppConfig: Handler = (call) => {
  requireSection(call, 'Apps', 'canModify')
  call.parameters.text('name')
  const config = call.parameters.raw('config')
  if (config === null) throw new ServerError("Parameter 'config' missing.")
  const app = appNamed(call)
  const kept = config === '' ? null : config
  app.kind.load(kept)
  app.config = kept
  return {}
}
