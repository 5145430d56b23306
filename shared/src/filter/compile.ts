import type { AppConfig, AppProfile } from './app-config.ts'
import { readBlockingAddresses, isNone, type BlockingAddresses } from './blocking-addresses.ts'
import { servicesById, type CatalogueService } from './catalogue.ts'
import { compileClients, type CompiledClients } from './clients.ts'
import { fold, isBlank, trim } from './dotnet/text.ts'
import { listsInUse, type ListInUse, type Lists } from './lists-in-use.ts'
import type { NameSet } from './name-set.ts'
import type { Path } from './pointer.ts'
import { compilePattern, type Pattern } from './regex/pattern.ts'
import { rewriteDomain } from './rewrite-domain.ts'
import { compileSchedule, type CompiledSchedule } from './schedule.ts'
import type { Source } from './source.ts'
import { chooseZone } from './time-zone.ts'

/** A configuration made ready for many queries. */
export interface CompiledConfig {
  config: AppConfig
  clients: CompiledClients
  /** By folded name: profiles of names that differ by case alone become one, as in the app. */
  rules: ReadonlyMap<string, CompiledRules>
  /** By name as written. */
  schedules: ReadonlyMap<string, CompiledSchedule | null>
}

/** What counts in a profile: its own rules, and the base profile's unless it is that one. */
export interface CompiledRules {
  own: RuleSet
  base: RuleSet | null
  addresses: BlockingAddresses
}

/** The rules that one profile holds. Domains are by folded name. */
export interface RuleSet {
  rewrites: ReadonlyMap<string, { source: Source; answer: string }>
  allowed: ReadonlyMap<string, readonly Source[]>
  blocked: ReadonlyMap<string, readonly Source[]>
  lists: readonly { source: Source; names: NameSet }[]
  allowPatterns: readonly SourcedPattern[]
  blockPatterns: readonly SourcedPattern[]
  /** Lists in use whose content is not known here. */
  unknownLists: readonly Source[]
}

export interface SourcedPattern {
  source: Source
  pattern: Pattern
}

/** @param lists what is known of the block lists' content */
export function compileConfig(config: AppConfig, lists: Lists): CompiledConfig {
  const compiler = new Compiler(config, lists)
  const zone = chooseZone(config.timeZone).zone
  const schedules = new Map(
    [...config.profiles].map(([name, { schedule }]) => [name, compileSchedule(schedule, zone, config.scheduleAllDay)]),
  )
  return { config, clients: compileClients(config.clients), rules: compiler.all(), schedules }
}

class Compiler {
  readonly #config: AppConfig
  readonly #lists: Lists
  readonly #services: ReadonlyMap<string, CatalogueService>
  readonly #inUse: ReadonlyMap<string, ListInUse>

  constructor(config: AppConfig, lists: Lists) {
    this.#config = config
    this.#lists = lists
    this.#services = servicesById(config.customServices)
    this.#inUse = listsInUse(config.blockLists)
  }

  all(): Map<string, CompiledRules> {
    const { profiles, baseProfile } = this.#config
    /** Of names that differ by case alone, the first is the name and the last has the rules. */
    const standalone = new Map<string, { name: string; rules: RuleSet; addresses: BlockingAddresses }>()
    for (const [name, profile] of profiles) {
      const first = standalone.get(fold(name))?.name ?? name
      standalone.set(fold(name), {
        name: first,
        rules: this.#ruleSet(name, profile),
        addresses: this.#addresses(profile),
      })
    }
    const baseKey = isBlank(baseProfile) ? null : fold(baseProfile ?? '')
    const base = baseKey === null ? undefined : standalone.get(baseKey)
    return new Map(
      [...standalone].map(([key, { name, rules, addresses }]): [string, CompiledRules] => {
        if (base === undefined || key === baseKey) return [key, { own: rules, base: null, addresses }]
        const inherits = profiles.get(name)?.blockingAddresses === null && isNone(addresses)
        return [key, { own: rules, base: base.rules, addresses: inherits ? base.addresses : addresses }]
      }),
    )
  }

  #addresses(profile: AppProfile): BlockingAddresses {
    return readBlockingAddresses(profile.blockingAddresses ?? this.#config.blockingAddresses ?? [])
  }

  #ruleSet(name: string, profile: AppProfile): RuleSet {
    const at = (...path: (string | number)[]): Path => ['profiles', name, ...path]
    const blocked = new Map<string, Source[]>()
    const allowed = new Map<string, Source[]>()
    for (const [index, id] of profile.blockedServices.entries()) {
      const service = this.#services.get(fold(id))
      for (const domain of service?.domains ?? []) {
        const { id: known, name: title } = service ?? { id, name: id }
        put(blocked, {
          kind: 'service',
          profile: name,
          path: at('blockedServices', index),
          text: domain,
          service: { id: known, name: title },
        })
      }
    }
    for (const [index, entry] of profile.customRules.entries()) {
      const rule = readRule(entry)
      if (rule === null) continue
      const source = { kind: 'rule', profile: name, path: at('customRules', index), text: rule.domain } as const
      put(rule.allows ? allowed : blocked, source)
    }
    for (const [index, entry] of profile.allowList.entries()) {
      const domain = trim(entry)
      if (domain !== '') put(allowed, { kind: 'allow', profile: name, path: at('allowList', index), text: domain })
    }
    const lists = this.#listSources(name, profile)
    return {
      rewrites: rewrites(name, profile),
      allowed,
      blocked,
      lists: lists.names,
      allowPatterns: patterns(name, profile.regexAllowRules, 'regexAllowRules'),
      blockPatterns: [...patterns(name, profile.regexBlockRules, 'regexBlockRules'), ...lists.patterns],
      unknownLists: lists.unknown,
    }
  }

  #listSources(profile: string, { blockLists }: AppProfile) {
    const names: { source: Source; names: NameSet }[] = []
    const found: SourcedPattern[] = []
    const unknown: Source[] = []
    for (const { url, at } of blockLists) {
      const entry = this.#inUse.get(fold(url))
      if (entry === undefined || entry.url !== url || entry.isMixedUp) continue
      const list = { url, name: entry.name }
      const source: Source = {
        kind: 'list',
        profile,
        path: ['profiles', profile, 'blockLists', at],
        text: '',
        list,
      }
      const content = this.#lists.get(url)
      if (content === undefined) unknown.push(source)
      else if (content?.type === 'domain' && entry.type === 'domain') names.push({ source, names: content.names })
      else if (content?.type === 'regex' && entry.type === 'regex') {
        for (const text of content.patterns)
          found.push({ source: { ...source, kind: 'regex', text }, pattern: compilePattern(text) })
      }
    }
    return { names, patterns: found, unknown }
  }
}

function put(map: Map<string, Source[]>, source: Source): void {
  const key = fold(source.text)
  const there = map.get(key)
  if (there === undefined) map.set(key, [source])
  else there.push(source)
}

/** A line of the custom rules; null when it is blank or a comment. */
export function readRule(line: string): { allows: boolean; domain: string } | null {
  const text = trim(line)
  if (text === '' || text.startsWith('#')) return null
  if (!text.startsWith('@@')) return { allows: false, domain: text }
  const domain = trim(text.slice(2))
  return domain === '' ? null : { allows: true, domain }
}

/** The last one of a domain counts. */
function rewrites(profile: string, { dnsRewrites }: AppProfile): RuleSet['rewrites'] {
  const byDomain = new Map<string, { source: Source; answer: string }>()
  for (const [index, { domain, answer }] of dnsRewrites.entries()) {
    const text = rewriteDomain(domain)
    if (text === '' || trim(answer ?? '') === '') continue
    const source: Source = {
      kind: 'rewrite',
      profile,
      path: ['profiles', profile, 'dnsRewrites', index],
      text,
    }
    byDomain.set(fold(text), { source, answer: answer ?? '' })
  }
  return byDomain
}

function patterns(
  profile: string,
  lines: readonly string[],
  key: 'regexAllowRules' | 'regexBlockRules',
): SourcedPattern[] {
  return lines.flatMap((line, index) => {
    const text = trim(line)
    if (text === '' || text.startsWith('#')) return []
    const source: Source = { kind: 'regex', profile, path: ['profiles', profile, key, index], text }
    return { source, pattern: compilePattern(text) }
  })
}
