import type { ServerBlocking } from '@zonedeck/shared/content-filter'
import * as z from 'zod'
import { ProviderError } from '../provider-error.ts'
import type { FilterBackend, ProviderContext } from '../provider.ts'
import { makeCall } from './call.ts'
import { appConfig, appList, blockingSettings, zoneTree } from './wire.ts'

/** The app is found by this; what it is called is up to whoever installed it. */
const CLASS_PATH = 'ContentFilter.App'
const LARGE = 64 * 2 ** 20
/**
 * With any app installed the server looks for newer ones in a store on the internet before it answers, and waits five
 * seconds for that. What it answers rarely changes.
 */
const APPS_REMEMBERED = 600_000
const SLOW = 20_000

interface App {
  name: string
  version: string
}

/**
 * The Content Filter app inside of a Technitium server, by `apps/config`. The server gives a configuration to the app
 * before it keeps it, so a refused one leaves the file as it was. It keeps the text to the letter.
 */
export function filter(context: ProviderContext): FilterBackend {
  const { call } = makeCall(context)
  const { memory } = context
  let known: App | undefined

  async function findApp(): Promise<App> {
    const remembered = known ?? (memory?.get('filter-app') as App | undefined)
    if (remembered !== undefined) return remembered
    const { apps } = await call('/api/apps/list', {}, appList, { reads: true, timeout: SLOW })
    const app = apps.find(({ dnsApps }) => dnsApps.some(({ classPath }) => classPath === CLASS_PATH))
    if (app === undefined) {
      throw new ProviderError(
        'missing',
        'The Content Filter app is not installed on this server. Its own console installs it, under Apps.',
      )
    }
    known = { name: app.name, version: app.version }
    memory?.set('filter-app', known, APPS_REMEMBERED)
    return known
  }

  /** Somebody may have installed the app under another name meanwhile: then it is looked for once more. */
  async function withApp<T>(use: (app: App) => Promise<T>): Promise<T> {
    const app = await findApp()
    try {
      return await use(app)
    } catch (error) {
      if (!(error instanceof ProviderError) || !/DNS application was not found/i.test(error.message)) throw error
      known = undefined
      memory?.delete('filter-app')
      return use(await findApp())
    }
  }

  const readText = async ({ name }: App) => {
    const { config } = await call('/api/apps/config/get', { name }, appConfig, { reads: true, maxBytes: LARGE })
    return config ?? ''
  }

  const set = async ({ name }: App, config: string) => {
    await call('/api/apps/config/set', { name, config }, z.unknown(), { timeout: SLOW })
    return { reloaded: true }
  }

  return {
    read: () =>
      withApp(async (app) => ({
        text: await readText(app),
        about: { transport: 'technitium', app: app.name, version: app.version },
      })),
    write: (text) => withApp((app) => set(app, text)),
    refresh: () => withApp(async (app) => set(app, await readText(app))),
    blocking: {
      read: () => readBlocking(call),
      setEnabled: async (enabled) => {
        await call('/api/settings/set', { enableBlocking: String(enabled) }, z.unknown())
      },
      pause: async (minutes) => {
        await call('/api/settings/temporaryDisableBlocking', { minutes: String(minutes) }, z.unknown())
      },
      isLeftOff: async (since) => {
        const settings = await orUnseen(call('/api/settings/get', {}, blockingSettings, { reads: true }))
        return (
          settings?.enableBlocking === false &&
          settings.temporaryDisableBlockingTill === undefined &&
          Date.parse(settings.uptimestamp ?? '') > since
        )
      },
    },
  }
}

/** Settings, blocked and allowed zones are sections of their own, and an account may be kept out of each. */
async function readBlocking(call: ReturnType<typeof makeCall>['call']): Promise<ServerBlocking> {
  const hasNames = async (path: '/api/blocked/list' | '/api/allowed/list') => {
    const { zones, records } = await call(path, {}, zoneTree, { reads: true })
    return zones.length > 0 || records.length > 0
  }
  const [settings, blockedZones, allowedZones] = await Promise.all([
    orUnseen(call('/api/settings/get', {}, blockingSettings, { reads: true })),
    orUnseen(hasNames('/api/blocked/list')),
    orUnseen(hasNames('/api/allowed/list')),
  ])
  return {
    enabled: settings?.enableBlocking ?? null,
    pausedUntil: settings?.temporaryDisableBlockingTill ?? null,
    blockLists: settings === null ? null : (settings.blockListUrls ?? []),
    blockedZones,
    allowedZones,
    bypass: settings === null ? null : (settings.blockingBypassList ?? []),
  }
}

async function orUnseen<T>(answer: Promise<T>): Promise<T | null> {
  try {
    return await answer
  } catch (error) {
    if (error instanceof ProviderError && error.kind === 'forbidden') return null
    throw error
  }
}
