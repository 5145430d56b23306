import type { VerdictFix } from '@zonedeck/shared/filter/smallest-fix'
import { firstOf, listed } from '../listed.ts'

/** Names that are told one by one. */
const MOST = 3

/** Whom a fix reaches besides the one who asked: `Also changes Tablet and 3 others. At this time it does not change Laptop.` */
export function reachWords({ changes, keeps }: Pick<VerdictFix, 'changes' | 'keeps'>): string {
  if (changes.length === 0) return 'Changes nothing for anyone else.'
  const also = `Also changes ${named(changes)}.`
  return keeps.length === 0 ? also : `${also} At this time it does not change ${named(keeps)}.`
}

function named(names: readonly string[]): string {
  return listed(firstOf(names, MOST, 'others'))
}
