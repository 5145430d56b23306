import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Change } from '../change.ts'
import type { DnsRecord, RecordSet } from '../record-set.ts'
import type { ZoneOperation } from '../zone.ts'
import { diffZones } from './diff.ts'
import { safetyRules } from './rules/index.ts'
import { findFindings } from './safety.ts'

const set = (name: string, type: string, ...records: (string | DnsRecord)[]): RecordSet => ({
  name,
  type,
  ttl: 300,
  records: records.map((record) => (typeof record === 'string' ? { rdata: record } : record)),
})

const soa = (serial: number, more = '10800 3600 604800 3600') =>
  set('@', 'SOA', `ns1.example.org. host.example.org. ${serial} ${more}`)

const zone: RecordSet[] = [
  soa(7),
  set('@', 'NS', 'ns1.example.org.', 'ns2.example.net.'),
  set('@', 'MX', '10 mail.example.org.'),
  set('ns1', 'A', '192.0.2.53'),
  set('mail', 'A', '192.0.2.25'),
  set('www', 'A', '192.0.2.80'),
  set('www', 'AAAA', '2001:db8::80'),
  set('shop', 'CNAME', 'www.example.org.'),
  set('blog', 'CNAME', 'www.example.org.'),
  set('_sip._tcp', 'SRV', '10 60 5060 pbx.example.org.'),
  set('pbx', 'A', '192.0.2.60'),
  set('txt', 'TXT', '"x"'),
]

function find(after: RecordSet[], operation?: ZoneOperation, before = zone) {
  return findFindings({ zone: 'example.org', recordSets: before, changes: diffZones(before, after), operation })
}
const replace = (...sets: RecordSet[]) => [
  ...zone.filter((old) => !sets.some(({ name, type }) => name === old.name && type === old.type)),
  ...sets,
]
const without = (...keys: string[]) => zone.filter(({ name, type }) => !keys.includes(`${name} ${type}`))
const brief = (findings: ReturnType<typeof find>) =>
  findings.map(({ severity, id, name, type }) =>
    [severity, id, name, type].filter((part) => part !== undefined).join(' '),
  )

it('every rule file is registered', () => {
  const files = readdirSync(new URL('rules/', import.meta.url)).filter(
    (file) => !['index.ts', 'rule.ts'].includes(file),
  )
  expect(safetyRules).toHaveLength(files.length)
})

describe('too-much-change', () => {
  const big = (count: number) => Array.from({ length: count }, (_, i) => set(`h${i}`, 'A', '192.0.2.1'))
  const touched = (count: number, updates: number, deletes: number) =>
    brief(
      find(
        big(count)
          .slice(deletes)
          .map((s, i) => (i < updates ? { ...s, ttl: 60 } : s)),
        undefined,
        big(count),
      ),
    )

  it('is silent at 30 % and below ten record sets, and does not count what is created', () => {
    expect(touched(10, 3, 0)).toEqual([])
    expect(touched(10, 0, 3)).toEqual([])
    expect(touched(9, 9, 0)).toEqual([])
    expect(brief(find([...big(10), ...big(40).slice(20)], undefined, big(10)))).toEqual([])
  })

  it('[D8] wants to be accepted over 30 % of updates or deletes in ten sets or more', () => {
    expect(touched(10, 4, 0)).toEqual(['danger too-much-change'])
    expect(touched(10, 0, 4)).toEqual(['danger too-much-change'])
    expect(find([], undefined, big(11))[0]?.reason).toContain('100 % are deleted (11/11)')
  })
})

describe('the apex', () => {
  it('finds other name servers, and none', () => {
    expect(brief(find(replace(set('@', 'NS', 'ns1.example.org.'))))).toEqual(['danger root-ns-change @ NS'])
    expect(brief(find(without('@ NS')))).toEqual(['danger root-ns-change @ NS'])
    expect(brief(find(replace({ ...set('@', 'NS', 'ns2.example.net.', 'ns1.example.org.'), ttl: 60 })))).toEqual([])
  })

  it('finds a SOA that goes, goes back, or changes its timers', () => {
    expect(brief(find(without('@ SOA')))).toEqual(['danger soa-change @ SOA'])
    expect(find(replace(soa(6)))[0]).toMatchObject({
      severity: 'danger',
      title: 'Secondary servers stop to follow this zone',
    })
    expect(brief(find(replace(soa(8, '10800 3600 604800 60'))))).toEqual(['warning soa-change @ SOA'])
    expect(brief(find(replace(soa(8))))).toEqual([])
  })

  it('says where mail goes', () => {
    expect(find(replace(set('@', 'MX', '10 mx.fastpost.example.')))[0]).toMatchObject({
      id: 'mx-change',
      severity: 'danger',
      title: 'Mail delivery moves to another host',
    })
    expect(brief(find(without('@ MX')))).toEqual(['danger mx-change @ MX'])
    expect(find(replace(set('@', 'MX', '5 mail.example.org.')))[0]).toMatchObject({
      severity: 'warning',
      title: 'Mail servers are tried in another order',
    })
    expect(brief(find(replace(set('@', 'MX', '10 mail.example.org.', '20 b.example.'))))).toEqual([
      'warning mx-change @ MX',
    ])
    expect(brief(find(replace({ ...set('@', 'MX', '10 mail.example.org.'), ttl: 60 })))).toEqual([])
  })
})

it('finds a wildcard that comes, changes or goes, but not its TTL', () => {
  const wild = [...zone, set('*', 'A', '192.0.2.1')]
  expect(brief(find(wild))).toEqual(['danger wildcard-change * A'])
  expect(brief(find([...zone, set('*.lab', 'A', '192.0.2.2')]))).toEqual(['danger wildcard-change *.lab A'])
  expect(brief(find(zone, undefined, wild))).toEqual(['danger wildcard-change * A'])
  expect(brief(find([...zone, { ...set('*', 'A', '192.0.2.1'), ttl: 60 }], undefined, wild))).toEqual([])
})

describe('the last address of a name that others point to', () => {
  it('is found for aliases, mail, services and name servers', () => {
    expect(brief(find(without('www A', 'www AAAA')))).toEqual(['danger dangling-cname www'])
    expect(find(without('www A', 'www AAAA'))[0]?.reason).toBe(
      'www loses its last address, and shop CNAME, blog CNAME still point at it.',
    )
    expect(brief(find(without('mail A')))).toEqual(['danger dangling-target mail'])
    expect(brief(find(without('pbx A')))).toEqual(['danger dangling-target pbx'])
    expect(brief(find(without('ns1 A')))).toEqual(['danger dangling-target ns1'])
  })

  it('is found when the address is only disabled', () => {
    expect(brief(find(replace(set('pbx', 'A', { rdata: '192.0.2.60', disabled: true }))))).toEqual([
      'danger dangling-target pbx',
      'warning disabled-answer pbx A',
    ])
  })

  it('is silent while another address, an alias or a wildcard answers, or nothing points at it any more', () => {
    expect(brief(find(without('www A')))).toEqual([])
    expect(brief(find([...without('pbx A'), set('pbx', 'CNAME', 'www.example.org.')]))).toEqual([])
    expect(brief(find([...without('pbx A'), set('*', 'A', '192.0.2.1')]))).toEqual(['danger wildcard-change * A'])
    expect(brief(find(without('pbx A', '_sip._tcp SRV')))).toEqual([])
  })
})

it('finds a CNAME beside other data, at the apex too, but not beside DNSSEC’s records or disabled ones', () => {
  expect(brief(find([...zone, set('shop', 'TXT', '"x"')]))).toEqual(['danger cname-coexistence shop CNAME'])
  expect(brief(find([...zone, set('@', 'CNAME', 'a.example.')]))).toEqual(['danger cname-coexistence @ CNAME'])
  expect(brief(find([...zone, set('shop', 'RRSIG', 'CNAME 8 3 300 …')]))).toEqual([])
  expect(brief(find([...zone, set('shop', 'A', { rdata: '192.0.2.1', disabled: true })]))).toEqual([])
  expect(brief(find([...without('shop CNAME'), set('shop', 'CNAME', 'a.', 'b.')]))).toEqual([
    'danger cname-coexistence shop CNAME',
  ])
})

it('finds what a delegation hides, but not its glue', () => {
  expect(brief(find([...zone, set('_tcp', 'NS', 'ns.other.example.')]))).toEqual(['danger occluded-names _tcp NS'])
  expect(brief(find([...zone, set('sub', 'NS', 'ns.sub.example.org.'), set('ns.sub', 'A', '192.0.2.9')]))).toEqual([])
})

it('warns of doubles, of mixed TTLs and of sets that are only disabled', () => {
  expect(brief(find(replace(set('txt', 'TXT', '"x"', '"x"'))))).toEqual(['warning duplicate-record txt TXT'])
  expect(brief(find(replace(set('txt', 'TXT', '"x"', { rdata: '"y"', ttl: 60 }))))).toEqual([
    'warning mixed-ttl txt TXT',
  ])
  expect(brief(find(replace(set('txt', 'TXT', { rdata: '"x"', disabled: true }))))).toEqual([
    'warning disabled-answer txt TXT',
  ])
})

it('wants deleting and disabling a zone to be accepted; what a new zone brings along is no change of habits', () => {
  expect(brief(find(zone, { operation: 'delete' }))).toEqual(['danger zone-delete'])
  expect(brief(find(zone, { operation: 'disable' }))).toEqual(['danger zone-disable'])
  expect(brief(find(zone, { operation: 'enable' }))).toEqual([])
  const wild = [...zone, set('*', 'A', '192.0.2.1')]
  expect(brief(find(wild, { operation: 'create', kind: 'Native' }, []))).toEqual([])
})

it('puts dangers first and looks through 100,000 sets in linear time', () => {
  const big = Array.from({ length: 100_000 }, (_, i) => set(`h${i}`, 'A', '192.0.2.1'))
  const changes: Change[] = [
    { name: 'h1', type: 'A', before: big[1] ?? null, after: null },
    { name: 'h2', type: 'A', before: big[2] ?? null, after: set('h2', 'A', '192.0.2.1', '192.0.2.1') },
    { name: 'c', type: 'CNAME', before: null, after: set('c', 'CNAME', 'h1.example.org.') },
  ]
  const start = performance.now()
  expect(brief(findFindings({ zone: 'example.org', recordSets: big, changes }))).toEqual([
    'danger dangling-cname h1',
    'warning duplicate-record h2 A',
  ])
  // Generous: a quadratic way would take minutes.
  expect(performance.now() - start).toBeLessThan(5000)
})
