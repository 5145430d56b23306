import { describe, expect, it } from 'vitest'
import type { Capabilities } from '../capabilities.ts'
import type { Change } from '../change.ts'
import type { DnsRecord, RecordSet } from '../record-set.ts'
import { consequences } from './consequences.ts'
import { duration } from './duration.ts'
import { operationSentences } from './operation-words.ts'
import { changeErrors } from './validate.ts'

const capabilities: Capabilities = {
  zones: true,
  types: {
    A: true,
    MX: true,
    TXT: true,
    CNAME: true,
    SOA: true,
    NS: true,
    PTR: { reason: 'This server has no PTR records.' },
  },
  unknownTypes: { reason: 'This server knows its own types alone.' },
  ttl: { min: 60, max: 86_400, default: 3600, note: 'Its plan says so.' },
  apply: 'atomic',
  comments: 'set',
  disableRecord: { reason: 'This server cannot disable a record.' },
  enableZone: true,
  createZone: { kinds: [] },
  deleteZone: true,
  soa: 'editable',
  apexNs: { reason: 'This server keeps the name servers of the zone.' },
  txt: { maxBytes: 10, nonAscii: { reason: 'This server destroys text outside of ASCII.' } },
  settings: true,
  permissions: true,
  dnssec: true,
  nativeImport: ['merge'],
  nativeExport: true,
  search: true,
  users: true,
  statistics: true,
  queryLog: true,
  filter: true,
  actions: [],
}
const set = (name: string, type: string, ...records: (string | DnsRecord)[]): RecordSet => ({
  name,
  type,
  ttl: 300,
  records: records.map((record) => (typeof record === 'string' ? { rdata: record } : record)),
})
const create = (after: RecordSet): Change => ({ name: after.name, type: after.type, before: null, after })
const modify = (before: RecordSet, after: RecordSet): Change => ({ name: after.name, type: after.type, before, after })
const remove = (before: RecordSet): Change => ({ name: before.name, type: before.type, before, after: null })
const errors = (...changes: Change[]) => changeErrors(changes, 'example.org', capabilities)
const one = (change: Change) => {
  const found = errors(change)
  expect(found).toHaveLength(1)
  return found[0]
}

describe('changeErrors', () => {
  it('finds nothing wrong with good changes', () => {
    expect(
      errors(
        create(set('www', 'A', '192.0.2.1', '192.0.2.2')),
        create(set('*.lab', 'MX', '10 mail.example.org.')),
        modify(set('t', 'TXT', '"a"'), set('t', 'TXT', '"a"', '"0123456789"')),
        remove(set('old', 'CNAME', 'www.example.org.')),
      ),
    ).toEqual([])
  })

  it('points at the value that is wrong, and says what would be right', () => {
    expect(one(create(set('www', 'A', '192.0.2.1', '192.0.2.256')))?.pointer).toBe('/changes/0/after/records/1/rdata')
    expect(one(create(set('@', 'MX', '10 MAIL.example.org.')))).toEqual({
      pointer: '/changes/0/after/records/0/rdata',
      detail: 'Write it in canonical form: 10 mail.example.org.',
    })
    expect(one(create(set('WWW', 'A', '192.0.2.1')))?.pointer).toBe('/changes/0/name')
    expect(one(create(set('a..b', 'A', '192.0.2.1')))?.pointer).toBe('/changes/0/name')
    expect(one(create({ ...set('www', 'A', '192.0.2.1'), ttl: 30 }))).toEqual({
      pointer: '/changes/0/after/ttl',
      detail: 'The TTL must lie between 1 min and 1 d (60–86400) on this server. Its plan says so.',
    })
    expect(one(create(set('w', 'A', '192.0.2.1', '192.0.2.1')))?.pointer).toBe('/changes/0/after/records/1/rdata')
    expect(one(create(set('w', 'CNAME', 'a.', 'b.')))?.pointer).toBe('/changes/0/after/records')
  })

  it('does not blame what the server holds already', () => {
    const odd = { ...set('Odd Name', 'A', 'not an address'), ttl: 1 }
    expect(errors(modify(odd, { ...odd, records: [...odd.records, { rdata: '192.0.2.1' }] }))).toEqual([])
    expect(errors(remove(odd))).toEqual([])
  })

  it('refuses with the reason of the capability', () => {
    expect(one(create(set('1', 'PTR', 'www.example.org.')))?.detail).toBe('This server has no PTR records.')
    expect(one(create(set('1', 'TYPE65280', '\\# 0')))?.detail).toBe('This server knows its own types alone.')
    expect(one(create(set('@', 'NS', 'ns.example.')))?.detail).toBe('This server keeps the name servers of the zone.')
    expect(errors(create(set('sub', 'NS', 'ns.example.')))).toEqual([])
    expect(one(create(set('w', 'A', { rdata: '192.0.2.1', disabled: true })))).toEqual({
      pointer: '/changes/0/after/records/0/disabled',
      detail: 'This server cannot disable a record.',
    })
    expect(one(create(set('w', 'A', { rdata: '192.0.2.1', comment: 'x' })))?.detail).toBe(
      'This server keeps comments of a whole set, not of one record.',
    )
    expect(errors(create({ ...set('w', 'A', '192.0.2.1'), comments: [{ content: 'x' }] }))).toEqual([])
  })

  it('counts the bytes of a text, and finds those outside of ASCII', () => {
    expect(errors(create(set('t', 'TXT', '"01234" "5678\\""')))).toEqual([])
    expect(one(create(set('t', 'TXT', '"0123456789a"')))?.detail).toBe(
      'This server takes texts of 10 bytes at most; this one has 11.',
    )
    expect(one(create(set('t', 'TXT', '"caf\\195\\169"')))?.detail).toBe('This server destroys text outside of ASCII.')
    expect(errors(create(set('t', 'TXT', '"tab\\009"')))).toEqual([])
  })

  it('guards the SOA, and what the server keeps to itself', () => {
    const soa = set('@', 'SOA', 'ns1.example.org. host.example.org. 1 2 3 4 5')
    expect(one(remove(soa))?.detail).toBe('A zone needs its SOA: it can be changed, not deleted.')
    expect(one(create({ ...soa, name: 'sub' }))?.pointer).toBe('/changes/0/type')
    const locked: RecordSet = { ...set('@', 'A', '192.0.2.1'), readOnly: 'secondary' }
    const edit = modify(set('@', 'A', '192.0.2.1'), set('@', 'A', '192.0.2.2'))
    expect(changeErrors([edit], 'example.org', capabilities, [locked])[0]?.detail).toBe(
      'This zone is a copy of another server’s: change it there.',
    )
  })

  it('wants one change a set, and a difference in it', () => {
    expect(errors(create(set('w', 'A', '192.0.2.1')), create(set('w', 'A', '192.0.2.2')))).toEqual([
      { pointer: '/changes/1/name', detail: 'There are two changes of w A: put them together in one.' },
    ])
    expect(one(modify(set('w', 'A', '192.0.2.1'), set('w', 'A', '192.0.2.1')))?.pointer).toBe('/changes/0')
  })
})

describe('consequences', () => {
  const soa = set('@', 'SOA', 'ns1.example.org. host.example.org. 1 2 3 4 120')
  const say = (more: Partial<Parameters<typeof consequences>[0]>) =>
    consequences({ capabilities, changes: [], server: 'office', recordSets: [soa], ...more })

  it('says how the changes are sent, how long old answers live, and what is kept', () => {
    const www = { ...set('www', 'A', '192.0.2.1'), ttl: 5400 }
    expect(say({ changes: [remove(www), create(set('new', 'A', '192.0.2.1'))] })).toEqual([
      '2 changes are sent to office as one request: all or nothing.',
      'Old answers can live in caches for up to 1 h 30 min.',
      'Where a new name was asked for before, "no such name" can live for up to 2 min.',
      'The zone is read again afterwards, and what was there before is kept in the history.',
    ])
    const slow: Capabilities = { ...capabilities, apply: 'sequential', publishDelay: [25, 40] }
    expect(say({ capabilities: slow, changes: [remove(www), remove(set('x', 'A', '192.0.2.1'))] })).toEqual([
      '2 changes are sent to office one after the other.',
      'A change that the server refuses does not hold up the others.',
      'Old answers can live in caches for up to 1 h 30 min.',
      'office publishes it after 25 s to 40 s.',
      'The zone is read again afterwards, and what was there before is kept in the history.',
    ])
  })

  it.each([
    [{ operation: 'create', kind: 'Native' } as const, 'example.org is created on office (Native).'],
    [{ operation: 'delete' } as const, 'example.org is deleted on office. Its records stay readable in the history.'],
    [{ operation: 'enable' } as const, 'office answers for example.org again.'],
    [{ operation: 'disable' } as const, 'office keeps example.org but no longer answers for it.'],
  ])('names the operation %o', (operation, sentence) => {
    const about = operationSentences({ operation, zone: 'example.org', server: 'office' })
    expect(say({ operation, about })[0]).toBe(sentence)
  })
})

it('durations are said in two units at most', () => {
  expect([0, 59, 90, 3600, 90_061].map(duration)).toEqual(['0 s', '59 s', '1 min 30 s', '1 h', '1 d 1 h'])
})
