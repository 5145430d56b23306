import { servicesById } from './catalogue.ts'
import {
  answersWith,
  capital,
  changedKeys,
  inWords,
  listLines,
  profileName,
  rewriteLines,
  ruleLine,
  scheduleLines,
  serviceLines,
  texts,
  type Maybe,
} from './describe-parts.ts'
import { isBlank, fold, trim } from './dotnet/text.ts'
import { itemKind, pairItems } from './identity.ts'
import { arrayOf, isObject, objectOf, parseJson, sameJson, textOf, type Json, type JsonObject } from './json.ts'
import { placeInWords } from './place.ts'

/** What changes about one profile, client, list or service, or about the settings. */
export interface ConfigChangeGroup {
  about: 'settings' | 'profile' | 'client' | 'list' | 'service'
  /** `Profile “kids”`. */
  title: string
  change: 'added' | 'removed' | 'changed'
  /** Sentences. */
  lines: string[]
}

/** The difference of two configurations for people: settings first, then profiles, clients, lists and services. */
export function describeConfigChanges(before: string, after: string): ConfigChangeGroup[] {
  return new Describer(read(before), read(after)).groups()
}

function read(text: string): JsonObject {
  const json = isBlank(text) ? {} : parseJson(text)
  return isObject(json) ? json : {}
}

class Describer {
  readonly #before: JsonObject
  readonly #after: JsonObject
  readonly #serviceNames: ReadonlyMap<string, string>

  constructor(before: JsonObject, after: JsonObject) {
    this.#before = before
    this.#after = after
    const custom = [before, after].flatMap((config) =>
      isObject(config['customServices']) ? Object.entries(config['customServices']) : [],
    )
    const own = custom.map(([id, service]): [string, string] => [
      fold(id),
      isObject(service) ? (textOf(service['name']) ?? id) : id,
    ])
    this.#serviceNames = new Map([
      ...[...servicesById(new Map())].map(([id, { name }]): [string, string] => [id, name]),
      ...own,
    ])
  }

  groups(): ConfigChangeGroup[] {
    const settings = this.#settings()
    const named = (key: string) => [objectOf(this.#before[key]), objectOf(this.#after[key])] as const
    const listed = (key: string) => [arrayOf(this.#before[key]), arrayOf(this.#after[key])] as const
    return [
      ...(settings.length > 0
        ? [{ about: 'settings' as const, title: 'Settings', change: 'changed' as const, lines: settings }]
        : []),
      ...this.#byKey('profile', 'Profile', ...named('profiles'), (a, b) => this.#profile(a, b)),
      ...this.#byPosition('client', 'Client', 'clients', ...listed('clients'), (a, b) => this.#client(a, b)),
      ...this.#byPosition('list', 'List', 'blockLists', ...listed('blockLists'), listLines),
      ...this.#byKey('service', 'Service', ...named('customServices'), (a, b) => serviceLines(a, b)),
    ]
  }

  #byKey(
    about: ConfigChangeGroup['about'],
    noun: string,
    before: JsonObject,
    after: JsonObject,
    describe: (before: JsonObject, after: JsonObject) => string[],
  ): ConfigChangeGroup[] {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])]
    return keys.flatMap((key) => group(about, `${noun} “${key}”`, before[key], after[key], describe))
  }

  #byPosition(
    about: ConfigChangeGroup['about'],
    noun: string,
    key: string,
    before: Json[],
    after: Json[],
    describe: (before: JsonObject, after: JsonObject) => string[],
  ): ConfigChangeGroup[] {
    const pairs = pairItems(itemKind([key]), before, after)
    const title = (item: Json, index: number) =>
      `${noun} “${isObject(item) ? textOf(item['name']) || textOf(item['url']) || index + 1 : index + 1}”`
    const gone = before.flatMap((item, index) =>
      pairs.includes(index) ? [] : group(about, title(item, index), item, undefined, describe),
    )
    const rest = after.flatMap((item, index) => {
      const old = pairs[index]! < 0 ? undefined : before[pairs[index]!]
      return group(about, title(item, index), old, item, describe)
    })
    return [...gone, ...rest, ...this.#moved(about, noun, key, pairs)]
  }

  /** The first client that fits has a query, so their order means something. */
  #moved(about: ConfigChangeGroup['about'], noun: string, key: string, pairs: readonly number[]): ConfigChangeGroup[] {
    const order = pairs.filter((pair) => pair >= 0)
    if (key !== 'clients' || order.every((pair, index) => index === 0 || pair > order[index - 1]!)) return []
    return [
      {
        about,
        title: `${noun}s`,
        change: 'changed',
        lines: ['Their order changes; of two that fit a query equally well, the first counts.'],
      },
    ]
  }

  #settings(): string[] {
    const grouped = ['profiles', 'clients', 'blockLists', 'customServices']
    return changedKeys(this.#before, this.#after, grouped).flatMap((key) => {
      const value = this.#after[key]
      switch (key) {
        case 'enableBlocking':
          return value === false ? 'Filtering is switched off.' : 'Filtering is switched on.'
        case 'scheduleAllDay':
          return value === false ? 'Schedules count.' : 'Schedules mean nothing: profiles filter around the clock.'
        case 'allowTxtBlockingReport':
          return value === true
            ? 'Answers tell why something is blocked.'
            : 'Answers no longer tell why something is blocked.'
        case 'blockingAddresses':
          return answersWith(value)
        default:
          return `${capital(placeInWords([key], null))} is ${inWords(value)} (was ${inWords(this.#before[key])}).`
      }
    })
  }

  #profile(before: JsonObject, after: JsonObject): string[] {
    return changedKeys(before, after).flatMap((key): string[] => {
      const [a, b] = [before[key], after[key]]
      switch (key) {
        case 'blockedServices':
          return texts(
            a,
            b,
            (id) => `Blocks the service ${this.#serviceName(id)}.`,
            (id) => `No longer blocks the service ${this.#serviceName(id)}.`,
          )
        case 'blockLists':
          return texts(
            a,
            b,
            (url) => `Uses the list ${this.#listName(url)}.`,
            (url) => `No longer uses the list ${this.#listName(url)}.`,
          )
        case 'allowList':
          return texts(
            a,
            b,
            (domain) => `Allows “${trim(domain)}”.`,
            (domain) => `No longer allows “${trim(domain)}”.`,
          )
        case 'customRules':
          return texts(
            a,
            b,
            (line) => ruleLine(line, true),
            (line) => ruleLine(line, false),
          )
        case 'regexBlockRules':
          return texts(
            a,
            b,
            (pattern) => `Blocks what “${pattern}” matches.`,
            (pattern) => `No longer blocks what “${pattern}” matches.`,
          )
        case 'regexAllowRules':
          return texts(
            a,
            b,
            (pattern) => `Allows what “${pattern}” matches.`,
            (pattern) => `No longer allows what “${pattern}” matches.`,
          )
        case 'dnsRewrites':
          return rewriteLines(arrayOf(a), arrayOf(b))
        case 'blockingAddresses':
          return [answersWith(b)]
        case 'schedule':
          return scheduleLines(objectOf(a), objectOf(b))
        case 'description':
          return [isBlank(textOf(b)) ? 'Has no description any more.' : `Its description is “${textOf(b)}”.`]
        default:
          return [`“${key}” is ${inWords(b)} (was ${inWords(a)}).`]
      }
    })
  }

  #client(before: JsonObject, after: JsonObject): string[] {
    return changedKeys(before, after).flatMap((key): string[] => {
      const [a, b] = [before[key], after[key]]
      if (key === 'ids')
        return texts(
          a,
          b,
          (id) => `Is found by ${id}.`,
          (id) => `Is no longer found by ${id}.`,
        )
      if (key === 'name') return a === undefined ? [] : [`Is called “${textOf(b) ?? ''}” (was “${textOf(a) ?? ''}”).`]
      if (key === 'profile') return [`Has ${profileName(b)}${a === undefined ? '' : ` (had ${profileName(a)})`}.`]
      return [`“${key}” is ${inWords(b)} (was ${inWords(a)}).`]
    })
  }

  #serviceName(id: string): string {
    return this.#serviceNames.get(fold(id)) ?? `“${id}”`
  }

  #listName(url: string): string {
    const lists = [...arrayOf(this.#after['blockLists']), ...arrayOf(this.#before['blockLists'])]
    const list = lists.find((item) => isObject(item) && item['url'] === url)
    const name = isObject(list) ? textOf(list['name']) : null
    return `“${name || url}”`
  }
}

function group(
  about: ConfigChangeGroup['about'],
  title: string,
  before: Maybe,
  after: Maybe,
  describe: (before: JsonObject, after: JsonObject) => string[],
): ConfigChangeGroup[] {
  if (sameJson(before, after)) return []
  if (after === undefined) return [{ about, title, change: 'removed', lines: [] }]
  const lines = describe(objectOf(before), objectOf(after))
  return [{ about, title, change: before === undefined ? 'added' : 'changed', lines }]
}
