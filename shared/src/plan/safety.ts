import type { Change } from '../change.ts'
import type { Finding } from '../job.ts'
import type { RecordSet } from '../record-set.ts'
import type { Operation } from '../operation.ts'
import { applyChanges } from './diff.ts'
import { setKey } from './keys.ts'
import { safetyRules } from './rules/index.ts'

const weight = { danger: 0, warning: 1, info: 2 }

/**
 * What is worth knowing before the changes are made: octoDNS's limits, and what would stop mail, names or the zone
 * itself. `recordSets` is the whole zone as it is now. Dangers first, and the same for the same input.
 */
export function findFindings(input: {
  zone: string
  recordSets: readonly RecordSet[]
  changes: readonly Change[]
  operation?: Operation | undefined
}): Finding[] {
  const { zone, recordSets, changes, operation } = input
  const before = new Map(recordSets.map((set) => [setKey(set), set]))
  const after = applyChanges(recordSets, changes)
  const rules = operation?.operation === 'create' ? safetyRules.filter((rule) => !rule.existingOnly) : safetyRules
  return rules
    .flatMap((rule) => rule.check({ zone, before, after, changes, operation }))
    .sort((a, b) => weight[a.severity] - weight[b.severity])
}
