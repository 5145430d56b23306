import type { SafetyRule } from './rule.ts'

/** octoDNS's `MIN_EXISTING_RECORDS`: smaller zones are expected to change much at once. */
const leastSets = 10
/** octoDNS's `MAX_SAFE_UPDATE_PCENT` and `MAX_SAFE_DELETE_PCENT`. */
const mostShare = 0.3

const percent = (share: number) => `${Math.floor(share * 100)} %`

/** octoDNS `TooMuchChange`: over 30 % of the record sets updated, or deleted. What is created does not count. */
export const tooMuchChange: SafetyRule = {
  id: 'too-much-change',
  existingOnly: true,
  check({ before, changes }) {
    const existing = [...before.values()].filter((set) => set.readOnly !== 'dnssec').length
    if (existing < leastSets) return []
    const updates = changes.filter((change) => change.before !== null && change.after !== null).length
    const deletes = changes.filter((change) => change.after === null).length
    const parts: string[] = []
    if (deletes / existing > mostShare)
      parts.push(`${percent(deletes / existing)} are deleted (${deletes}/${existing})`)
    if (updates / existing > mostShare)
      parts.push(`${percent(updates / existing)} are changed (${updates}/${existing})`)
    if (parts.length === 0) return []
    return [
      {
        id: 'too-much-change',
        severity: 'danger',
        title: 'A large part of the zone changes at once',
        reason: `Of the record sets of this zone, ${parts.join(' and ')}. Over 30 % is more often a mistake than a wish.`,
      },
    ]
  },
}
