import { some, type SafetyRule } from './rule.ts'

/** The same record twice in a set: DNS knows it once (RFC 2181 §5). */
export const duplicateRecord: SafetyRule = {
  id: 'duplicate-record',
  check({ changes }) {
    return changes.flatMap(({ name, type, after }) => {
      const seen = new Set<string>()
      const twice = new Set<string>()
      for (const { rdata } of after?.records ?? []) (seen.has(rdata) ? twice : seen).add(rdata)
      if (twice.size === 0) return []
      return {
        id: 'duplicate-record',
        severity: 'warning' as const,
        title: 'A record is there twice',
        reason: `${name} ${type} holds ${some([...twice])} more than once. It is answered once; deleting one of the two may delete both.`,
        name,
        type,
      }
    })
  },
}
