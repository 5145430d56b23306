import type { PauseTarget } from '../../content-filter.ts'
import type { AppConfig } from '../app-config.ts'
import { fold, isBlank, trim } from '../dotnet/text.ts'
import { editConfig, type ConfigEdit } from '../edit.ts'
import { arrayOf, isObject, objectOf, parseJson, type Json, type JsonObject } from '../json.ts'
import { readConfig } from '../read-config.ts'
import { setMany, type ConfigValue } from '../set-many.ts'
import { allowKey, clientKey, defaultKey, profileKey, switchKey, type Claim, type ClientIdentity } from './claim.ts'
import { identityOf, makeFinder } from './client-entry.ts'

/** A pause that lasts. Technitium's own blocking is none of the configuration's business. */
export interface HeldPause {
  id: string
  target: PauseTarget
  /** Keys of what somebody else took out of its hands: these are left alone. */
  lost: readonly string[]
}

export interface Held {
  /** The configuration while the pauses last. */
  text: string
  claims: Claim[]
  /** By id of a pause: why it holds nothing, as a sentence. */
  idle: ReadonlyMap<string, string>
}

/** The profile of whom a pause leaves without a filter. */
export const unfiltered = ''
/** Of a profile made for a grant. */
const description = 'Made while something is let through for a time; it goes by itself.'

/**
 * What a configuration becomes while these pauses last. It is made from the configuration without any pause every time,
 * so that they add up in any order and end in any order.
 *
 * - A client is unfiltered with the empty profile: unlike none, it falls back to nothing (and `explain` agrees).
 * - A paused profile is one whose clients, and whose part as default profile, have the empty one. Where a client names no
 *   profile the base profile is what counts for it.
 * - A domain let through is an entry of the allow list: of the profile, or of a copy of it that is the client's alone.
 */
export function holdPauses(base: string, pauses: readonly HeldPause[]): Held {
  const read = readConfig(base)
  if (read.config === null) {
    const why = 'The app refuses the configuration as it is.'
    return { text: base, claims: [], idle: new Map(pauses.map(({ id }) => [id, why])) }
  }
  return new Holder(base, read.config, pauses).hold()
}

class Holder {
  readonly #base: string
  readonly #config: AppConfig
  readonly #pauses: readonly HeldPause[]
  readonly #root: JsonObject
  readonly #clients: Json[]
  readonly #claims: Claim[] = []
  readonly #idle = new Map<string, string>()
  readonly #values: ConfigValue[] = []
  readonly #edits: ConfigEdit[] = []
  /** What is let through for a time, by profile. */
  readonly #allowed = new Map<string, string[]>()

  constructor(base: string, config: AppConfig, pauses: readonly HeldPause[]) {
    this.#base = base
    this.#config = config
    this.#pauses = pauses
    this.#root = isBlank(base) ? {} : objectOf(parseJson(base))
    this.#clients = arrayOf(this.#root['clients'])
  }

  hold(): Held {
    for (const pause of this.#pauses) this.#checkTarget(pause)
    this.#holdSwitch()
    this.#holdDefault()
    this.#holdAllowed()
    this.#holdClients()
    const text = editConfig(setMany(this.#base, this.#values), this.#edits)
    const holding = new Set(this.#claims.flatMap(({ by }) => by))
    for (const { id, lost } of this.#pauses) {
      if (!holding.has(id) && !this.#idle.has(id)) {
        this.#idle.set(id, lost.length > 0 ? 'Somebody changed it meanwhile.' : 'It changes nothing.')
      }
    }
    return { text, claims: this.#claims, idle: this.#idle }
  }

  /** Says what is wrong with a target, as far as that is known beforehand. */
  #checkTarget({ id, target }: HeldPause): void {
    const why = this.#whyIdle(target)
    if (why !== null) this.#idle.set(id, why)
  }

  #whyIdle(target: PauseTarget): string | null {
    const { enableBlocking, profiles } = this.#config
    if (target.kind === 'everything') return enableBlocking ? null : 'Filtering is switched off already.'
    if (target.kind === 'server') return 'This is not in the configuration.'
    const about = target.kind === 'domain' ? target.for : target
    if (about.kind === 'profile') {
      if (!profiles.has(about.profile)) return `There is no profile “${about.profile}”.`
      if (target.kind === 'domain') return null
      return this.#usesOf(about.profile)
        ? null
        : `Nobody has the profile “${about.profile}”: there is nothing to pause.`
    }
    const name = about.client.name || about.client.ids[0] || 'no name'
    const index = makeFinder(this.#clients)(about.client)
    if (index < 0) return `There is no client “${name}”.`
    return this.#profileOf(index) === null ? `“${name}” is not filtered anyway.` : null
  }

  #usesOf(profile: string): boolean {
    return this.#default() === profile || this.#clients.some((_, index) => this.#profileOf(index) === profile)
  }

  /** By whose rules an entry is filtered; null: by none. */
  #profileOf(index: number): string | null {
    const client = this.#config.clients?.[index] ?? null
    return client === null ? null : this.#counting(client.profile)
  }

  #default(): string | null {
    return this.#counting(this.#config.defaultProfile)
  }

  #counting(wanted: string | null): string | null {
    const { baseProfile, profiles } = this.#config
    const profile = wanted ?? (isBlank(baseProfile) ? null : baseProfile)
    return profile !== null && profiles.has(profile) ? profile : null
  }

  /** Ids of the pauses that want to hold something. */
  #by(key: string, wants: (target: PauseTarget) => boolean): string[] {
    return this.#pauses.filter(({ target, lost }) => wants(target) && !lost.includes(key)).map(({ id }) => id)
  }

  #holdSwitch(): void {
    const by = this.#by(switchKey, ({ kind }) => kind === 'everything')
    if (by.length === 0 || !this.#config.enableBlocking) return
    this.#values.push({ path: ['enableBlocking'], value: false })
    this.#claims.push({ kind: 'switch', key: switchKey, by, before: this.#root['enableBlocking'] })
  }

  #holdDefault(): void {
    const profile = this.#default()
    const by = this.#by(defaultKey, (target) => target.kind === 'profile' && target.profile === profile)
    if (by.length === 0) return
    this.#values.push({ path: ['defaultProfile'], value: unfiltered })
    this.#claims.push({ kind: 'default', key: defaultKey, by, before: this.#root['defaultProfile'] })
  }

  #holdAllowed(): void {
    for (const { id, target, lost } of this.#pauses) {
      if (target.kind !== 'domain' || target.for.kind !== 'profile') continue
      const { domain } = target
      const { profile } = target.for
      const key = allowKey(profile, domain)
      const found = this.#config.profiles.get(profile)
      if (found === undefined || lost.includes(key)) continue
      if (isAllowed(found.allowList, domain)) {
        this.#idle.set(id, `“${domain}” is on the allow list of “${profile}” already.`)
        continue
      }
      const before = this.#allowed.get(profile) ?? []
      const same = this.#claims.findIndex((claim) => claim.key === key)
      if (same >= 0) {
        // A new timer beside the one that it replaces.
        this.#claims[same] = { ...this.#claims[same]!, by: [...this.#claims[same]!.by, id] }
        continue
      }
      const fresh = objectOf(objectOf(this.#root['profiles'])[profile])['allowList'] === undefined
      const at = found.allowList.length + before.length
      this.#edits.push({ op: 'insert', path: ['profiles', profile, 'allowList', at], value: domain })
      this.#claims.push({ kind: 'allow', key, by: [id], profile, domain, fresh: fresh && before.length === 0 })
      this.#allowed.set(profile, [...before, domain])
    }
  }

  #holdClients(): void {
    const targeted = this.#targetedClients()
    const profilesPaused = new Set(
      this.#pauses.flatMap(({ target }) => (target.kind === 'profile' ? target.profile : [])),
    )
    for (const [index, entry] of this.#clients.entries()) {
      const profile = this.#profileOf(index)
      const own = targeted.get(index) ?? []
      if (profile === null || !isObject(entry)) continue
      if (own.length === 0 && !profilesPaused.has(profile)) continue
      const client = identityOf(entry)
      const key = clientKey(client)
      const pausedBy = this.#by(
        key,
        (target) =>
          (target.kind === 'client' && own.includes(target)) ||
          (target.kind === 'profile' && target.profile === profile),
      )
      const granted = this.#pauses.filter(
        ({ target, lost }) => target.kind === 'domain' && own.includes(target) && !lost.includes(key),
      )
      const by = [...new Set([...pausedBy, ...granted.map(({ id }) => id)])]
      if (by.length === 0) continue
      const before = entry['profile'] ?? null
      const after = pausedBy.length > 0 ? unfiltered : this.#copyFor(client, profile, granted)
      if (after === null) continue
      this.#values.push({ path: ['clients', index, 'profile'], value: after })
      this.#claims.push({ kind: 'client', key, by, client, before, after })
    }
  }

  /** The targets that name an entry, by its position. */
  #targetedClients(): Map<number, PauseTarget[]> {
    const targeted = new Map<number, PauseTarget[]>()
    for (const { target } of this.#pauses) {
      const about = target.kind === 'domain' ? target.for : target
      if (about.kind !== 'client') continue
      const index = makeFinder(this.#clients)(about.client)
      targeted.set(index, [...(targeted.get(index) ?? []), target])
    }
    return targeted
  }

  /** A copy of a profile in which more is let through; null when all of it is let through as it is. */
  #copyFor(client: ClientIdentity, profile: string, granted: readonly HeldPause[]): string | null {
    const own = objectOf(objectOf(this.#root['profiles'])[profile])
    const known = [...(this.#config.profiles.get(profile)?.allowList ?? []), ...(this.#allowed.get(profile) ?? [])]
    const more: string[] = []
    const by: string[] = []
    for (const { id, target } of granted) {
      if (target.kind !== 'domain') continue
      if (isAllowed(known, target.domain)) {
        this.#idle.set(id, `“${target.domain}” is on the allow list of “${profile}” already.`)
        continue
      }
      more.push(target.domain)
      by.push(id)
    }
    if (more.length === 0) return null
    const name = this.#freeName(`${profile} (${client.name || client.ids[0] || 'a client'}, for a time)`)
    const content = { ...own, description, allowList: [...known, ...more] }
    this.#edits.push({ op: 'set', path: ['profiles', name], value: content })
    this.#claims.push({ kind: 'profile', key: profileKey(name), by, name, content })
    return name
  }

  /** Names of profiles that differ by case alone are one to the app. */
  #freeName(wanted: string): string {
    const taken = new Set([
      ...[...this.#config.profiles.keys()].map(fold),
      ...this.#claims.flatMap((claim) => (claim.kind === 'profile' ? fold(claim.name) : [])),
    ])
    for (let count = 1; ; count += 1) {
      const name = count === 1 ? wanted : `${wanted} ${count}`
      if (!taken.has(fold(name))) return name
    }
  }
}

function isAllowed(list: readonly string[], domain: string): boolean {
  const wanted = fold(domain)
  return list.some((entry) => fold(trim(entry)) === wanted)
}
