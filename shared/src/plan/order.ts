import type { Change } from '../change.ts'
import { compareText, orderKey } from './keys.ts'

/** Types that hold a place for themselves: nothing else may be at, or under, their name. */
const exclusive = new Set(['CNAME', 'DNAME'])

/** What is pointed at comes before what points: addresses, plain data, aliases, then services and delegations. */
function rank(type: string): number {
  switch (type) {
    case 'A':
    case 'AAAA':
      return 0
    case 'CNAME':
    case 'DNAME':
    case 'ALIAS':
    case 'ANAME':
      return 2
    case 'MX':
    case 'SRV':
    case 'PTR':
    case 'HTTPS':
    case 'SVCB':
    case 'NAPTR':
      return 3
    case 'NS':
    case 'DS':
      return 4
    default:
      return 1
  }
}

/** The name and every name above it, up to the apex. */
function* upwards(name: string): Generator<string> {
  yield name
  if (name === '@') return
  for (let dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) yield name.slice(dot + 1)
  yield '@'
}

/**
 * The order in which a server that takes one change after the other is to get them:
 *
 * 1. deletes that make room (a CNAME leaves before the address that takes its place, or the other way round; names
 *    under a new DNAME),
 * 2. what is created or changed, targets before what points at them,
 * 3. other deletes, what points before its target,
 * 4. the SOA, so that a serial given by hand is the last word.
 *
 * The result is the same whatever order the changes came in.
 */
export function orderChanges(changes: readonly Change[]): Change[] {
  const arriving = new Map<string, Set<string>>()
  const leavingExclusive = new Set<string>()
  for (const { name, type, before, after } of changes) {
    if (after !== null) arriving.set(name, (arriving.get(name) ?? new Set()).add(type))
    else if (before !== null && exclusive.has(type)) leavingExclusive.add(name)
  }
  const makesRoom = ({ name }: Change): boolean => {
    if (arriving.has(name) && (leavingExclusive.has(name) || arriving.get(name)?.has('CNAME'))) return true
    for (const above of upwards(name)) if (arriving.get(above)?.has('DNAME')) return true
    return false
  }
  const step = (change: Change): number => {
    if (change.type === 'SOA' && change.name === '@') return 30
    if (change.after !== null) return 10 + rank(change.type)
    return makesRoom(change) ? 0 : 20 + (9 - rank(change.type))
  }
  return changes
    .map((change) => ({ change, step: step(change), key: orderKey(change.name) }))
    .sort((a, b) => a.step - b.step || compareText(a.key, b.key) || compareText(a.change.type, b.change.type))
    .map(({ change }) => change)
}
