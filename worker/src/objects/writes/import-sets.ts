import type { Change } from '@zonedeck/shared/change'
import { applyChanges } from '@zonedeck/shared/plan/diff'
import type { RecordSet } from '@zonedeck/shared/record-set'

/**
 * What the file of a server's own import holds: the sets that change, or for `replace` the whole zone as it will be. What
 * the server keeps itself is never in it.
 */
export function importedSets(
  mode: 'merge' | 'replace',
  recordSets: readonly RecordSet[],
  changes: readonly Change[],
): RecordSet[] {
  const sets =
    mode === 'merge' ? changes.flatMap(({ after }) => after ?? []) : [...applyChanges(recordSets, changes).values()]
  return sets.filter(({ readOnly }) => readOnly === undefined)
}
