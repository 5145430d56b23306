import { describe, expect, it } from 'vitest'
import type { RecordSet } from '../record-set.ts'
import { applyChanges, diffZones } from './diff.ts'
import { setKey } from './keys.ts'
import { holds, sameSet, unchangedSince } from './same-set.ts'

const set = (name: string, type: string, ttl: number, ...rdata: string[]): RecordSet => ({
  name,
  type,
  ttl,
  records: rdata.map((value) => ({ rdata: value })),
})

describe('sameSet', () => {
  const base = set('www', 'A', 300, '192.0.2.1', '192.0.2.2')

  it('ignores the order of records, native ids, warnings and why a set is locked', () => {
    const other: RecordSet = {
      ...set('www', 'A', 300, '192.0.2.2', '192.0.2.1'),
      warnings: ['mixed-ttl'],
      readOnly: 'secondary',
    }
    other.records = other.records.map((record, index) => ({ ...record, ref: `r${index}` }))
    expect(sameSet(base, other)).toBe(true)
  })

  it.each<[string, RecordSet]>([
    ['the TTL', { ...base, ttl: 60 }],
    ['a value', set('www', 'A', 300, '192.0.2.1', '192.0.2.3')],
    ['how often a value occurs', set('www', 'A', 300, '192.0.2.1', '192.0.2.1')],
    ['what is disabled', { ...base, records: [{ rdata: '192.0.2.1', disabled: true }, { rdata: '192.0.2.2' }] }],
    ['a comment', { ...base, records: [{ rdata: '192.0.2.1', comment: 'x' }, { rdata: '192.0.2.2' }] }],
    ['a comment of the set', { ...base, comments: [{ content: 'x' }] }],
    ['native data', { ...base, records: [{ rdata: '192.0.2.1', native: { expiry: 5 } }, { rdata: '192.0.2.2' }] }],
  ])('counts %s', (_, other) => {
    expect(sameSet(base, other)).toBe(false)
    expect(sameSet(other, base)).toBe(false)
  })

  it('takes a TTL of its own that equals the set’s as none, and native data in any order', () => {
    const a = { ...base, records: [{ rdata: 'x', ttl: 300, native: { a: 1, b: { c: [2], d: null } } }] }
    const b = { ...base, records: [{ rdata: 'x', native: { b: { d: null, c: [2] }, a: 1 } }] }
    expect(sameSet(a, b)).toBe(true)
    expect(sameSet({ ...a, ttl: 60 }, { ...b, ttl: 60 })).toBe(false)
  })

  it('tells a comment from a disabled mark and a value from its neighbour', () => {
    const a = { ...base, records: [{ rdata: 'x', comment: '-' }] }
    const b = { ...base, records: [{ rdata: 'x', disabled: true }] }
    expect(sameSet(a, b)).toBe(false)
  })

  it('knows that a server counts the serial up and fills in native fields', () => {
    const soa = (serial: number) => set('@', 'SOA', 3600, `ns1.a. host.a. ${serial} 1 2 3 4`)
    expect(sameSet(soa(1), soa(2))).toBe(false)
    expect(unchangedSince(soa(1), soa(2))).toBe(true)
    expect(holds(soa(1), soa(2))).toBe(true)
    expect(holds(soa(1), set('@', 'SOA', 3600, 'ns2.a. host.a. 1 1 2 3 4'))).toBe(false)
    const filled = { ...base, records: base.records.map((record) => ({ ...record, native: { lastUsed: 'never' } })) }
    expect(holds(base, filled)).toBe(true)
    expect(holds(null, filled)).toBe(false)
    expect(unchangedSince(base, filled)).toBe(false)
  })
})

describe('diffZones', () => {
  const before = [
    set('www', 'A', 300, '192.0.2.1'),
    set('@', 'MX', 300, '10 mail.example.org.'),
    set('old', 'TXT', 60, '"x"'),
  ]

  it('finds what is created, changed and deleted, in one order whatever the order of the sets', () => {
    const after = [
      set('a.www', 'A', 300, '192.0.2.9'),
      set('www', 'A', 60, '192.0.2.1'),
      set('@', 'MX', 300, '10 mail.example.org.'),
      set('@', 'CAA', 300, '0 issue "ca.example"'),
    ]
    const changes = diffZones(before, after)
    expect(changes.map(({ name, type, before: was, after: will }) => [name, type, was?.ttl, will?.ttl])).toEqual([
      ['@', 'CAA', undefined, 300],
      ['old', 'TXT', 60, undefined],
      ['www', 'A', 300, 60],
      ['a.www', 'A', undefined, 300],
    ])
    expect(diffZones([...before].reverse(), [...after].reverse())).toEqual(changes)
  })

  it('is empty for the same zone, and undone by its inverse', () => {
    expect(diffZones(before, [...before].reverse())).toEqual([])
    const after = [set('www', 'A', 60, '192.0.2.1'), set('new', 'A', 60, '192.0.2.2')]
    const changes = diffZones(before, after)
    const made = applyChanges(before, changes)
    expect(diffZones([...made.values()], after)).toEqual([])
    const undone = applyChanges(
      [...made.values()],
      changes.map((change) => ({ ...change, before: change.after, after: change.before })),
    )
    expect(new Set(undone.keys())).toEqual(new Set(before.map(setKey)))
  })

  it('compares 100,000 sets in linear time', () => {
    const zone = (ttl: number) =>
      Array.from({ length: 100_000 }, (_, i) =>
        set(`host-${i}.rack-${i % 100}`, 'A', i % 1000 === 0 ? ttl : 300, '192.0.2.1'),
      )
    const [a, b] = [zone(300), zone(60)]
    const start = performance.now()
    expect(diffZones(a, b)).toHaveLength(100)
    // Generous: a quadratic way would take minutes.
    expect(performance.now() - start).toBeLessThan(5000)
  })
})
