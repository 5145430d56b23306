import { describe, expect, it } from 'vitest'
import { countTypes, filterGroups, groupRecords, overlayChanges, rowsOf } from './groups.ts'

const set = (name: string, type: string, ...rdata: string[]) => ({
  name,
  type,
  ttl: 3600,
  records: rdata.map((each) => ({ rdata: each })),
})
const all = { query: '', type: '', changed: false }

describe('groupRecords', () => {
  it('puts the apex first and children after their parent', () => {
    const groups = groupRecords([
      set('www', 'A', '192.0.2.1'),
      set('b.shop', 'A', '192.0.2.2'),
      set('shop', 'A', '192.0.2.3'),
      set('@', 'MX', '10 mail.example.'),
      set('@', 'SOA', 'a. b. 1 2 3 4 5'),
      set('shop-old', 'A', '192.0.2.4'),
    ])
    expect(groups.map(({ name }) => name)).toEqual(['@', 'shop', 'b.shop', 'shop-old', 'www'])
    expect(groups[0]?.rows.map(({ type }) => type)).toEqual(['SOA', 'MX'])
  })
  it('shows a row per record', () => {
    expect(groupRecords([set('@', 'NS', 'a.', 'b.')])[0]?.rows).toHaveLength(2)
  })
  it('shows names that only the draft has', () => {
    const after = set('new', 'A', '192.0.2.1')
    const groups = groupRecords([set('www', 'A', '192.0.2.1')], [{ name: 'new', type: 'A', before: null, after }])
    expect(groups.map(({ name, rows }) => [name, rows[0]?.state])).toEqual([
      ['new', 'create'],
      ['www', 'same'],
    ])
  })
  it('still shows a deleted set when the server has lost it meanwhile', () => {
    const before = set('old', 'A', '192.0.2.1')
    expect(groupRecords([], [{ name: 'old', type: 'A', before, after: null }])[0]?.rows[0]?.state).toBe('delete')
  })
  it('parts a group that would not fit', () => {
    const many = Array.from({ length: 150 }, (_, index) => `192.0.2.${String(index)}`)
    const groups = groupRecords([set('pool', 'A', ...many)])
    expect(groups.map(({ part, rows }) => [part, rows.length])).toEqual([
      [0, 60],
      [1, 60],
      [2, 30],
    ])
    expect(new Set(groups.map(({ key }) => key)).size).toBe(3)
  })
  it('groups 100,000 names', () => {
    const sets = Array.from({ length: 100_000 }, (_, index) =>
      set(`host-${String(index * 7919)}.rack`, 'A', '192.0.2.1'),
    )
    expect(groupRecords(sets)).toHaveLength(100_000)
  })
})

describe('rowsOf', () => {
  const before = set('@', 'MX', '10 old.example.', '20 second.example.')
  it('pairs a replaced value with what it was', () => {
    const after = set('@', 'MX', '10 new.example.', '20 second.example.')
    const rows = rowsOf(before, { name: '@', type: 'MX', before, after })
    expect(rows.map(({ state, record, was }) => [state, record.rdata, was?.rdata])).toEqual([
      ['modify', '10 new.example.', '10 old.example.'],
      ['same', '20 second.example.', undefined],
    ])
  })
  it('tells added and removed values of a set', () => {
    const less = { ...before, records: before.records.slice(0, 1) }
    expect(rowsOf(before, { name: '@', type: 'MX', before, after: less }).map(({ state }) => state)).toEqual([
      'same',
      'delete',
    ])
    expect(rowsOf(less, { name: '@', type: 'MX', before: less, after: before }).map(({ state }) => state)).toEqual([
      'same',
      'create',
    ])
  })
  it('marks every row when the TTL changes', () => {
    const rows = rowsOf(before, { name: '@', type: 'MX', before, after: { ...before, ttl: 300 } })
    expect(rows.map(({ state, ttl, wasTtl }) => [state, ttl, wasTtl])).toEqual([
      ['modify', 300, 3600],
      ['modify', 300, 3600],
    ])
  })
  it('pairs a value that is switched off with itself', () => {
    const after = { ...before, records: [{ rdata: '20 second.example.', disabled: true }, { rdata: '10 x.example.' }] }
    const rows = rowsOf(before, { name: '@', type: 'MX', before, after })
    expect(rows.map(({ record, was }) => [record.rdata, was?.rdata])).toEqual([
      ['20 second.example.', '20 second.example.'],
      ['10 x.example.', '10 old.example.'],
    ])
  })
  it('gives every row a key of its own', () => {
    const after = set('@', 'MX', '5 a.', '10 old.example.', '7 b.')
    const keys = rowsOf(before, { name: '@', type: 'MX', before, after }).map(({ key }) => key)
    expect(new Set(keys).size).toBe(keys.length)
  })
})

describe('overlayChanges', () => {
  const sets = [
    set('@', 'A', '192.0.2.1'),
    set('b', 'A', '192.0.2.2'),
    set('b', 'TXT', '"x"'),
    set('d', 'A', '192.0.2.3'),
  ]
  const changes = [
    { name: 'c', type: 'A', before: null, after: set('c', 'A', '192.0.2.4') },
    { name: 'a', type: 'A', before: null, after: set('a', 'A', '192.0.2.4') },
    { name: 'z', type: 'A', before: null, after: set('z', 'A', '192.0.2.4') },
    { name: 'b', type: 'A', before: set('b', 'A', '192.0.2.2'), after: null },
  ]
  it('says the same as grouping everything anew', () => {
    expect(overlayChanges(groupRecords(sets), changes)).toEqual(groupRecords(sets, changes))
  })
  it('keeps the groups it does not touch', () => {
    const base = groupRecords(sets)
    expect(overlayChanges(base, changes)[0]).toBe(base[0])
    expect(overlayChanges(base, [])).toBe(base)
  })
})

describe('filterGroups', () => {
  const groups = groupRecords([
    set('@', 'TXT', '"v=spf1 -all"'),
    set('www', 'A', '192.0.2.1', '192.0.2.2'),
    set('mail', 'A', '192.0.2.1'),
  ])
  it('gives the same list back when nothing is asked', () => {
    expect(filterGroups(groups, all)).toBe(groups)
  })
  it('searches name, type and value, every word', () => {
    expect(filterGroups(groups, { ...all, query: 'WWW .2' })[0]?.rows).toHaveLength(2)
    expect(filterGroups(groups, { ...all, query: 'www 0.2.2' })[0]?.rows.map(({ record }) => record.rdata)).toEqual([
      '192.0.2.2',
    ])
    expect(filterGroups(groups, { ...all, query: 'txt spf1' }).map(({ name }) => name)).toEqual(['@'])
    expect(filterGroups(groups, { ...all, query: 'nothing' })).toEqual([])
  })
  it('leaves one type, or what the draft changes', () => {
    expect(filterGroups(groups, { ...all, type: 'TXT' }).map(({ name }) => name)).toEqual(['@'])
    expect(filterGroups(groups, { ...all, changed: true })).toEqual([])
  })
  it('counts types in their usual order', () => {
    expect(countTypes(groups)).toEqual([
      { type: 'A', count: 3 },
      { type: 'TXT', count: 1 },
    ])
  })
})
