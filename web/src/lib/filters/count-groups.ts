import type { ConfigChangeGroup } from '@zonedeck/shared/filter/describe'
import type { Counts } from '#lib/draft-changes.ts'

/** How many profiles, clients, lists and services come, change and go. */
export function countGroups(groups: readonly Pick<ConfigChangeGroup, 'change'>[]): Counts {
  const count = (change: ConfigChangeGroup['change']) => groups.filter((group) => group.change === change).length
  return { create: count('added'), modify: count('changed'), delete: count('removed') }
}
