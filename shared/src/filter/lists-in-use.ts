import type { AppBlockList, AppConfig } from './app-config.ts'
import type { ParsedList } from './block-list.ts'
import { fold, isBlank } from './dotnet/text.ts'

/**
 * What is known of the lists' content, by URL: null when the app cannot fetch it, nothing when it is not known here. The
 * app drops all lists when its configuration is saved and has them again some seconds later; that moment is left out.
 */
export type Lists = ReadonlyMap<string, ParsedList | null>

/** A list of the registry as the app uses it. */
export interface ListInUse {
  /** As the enabled entry spells it. Profiles must spell it the same. */
  url: string
  name: string
  type: 'domain' | 'regex'
  /** Another entry for the same URL, with shorter times, has another type: the app loads the one and asks for the other. */
  isMixedUp: boolean
}

/** The enabled lists by folded URL. Of several entries for one URL the first counts. */
export function listsInUse(blockLists: AppConfig['blockLists']): Map<string, ListInUse> {
  const byUrl = new Map<string, AppBlockList[]>()
  for (const entry of blockLists ?? []) {
    if (entry === null || !entry.enabled || isBlank(entry.url)) continue
    const key = fold(entry.url ?? '')
    const others = byUrl.get(key)
    if (others === undefined) byUrl.set(key, [entry])
    else others.push(entry)
  }
  const inUse = new Map<string, ListInUse>()
  for (const [key, entries] of byUrl) {
    const [first] = entries
    if (first === undefined) continue
    const fetched = entries.reduce((best, entry) => (entry.refreshHours < best.refreshHours ? entry : best))
    const url = first.url ?? ''
    const isMixedUp = typeOf(fetched) !== typeOf(first)
    inUse.set(key, { url, name: first.name || url, type: typeOf(first), isMixedUp })
  }
  return inUse
}

function typeOf({ type }: AppBlockList): 'domain' | 'regex' {
  return type === 'regex' ? 'regex' : 'domain'
}
