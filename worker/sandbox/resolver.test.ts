import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { makeResolver, type Resolve } from '../src/dns-message/resolver.ts'
import type { DnsProvider } from '../src/providers/provider.ts'
import { policyFromEnv } from '../src/providers/url-policy.ts'
import { sandboxKeys } from './keys.ts'
import { sandboxResolver } from './resolver.ts'
import { openSandboxServers } from './servers.ts'

let state: string
let company: DnsProvider
let saas: DnsProvider
let resolve: Resolve
let now = 0

beforeAll(async () => {
  state = await mkdtemp(join(tmpdir(), 'zonedeck-sandbox-'))
  const keys = await sandboxKeys(state)
  const servers = await openSandboxServers({ keys, state, lists: 'http://127.0.0.1/lists/' })
  company = servers.find(({ path }) => path === 'company')!.dns!
  saas = servers.find(({ path }) => path === 'saas')!.dns!
  const { fetch } = await sandboxResolver(servers, () => now)
  resolve = makeResolver({
    urls: [new URL('http://127.0.0.1/resolver/dns-query')],
    fetch,
    policy: policyFromEnv({ ALLOW_LOOPBACK_UPSTREAM: 'true' }),
    budget: { left: 100 },
  })
})
afterAll(() => rm(state, { recursive: true, force: true }))

const nameServers = async (zone: string) => {
  const { kind, records } = await resolve(`${zone}.`, 'NS')
  return kind === 'records' ? records.map(({ rdata }) => rdata) : kind
}

const ns = (name: string) => ({
  name,
  type: 'NS',
  before: null,
  after: { name, type: 'NS', ttl: 60, records: [{ rdata: 'ns1.harbourpine.example.' }] },
})

describe('the internet around the sandbox', () => {
  it('delegates the company’s zones to it, and the family’s elsewhere', async () => {
    expect(await nameServers('harbourpine.example')).toEqual(['ns1.harbourpine.example.', 'ns2.harbourpine.example.'])
    expect(await nameServers('kids-club.example')).toEqual(['ns1.mailhost.example.', 'ns2.mailhost.example.'])
    expect(await nameServers('tidewatch.example')).toContain('ns1.eu-nl-1.thalassa.cloud.')
    expect(await nameServers('lindqvist.example')).toEqual(['ns1.vps.org.', 'ns2.vps.org.'])
    expect(await nameServers('fernandfox.example')).toContain('ns1.lanternhosting.example.')
    expect(await nameServers('nothing.example')).toBe('nxdomain')
  })

  it('has DS records that someone left', async () => {
    expect((await resolve('old-shop.example.', 'DS')).records.map(({ type }) => type)).toEqual(['DS', 'RRSIG'])
    expect((await resolve('old-shop.example.', 'NS')).kind).toBe('servfail')
    expect((await resolve('harbourpine.example.', 'DS')).kind).toBe('nodata')
  })

  it('has the DS of a zone on Thalassa 20 seconds after it was named, and none once signing has ended', async () => {
    const zone = 'tidewatch-status.example'
    const held = async () => (await resolve(`${zone}.`, 'DS')).records.filter(({ type }) => type === 'DS').length
    await saas.dnssec?.act(zone, { action: 'enable', values: { region: 'nl-01' } })
    expect(await held()).toBe(0)
    vi.setSystemTime(Date.now() + 21_000)
    now += 6000
    expect(await held()).toBe(2)
    await saas.dnssec?.act(zone, { action: 'disable', values: {} })
    now += 301_000
    expect(await held()).toBe(0)
    vi.useRealTimers()
  })

  it('delegates a new zone 20 seconds after it is first asked about', async () => {
    await company.createZone?.('brand-new.example', { operation: 'create', kind: 'Native' })
    expect(await nameServers('brand-new.example')).toBe('nxdomain')
    now += 60_000
    // Without name servers there is nothing to delegate to.
    expect(await nameServers('brand-new.example')).toBe('nxdomain')
    await company.apply('brand-new.example', [ns('@')], [])
    now += 6000
    expect(await nameServers('brand-new.example')).toBe('nxdomain')
    now += 14_000
    expect(await nameServers('brand-new.example')).toBe('nxdomain')
    now += 6000
    expect(await nameServers('brand-new.example')).toEqual(['ns1.harbourpine.example.'])
  })

  it('delegates a zone below another one of the sandbox as that says', async () => {
    expect(await nameServers('staging.harbourpine.example')).toEqual([
      'ns1.harbourpine.example.',
      'ns2.harbourpine.example.',
    ])
    const none = await resolve('dev.harbourpine.example.', 'NS')
    expect(none).toMatchObject({ kind: 'nxdomain', soa: { name: 'harbourpine.example.' } })
    await company.apply('harbourpine.example', [ns('dev')], [])
    now += 6000
    expect(await nameServers('dev.harbourpine.example')).toEqual(['ns1.harbourpine.example.'])
    // There is a name below it, so it exists.
    expect(await nameServers('_tls.harbourpine.example')).toBe('nodata')
  })
})
