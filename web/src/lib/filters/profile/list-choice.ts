import type { AppConfig } from '@zonedeck/shared/filter/app-config'
import { fold, isBlank } from '@zonedeck/shared/filter/dotnet/text'
import type { ConfigEdit } from '@zonedeck/shared/filter/edit'
import { baseOf } from './service-choice.ts'

/** A registered list as a profile can use it. */
export interface ListRow {
  url: string
  name: string
  type: 'domain' | 'regex'
  /** Switched on in the registry; otherwise no profile gets anything of it. */
  enabled: boolean
  /** This profile names it, in the same spelling. */
  used: boolean
  /** The base profile brings it along. */
  byBase: boolean
}

/** The registered lists, each URL once: of several entries the first that is on counts. */
export function listRows(config: AppConfig, name: string): ListRow[] {
  const urls = (profile: string | null) =>
    new Set((config.profiles.get(profile ?? '')?.blockLists ?? []).map(({ url }) => url))
  const used = urls(name)
  const base = urls(baseOf(config, name))
  const rows = new Map<string, ListRow>()
  for (const entry of config.blockLists ?? []) {
    if (entry === null || entry.url === null || isBlank(entry.url)) continue
    const { url, enabled } = entry
    if (rows.get(fold(url))?.enabled ?? (!enabled && rows.has(fold(url)))) continue
    rows.set(fold(url), {
      url,
      name: entry.name || url,
      type: entry.type === 'regex' ? 'regex' : 'domain',
      enabled,
      used: used.has(url),
      byBase: base.has(url),
    })
  }
  return [...rows.values()]
}

/** The edits that let a profile use a list, or no more: in whatever spelling it names it. */
export function listEdits(config: AppConfig, written: number, name: string, url: string, uses: boolean): ConfigEdit[] {
  const path = ['profiles', name, 'blockLists']
  const entries = config.profiles.get(name)?.blockLists ?? []
  const same = entries.filter((entry) => fold(entry.url) === fold(url))
  if (uses) {
    if (same.some((entry) => entry.url === url)) return []
    const [first] = same
    return first === undefined
      ? [{ op: 'insert', path: [...path, written], value: url }]
      : [{ op: 'set', path: [...path, first.at], value: url }]
  }
  // From the end, so that positions stay true.
  return same.toReversed().map(({ at }) => ({ op: 'remove', path: [...path, at] }))
}
