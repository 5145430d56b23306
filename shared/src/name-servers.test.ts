import { expect, it } from 'vitest'
import { nameServersOf } from './name-servers.ts'
import type { RecordSet } from './record-set.ts'

const set = (name: string, type: string, ...rdata: string[]): RecordSet => ({
  name,
  type,
  ttl: 3600,
  records: rdata.map((value) => (value.startsWith('-') ? { rdata: value.slice(1), disabled: true } : { rdata: value })),
})

it('reads the servers of the apex, with addresses of those inside', () => {
  const sets = [
    set('@', 'NS', 'ns2.host.example.', 'ns1.shop.example.', '-ns3.shop.example.', 'shop.example.'),
    set('sub', 'NS', 'ns9.shop.example.'),
    set('ns1', 'AAAA', '2001:db8::1'),
    set('ns1', 'A', '192.0.2.1', '-192.0.2.9'),
    set('@', 'A', '192.0.2.2'),
  ]
  expect(nameServersOf(sets, 'shop.example')).toEqual([
    { name: 'ns1.shop.example', glue: ['192.0.2.1', '2001:db8::1'] },
    { name: 'ns2.host.example', glue: [] },
    { name: 'shop.example', glue: ['192.0.2.2'] },
  ])
  expect(nameServersOf(sets, 'other.example')[0]?.glue).toEqual([])
  expect(nameServersOf([], 'shop.example')).toEqual([])
})
