import type { CompiledRules, RuleSet } from './compile.ts'
import { fold } from './dotnet/text.ts'
import type { Source } from './source.ts'

/** Where the labels of a name begin: the name itself, then each of its parents, the shortest last. */
function* starts(name: string): Generator<number> {
  for (let at = 0; ;) {
    yield at
    const dot = name.indexOf('.', at)
    if (dot < 0 || dot === name.length - 1) return
    at = dot + 1
  }
}

/** The rewrite for a name or for its closest parent that has one; the profile's own before the base profile's. */
export function findRewrite(rules: CompiledRules, name: string): { source: Source; answer: string } | null {
  const folded = fold(name)
  for (const at of starts(folded)) {
    const key = folded.slice(at)
    const found = rules.own.rewrites.get(key) ?? rules.base?.rewrites.get(key)
    if (found !== undefined) return found
  }
  return null
}

/** The entries for a name or for its closest parent that has any: the profile's own first. */
export function findDomain(rules: CompiledRules, what: 'allowed' | 'blocked', name: string): readonly Source[] {
  const folded = fold(name)
  for (const at of starts(folded)) {
    const found = domainSources(rules, what, folded.slice(at))
    if (found.length > 0) return found
  }
  return []
}

function domainSources({ own, base }: CompiledRules, what: 'allowed' | 'blocked', key: string): Source[] {
  return [...(own[what].get(key) ?? []), ...(base?.[what].get(key) ?? [])]
}

/** What blocks a name: `at` is where in it the part begins that the entries hold. Null: nothing does. */
export function findBlocked(rules: CompiledRules, name: string): { at: number; sources: readonly Source[] } | null {
  const folded = fold(name)
  const lists = listHits(rules, name)
  for (const at of starts(folded)) {
    const text = name.slice(at)
    const sources = domainSources(rules, 'blocked', folded.slice(at))
    for (const hit of lists) if (hit.at === at) sources.push({ ...hit.source, text })
    if (sources.length > 0) return { at, sources }
  }
  return null
}

function listHits({ own, base }: CompiledRules, name: string): { at: number; source: Source }[] {
  const hits = (set: RuleSet) => set.lists.map(({ source, names }) => ({ source, at: names.find(name) }))
  return [...hits(own), ...(base === null ? [] : hits(base))].filter(({ at }) => at >= 0)
}
