import { describe, expect, it } from 'vitest'
import type { Change } from '@zonedeck/shared/change'
import { viewChange } from '@zonedeck/shared/plan/describe'
import { diffLines } from './diff-lines.ts'

const mx = (ttl: number, ...rdata: string[]) => ({
  name: '@',
  type: 'MX',
  ttl,
  records: rdata.map((each) => ({ rdata: each })),
})
const shown = (before: Change['before'], after: Change['after']) => {
  const change: Change = { name: '@', type: 'MX', before, after }
  return diffLines(viewChange(change), change).map(
    ({ sign, parts }) => sign + parts.map(({ text, differs }) => (differs ? `[${text}]` : text)).join(''),
  )
}

describe('diffLines', () => {
  it('shows old above new, then what stays, then the TTL', () => {
    expect(shown(mx(3600, '10 old.example.', '20 b.'), mx(3600, '10 new.example.', '20 b.'))).toEqual([
      '-10 [old.example.]',
      '+10 [new.example.]',
      ' 20 b.',
      ' TTL 1 h (3600)',
    ])
  })
  it('says a changed TTL once, not at each record', () => {
    expect(shown(mx(3600, '10 a.', '20 b.'), mx(300, '10 a.', '20 b.'))).toEqual(
      [' 10 a.', ' 20 b.', '-TTL 1 h (3600)', '+TTL 5 min (300)'].sort(
        (a, b) => (a.includes('TTL') ? 1 : 0) - (b.includes('TTL') ? 1 : 0),
      ),
    )
  })
  it('shows a set that comes or goes', () => {
    expect(shown(null, mx(60, '10 a.'))).toEqual(['+10 a.', ' TTL 1 min (60)'])
    expect(shown(mx(60, '10 a.'), null)).toEqual(['-10 a.'])
  })
})
