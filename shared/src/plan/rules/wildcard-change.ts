import { answersDiffer, type SafetyRule } from './rule.ts'

/** A wildcard answers for every name that does not exist: a small change with a large effect. */
export const wildcardChange: SafetyRule = {
  id: 'wildcard-change',
  existingOnly: true,
  check({ changes }) {
    return changes.flatMap((change) => {
      if (change.name !== '*' && !change.name.startsWith('*.')) return []
      if (!answersDiffer(change.before, change.after)) return []
      const below = change.name === '*' ? 'in this zone' : `below ${change.name.slice(2)}`
      return {
        id: 'wildcard-change',
        severity: 'danger' as const,
        title:
          change.after === null
            ? 'Names without records of their own stop to answer'
            : change.before === null
              ? 'Every name that does not exist will answer'
              : 'Every name without records of its own changes',
        reason: `${change.name} ${change.type} speaks for all names ${below} that have no records of their own, mistyped and unused ones too.`,
        name: change.name,
        type: change.type,
      }
    })
  },
}
