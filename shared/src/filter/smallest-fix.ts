import { compileConfig, type CompiledConfig } from './compile.ts'
import { fold } from './dotnet/text.ts'
import { editConfig, type ConfigEdit } from './edit.ts'
import { explain, explainProfile, type Explanation, type FilterQuery } from './explain.ts'
import type { Lists } from './lists-in-use.ts'
import { pointer } from './pointer.ts'
import { readConfig } from './read-config.ts'
import type { Source } from './source.ts'

/** A way to turn a verdict round, and whom else it reaches. */
export interface VerdictFix {
  /** An order: `Allow “x.test” in the profile “kids”`. */
  title: string
  edits: readonly ConfigEdit[]
  /** Clients, by name, whose verdict on this name changes too; `everyone else` are those that no entry names. */
  changes: readonly string[]
  /** Clients whose verdict stays. */
  keeps: readonly string[]
}

const EVERYONE_ELSE = 'everyone else'

/**
 * Ways to allow what is blocked or rewritten, or to block what is allowed, for the client that asked: the one that reaches
 * the fewest others first. Each has been tried: with its edits made, the evaluator comes to the other verdict. Empty when
 * no edit of one entry does (switched off, no profile, out of hours).
 *
 * @param text the configuration that the explanation is of
 */
export function smallestFixes(text: string, lists: Lists, query: FilterQuery, explanation: Explanation): VerdictFix[] {
  const before = compile(text, lists)
  if (before === null) return []
  const wanted = explanation.verdict === 'allow' ? 'block' : 'allow'
  const tried = new Set<string>()
  const fixes = candidates(before, query.name.replace(/\.$/, ''), explanation).flatMap(
    ({ title, edits }): VerdictFix[] => {
      const key = JSON.stringify(edits)
      if (tried.has(key)) return []
      tried.add(key)
      const after = compile(editConfig(text, edits), lists)
      if (after === null || explain(after, query).verdict !== wanted) return []
      return [{ title, edits, ...reach(before, after, query, explanation) }]
    },
  )
  return fixes.sort((a, b) => a.changes.length - b.changes.length)
}

function compile(text: string, lists: Lists): CompiledConfig | null {
  const { config } = readConfig(text)
  return config === null ? null : compileConfig(config, lists)
}

type Candidate = Pick<VerdictFix, 'title' | 'edits'>

function candidates({ config }: CompiledConfig, name: string, { verdict, profile, sources }: Explanation): Candidate[] {
  const known = profile === null ? undefined : config.profiles.get(profile)
  if (profile === null || known === undefined) return []
  const base = [...config.profiles.keys()].find(
    (other) => fold(other) === fold(config.baseProfile ?? '') && other !== profile,
  )
  const places = [profile, ...(base === undefined ? [] : [base])]
  const without = withoutAll(sources)
  if (verdict !== 'allow') {
    const allow = places.map((place) =>
      add(`Allow “${name}” in the profile “${place}”`, place, 'allowList', config, name),
    )
    // Of ways that reach as many, the profile's own come first.
    return verdict === 'block' ? [...allow.slice(0, 1), ...without, ...allow.slice(1)] : without
  }
  const block = places.map((place) =>
    add(`Block “${name}” in the profile “${place}”`, place, 'customRules', config, name),
  )
  const both = without.flatMap((removal) => block.map((added) => together(removal, added)))
  return [...block.slice(0, 1), ...without, ...both, ...block.slice(1)]
}

function add(
  title: string,
  profile: string,
  key: 'allowList' | 'customRules',
  config: CompiledConfig['config'],
  name: string,
): Candidate {
  const position = config.profiles.get(profile)?.[key].length ?? 0
  return { title, edits: [{ op: 'insert', path: ['profiles', profile, key, position], value: name }] }
}

function together(first: Candidate, second: Candidate): Candidate {
  const title = `${first.title}, and ${second.title.charAt(0).toLowerCase()}${second.title.slice(1)}`
  return { title, edits: [...second.edits, ...first.edits] }
}

/** Takes away all entries that decide: one alone would leave the others to decide the same. */
function withoutAll(sources: readonly Source[]): Candidate[] {
  const byPlace = new Map(sources.map((source) => [pointer(source.path), source]))
  const removed = [...byPlace.values()]
  if (removed.length === 0) return []
  // From the end, so that positions of one list stay true.
  const edits = removed
    .map(({ path }): ConfigEdit => ({ op: 'remove', path }))
    .sort((a, b) => positionOf(b) - positionOf(a))
  const titles = removed.map(removal)
  const [first = '', ...rest] = titles
  return [
    { title: [first, ...rest.map((title) => title.charAt(0).toLowerCase() + title.slice(1))].join(', and '), edits },
  ]
}

function positionOf({ path }: ConfigEdit): number {
  const last = path.at(-1)
  return typeof last === 'number' ? last : 0
}

function removal({ kind, profile, text, service, list }: Source): string {
  const where = `the profile “${profile}”`
  if (list !== undefined) return `Take the list “${list.name}” from ${where}`
  switch (kind) {
    case 'service':
      return `Take the service ${service?.name ?? text} from ${where}`
    case 'rewrite':
      return `Remove the rewrite of “${text}” from ${where}`
    case 'allow':
      return `Take “${text}” off the allow list of ${where}`
    case 'regex':
      return `Remove the pattern “${text}” from ${where}`
    case 'rule':
    case 'list':
      return `Remove the rule “${text}” from ${where}`
  }
}

/** For whom else the verdict on the name changes: everyone is judged by their profile, before and after. */
function reach(
  before: CompiledConfig,
  after: CompiledConfig,
  query: FilterQuery,
  { client }: Explanation,
): Pick<VerdictFix, 'changes' | 'keeps'> {
  const changes: string[] = []
  const keeps: string[] = []
  const judge = (who: string, profile: string | null) => {
    const [old, fresh] = [before, after].map((compiled) => explainProfile(compiled, profile, query).verdict)
    ;(old === fresh ? keeps : changes).push(who)
  }
  for (const [index, other] of (before.config.clients ?? []).entries()) {
    if (other === null || index === client?.index) continue
    judge(other.name || other.ids?.[0] || `client ${index + 1}`, other.profile)
  }
  if (client !== null) judge(EVERYONE_ELSE, before.config.defaultProfile)
  return { changes, keeps }
}
