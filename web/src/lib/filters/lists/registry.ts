import type { AppConfig } from '@zonedeck/shared/filter/app-config'
import { listCatalogue } from '@zonedeck/shared/filter/catalogue'
import { fold } from '@zonedeck/shared/filter/dotnet/text'
import type { ConfigEdit } from '@zonedeck/shared/filter/edit'
import type { ConfigFinding } from '@zonedeck/shared/filter/findings/finding'
import { pointer } from '@zonedeck/shared/filter/pointer'

/** A list of the registry, as it is edited. */
export interface RegisteredList {
  url: string
  name: string
  enabled: boolean
  type: 'domain' | 'regex'
  refreshHours: number
}

export interface RegistryRow extends RegisteredList {
  /** Where it stands in the registry. */
  index: number
  /** Profiles that name it, in the same spelling. */
  usedBy: readonly string[]
}

/** The lists a configuration registers, in its order. */
export function registryRows(config: AppConfig): RegistryRow[] {
  return (config.blockLists ?? []).flatMap((entry, index): RegistryRow[] => {
    if (entry === null) return []
    const url = entry.url ?? ''
    return [
      {
        index,
        url,
        name: entry.name ?? '',
        enabled: entry.enabled,
        type: entry.type === 'regex' ? 'regex' : 'domain',
        refreshHours: entry.refreshHours,
        usedBy: [...config.profiles].flatMap(([name, { blockLists }]) =>
          blockLists.some((used) => used.url === url) ? name : [],
        ),
      },
    ]
  })
}

/** What was found about lists: by the position of the one it is about, and about what is not registered. */
export function listFindings(
  config: AppConfig,
  findings: readonly ConfigFinding[],
): { byRow: ReadonlyMap<number, readonly ConfigFinding[]>; others: readonly ConfigFinding[] } {
  const registered = config.blockLists ?? []
  const uses = new Map(
    [...config.profiles].flatMap(([name, { blockLists }]) =>
      blockLists.map(({ url, at }): [string, number] => [
        pointer(['profiles', name, 'blockLists', at]),
        registered.findIndex((entry) => entry !== null && fold(entry.url ?? '') === fold(url)),
      ]),
    ),
  )
  const byRow = new Map<number, ConfigFinding[]>()
  const others: ConfigFinding[] = []
  for (const each of findings) {
    const row = Number(/^\/blockLists\/(\d+)/.exec(each.pointer)?.[1] ?? uses.get(each.pointer) ?? -1)
    if (registered[row] != null) byRow.set(row, [...(byRow.get(row) ?? []), each])
    else if (/^(\/profiles\/[^/]+)?\/blockLists(\/|$)/.test(each.pointer)) others.push(each)
  }
  return { byRow, others }
}

/** What the catalogue offers and the configuration does not have yet. */
export function offeredLists(config: AppConfig): typeof listCatalogue {
  const registered = new Set((config.blockLists ?? []).map((entry) => fold(entry?.url ?? '')))
  return listCatalogue.filter(({ url }) => !registered.has(fold(url)))
}

export function addList(config: AppConfig, list: RegisteredList): ConfigEdit[] {
  const { type, ...rest } = list
  const value = { ...rest, ...(type === 'regex' ? { type } : {}) }
  return [{ op: 'insert', path: ['blockLists', config.blockLists?.length ?? 0], value }]
}

/** Only what changed is written; with another URL the profiles go along. */
export function changeList(config: AppConfig, before: RegistryRow, after: RegisteredList): ConfigEdit[] {
  const keys = ['url', 'name', 'enabled', 'type', 'refreshHours'] as const
  const edits = keys.flatMap((key): ConfigEdit[] =>
    before[key] === after[key] ? [] : [{ op: 'set', path: ['blockLists', before.index, key], value: after[key] }],
  )
  if (before.url === after.url) return edits
  return [...edits, ...uses(config, before.url).map((path): ConfigEdit => ({ op: 'set', path, value: after.url }))]
}

/** A list goes with its uses, unless the registry has it once more. */
export function removeList(config: AppConfig, { index, url }: RegistryRow): ConfigEdit[] {
  const again = (config.blockLists ?? []).some((entry, at) => at !== index && fold(entry?.url ?? '') === fold(url))
  return [
    { op: 'remove', path: ['blockLists', index] },
    // From the end, so that positions stay true.
    ...(again ? [] : uses(config, url).toReversed()).map((path): ConfigEdit => ({ op: 'remove', path })),
  ]
}

function uses(config: AppConfig, url: string): (string | number)[][] {
  return [...config.profiles].flatMap(([name, { blockLists }]) =>
    blockLists.flatMap((used) => (used.url === url ? [['profiles', name, 'blockLists', used.at]] : [])),
  )
}

/** What is wrong with an URL to register, as a sentence; null when nothing is. */
export function urlTrouble(config: AppConfig, url: string, own: number | null): string | null {
  const text = url.trim()
  if (text === '') return 'Enter the address of the list.'
  if (!/^https?:\/\/[^/]/i.test(text) || !URL.canParse(text))
    return 'A list has an http or https address, as in https://lists.example.com/ads.txt.'
  const twice = (config.blockLists ?? []).some((entry, at) => at !== own && fold(entry?.url ?? '') === fold(text))
  return twice ? 'This list is registered already.' : null
}
