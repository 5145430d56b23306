import { describe, expect, it } from 'vitest'
import { firstChoice, settle } from './choice.ts'

const mx = (...rdata: string[]) => ({
  name: '@',
  type: 'MX',
  ttl: 3600,
  records: rdata.map((each) => ({ rdata: each })),
})
const base = mx('10 a.', '20 b.')
const mine = mx('10 new.', '20 b.')
const theirs = mx('10 a.', '20 b.', '30 c.')
const conflict = { name: '@', type: 'MX', base, mine, theirs }
const other = {
  name: 'www',
  type: 'A',
  before: null,
  after: { name: 'www', type: 'A', ttl: 60, records: [{ rdata: '192.0.2.1' }] },
}
const changes = [{ name: '@', type: 'MX', before: base, after: mine }, other]

describe('settle', () => {
  it('takes both where they touch different lines, on what the server holds now', () => {
    expect(firstChoice(conflict)).toBe('both')
    const [change] = settle(changes, [conflict], new Map([['@ MX', 'both' as const]]))
    expect(change?.before).toBe(theirs)
    expect(change?.after?.records.map(({ rdata }) => rdata).sort()).toEqual(['10 new.', '20 b.', '30 c.'])
  })
  it('keeps mine against what the server holds now', () => {
    expect(settle(changes, [conflict], new Map([['@ MX', 'mine' as const]]))[0]).toEqual({
      name: '@',
      type: 'MX',
      before: theirs,
      after: mine,
    })
  })
  it('lets theirs leave the draft, and nothing else', () => {
    expect(settle(changes, [conflict], new Map([['@ MX', 'theirs' as const]]))).toEqual([other])
  })
  it('offers both only when they can stand together', () => {
    expect(firstChoice({ ...conflict, mine: mx('10 x.', '20 b.'), theirs: mx('10 y.', '20 b.') })).toBe('mine')
  })
})
