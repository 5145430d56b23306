import type { DnsRecord, RecordSet } from '@zonedeck/shared/record-set'
import { canonicalRdata } from '@zonedeck/shared/records/rdata'
import { describe, expect, it } from 'vitest'
import { connect } from './simulator-client.ts'

const ZONE = 'firm.example'
const start = (version: '15.2' | '14.3' = '15.2') =>
  connect({ version, zones: [{ name: ZONE, zoneFile: 'www 60 A 192.0.2.1\nold 60 A 192.0.2.9\n' }] })

const set = (name: string, type: string, ...records: (string | DnsRecord)[]): RecordSet => ({
  ...{ name, type, ttl: 300 },
  records: records.map((record) => (typeof record === 'string' ? { rdata: canonicalRdata(type, record) } : record)),
})

/** One of each form in which a type can be written. */
const VARIOUS = [
  set('www', 'A', '192.0.2.1', '192.0.2.2'),
  set('six', 'AAAA', '2001:db8::1'),
  set('@', 'MX', '10 mail', '20 mail.example.net.'),
  set('text', 'TXT', '"v=spf1 -all" "second string"', '"semi;colon (and) @ more"'),
  set('_sip._tcp', 'SRV', '10 20 5060 sip'),
  set('ca', 'CAA', '0 issue "ca.example.net"'),
  set('svc', 'HTTPS', '1 . alpn=h2,h3 port=8443'),
  set('here', 'LOC', '51 30 12.748 N 0 7 39.612 W 0.00m 1.00m 10000.00m 10.00m'),
  set('key', 'OPENPGPKEY', 'mDMEXEcE6RYJKwYBBAHaRw8BAQdArjWwk3FAqyiFbFBKT4TzXcVBqPTB3gmzlC/Ub7O1u120'),
  set('tls', 'TLSA', '3 1 1 e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'),
  set('odd', 'TYPE731', '\\# 2 abcd'),
  set('uri', 'URI', '10 1 "https://www.example.net/a?b=c"'),
].map((each) => ({
  ...each,
  records: each.records.map((record) => ({
    ...record,
    rdata: record.rdata.replace(/^(\d+ |\d+ \d+ \d+ )(mail|sip)$/, `$1$2.${ZONE}.`),
  })),
}))

const plain = (sets: readonly RecordSet[]) =>
  sets
    .map(
      ({ name, type, ttl, records }) =>
        `${name} ${type} ${ttl} ${records
          .map(({ rdata }) => rdata)
          .sort()
          .join(' | ')}`,
    )
    .sort()

describe.each(['15.2', '14.3'] as const)('the import of version %s', (version) => {
  it('writes every form in one call, and the zone then holds it', async () => {
    const { provider, sent } = start(version)
    expect(provider.nativeImport!.refuses(VARIOUS)).toBeNull()
    await provider.nativeImport!.run(ZONE, VARIOUS, 'merge')
    expect(sent.filter(({ path }) => path === 'zones/import').at(-1)?.form).toMatchObject({ overwrite: 'true' })
    const { recordSets } = await provider.readZone(ZONE)
    const written = new Set(VARIOUS.map(({ name, type }) => `${name} ${type}`))
    const held = recordSets.filter(({ name, type }) => written.has(`${name} ${type}`))
    expect(plain(held)).toEqual(plain(VARIOUS))
    expect(recordSets.some(({ name }) => name === 'old')).toBe(true)
  })

  it('replaces the zone where the server can', async () => {
    const { provider } = start(version)
    const replace = provider.nativeImport!.run(ZONE, VARIOUS, 'replace')
    if (version === '14.3') {
      await expect(replace).rejects.toThrow('Before version 15')
      return
    }
    await replace
    const { recordSets } = await provider.readZone(ZONE)
    expect(recordSets.some(({ name }) => name === 'old')).toBe(false)
    expect(recordSets.some(({ type }) => type === 'SOA')).toBe(true)
  })
})

describe('what the import would spoil', () => {
  it.each<[string, RecordSet]>([
    ['escapes', set('t', 'TXT', '"say \\"hi\\""')],
    ['escapes', set('t', 'TXT', '"back\\\\slash"')],
    ['escapes', set('t', 'TXT', '"\\195\\188"')],
    ['escapes', set('n', 'NAPTR', '100 50 "u" "E2U+sip" "!^(.*)$!sip:\\\\1@example.net!" .')],
    ['disabled', set('a', 'A', { rdata: '192.0.2.1', disabled: true })],
    ['comments', set('a', 'A', { rdata: '192.0.2.1', comment: 'call Ada' })],
    ['expiry', set('a', 'A', { rdata: '192.0.2.1', native: { expiryTtl: 60 } })],
    ['TTLs', set('a', 'A', { rdata: '192.0.2.1', ttl: 60 })],
    ['form', set('@', 'FWD', { rdata: 'Udp "192.0.2.53" false NoProxy 0' })],
  ])('is refused before it is sent: %s', async (words, spoiled) => {
    const { provider, sent } = start()
    expect(provider.nativeImport!.refuses([set('ok', 'A', '192.0.2.1'), spoiled])).toContain(words)
    await expect(provider.nativeImport!.run(ZONE, [spoiled], 'merge')).rejects.toMatchObject({ kind: 'refused' })
    expect(sent).toEqual([])
  })

  it('is not that the serials of a zone are dates', () => {
    const { provider } = start()
    const soa = set('@', 'SOA', {
      rdata: 'ns1.example. hostmaster.example. 2026010101 900 300 604800 900',
      native: { useSerialDateScheme: true },
    })
    expect(provider.nativeImport!.refuses([soa])).toBeNull()
  })
})

it('the server’s words for a fault come through, and the export is its own file', async () => {
  const { provider } = start()
  const clash = [set('www', 'CNAME', 'x.example.')]
  await expect(provider.nativeImport!.run(ZONE, clash, 'merge')).rejects.toThrow('CNAME')
  expect(await provider.exportZone!(ZONE)).toMatch(/^\$ORIGIN firm\.example\.\n@ +900 +IN +SOA /)
  await expect(provider.exportZone!('nowhere.example')).rejects.toMatchObject({ kind: 'missing' })
})
