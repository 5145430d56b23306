import { blockAnswer, rewriteAnswer, type FilterAnswer } from './answer.ts'
import { findClient, type ClientMatch } from './clients.ts'
import type { CompiledConfig, CompiledRules, SourcedPattern } from './compile.ts'
import { parseIpAddress } from './dotnet/ip-address.ts'
import { fold, isBlank, toAscii } from './dotnet/text.ts'
import { findBlocked, findDomain, findRewrite } from './find.ts'
import { FailsOpen, isFiltering } from './schedule.ts'
import type { Source } from './source.ts'

/** One question of one client. */
export interface FilterQuery {
  /** Its address, as the server sees it. */
  client: string
  /** The host name it asked by, over HTTPS, TLS or QUIC; a port is dropped. */
  host?: string | null
  /** As on the wire: A-labels. */
  name: string
  /** `A`, `TXT`, … */
  type: string
  /** Milliseconds since 1970. */
  time: number
  /** Has the query EDNS, as nearly all have? Without it the answer gives no reason. */
  edns?: boolean
}

/** What the app does with a query, and how it comes to that. */
export interface Explanation {
  /** `allow`: the server resolves it as if there were no filter. */
  verdict: 'allow' | 'block' | 'rewrite'
  /** Null when the query is allowed. */
  answer: FilterAnswer | null
  /** The entry the client was found by; null when none names it. */
  client: ClientMatch | null
  /** By whose rules; null when by none. */
  profile: string | null
  /** In the app's order, up to the one that decides. */
  steps: readonly Step[]
  /** The entries that decide: the first would be enough. Empty when none does. */
  sources: readonly Source[]
  /** What could make the verdict another one, and is not known here. */
  unsure: readonly Doubt[]
}

export interface Step {
  id:
    | 'switch'
    | 'client'
    | 'profile'
    | 'rewrite'
    | 'allow-list'
    | 'allow-pattern'
    | 'schedule'
    | 'block-list'
    | 'block-pattern'
    | 'answer'
    | 'nothing'
  decides: boolean
  text: string
}

export interface Doubt {
  text: string
  source: Source
}

/**
 * What the app does with a query. It takes names as they are on the wire, so with A-labels; a last dot is dropped. Names that
 * the server answers itself (its own zones, `localhost`) never reach the app. Throws RangeError for what is no address.
 */
export function explain(compiled: CompiledConfig, query: FilterQuery): Explanation {
  const trace = new Trace(compiled, query)
  if (!compiled.config.enableBlocking) return trace.allow('switch', 'Filtering is switched off: everything passes.')
  trace.pass('switch', 'Filtering is switched on.')
  return trace.openly(() => {
    trace.findClient()
    return trace.choose(trace.client === null ? compiled.config.defaultProfile : trace.client.client.profile)
  })
}

/** What the app does with a query of a client that has this profile. */
export function explainProfile(
  compiled: CompiledConfig,
  profile: string | null,
  query: Omit<FilterQuery, 'client' | 'host'>,
): Explanation {
  const trace = new Trace(compiled, { ...query, client: '0.0.0.0' })
  if (!compiled.config.enableBlocking) return trace.allow('switch', 'Filtering is switched off: everything passes.')
  return trace.openly(() => trace.choose(profile))
}

/** The steps so far, and the functions that take them. */
class Trace {
  client: ClientMatch | null = null
  readonly #compiled: CompiledConfig
  readonly #query: FilterQuery
  readonly #name: string
  readonly #steps: Step[] = []
  readonly #unsure: Doubt[] = []
  #profile: string | null = null

  constructor(compiled: CompiledConfig, query: FilterQuery) {
    this.#compiled = compiled
    this.#query = query
    this.#name = toAscii(query.name.endsWith('.') ? query.name.slice(0, -1) : query.name)
  }

  /** The app lets a query pass when it fails. */
  openly(decide: () => Explanation): Explanation {
    try {
      return decide()
    } catch (error) {
      if (error instanceof FailsOpen) return this.allow('answer', `${error.message} It fails and lets everything pass.`)
      throw error
    }
  }

  pass(id: Step['id'], text: string): void {
    this.#steps.push({ id, decides: false, text })
  }

  allow(id: Step['id'], text: string, sources: readonly Source[] = []): Explanation {
    return this.#end('allow', null, id, text, sources)
  }

  findClient(): void {
    const { client, host = null } = this.#query
    const address = parseIpAddress(client)
    if (address === null) throw new RangeError(`“${client}” is no IP address.`)
    this.client = findClient(this.#compiled.clients, address, host?.replace(/:\d+$/, '') ?? null)
    if (this.client === null) {
      const { defaultProfile } = this.#compiled.config
      this.pass(
        'client',
        defaultProfile === null
          ? 'No client entry matches, and there is no default profile.'
          : `No client entry matches: the default profile is “${defaultProfile}”.`,
      )
      return
    }
    const how = { host: 'host name', address: 'address', network: 'network' }[this.client.by]
    this.pass(
      'client',
      `The client is “${this.client.client.name || this.client.id}”, by the ${how} ${this.client.id}.`,
    )
  }

  /** The profile, then everything that it says. */
  choose(wanted: string | null): Explanation {
    const { baseProfile, profiles } = this.#compiled.config
    if (wanted === null && isBlank(baseProfile))
      return this.allow('profile', 'There is no profile for it: it is not filtered.')
    const profile = wanted ?? baseProfile ?? ''
    this.#profile = profile
    const rules = profiles.has(profile) ? this.#compiled.rules.get(fold(profile)) : undefined
    if (rules === undefined) {
      return this.allow(
        'profile',
        profile === ''
          ? 'The client’s profile is empty: it is not filtered at all.'
          : `There is no profile “${profile}”: it is not filtered at all.`,
      )
    }
    this.pass(
      'profile',
      wanted === null ? `Only the base profile “${profile}” counts.` : `The profile is “${profile}”.`,
    )
    return this.#judge(profile, rules)
  }

  #judge(profile: string, rules: CompiledRules): Explanation {
    const name = this.#name
    const rewrite = findRewrite(rules, name)
    if (rewrite !== null) return this.#rewrite(rewrite.source, rewrite.answer)
    this.pass('rewrite', 'No rewrite is for it.')

    const allowed = findDomain(rules, 'allowed', name)
    if (allowed.length > 0) return this.allow('allow-list', sentence(`${describe(allowed[0]!)} allows it.`), allowed)
    this.pass('allow-list', 'Nothing on the allow lists is for it.')

    const allowPattern = this.#firstMatch([...(rules.base?.allowPatterns ?? []), ...rules.own.allowPatterns])
    if (allowPattern !== null)
      return this.allow('allow-pattern', sentence(`${describe(allowPattern)} allows it.`), [allowPattern])
    this.pass('allow-pattern', 'No allowing pattern matches.')

    if (!isFiltering(this.#compiled.schedules.get(profile) ?? null, this.#query.time)) {
      return this.allow('schedule', `“${profile}” does not filter at this time.`)
    }
    this.pass('schedule', `“${profile}” filters at this time.`)

    const blocked = findBlocked(rules, name)
    if (blocked !== null) {
      return this.#block(rules, 'block-list', blocked.sources, `matchedDomain=${name.slice(blocked.at)}`)
    }
    for (const source of [...(rules.base?.unknownLists ?? []), ...rules.own.unknownLists]) {
      this.#unsure.push({ text: `What is on ${describe(source)} is not known here.`, source })
    }
    this.pass('block-list', 'Nothing that is blocked is it.')

    const pattern = this.#firstMatch([...(rules.base?.blockPatterns ?? []), ...rules.own.blockPatterns])
    if (pattern !== null) return this.#block(rules, 'block-pattern', [pattern], `regex=${pattern.text}`)
    this.pass('block-pattern', 'No blocking pattern matches.')
    return this.allow('nothing', 'Nothing speaks against it: it passes.')
  }

  #rewrite(source: Source, target: string): Explanation {
    const answer = rewriteAnswer(this.#query.type, target)
    if (answer !== null) {
      return this.#end('rewrite', answer, 'rewrite', sentence(`${describe(source)} answers with “${target}”.`), [
        source,
      ])
    }
    this.pass('rewrite', sentence(`${describe(source)} answers with “${target}”.`))
    return this.allow('answer', `The server cannot make an answer of “${target}” and lets the query pass.`, [source])
  }

  #block(rules: CompiledRules, id: Step['id'], sources: readonly Source[], reason: string): Explanation {
    const { allowTxtBlockingReport } = this.#compiled.config
    const { type, edns = true } = this.#query
    const said = `source=content-filter; domain=${this.#name}; profile=${this.#profile}; ${reason}`
    const answer = blockAnswer(type, rules.addresses, allowTxtBlockingReport ? said : null, edns)
    const text = sources[0] === undefined ? 'It is blocked.' : sentence(`${describe(sources[0])} blocks it.`)
    if (answer !== null) return this.#end('block', answer, id, text, sources)
    this.pass(id, text)
    return this.allow(
      'answer',
      'The server cannot make an answer of the blocking addresses and lets the query pass.',
      sources,
    )
  }

  #firstMatch(patterns: readonly SourcedPattern[]): Source | null {
    for (const { source, pattern } of patterns) {
      if (pattern.state === 'bad') continue
      if (pattern.state === 'unsure') {
        this.#unsure.push({ text: `Whether ${describe(source)} matches cannot be told. ${pattern.why}`, source })
        continue
      }
      if (pattern.test(this.#name) === 'yes') return source
    }
    return null
  }

  #end(
    verdict: Explanation['verdict'],
    answer: FilterAnswer | null,
    id: Step['id'],
    text: string,
    sources: readonly Source[],
  ): Explanation {
    this.#steps.push({ id, decides: true, text })
    return {
      verdict,
      answer,
      client: this.client,
      profile: this.#profile,
      steps: this.#steps,
      sources,
      unsure: this.#unsure,
    }
  }
}

/** An entry in words. */
function describe({ kind, profile, text, service, list }: Source): string {
  const where = `of profile “${profile}”`
  switch (kind) {
    case 'rule':
      return `the rule “${text}” ${where}`
    case 'allow':
      return `“${text}” on the allow list ${where}`
    case 'service':
      return `the service ${service?.name ?? ''} (${text}) of profile “${profile}”`
    case 'list':
      return text === '' ? `the list “${list?.name ?? ''}”` : `“${text}” on the list “${list?.name ?? ''}”`
    case 'regex':
      return list === undefined ? `the pattern “${text}” ${where}` : `the pattern “${text}” on the list “${list.name}”`
    case 'rewrite':
      return `the rewrite of “${text}” ${where}`
  }
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
