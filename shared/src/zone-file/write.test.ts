import { describe, expect, it } from 'vitest'
import type { RecordSet } from '../record-set.ts'
import { readZoneFile } from './read.ts'
import { toRecordSets } from './sets.ts'
import { writeZoneFile } from './write.ts'

describe('toRecordSets', () => {
  it('keeps a TTL of its own, one of two equal records, and the live one of them', () => {
    const { records } = readZoneFile(
      '$ORIGIN example.com.\na 10 A 192.0.2.1 ;{"disabled":true}\na 20 A 192.0.2.2 ; two\na 10 A 192.0.2.1 ; one\nx.example.org. 5 A 192.0.2.3\n@ 5 TXT x\n',
    )
    expect(toRecordSets(records, 'example.com')).toEqual([
      {
        name: 'a',
        type: 'A',
        ttl: 10,
        records: [
          { rdata: '192.0.2.1', comment: 'one' },
          { rdata: '192.0.2.2', ttl: 20, comment: 'two' },
        ],
      },
      { name: '@', type: 'TXT', ttl: 5, records: [{ rdata: '"x"' }] },
    ])
  })
})

describe('writeZoneFile', () => {
  const sets: RecordSet[] = [
    {
      name: 'www',
      type: 'A',
      ttl: 60,
      records: [{ rdata: '192.0.2.1' }, { rdata: '192.0.2.2', disabled: true, comment: 'off' }],
    },
    {
      name: '@',
      type: 'TXT',
      ttl: 60,
      records: [{ rdata: '"x;y"', comment: 'two\nlines' }],
      comments: [{ content: 'why\r\nso' }],
    },
    { name: '@', type: 'SOA', ttl: 900, records: [{ rdata: 'ns1.example.com. host.example.com. 1 2 3 4 5' }] },
  ]

  it('begins with origin, TTL and SOA, and hides what is disabled', () => {
    expect(writeZoneFile('example.com', sets)).toBe(
      [
        '$ORIGIN example.com.',
        '$TTL 60',
        '@ 900 IN SOA ns1.example.com. host.example.com. 1 2 3 4 5',
        '; why',
        '; so',
        '@ 60 IN TXT "x;y" ; {"comments":"two\\nlines"}',
        'www 60 IN A 192.0.2.1',
        ';#disabled www 60 IN A 192.0.2.2 ; off',
        '',
      ].join('\n'),
    )
  })

  it('is read again without the comments of sets, which belong to no record', () => {
    const { records } = readZoneFile(writeZoneFile('@', [sets[0]!]))
    expect(toRecordSets(records, '@')).toEqual([sets[0]])
    expect(records[0]?.name).toBe('www.')
  })
})
