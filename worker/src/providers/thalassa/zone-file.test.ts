import type { RecordSet } from '@zonedeck/shared/record-set'
import { canonicalRdata } from '@zonedeck/shared/records/rdata'
import { readZoneFile } from '@zonedeck/shared/zone-file/read'
import { toRecordSets } from '@zonedeck/shared/zone-file/sets'
import { describe, expect, it } from 'vitest'
import { bodies, calls, connect, open, ZONE } from './open-simulator.ts'

const set = (name: string, type: string, ...rdatas: string[]): RecordSet => ({
  name,
  type,
  ttl: 300,
  records: rdatas.map((rdata) => ({ rdata: canonicalRdata(type, rdata) })),
})
const SETS = [
  set('www', 'A', '192.0.2.1', '192.0.2.2'),
  set('@', 'MX', '10 mail.example.net.', '20 mail2.example.net.'),
  set('@', 'TXT', '"v=spf1 mx -all"', '"say \\"hi\\"; a\\\\b"', '"\\195\\188ber"'),
  set('@', 'CAA', '0 issue "ca.example; account=1"', '0 issuewild ";"'),
  set('_sip._tcp', 'SRV', '10 5 5060 sip.example.net.'),
  set('*.preview', 'CNAME', `www.${ZONE}.`),
]
const plain = (sets: RecordSet[]) =>
  sets
    .map(
      ({ name, type, ttl, records }) =>
        `${name} ${ttl} ${type} ${records
          .map(({ rdata }) => rdata)
          .sort()
          .join(' | ')}`,
    )
    .sort()

describe.each(['sdk', 'docs'] as const)('zone files, addressing %s', (dialect) => {
  const begin = (records: object[] = []) => open({ records, dialect, credentials: { dialect } })
  const held = async ({ provider }: ReturnType<typeof begin>) => plain((await provider.readZone(ZONE)).recordSets)

  it('imports everything in one call, and says what it did', async () => {
    const server = begin([
      { name: 'www', type: 'A', ttl: 300, values: ['192.0.2.9'] },
      { name: 'old', type: 'A', ttl: 300, values: ['192.0.2.8'] },
    ])
    const { nativeImport } = server.provider
    expect(nativeImport.refuses(SETS)).toBeNull()
    expect(await nativeImport.run(ZONE, SETS, 'merge')).toBe('Thalassa created 5 record sets, updated 1 and deleted 0.')
    expect(calls(server.simulation).filter((call) => !call.startsWith('GET'))).toHaveLength(1)
    expect(await held(server)).toEqual(plain([...SETS, set('old', 'A', '192.0.2.8')]))
    expect(await nativeImport.run(ZONE, SETS, 'replace')).toBe(
      'Thalassa created 0 record sets, updated 0 and deleted 1.',
    )
    expect(await held(server)).toEqual(plain(SETS))
    expect(bodies(server.simulation).map(({ replaceExisting }) => replaceExisting)).toEqual([undefined, true])
  })

  it('does not lose name servers at the apex when it replaces', async () => {
    const server = begin([{ name: '@', type: 'NS', ttl: 3600, values: ['ns1.vanity.example'] }])
    await server.provider.nativeImport.run(ZONE, SETS, 'replace')
    expect(await held(server)).toContain('@ 3600 NS ns1.vanity.example.')
  })

  it('refuses what would come out as something else', () => {
    const { nativeImport } = begin().provider
    expect(nativeImport.refuses([...SETS, set('cut', 'TXT', '"a" "b"')])).toMatch(/^cut TXT: .*cut elsewhere/)
    expect(nativeImport.refuses([set('none', 'CAA', '0 issue ""')])).toMatch(/^none CAA: /)
  })

  it('tells of a refused file, and needs no counts', async () => {
    const server = begin()
    const wrong = set('x', 'CAA', '0 contactemail "a@b.example"')
    await expect(server.provider.nativeImport.run(ZONE, [...SETS, wrong], 'merge')).rejects.toMatchObject({
      kind: 'refused',
      message: expect.stringContaining('CAA tag must be') as string,
    })
    expect(await held(server)).toEqual([])
    server.simulation.interfere = ({ method }) => (method === 'POST' ? new Response(null, { status: 204 }) : undefined)
    expect(await server.provider.nativeImport.run(ZONE, SETS, 'merge')).toBeUndefined()
    server.simulation.interfere = ({ method }) =>
      method === 'POST' ? Response.json({ created: 1, updated: 0, deleted: 0, skipped: 2, records: [] }) : undefined
    expect(await server.provider.nativeImport.run(ZONE, SETS, 'merge')).toContain('It skipped 2.')
  })

  it('exports what it holds, with the SOA and the name servers that it publishes', async () => {
    const server = begin()
    await server.provider.nativeImport.run(ZONE, SETS, 'merge')
    const text = await server.provider.exportZone(ZONE)
    const { records, errors } = readZoneFile(text, { zone: ZONE })
    expect(errors).toEqual([])
    const sets = toRecordSets(records, ZONE)
    expect(plain(sets.filter(({ type }) => type !== 'SOA' && type !== 'NS'))).toEqual(plain(SETS))
    expect(sets.filter(({ name }) => name === '@').map(({ type }) => type)).toEqual(
      expect.arrayContaining(['SOA', 'NS']),
    )
  })

  it('takes an export that is plain text, and no page', async () => {
    const { simulation } = begin()
    const answer = (text: string, type: string) => {
      simulation.interfere = () => new Response(text, { headers: { 'content-type': type } })
      return connect(simulation.fetch, { dialect: 'docs' }).exportZone(ZONE)
    }
    expect(await answer('www 300 IN A 192.0.2.1\n', 'text/plain; charset=utf-8')).toBe('www 300 IN A 192.0.2.1\n')
    await expect(answer('<h1>Hello</h1>', 'text/html')).rejects.toMatchObject({ kind: 'protocol' })
  })
})
