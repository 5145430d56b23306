import { isObject, type Json, type JsonObject } from '@zonedeck/shared/filter/json'

/** As Python's `isinstance(x, str)` with an empty text for anything else. */
export function text(value: Json | undefined): string {
  return typeof value === 'string' ? value : ''
}

/** As Python's `x.lower().rstrip('.')`. */
export function domainOf(value: Json | undefined): string {
  return text(value).trim().toLowerCase().replace(/\.+$/, '')
}

/** The file that the Web UI and the app share, as the Web UI reads and writes it. */
export interface ConfigFile {
  load(): JsonObject
  /** Keeps it and gives it to Technitium; answers whether that answered. */
  save(config: JsonObject): Promise<boolean>
  /** Gives what there is to Technitium once more. */
  reload(): Promise<boolean>
}

/** What the Web UI takes for a configuration while there is no file. */
const nothing = (): JsonObject => ({
  enableBlocking: true,
  profiles: {},
  clients: [],
  defaultProfile: null,
  baseProfile: null,
  timeZone: 'UTC',
  scheduleAllDay: true,
  customServices: {},
  blockLists: [],
})

/**
 * @param kept where the text of the file is; null for no file yet
 * @param push gives a configuration to Technitium: true when it answered with status 200, whatever it said
 */
export function makeFile(kept: { text: string | null }, push: (config: string) => Promise<boolean>): ConfigFile {
  const write = (config: JsonObject) => {
    kept.text = JSON.stringify(config, null, 2)
    return kept.text
  }
  const load = (): JsonObject => {
    if (kept.text === null) return nothing()
    const config = JSON.parse(kept.text) as JsonObject
    if (migrate(config)) write(config)
    return config
  }
  return { load, save: (config) => push(write(config)), reload: () => push(JSON.stringify(load(), null, 2)) }
}

/** Lists that stand in a profile whole, as in an older configuration, move to the registry. True when there were some. */
function migrate(config: JsonObject): boolean {
  const registry = (config['blockLists'] ??= [])
  if (!Array.isArray(registry) || !isObject(config['profiles'])) return false
  const known = new Set(registry.flatMap((list) => (isObject(list) ? text(list['url']) : [])))
  let migrated = false
  for (const profile of Object.values(config['profiles'])) {
    if (!isObject(profile) || !Array.isArray(profile['blockLists'])) continue
    profile['blockLists'] = profile['blockLists'].flatMap((entry): Json[] => {
      if (!isObject(entry)) return typeof entry === 'string' ? [entry] : []
      migrated = true
      const url = text(entry['url'])
      if (url !== '' && !known.has(url)) {
        registry.push(entry)
        known.add(url)
      }
      return url === '' ? [] : [url]
    })
  }
  return migrated
}
