import type { AppConfig } from '@zonedeck/shared/filter/app-config'
import { servicesById, type CatalogueService } from '@zonedeck/shared/filter/catalogue'
import { fold } from '@zonedeck/shared/filter/dotnet/text'
import type { ConfigEdit } from '@zonedeck/shared/filter/edit'
import { groupOf, serviceGroups } from './service-groups.ts'

/** A service as a profile can block it. */
export interface ServiceRow extends CatalogueService {
  group: string
  blocked: boolean
  /** The base profile blocks it for this one, too. */
  byBase: boolean
}

/** All services: by group, and by name in each. Ids have no case. */
export function serviceRows(config: AppConfig, name: string): ServiceRow[] {
  const blocked = idsOf(config, name)
  const base = idsOf(config, baseOf(config, name))
  return [...servicesById(config.customServices)]
    .map(([key, service]): ServiceRow => ({
      ...service,
      group: groupOf(service),
      blocked: blocked.has(key),
      byBase: base.has(key),
    }))
    .toSorted(
      (a, b) => serviceGroups.indexOf(a.group) - serviceGroups.indexOf(b.group) || a.name.localeCompare(b.name, 'en'),
    )
}

function idsOf(config: AppConfig, name: string | null): Set<string> {
  return new Set((config.profiles.get(name ?? '')?.blockedServices ?? []).map(fold))
}

/** The base profile of another one, as it is written. */
export function baseOf(config: AppConfig, name: string): string | null {
  const wanted = fold(config.baseProfile ?? '')
  const base = [...config.profiles.keys()].find((each) => fold(each) === wanted)
  return base === undefined || fold(name) === wanted ? null : base
}

/** Finds a service by its name, its id or one of its domains. */
export function matchesService({ name, id, domains }: CatalogueService, query: string): boolean {
  const wanted = query.trim().toLowerCase()
  return [name, id, ...domains].some((text) => text.toLowerCase().includes(wanted))
}

/** The edits that block a service in a profile, or no more: however often and in whatever case it is there. */
export function serviceEdits(config: AppConfig, name: string, id: string, blocks: boolean): ConfigEdit[] {
  const ids = config.profiles.get(name)?.blockedServices ?? []
  const path = ['profiles', name, 'blockedServices']
  const at = ids.flatMap((each, index) => (fold(each) === fold(id) ? index : []))
  if (blocks) return at.length > 0 ? [] : [{ op: 'insert', path: [...path, ids.length], value: id }]
  // From the end, so that positions stay true.
  return at.toReversed().map((index) => ({ op: 'remove', path: [...path, index] }))
}
