import type { RecordSet } from '../../record-set.ts'
import { answered, some, type SafetyContext, type SafetyRule } from './rule.ts'

/** What may stand beside a CNAME: DNSSEC's own records (RFC 4034 §3, RFC 2181 §10.1). */
const allowed = new Set(['CNAME', 'RRSIG', 'NSEC', 'NSEC3', 'KEY', 'SIG', 'NXT'])

function setsByName({ after, changes }: SafetyContext): Map<string, RecordSet[]> {
  const touched = new Map<string, RecordSet[]>(changes.map(({ name }) => [name, []]))
  for (const set of after.values()) if (answered(set).length > 0) touched.get(set.name)?.push(set)
  return touched
}

/** RFC 1034 §3.6.2: where a CNAME is, nothing else may be; and at the apex there is always something else. */
export const cnameCoexistence: SafetyRule = {
  id: 'cname-coexistence',
  check(context) {
    return [...setsByName(context)].flatMap(([name, sets]) => {
      const cname = sets.find(({ type }) => type === 'CNAME')
      const others = sets.filter(({ type }) => !allowed.has(type)).map(({ type }) => type)
      if (cname === undefined) return []
      if (answered(cname).length > 1) others.push('a second CNAME')
      if (name === '@' && others.length === 0) others.push('SOA', 'NS')
      if (others.length === 0) return []
      return {
        id: 'cname-coexistence',
        severity: 'danger' as const,
        title: 'A CNAME stands beside other records',
        reason: `${name} would have a CNAME and ${some(others)}. Resolvers follow the CNAME and never see the rest; most servers refuse to load the zone.`,
        name,
        type: 'CNAME',
      }
    })
  },
}
