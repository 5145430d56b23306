import type { AppBlockList, AppClient, AppConfig, AppProfile, AppRewrite, AppService, AppWindow } from './app-config.ts'
import { isBlank } from './dotnet/text.ts'
import { earlierValues, type EarlierValues } from './earlier-values.ts'
import { outlineOf } from './json-outline.ts'
import { pointer, type Path } from './pointer.ts'

/** Something in a configuration that makes the app refuse it. */
export interface Refusal {
  path: Path
  /** The path as JSON pointer. */
  pointer: string
  /** What is there and what would be right. */
  message: string
  /** The app takes any value but null there, so leaving the key out would do. */
  isNull: boolean
}

export type ReadConfig = { config: AppConfig; refusals: null } | { config: null; refusals: Refusal[] }

type Json = Record<string, unknown>

const MAX_INT = 2_147_483_647
/** System.Text.Json reads no deeper. */
const MAX_DEPTH = 64

/**
 * What the app makes of the text given to it (`System.Text.Json`, then its own compilation of the profiles). Empty text is
 * a configuration with nothing in it. Comments, commas at the end, values of another type and most nulls are refused; keys
 * must be spelled exactly, and others are ignored. Of a key that comes twice the last value counts, but every value must
 * be of the right type.
 */
export function readConfig(text: string): ReadConfig {
  if (isBlank(text)) return readConfig('{}')
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return refused([], 'This is not JSON. Comments and commas at the end of a list are no JSON either.')
  }
  if (value === null) return readConfig('{}')
  const { depth, keys } = outlineOf(text)
  if (depth > MAX_DEPTH) return refused([], `This is nested more than ${MAX_DEPTH} deep.`)
  const reader = new Reader(text, earlierValues(text, value, keys))
  const config = reader.config(value)
  return reader.refusals.length === 0 ? { config, refusals: null } : { config: null, refusals: reader.refusals }
}

function refused(path: Path, message: string): ReadConfig {
  return { config: null, refusals: [{ path, pointer: pointer(path), message, isNull: false }] }
}

/** Reads leniently and notes what the app refuses; values that it refuses come out as defaults. */
class Reader {
  readonly refusals: Refusal[] = []
  /** JSON.parse turns 24.0 into 24; the app takes only the second for a whole number. */
  readonly #hasFractions: boolean
  readonly #earlier: EarlierValues
  /** What is being read came before another value of its key: the app looks no closer than at its type. */
  #isReplaced = false

  constructor(text: string, earlier: EarlierValues) {
    this.#earlier = earlier
    this.#hasFractions = /"refreshHours"\s*:\s*-?\d+[.eE]/.test(text)
  }

  config(value: unknown): AppConfig {
    const json = this.#object([], value, (again) => this.config(again))
    const profiles = this.#map(['profiles'], json, (path, item) => this.#profile(path, item))
    const blockLists = this.#nullable(['blockLists'], json['blockLists'], (path, list) =>
      this.#list(path, list, (at, item) => this.#nullable(at, item, (place, entry) => this.#blockList(place, entry))),
    )
    // The registry is looked at when a profile is compiled, and only then.
    if (profiles.size > 0) {
      if (blockLists === null) this.#refuseNull(['blockLists'], 'a list')
      blockLists?.forEach((item, index) => {
        if (item === null) this.#refuseNull(['blockLists', index], 'an entry')
      })
    }
    const blockingAddresses = this.#nullable(['blockingAddresses'], json['blockingAddresses'], (path, list) =>
      this.#list(path, list, (at, item) => this.#string(at, item)),
    )
    if ([...profiles.values()].some((profile) => profile.blockingAddresses === null)) {
      blockingAddresses?.forEach((item, index) => {
        if (item === null) this.#refuseNull(['blockingAddresses', index], 'an address')
      })
    }
    return {
      enableBlocking: this.#boolean(['enableBlocking'], json, true),
      profiles,
      clients: this.#nullable(['clients'], json['clients'], (path, list) =>
        this.#list(path, list, (at, item) => this.#nullable(at, item, (place, entry) => this.#client(place, entry))),
      ),
      defaultProfile: this.#text(['defaultProfile'], json, null),
      baseProfile: this.#text(['baseProfile'], json, null),
      timeZone: this.#text(['timeZone'], json, 'UTC'),
      scheduleAllDay: this.#boolean(['scheduleAllDay'], json, true),
      customServices: this.#map(['customServices'], json, (path, item) => this.#service(path, item)),
      blockLists,
      allowTxtBlockingReport: this.#boolean(['allowTxtBlockingReport'], json, false),
      blockingAddresses,
    }
  }

  #profile(path: Path, value: unknown): AppProfile {
    const json = this.#object(path, value, (again) => this.#profile(path, again))
    const texts = (key: string) => this.#texts([...path, key], json[key])
    this.#text([...path, 'description'], json, null)
    return {
      blockedServices: texts('blockedServices'),
      blockLists: this.#urls([...path, 'blockLists'], json['blockLists']),
      allowList: texts('allowList'),
      customRules: texts('customRules'),
      regexBlockRules: texts('regexBlockRules'),
      regexAllowRules: texts('regexAllowRules'),
      dnsRewrites: this.#list([...path, 'dnsRewrites'], json['dnsRewrites'], (at, item) => this.#rewrite(at, item)),
      blockingAddresses: json['blockingAddresses'] == null ? null : texts('blockingAddresses'),
      schedule: this.#schedule([...path, 'schedule'], json['schedule']),
    }
  }

  /** URLs, or the entries of an older form of the configuration; anything else in the list is passed over. */
  #urls(path: Path, value: unknown): AppProfile['blockLists'] {
    if (value == null) return []
    const urls = this.#list(path, value, (at, item) => {
      if (typeof item === 'string') return this.#string(at, item)
      return item !== null && typeof item === 'object' && !Array.isArray(item) ? this.#blockList(at, item).url : null
    })
    return urls.flatMap((url, at) => (url === null || isBlank(url) ? [] : { url, at }))
  }

  #rewrite(path: Path, value: unknown): AppRewrite {
    const json = this.#object(path, value, (again) => this.#rewrite(path, again))
    return { domain: this.#text([...path, 'domain'], json, ''), answer: this.#text([...path, 'answer'], json, '') }
  }

  #schedule(path: Path, value: unknown): AppProfile['schedule'] {
    if (value == null) return null
    const json = this.#object(path, value, (again) => this.#schedule(path, again))
    const schedule = new Map<string, readonly (AppWindow | null)[]>()
    for (const [day, windows] of Object.entries(json)) {
      const at = [...path, day]
      if (Array.isArray(windows)) {
        const list = windows.map((item, index) =>
          this.#nullable([...at, index], item, (place, entry) => this.#window(place, entry)),
        )
        setDay(schedule, day, list)
      } else if (windows === null) this.#refuseNullType(at, 'a window or a list of windows')
      else setDay(schedule, day, [this.#window(at, windows)])
    }
    return schedule
  }

  #window(path: Path, value: unknown): AppWindow {
    const json = this.#object(path, value, (again) => this.#window(path, again))
    return {
      allDay: this.#boolean([...path, 'allDay'], json, true),
      start: this.#text([...path, 'start'], json, '00:00'),
      end: this.#text([...path, 'end'], json, '23:59:59'),
    }
  }

  #client(path: Path, value: unknown): AppClient {
    const json = this.#object(path, value, (again) => this.#client(path, again))
    return {
      name: this.#text([...path, 'name'], json, ''),
      ids: this.#nullable([...path, 'ids'], json['ids'], (at, list) =>
        this.#list(at, list, (place, item) => this.#string(place, item)),
      ),
      profile: this.#text([...path, 'profile'], json, ''),
    }
  }

  #blockList(path: Path, value: unknown): AppBlockList {
    const json = this.#object(path, value, (again) => this.#blockList(path, again))
    return {
      url: this.#text([...path, 'url'], json, ''),
      name: this.#text([...path, 'name'], json, ''),
      enabled: this.#boolean([...path, 'enabled'], json, true),
      refreshHours: this.#integer([...path, 'refreshHours'], json['refreshHours'], 24),
      type: this.#text([...path, 'type'], json, 'domain'),
    }
  }

  #service(path: Path, value: unknown): AppService {
    const json = this.#object(path, value, (again) => this.#service(path, again))
    return {
      name: this.#text([...path, 'name'], json, ''),
      domains: this.#texts([...path, 'domains'], json['domains']),
    }
  }

  #map<T>(path: readonly [string], json: Json, read: (path: Path, item: unknown) => T): Map<string, T> {
    const value = json[path[0]]
    if (value === undefined) return new Map()
    const again = (earlier: unknown) => this.#map(path, { [path[0]]: earlier }, read)
    const entries = Object.entries(this.#object(path, value, again))
    return new Map(entries.map(([key, item]) => [key, read([...path, key], item)]))
  }

  /** A list of texts without nulls. */
  #texts(path: Path, value: unknown): string[] {
    return this.#list(path, value, (at, item) => {
      if (item === null) this.#refuseNull(at, 'a text')
      return this.#string(at, item) ?? ''
    })
  }

  /** A list that may be missing, but not null. */
  #list<T>(path: Path, value: unknown, read: (path: Path, item: unknown) => T): T[] {
    if (value === undefined) return []
    if (value === null) this.#refuseNull(path, 'a list')
    else if (!Array.isArray(value)) this.#refuse(path, value, 'a list')
    return Array.isArray(value) ? value.map((item: unknown, index) => read([...path, index], item)) : []
  }

  #nullable<T>(path: Path, value: unknown, read: (path: Path, value: unknown) => T): T | null {
    return value === null ? null : read(path, value)
  }

  /** What is no object comes out empty. `again` reads the same with a value that a key had before, and nothing else. */
  #object(path: Path, value: unknown, again: (earlier: Json) => unknown): Json {
    if (value === null) this.#refuseNull(path, 'an object')
    else if (typeof value !== 'object' || Array.isArray(value)) this.#refuse(path, value, 'an object')
    if (value === null || typeof value !== 'object' || Array.isArray(value)) return {}
    for (const key of Object.keys(value)) this.#checkText([...path, key], key)
    const isReplaced = this.#isReplaced
    this.#isReplaced = true
    for (const [key, earlier] of this.#earlier.get(value) ?? []) again({ [key]: earlier })
    this.#isReplaced = isReplaced
    return value as Json
  }

  /** A text or null. */
  #text<T extends string | null>(path: Path, json: Json, missing: T): string | T | null {
    const value = json[String(path.at(-1))]
    return value === undefined ? missing : this.#string(path, value)
  }

  #string(path: Path, value: unknown): string | null {
    if (value === null) return null
    if (typeof value !== 'string') this.#refuse(path, value, 'a text')
    else this.#checkText(path, value)
    return typeof value === 'string' ? value : null
  }

  #checkText(path: Path, text: string): void {
    if (!text.isWellFormed()) this.#note(path, 'This holds half of a character (a lone surrogate).', false)
  }

  #boolean(path: Path, json: Json, missing: boolean): boolean {
    const value = json[String(path.at(-1))]
    if (value === null) this.#refuseNullType(path, 'true or false')
    else if (value !== undefined && typeof value !== 'boolean') this.#refuse(path, value, 'true or false')
    return typeof value === 'boolean' ? value : missing
  }

  #integer(path: Path, value: unknown, missing: number): number {
    if (value === undefined) return missing
    if (value === null) this.#refuseNullType(path, 'a whole number')
    else if (
      typeof value !== 'number' ||
      !Number.isInteger(value) ||
      Math.abs(value + 0.5) > MAX_INT + 0.5 ||
      this.#hasFractions
    ) {
      this.#refuse(path, value, 'a whole number')
    }
    return typeof value === 'number' ? value : missing
  }

  #refuse(path: Path, value: unknown, wanted: string): void {
    const found = Array.isArray(value) ? 'a list' : typeof value === 'object' ? 'an object' : JSON.stringify(value)
    this.#note(path, `This is ${found}; the app wants ${wanted} here.`, false)
  }

  /** A null that the type allows, but the app's own code does not. */
  #refuseNull(path: Path, wanted: string): void {
    if (!this.#isReplaced) this.#refuseNullType(path, wanted)
  }

  #refuseNullType(path: Path, wanted: string): void {
    this.#note(path, `This is null; the app wants ${wanted} here.`, true)
  }

  #note(path: Path, message: string, isNull: boolean): void {
    this.refusals.push({ path, pointer: pointer(path), message, isNull })
  }
}

/** Days are the same in any case, and the last one counts. */
function setDay<T>(schedule: Map<string, T>, day: string, windows: T): void {
  const known = [...schedule.keys()].find((key) => key.toLowerCase() === day.toLowerCase())
  schedule.set(known ?? day, windows)
}
