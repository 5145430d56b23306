import type { Finding } from '../../job.ts'
import { toAbsolute } from '../../names.ts'
import type { RecordSet } from '../../record-set.ts'
import { answered, some, type SafetyContext, type SafetyRule } from './rule.ts'

/** Types that give a name an address, in one step or more. */
const addressTypes = ['A', 'AAAA', 'CNAME', 'ALIAS', 'ANAME']

/** The host a record points at (absolute), by type. */
function target(type: string, rdata: string): string | undefined {
  switch (type) {
    case 'CNAME':
    case 'ALIAS':
    case 'ANAME':
    case 'NS':
    case 'PTR':
      return rdata
    case 'MX':
    case 'SVCB':
    case 'HTTPS':
      return rdata.split(' ', 2)[1]
    case 'SRV':
      return rdata.split(' ', 4)[3]
    default:
      return undefined
  }
}

function hasAddress(sets: ReadonlyMap<string, RecordSet>, name: string): boolean {
  return addressTypes.some((type) => answered(sets.get(`${name} ${type}`)).length > 0)
}

/** Does a wildcard speak for the name once nothing is left at it? (The closest one above it, RFC 4592.) */
function wildcardAnswers(sets: ReadonlyMap<string, RecordSet>, name: string): boolean {
  for (let rest = name; rest !== '';) {
    const dot = rest.indexOf('.')
    rest = dot < 0 ? '' : rest.slice(dot + 1)
    if (hasAddress(sets, rest === '' ? '*' : `*.${rest}`)) return true
  }
  return false
}

/** Names that have an address now and will have none. */
function losers({ before, after, changes }: SafetyContext): string[] {
  const names = new Set(changes.filter(({ type }) => addressTypes.includes(type)).map(({ name }) => name))
  return [...names].filter(
    (name) => hasAddress(before, name) && !hasAddress(after, name) && (name === '@' || !wildcardAnswers(after, name)),
  )
}

/**
 * The last address of a name that others in the zone point to. `dangling-cname` where a CNAME points at it (whoever can
 * take over the name takes over the alias), `dangling-target` for mail, services and delegations.
 */
export const danglingTarget: SafetyRule = {
  id: 'dangling-target',
  check(context) {
    const names = losers(context)
    if (names.length === 0) return []
    const lost = new Map(names.map((name) => [toAbsolute(name, context.zone), name]))
    const pointers = new Map<string, { aliases: string[]; others: string[] }>()
    for (const set of context.after.values()) {
      for (const rdata of answered(set)) {
        const name = lost.get(target(set.type, rdata) ?? '')
        if (name === undefined || name === set.name) continue
        const entry = pointers.get(name) ?? { aliases: [], others: [] }
        pointers.set(name, entry)
        const list = set.type === 'CNAME' ? entry.aliases : entry.others
        const label = `${set.name} ${set.type}`
        if (!list.includes(label)) list.push(label)
      }
    }
    const findings: Finding[] = []
    for (const [name, { aliases, others }] of pointers) {
      if (aliases.length > 0) findings.push(finding('dangling-cname', name, aliases))
      if (others.length > 0) findings.push(finding('dangling-target', name, others))
    }
    return findings
  },
}

function finding(id: string, name: string, pointers: readonly string[]): Finding {
  const count = pointers.length
  return {
    id,
    severity: 'danger',
    title: `${count} record ${count === 1 ? 'set points' : 'sets point'} at a name without an address`,
    reason: `${name} loses its last address, and ${some(pointers)} still ${count === 1 ? 'points' : 'point'} at it.`,
    name,
  }
}
