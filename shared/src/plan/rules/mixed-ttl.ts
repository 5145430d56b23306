import type { SafetyRule } from './rule.ts'

/** RFC 2181 §5.2: the records of a set have one TTL; resolvers take the lowest. */
export const mixedTtl: SafetyRule = {
  id: 'mixed-ttl',
  check({ changes }) {
    return changes.flatMap(({ name, type, after }) => {
      if (after === null) return []
      const ttls = [...new Set(after.records.map((record) => record.ttl ?? after.ttl))].sort((a, b) => a - b)
      if (ttls.length < 2) return []
      return {
        id: 'mixed-ttl',
        severity: 'warning' as const,
        title: 'The records of one set have different TTLs',
        reason: `${name} ${type} has ${ttls.join(', ')} seconds. DNS has one TTL a set: resolvers take the lowest, or refuse the set.`,
        name,
        type,
      }
    })
  },
}
