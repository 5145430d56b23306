import type { Finding } from '../../job.ts'
import { answered, some, type SafetyRule } from './rule.ts'

/** A delegation or a DNAME hides what the zone holds below it (RFC 1034 §4.2.1, RFC 6672 §2.4). */
export const occludedNames: SafetyRule = {
  id: 'occluded-names',
  check({ changes, after }) {
    const cuts = changes.filter(
      (change) =>
        change.name !== '@' &&
        (change.type === 'NS' || change.type === 'DNAME') &&
        answered(change.before).length === 0 &&
        answered(change.after).length > 0,
    )
    return cuts.flatMap((cut): Finding[] => {
      const glue = new Set(cut.type === 'NS' ? answered(cut.after) : [])
      const hidden: string[] = []
      for (const set of after.values()) {
        const below = set.name.endsWith(`.${cut.name}`)
        const isGlue =
          (set.type === 'A' || set.type === 'AAAA') && [...glue].some((host) => host.startsWith(`${set.name}.`))
        if (below && !isGlue && set.readOnly !== 'dnssec') hidden.push(`${set.name} ${set.type}`)
      }
      if (hidden.length === 0) return []
      return [
        {
          id: 'occluded-names',
          severity: 'danger',
          title: `${hidden.length} record ${hidden.length === 1 ? 'set is' : 'sets are'} no longer answered`,
          reason: `With ${cut.name} ${cut.type} the names below it are answered elsewhere: ${some(hidden)} stay in the zone, unseen.`,
          name: cut.name,
          type: cut.type,
        },
      ]
    })
  },
}
