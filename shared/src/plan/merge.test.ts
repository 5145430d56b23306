import { describe, expect, it } from 'vitest'
import type { RecordSet } from '../record-set.ts'
import { mergeSets } from './merge.ts'

const mx = (ttl: number, ...rdata: string[]): RecordSet => ({
  name: '@',
  type: 'MX',
  ttl,
  records: rdata.map((value) => ({ rdata: value })),
})
const values = (set: RecordSet | null | undefined) => set?.records.map(({ rdata }) => rdata).sort()

describe('mergeSets', () => {
  const base = mx(3600, '10 mail.', '20 mx2.')

  it('lets both edits stand when they touch different records', () => {
    const merge = mergeSets(base, mx(3600, '10 mx1.', '20 mx2.'), mx(3600, '10 mail.', '20 mx2.', '30 backup.'))
    expect(values(merge.both?.set)).toEqual(['10 mx1.', '20 mx2.', '30 backup.'])
    expect(merge.both?.loses).toEqual([])
    expect(merge.mine.loses).toEqual(['Removes “30 backup.”, which the other edit added.'])
    expect(merge.theirs.loses).toEqual(['Drops your change to this set from the draft.'])
  })

  it('joins a TTL of one hand with a record of the other', () => {
    const merge = mergeSets(base, { ...base, ttl: 60 }, mx(3600, '10 mail.', '20 mx2.', '30 backup.'))
    expect(merge.both?.set).toEqual(mx(60, '10 mail.', '20 mx2.', '30 backup.'))
    expect(merge.both?.loses).toEqual([])
  })

  it('says what mine undoes of theirs: additions, removals, changes', () => {
    const theirs = mx(60, '20 mx2.', '30 c.')
    const { mine } = mergeSets(base, mx(3600, '10 mail.', '20 mx2.', '40 d.'), theirs)
    expect(mine.loses).toEqual([
      'Removes “30 c.”, which the other edit added.',
      'Brings back “10 mail.”, which the other edit removed.',
      'Undoes what the other edit changed of “20 mx2.”.',
    ])
  })

  it('offers no "both" where the two gave one record different values, or only one record may be', () => {
    expect(mergeSets(base, mx(3600, '10 a.', '20 mx2.'), mx(3600, '10 b.', '20 mx2.')).both).toBeNull()
    const cname = (target: string): RecordSet => ({ name: 'w', type: 'CNAME', ttl: 60, records: [{ rdata: target }] })
    expect(mergeSets(null, cname('a.'), cname('b.')).both).toBeNull()
  })

  it('keeps what the other added when mine deletes the set, and deletes when both do', () => {
    expect(values(mergeSets(base, null, mx(3600, '10 mail.', '20 mx2.', '30 c.')).both?.set)).toEqual(['30 c.'])
    expect(mergeSets(base, null, null)).toEqual({
      mine: { set: null, loses: [] },
      theirs: { set: null, loses: [] },
      both: { set: null, loses: [] },
    })
  })
})
