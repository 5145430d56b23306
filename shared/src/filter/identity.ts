import { fold, trim } from './dotnet/text.ts'
import { isObject, sameJson, type Json } from './json.ts'
import type { Path } from './pointer.ts'
import { rewriteDomain } from './rewrite-domain.ts'

/**
 * How the items of a list are told apart between two versions of a configuration.
 *
 * - `text`: by themselves. Their order means nothing.
 * - `rewrite`, `list`: by domain, by URL.
 * - `client`: by being equal, else by name, else by an id they share. Their order decides who comes first.
 * - `none`: not at all; the list is one value.
 */
export type ItemKind = 'text' | 'rewrite' | 'list' | 'client' | 'none'

const TEXTS = ['blockedServices', 'blockLists', 'allowList', 'customRules', 'regexBlockRules', 'regexAllowRules']

export function itemKind(path: Path): ItemKind {
  const [first, , third] = path
  if (path.length === 1) return first === 'clients' ? 'client' : first === 'blockLists' ? 'list' : 'none'
  if (path.length !== 3) return 'none'
  if (first === 'clients' && third === 'ids') return 'text'
  if (first === 'customServices' && third === 'domains') return 'text'
  if (first !== 'profiles') return 'none'
  return third === 'dnsRewrites' ? 'rewrite' : TEXTS.includes(String(third)) ? 'text' : 'none'
}

/** For every item of `to` the position of the same item in `from`, or -1. No item of `from` is taken twice. */
export function pairItems(kind: ItemKind, from: readonly Json[], to: readonly Json[]): number[] {
  const taken = new Set<number>()
  const pairs = to.map(() => -1)
  const pair = (isSame: (a: Json, b: Json) => boolean) => {
    for (const [index, item] of to.entries()) {
      if (pairs[index] !== -1) continue
      const found = from.findIndex((other, at) => !taken.has(at) && isSame(other, item))
      if (found < 0) continue
      pairs[index] = found
      taken.add(found)
    }
  }
  pair(sameJson)
  if (kind === 'rewrite') pair(byKey((item) => fold(rewriteDomain(item['domain'] as string)), 'domain'))
  if (kind === 'list') pair(byKey((item) => fold(item['url'] as string), 'url'))
  if (kind === 'client') {
    pair(byKey((item) => fold(trim(item['name'] as string)), 'name'))
    pair(shareId)
  }
  return pairs
}

type Item = Record<string, Json>

function byKey(keyOf: (item: Item) => string, needs: string) {
  return (a: Json, b: Json): boolean => {
    if (!isObject(a) || !isObject(b) || typeof a[needs] !== 'string' || typeof b[needs] !== 'string') return false
    return a[needs] !== '' && keyOf(a) === keyOf(b)
  }
}

function shareId(a: Json, b: Json): boolean {
  const ids = (item: Json) => (isObject(item) && Array.isArray(item['ids']) ? item['ids'] : [])
  return ids(a).some(
    (id) => typeof id === 'string' && ids(b).some((other) => typeof other === 'string' && fold(other) === fold(id)),
  )
}
