import { answered, some, type SafetyRule } from './rule.ts'

/** Disabling the last record of a set looks like less than a deletion, and answers the same. */
export const disabledAnswer: SafetyRule = {
  id: 'disabled-answer',
  check({ changes }) {
    return changes.flatMap(({ name, type, before, after }) => {
      if (after === null || answered(before).length === 0 || answered(after).length > 0) return []
      return {
        id: 'disabled-answer',
        severity: 'warning' as const,
        title: 'A record set is kept but no longer answered',
        reason: `All records of ${name} ${type} (${some(answered(before))}) are disabled: resolvers see them as deleted.`,
        name,
        type,
      }
    })
  },
}
