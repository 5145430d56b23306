import { initialValues } from '@zonedeck/shared/form-errors'
import { describe, expect, it } from 'vitest'
import { connect } from './simulator-client.ts'
import { toZone } from './zones.ts'

const named = (count: number) => Array.from({ length: count }, (_, at) => ({ name: `z${at}.example` }))

describe('the list of zones', () => {
  it('comes in one call as long as it is short', async () => {
    const { provider, sent } = connect({ zones: named(3) })
    expect(await provider.listZones()).toHaveLength(3)
    expect(sent).toEqual([{ path: 'zones/list', form: { pageNumber: '1', zonesPerPage: '1000' } }])
  })

  it('comes page by page when it is long, each zone once', async () => {
    const { provider, sent } = connect({ zones: named(2400) })
    const zones = await provider.listZones()
    expect(new Set(zones.map(({ name }) => name)).size).toBe(2400)
    expect(zones).toHaveLength(2400)
    expect(sent.map(({ form }) => form['pageNumber'])).toEqual(['1', '2', '3'])
  })

  it('counts a zone once that moved to the next page meanwhile', async () => {
    const { provider, call, simulator } = connect({ zones: named(1200) })
    const { fetch } = simulator
    simulator.fetch = async (request) => {
      simulator.fetch = fetch
      const response = await fetch(request)
      await call('zones/create', { zone: '0.example' })
      return response
    }
    const zones = await provider.listZones()
    expect(new Set(zones.map(({ name }) => name)).size).toBe(zones.length)
    expect(zones).toHaveLength(1200)
  })
})

describe('a node of a cluster', () => {
  const cluster = {
    serverDomain: 'ns1.cluster.example',
    cluster: { domain: 'cluster.example', others: [{ name: 'ns2.cluster.example', zones: [{ name: 'far.example' }] }] },
    zones: [{ name: 'near.example' }],
  }

  it('is asked for its own zones', async () => {
    const { provider, as } = connect(cluster)
    expect((await provider.listZones()).map(({ name }) => name)).toEqual(['near.example'])
    const far = as({ node: 'ns2.cluster.example' })
    expect((await far.listZones()).map(({ name }) => name)).toEqual(['far.example'])
    expect((await far.readZone('far.example')).zone.name).toBe('far.example')
    expect((await far.test()).notes).toContainEqual(expect.stringContaining('ns2.cluster.example'))
  })

  it('that the cluster does not have is said when the connection is tried', async () => {
    const { as } = connect(cluster)
    await expect(as({ node: 'ns3.cluster.example' }).test()).rejects.toMatchObject({ kind: 'refused', field: 'node' })
  })

  it('is not looked at by a server without a cluster', async () => {
    const { as } = connect({ zones: [{ name: 'near.example' }] })
    const lonely = as({ node: 'ns2.cluster.example' })
    expect(await lonely.listZones()).toHaveLength(1)
    expect((await lonely.test()).notes).toContainEqual(expect.stringContaining('no cluster'))
  })
})

describe('a new zone', () => {
  const options = { zones: [{ name: 'catalog.example', type: 'Catalog' as const }] }
  const create = async (credentials: Record<string, string>, kind: string, values: Record<string, string>) => {
    const { as, sent } = connect(options)
    await as(credentials).createZone?.('new.example', { operation: 'create', kind, values })
    return sent.at(-1)?.form['catalog']
  }

  it('joins the catalog of the connection, unless something else is said', async () => {
    expect(await create({ catalog: 'catalog.example' }, 'Primary', {})).toBe('catalog.example')
    expect(await create({ catalog: 'catalog.example' }, 'Primary', { membership: 'none' })).toBeUndefined()
    expect(await create({}, 'Primary', {})).toBeUndefined()
    expect(await create({}, 'Primary', { membership: 'other', catalog: 'catalog.example' })).toBe('catalog.example')
  })

  it('is made with what its kind is asked for', async () => {
    const { provider, sent } = connect({ ...options, tsigKeyNames: ['key.example'] })
    const values = { primaries: ['192.0.2.53', '192.0.2.54'], transferProtocol: 'Tls', tsigKeyName: 'key.example' }
    await provider.createZone?.('copy.example', { operation: 'create', kind: 'SecondaryForwarder', values })
    expect(sent.at(-1)?.form).toEqual({
      zone: 'copy.example',
      type: 'SecondaryForwarder',
      primaryNameServerAddresses: '192.0.2.53,192.0.2.54',
      zoneTransferProtocol: 'Tls',
      tsigKeyName: 'key.example',
    })
    const { fields } = await provider.settings!.read('copy.example')
    expect(initialValues(fields)).toMatchObject({
      primaryNameServerAddresses: ['192.0.2.53', '192.0.2.54'],
      primaryZoneTransferProtocol: 'Tls',
      primaryZoneTransferTsigKeyName: 'key.example',
    })
    const forwarder = { forwarder: 'https://dns.example/dns-query', forwarderProtocol: 'Https', dnssecValidation: true }
    await provider.createZone?.('fwd.example', { operation: 'create', kind: 'Forwarder', values: forwarder })
    const { recordSets } = await provider.readZone('fwd.example')
    expect(recordSets.find(({ type }) => type === 'FWD')?.records[0]?.rdata).toBe(
      'Https "https://dns.example/dns-query" true DefaultProxy',
    )
  })

  it('joins none when its kind can be in none', async () => {
    expect(await create({ catalog: 'catalog.example' }, 'Catalog', {})).toBeUndefined()
  })

  it('has a catalog that is there, which the test of the connection says', async () => {
    const { as } = connect(options)
    await expect(as({ catalog: 'other.example' }).test()).rejects.toMatchObject({ kind: 'refused', field: 'catalog' })
    expect((await as({ catalog: 'Catalog.Example' }).test()).missing).toEqual([])
  })
})

it('what the server reports of a zone is said in words', () => {
  const zone = toZone({
    ...{ name: 'Copy.Example', type: 'Secondary', disabled: false, dnssecStatus: 'SignedWithNSEC', soaSerial: 7 },
    ...{ syncFailed: true, expiry: '2026-11-30T20:10:33Z', isExpired: false, validationFailed: true },
    ...{ notifyFailed: true, notifyFailedFor: ['192.0.2.53'], catalog: 'catalog.example' },
  })
  expect(zone).toMatchObject({ name: 'copy.example', dnssec: true, serial: 7, catalog: 'catalog.example' })
  expect(zone.warnings).toEqual([
    'The last transfer from the primary server failed. The copy expires at 2026-11-30 20:10 UTC.',
    'The digest (ZONEMD) of the transferred zone did not validate.',
    'These servers could not be notified: 192.0.2.53.',
  ])
})
