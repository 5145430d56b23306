import { describe, expect, it } from 'vitest'
import type { RecordSet } from '../record-set.ts'
import { describeChange, viewChange } from './describe.ts'

const mx = (ttl: number, ...rdata: string[]): RecordSet => ({
  name: '@',
  type: 'MX',
  ttl,
  records: rdata.map((value) => ({ rdata: value })),
})
const change = (before: RecordSet | null, after: RecordSet | null) => ({ name: '@', type: 'MX', before, after })

describe('describeChange', () => {
  it('says what DNSControl says', () => {
    const one = mx(300, '10 a.example.')
    expect(describeChange(change(null, one), 'example.org')).toEqual(['+ CREATE example.org MX 10 a.example. ttl=300'])
    expect(describeChange(change(one, null), 'example.org')).toEqual(['- DELETE example.org MX 10 a.example. ttl=300'])
    expect(describeChange(change(one, mx(300, '10 b.example.')), 'example.org')).toEqual([
      '± MODIFY example.org MX (10 a.example. ttl=300) -> (10 b.example. ttl=300)',
    ])
    expect(describeChange(change(mx(60, '10 a.example.'), one), 'example.org')).toEqual([
      '± MODIFY-TTL example.org MX 10 a.example. ttl=(60->300)',
    ])
  })

  it('goes record by record: what stays is not mentioned, what is left over comes or goes', () => {
    const lines = describeChange(
      change(mx(300, '10 a.example.', '20 b.example.', '30 c.example.'), mx(300, '10 a.example.', '20 d.example.')),
    )
    expect(lines).toEqual([
      '± MODIFY @ MX (20 b.example. ttl=300) -> (20 d.example. ttl=300)',
      '- DELETE @ MX 30 c.example. ttl=300',
    ])
  })

  it('names what is disabled, comments of a record and of the set', () => {
    const before = mx(300, '10 a.example.')
    const after: RecordSet = {
      ...before,
      records: [{ rdata: '10 a.example.', disabled: true, comment: 'moved' }],
      comments: [{ content: 'see ticket' }],
    }
    expect(describeChange(change(before, after))).toEqual([
      '± MODIFY @ MX (10 a.example. ttl=300) -> (10 a.example. ttl=300 disabled comment="moved")',
      '± MODIFY-COMMENT @ MX () -> (see ticket)',
    ])
  })
})

describe('viewChange', () => {
  it('gives rows: what goes, what comes, what stays', () => {
    const view = viewChange(
      change(mx(300, '10 a.example.', '20 b.example.'), mx(300, '20 b.example.', '10 c.example.')),
    )
    expect(view).toEqual({
      verb: 'MODIFY',
      name: '@',
      type: 'MX',
      lines: [
        { sign: '-', rdata: '10 a.example.', ttl: 300 },
        { sign: '+', rdata: '10 c.example.', ttl: 300 },
        { sign: ' ', rdata: '20 b.example.', ttl: 300 },
      ],
    })
  })

  it('tells a change of TTL alone from one of values, and matches doubles once each', () => {
    expect(viewChange(change(mx(60, '10 a.', '20 b.'), mx(300, '20 b.', '10 a.'))).verb).toBe('MODIFY-TTL')
    expect(viewChange(change(mx(60, '10 a.'), mx(300, '10 c.'))).verb).toBe('MODIFY')
    expect(viewChange(change(mx(60, '10 a.', '10 a.'), mx(60, '10 a.'))).lines).toEqual([
      { sign: '-', rdata: '10 a.', ttl: 60 },
      { sign: ' ', rdata: '10 a.', ttl: 60 },
    ])
  })
})
