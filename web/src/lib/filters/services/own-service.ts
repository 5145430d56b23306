import type { AppConfig } from '@zonedeck/shared/filter/app-config'
import { servicesById, type CatalogueService } from '@zonedeck/shared/filter/catalogue'
import { fold } from '@zonedeck/shared/filter/dotnet/text'
import type { ConfigEdit } from '@zonedeck/shared/filter/edit'
import { groupOf, serviceGroups } from '../profile/service-groups.ts'

export interface FilterService extends CatalogueService {
  group: string
  /** Profiles that block it. */
  blockedBy: readonly string[]
}

/** All services by group, and by name in each. */
export function filterServices(config: AppConfig): FilterService[] {
  const blockers = new Map<string, string[]>()
  for (const [name, { blockedServices }] of config.profiles) {
    for (const id of new Set(blockedServices.map(fold))) blockers.set(id, [...(blockers.get(id) ?? []), name])
  }
  return [...servicesById(config.customServices)]
    .map(([key, service]) => ({ ...service, group: groupOf(service), blockedBy: blockers.get(key) ?? [] }))
    .toSorted(
      (a, b) => serviceGroups.indexOf(a.group) - serviceGroups.indexOf(b.group) || a.name.localeCompare(b.name, 'en'),
    )
}

/** `Games from the cloud` → `games-from-the-cloud`; another number when it is taken. */
function newId(config: AppConfig, name: string): string {
  const base =
    name
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '') || 'service'
  const taken = servicesById(config.customServices)
  let id = base
  for (let number = 2; taken.has(fold(id)); number++) id = `${base}-${String(number)}`
  return id
}

/** A domain a line, as the app matches them: without spaces around, in lower case. */
export function domainsOf(text: string): string[] {
  return text
    .split(/[\s,]+/)
    .map((domain) => domain.toLowerCase())
    .filter((domain) => domain !== '')
}

/** `id` null: a new one. Other members of the service stay. */
export function serviceEdits(config: AppConfig, id: string | null, name: string, domains: string[]): ConfigEdit[] {
  if (id === null) return [{ op: 'set', path: ['customServices', newId(config, name)], value: { name, domains } }]
  return [
    { op: 'set', path: ['customServices', id, 'name'], value: name },
    { op: 'set', path: ['customServices', id, 'domains'], value: domains },
  ]
}

/** Takes a service of one's own away, and out of the profiles, unless a built-in one of that id comes back. */
export function removeService(config: AppConfig, id: string): ConfigEdit[] {
  const isBuiltIn = servicesById(new Map()).has(fold(id))
  const uses = [...config.profiles].flatMap(([name, { blockedServices }]) =>
    blockedServices.flatMap((each, index) =>
      fold(each) === fold(id) ? [['profiles', name, 'blockedServices', index]] : [],
    ),
  )
  return [
    { op: 'remove', path: ['customServices', id] },
    // From the end, so that positions stay true.
    ...(isBuiltIn ? [] : uses.toReversed()).map((path): ConfigEdit => ({ op: 'remove', path })),
  ]
}
