import { describe, expect, it } from 'vitest'
import type { Delegation } from './delegation.ts'
import type { Ds } from './dnssec.ts'
import { matchDs, unsignSafety } from './ds.ts'

const record = (keyTag: number, digestType = 2): Ds => ({
  keyTag,
  algorithm: 13,
  digestType,
  digest: keyTag
    .toString(16)
    .padStart(4, '0')
    .repeat(digestType === 4 ? 24 : 16),
})
const now = Date.UTC(2026, 10, 23, 12)
const none: Delegation['ds'] = {
  state: 'none',
  records: [],
  ttl: null,
  cachedUntil: null,
  validates: null,
  detail: 'The parent has no DS records.',
}

describe('unsignSafety', () => {
  it('is not safe while the parent has DS, and says for how long after', () => {
    const one = unsignSafety({ ...none, state: 'present', records: [record(1)], ttl: 86_400 }, now)
    expect(one).toMatchObject({ verdict: 'not-safe', safeFrom: null })
    expect(one.reason).toContain('a DS record.')
    expect(one.todo).toBe('Remove it at the registrar, then wait 1 d: so long resolvers may hold what they read.')
    const two = unsignSafety({ ...none, state: 'present', records: [record(1), record(2)], ttl: 5400 }, now)
    expect(two.reason).toContain('2 DS records')
    expect(two.todo).toContain('Remove them at the registrar, then wait 1 h 30 min')
  })

  it('waits until the last resolver has forgotten them, to the second', () => {
    const ds = { ...none, ttl: 3600, cachedUntil: '2026-11-23T12:59:59.500Z' }
    expect(unsignSafety(ds, now)).toMatchObject({
      verdict: 'wait',
      safeFrom: ds.cachedUntil,
      todo: 'Wait 1 h.',
    })
    expect(unsignSafety(ds, Date.parse(ds.cachedUntil) - 1).verdict).toBe('wait')
    expect(unsignSafety(ds, Date.parse(ds.cachedUntil)).verdict).toBe('safe')
  })

  it('is safe without DS, and never when it is not known', () => {
    expect(unsignSafety(none, now)).toMatchObject({ verdict: 'safe', todo: null })
    const unknown = unsignSafety({ ...none, state: 'unknown', detail: 'No resolver answers.' }, now)
    expect(unknown).toMatchObject({ verdict: 'unknown', reason: 'No resolver answers.' })
    expect(unknown.todo).toContain('Ask again.')
  })
})

describe('matchDs', () => {
  it('sorts into present, missing and stale', () => {
    const [a, b, old] = [record(1), record(2), record(3)]
    expect(matchDs([a, old], [a, b])).toEqual({ present: [a], missing: [b], stale: [old] })
    expect(matchDs([], [a])).toEqual({ present: [], missing: [a], stale: [] })
    expect(matchDs([a], [])).toEqual({ present: [], missing: [], stale: [a] })
  })

  it('takes one digest of a key for enough', () => {
    const [sha256, sha384] = [record(1), record(1, 4)]
    expect(matchDs([sha384], [sha256, sha384])).toEqual({ present: [sha384], missing: [], stale: [] })
  })

  it('compares every part, and digests without their case', () => {
    const ours = record(48_879)
    expect(matchDs([{ ...ours, digest: ours.digest.toUpperCase() }], [ours]).present).toEqual([ours])
    for (const other of [{ keyTag: 1 }, { algorithm: 8 }, { digestType: 1 }, { digest: 'ff'.repeat(32) }]) {
      const theirs = { ...ours, ...other }
      expect(matchDs([theirs], [ours])).toEqual({ present: [], missing: [ours], stale: [theirs] })
    }
  })
})
