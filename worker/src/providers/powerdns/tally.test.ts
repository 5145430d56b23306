import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { StatsSource } from '../provider.ts'
import { makeUpstream } from '../upstream.ts'
import { policyFromEnv } from '../url-policy.ts'
import { powerdnsInstalled, startPowerdns, type RealServer } from './real-server.ts'
import { stats } from './stats.ts'

const connect = (url: string, fetch: (request: Request) => Promise<Response>, apiKey: string): StatsSource =>
  stats({
    upstream: makeUpstream({
      ...{ baseUrl: new URL(url), headers: {}, fetch, budget: { left: 1000 } },
      policy: policyFromEnv({ ALLOW_LOOPBACK_UPSTREAM: 'true', ALLOW_HTTP_UPSTREAM: 'true' }),
    }),
    ...{ credentials: { apiKey }, now: Date.now },
  })

const answering = (items: object[]) => connect('http://127.0.0.1', async () => Response.json(items), 'k')
const item = (name: string, value: string) => ({ name, type: 'StatisticItem', value })

describe('the tally of PowerDNS', () => {
  it('leaves out what the server does not tell, and what is no type of record', async () => {
    const source = answering([
      item('udp-queries', '12'),
      item('packetcache-hit', 'many'),
      {
        ...{ name: 'response-by-qtype', type: 'MapStatisticItem' },
        value: ['A', 'TYPE65400', 'AXFR', '<b>', 'a'.repeat(30)].map((name) => ({ name, value: '2' })),
      },
      { name: 'response-by-rcode', type: 'MapStatisticItem', value: 'none' },
    ])
    expect(await source.tally?.()).toEqual({ counts: {}, types: { A: 2, TYPE65400: 2 }, gauges: [] })
  })

  it('knows that a code which is not in the map was never given', async () => {
    const source = answering([{ name: 'response-by-rcode', type: 'MapStatisticItem', value: [] }])
    const zero = { 'no-error': 0, 'server-failure': 0, 'nx-domain': 0, refused: 0 }
    expect(await source.tally?.()).toEqual({ counts: zero, gauges: [] })
  })
})

describe.skipIf(!powerdnsInstalled)('the tally of PowerDNS itself (needs pdns_server)', () => {
  let server: RealServer
  let source: StatsSource
  beforeAll(async () => {
    server = await startPowerdns()
    source = connect(server.url, (request) => fetch(request), server.apiKey)
    await fetch(`${server.url}/api/v1/servers/localhost/zones`, {
      method: 'POST',
      headers: { 'x-api-key': server.apiKey },
      body: JSON.stringify({ name: 'example.org.', kind: 'Native', nameservers: ['ns1.example.org.'] }),
    })
  })
  afterAll(() => server.stop())

  const ask = (times: number, ...what: string[]) =>
    Promise.all(
      Array.from({ length: times }, () =>
        promisify(execFile)('/usr/bin/dig', ['@127.0.0.1', '-p', String(server.dnsPort), '+norecurse', ...what]),
      ),
    )
  const tally = async () => {
    // The server sums up what its threads have counted a moment later.
    await new Promise((resolve) => setTimeout(resolve, 1200))
    return (await source.tally?.()) ?? { counts: {}, gauges: [] }
  }

  it.each([
    [['example.org', 'SOA'], { queries: 6, 'no-error': 6 }, 'SOA', 'UDP'],
    [['example.org', 'AAAA'], { queries: 6, 'no-error': 6 }, 'AAAA', 'UDP'],
    [['+tcp', 'example.org', 'NS'], { queries: 6, 'no-error': 6 }, 'NS', 'TCP'],
    [['gone.example.org', 'A'], { queries: 6, 'nx-domain': 6 }, 'A', 'UDP'],
    [['elsewhere.example', 'MX'], { queries: 6, refused: 6 }, 'MX', 'UDP'],
  ])('six times dig %j', async (what, expected, type, protocol) => {
    const before = await tally()
    await ask(6, ...what)
    const after = await tally()
    const rose = (from: Readonly<Record<string, number>> = {}, to: Readonly<Record<string, number>> = {}) =>
      Object.fromEntries(
        Object.entries(to)
          .map(([key, value]) => [key, value - (from[key] ?? 0)] as const)
          .filter(([key, value]) => key !== 'cached' && value !== 0),
      )
    expect(rose(before.counts, after.counts)).toEqual(expected)
    expect(rose(before.types, after.types)).toEqual({ [type]: 6 })
    expect(rose(before.protocols, after.protocols)).toEqual({ [protocol]: 6 })
  })

  it('what is asked again comes out of the packet cache', async () => {
    await ask(1, 'example.org', 'TXT')
    const before = await tally()
    await ask(5, 'example.org', 'TXT')
    expect(((await tally()).counts.cached ?? 0) - (before.counts.cached ?? 0)).toBe(5)
  })
})
