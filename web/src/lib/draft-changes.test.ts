import { describe, expect, it } from 'vitest'
import { countChanges, mergeChanges } from './draft-changes.ts'

const set = (name: string, rdata: string, ttl = 3600) => ({ name, type: 'A', ttl, records: [{ rdata }] })
const old = set('www', '192.0.2.1')
const edited = set('www', '192.0.2.2')
const again = set('www', '192.0.2.3')

describe('mergeChanges', () => {
  it('keeps the first base when a set is edited twice', () => {
    const first = mergeChanges([], [{ name: 'www', type: 'A', before: old, after: edited }])
    const second = mergeChanges(first, [{ name: 'www', type: 'A', before: edited, after: again }])
    expect(second).toEqual([{ name: 'www', type: 'A', before: old, after: again }])
  })
  it('drops a set that is edited back', () => {
    const first = mergeChanges([], [{ name: 'www', type: 'A', before: old, after: edited }])
    expect(mergeChanges(first, [{ name: 'www', type: 'A', before: old, after: set('www', '192.0.2.1') }])).toEqual([])
  })
  it('drops a new set that is deleted again', () => {
    const first = mergeChanges([], [{ name: 'www', type: 'A', before: null, after: edited }])
    expect(mergeChanges(first, [{ name: 'www', type: 'A', before: edited, after: null }])).toEqual([])
  })
  it('keeps other sets', () => {
    const other = { name: 'mail', type: 'A', before: null, after: set('mail', '192.0.2.9') }
    expect(mergeChanges([other], [{ name: 'www', type: 'A', before: old, after: null }])).toHaveLength(2)
  })
  it('sees a changed TTL, comment and disabled flag as a change', () => {
    for (const after of [
      set('www', '192.0.2.1', 60),
      { ...old, records: [{ rdata: '192.0.2.1', disabled: true }] },
      { ...old, records: [{ rdata: '192.0.2.1', comment: 'why' }] },
    ]) {
      expect(mergeChanges([], [{ name: 'www', type: 'A', before: old, after }])).toHaveLength(1)
    }
  })
})

describe('countChanges', () => {
  it('tells create, modify and delete apart', () => {
    expect(
      countChanges([
        { name: 'a', type: 'A', before: null, after: old },
        { name: 'b', type: 'A', before: old, after: edited },
        { name: 'c', type: 'A', before: old, after: null },
      ]),
    ).toEqual({ create: 1, modify: 1, delete: 1 })
  })
})
