import type { Change } from '@zonedeck/shared/change'
import { typeRefusal } from '@zonedeck/shared/refusals'
import { about } from './about.ts'
import type { Move } from './compile.ts'
import type { WireRecord } from './wire.ts'

/** Why this change is not sent at all, or null. */
export function refusalOf({ name, type, after }: Change): string | null {
  const { soa, ttl } = about.capabilities
  if (type === 'SOA') return typeof soa === 'object' ? soa.reason : null
  const gone = after === null || after.records.every(({ disabled }) => disabled)
  if (type === 'NS' && name === '@' && gone) {
    return 'A zone needs at least one NS record at its apex. Replace them instead.'
  }
  if (after === null) return null
  const ttls = [after.ttl, ...after.records.flatMap((record) => record.ttl ?? [])]
  if (ttls.some((each) => !Number.isInteger(each) || each < ttl.min || each > ttl.max)) {
    return `The TTL must be a whole number from ${ttl.min} to ${ttl.max} seconds.`
  }
  return typeRefusal(about.capabilities, type)?.reason ?? null
}

/**
 * Why the server would not take a record back that has to be deleted first, or null. It checks every new record against
 * the others of the zone, also one that was there a moment ago; asking here keeps the old record safe.
 */
export function trapOf({ remove, add }: Move, held: Iterable<WireRecord>): string | null {
  if (!remove || !add) return null
  const others = [...held].filter(({ id }) => id !== remove.id)
  const { name, type, content } = add
  const blocking = others.find((other) => {
    if (type === 'MX' || type === 'NS') return other.type === 'CNAME' && other.content === content
    if (type === 'A' || type === 'AAAA') return other.type === 'CNAME' && other.name === name
    if (type !== 'CNAME') return false
    const pointsHere = (other.type === 'NS' || other.type === 'MX') && other.content === name
    return pointsHere || (other.name === name && ['A', 'AAAA', 'CNAME'].includes(other.type))
  })
  if (!blocking) return null
  return `CustomDNS has no call that changes a record: this one would be deleted and made anew, and the server would not take it while there is “${blocking.name} ${blocking.type} ${blocking.content}”. Nothing was sent.`
}
