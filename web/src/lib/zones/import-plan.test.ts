import { describe, expect, it } from 'vitest'
import { planImport } from './import-plan.ts'

const file = `$ORIGIN example.org.
$TTL 3600
@ IN SOA ns1 hostmaster 1 7200 3600 1209600 3600
@ IN NS ns1
ns1 IN A 192.0.2.53
www IN A 192.0.2.1
www IN A 192.0.2.2
`
const a = (name: string, ...rdata: string[]) => ({
  name,
  type: 'A',
  ttl: 3600,
  records: rdata.map((each) => ({ rdata: each })),
})
const present = [a('www', '192.0.2.9'), a('old', '192.0.2.8'), a('ns1', '192.0.2.53')]
const keeps = { comments: 'record', disabled: true } as const
const shown = (changes: { name: string; type: string; before: unknown; after: unknown }[]) =>
  changes.map(
    ({ name, type, before, after }) => `${before === null ? '+' : after === null ? '-' : '±'} ${name} ${type}`,
  )

describe('planImport', () => {
  it('makes a zone of a file that names itself', () => {
    const plan = planImport({ source: file, zone: null, present: [], mode: 'create', authority: true, keeps })
    expect([plan.zone, plan.records, plan.sets, plan.errors]).toEqual(['example.org', 5, 4, []])
    expect(shown(plan.changes)).toEqual(['+ @ NS', '+ @ SOA', '+ ns1 A', '+ www A'])
  })
  it('merges: what the file does not name stays', () => {
    const plan = planImport({ source: file, zone: 'example.org', present, mode: 'merge', authority: false, keeps })
    expect(shown(plan.changes)).toEqual(['± www A'])
  })
  it('replaces: the zone becomes the file, but for what the server keeps', () => {
    const soa = { name: '@', type: 'SOA', ttl: 60, records: [{ rdata: 'x. y. 1 2 3 4 5' }], readOnly: 'soa' as const }
    const plan = planImport({
      source: file,
      zone: 'example.org',
      present: [...present, soa],
      mode: 'replace',
      authority: true,
      keeps,
    })
    expect(shown(plan.changes)).toEqual(['+ @ NS', '- old A', '± www A'])
  })
  it('leaves SOA and apex NS alone unless asked to take them', () => {
    const ns = { name: '@', type: 'NS', ttl: 60, records: [{ rdata: 'ns.example.net.' }] }
    const plan = planImport({
      source: file,
      zone: 'example.org',
      present: [...present, ns],
      mode: 'replace',
      authority: false,
      keeps,
    })
    expect(shown(plan.changes)).toEqual(['- old A', '± www A'])
  })
  it('gives errors with their place, and never throws', () => {
    const plan = planImport({
      source: `${file}bad IN A 1.2.3\n`,
      zone: null,
      present: [],
      mode: 'create',
      authority: true,
      keeps,
    })
    expect(plan.errors[0]?.line).toBe(8)
    expect(
      planImport({ source: 'nonsense', zone: null, present: [], mode: 'create', authority: true, keeps }).zone,
    ).toBeNull()
  })
})
