import { fold, trim } from '../dotnet/text.ts'
import { arrayOf, isObject, textOf, type Json } from '../json.ts'
import { clientKey, type ClientIdentity } from './claim.ts'

/** What an entry of the clients is known by. */
export function identityOf(entry: Json | undefined): ClientIdentity {
  const { name, ids } = isObject(entry) ? entry : {}
  return { name: textOf(name) ?? '', ids: arrayOf(ids).filter((id) => typeof id === 'string') }
}

/**
 * Where entries stand now: the one that is the same, else one of its name, else one that shares an id with it. -1 when
 * there is none. No entry is found twice.
 */
export function makeFinder(entries: readonly Json[]): (wanted: ClientIdentity) => number {
  const known = entries.map((entry) => (isObject(entry) ? identityOf(entry) : null))
  const exact = new Map<string, number[]>()
  for (const [index, found] of known.entries()) {
    if (found === null) continue
    const key = clientKey(found)
    exact.set(key, [...(exact.get(key) ?? []), index])
  }
  const taken = new Set<number>()
  const find = (same: (found: ClientIdentity) => boolean) =>
    known.findIndex((found, index) => found !== null && !taken.has(index) && same(found))

  function indexOf(wanted: ClientIdentity): number {
    const same = exact.get(clientKey(wanted))?.find((index) => !taken.has(index))
    if (same !== undefined) return same
    const name = fold(trim(wanted.name))
    const named = name === '' ? -1 : find((found) => fold(trim(found.name)) === name)
    if (named >= 0) return named
    const ids = new Set(wanted.ids.map(fold))
    return find((found) => found.ids.some((id) => ids.has(fold(id))))
  }

  return (wanted) => {
    const index = indexOf(wanted)
    if (index >= 0) taken.add(index)
    return index
  }
}
