import type { Delegation } from './delegation.ts'
import type { Ds } from './dnssec.ts'
import { duration } from './plan/duration.ts'

/** May a zone lose its signatures, or move to a server with other keys, without disappearing for those who validate? */
export interface UnsignSafety {
  verdict: 'safe' | 'wait' | 'not-safe' | 'unknown'
  /** From when on it is safe, where that is known. RFC 3339. */
  safeFrom: string | null
  /** States the verdict. */
  title: string
  reason: string
  /** What to do first; null when nothing is. */
  todo: string | null
}

/**
 * Judges by the DS records at the parent and by how long resolvers may hold them.
 *
 * @param now milliseconds since 1970
 */
export function unsignSafety(ds: Delegation['ds'], now: number): UnsignSafety {
  if (ds.state === 'unknown') {
    return {
      verdict: 'unknown',
      safeFrom: null,
      title: 'Not known whether this zone can be unsigned or moved',
      reason: ds.detail,
      todo: 'Ask again. Go on only once the parent is known to have no DS records.',
    }
  }
  if (ds.state === 'present') {
    const records = ds.records.length === 1 ? 'a DS record' : `${ds.records.length} DS records`
    return {
      verdict: 'not-safe',
      safeFrom: null,
      title: 'Not safe to unsign or move',
      reason: `The parent has ${records}. Without the keys they name, the zone disappears for everyone whose resolver validates.`,
      todo: `Remove ${ds.records.length === 1 ? 'it' : 'them'} at the registrar, then wait ${duration(ds.ttl ?? 0)}: so long resolvers may hold what they read.`,
    }
  }
  const left = ds.cachedUntil === null ? 0 : Date.parse(ds.cachedUntil) - now
  if (ds.cachedUntil !== null && left > 0) {
    return {
      verdict: 'wait',
      safeFrom: ds.cachedUntil,
      title: 'Not yet safe to unsign or move',
      reason: 'The DS records are gone at the parent, but resolvers may still hold them.',
      todo: `Wait ${duration(Math.ceil(left / 1000))}.`,
    }
  }
  return {
    verdict: 'safe',
    safeFrom: null,
    title: 'Safe to unsign or move',
    reason:
      'The parent has no DS records, so nobody expects signatures of this zone. If one was removed in the last two days and this panel has not seen it, resolvers may still hold it.',
    todo: null,
  }
}

/** Which of the zone's own DS records the parent has. */
export interface DsMatch<T extends Ds> {
  /** Ours, and at the parent. */
  present: T[]
  /**
   * Ours and not there, of keys that the parent does not have at all. One digest of a key is enough: the other digests
   * of a key that is there are in neither list.
   */
  missing: T[]
  /** At the parent, and none of ours: left over, or of a key that is somewhere else. */
  stale: Ds[]
}

export function matchDs<T extends Ds>(atParent: readonly Ds[], ofZone: readonly T[]): DsMatch<T> {
  const there = new Set(atParent.map(keyOf))
  const ours = new Set(ofZone.map(keyOf))
  const present = ofZone.filter((record) => there.has(keyOf(record)))
  const known = new Set(present.map(({ keyTag, algorithm }) => `${keyTag} ${algorithm}`))
  return {
    present,
    missing: ofZone.filter(({ keyTag, algorithm }) => !known.has(`${keyTag} ${algorithm}`)),
    stale: atParent.filter((record) => !ours.has(keyOf(record))),
  }
}

function keyOf({ keyTag, algorithm, digestType, digest }: Ds): string {
  return `${keyTag} ${algorithm} ${digestType} ${digest.toLowerCase()}`
}
