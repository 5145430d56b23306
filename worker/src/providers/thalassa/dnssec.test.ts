import { beforeEach, describe, expect, it } from 'vitest'
import { dnssecStateSchema } from '@zonedeck/shared/dnssec'
import { bodies, calls, connect, open, ZONE } from './open-simulator.ts'

const start = Date.parse('2026-11-26T09:00:00Z')
let now = start

beforeEach(() => {
  now = start
})

describe.each(['sdk', 'docs'] as const)('DNSSEC, addressing %s', (dialect) => {
  const begin = () => open({ dialect, credentials: { dialect }, now: () => now })
  const enable = { action: 'enable', values: { region: 'nl-01' } }

  it('goes from off to waiting for the DS to signed, and back', async () => {
    const { provider, simulation } = begin()
    const { dnssec } = provider
    const off = await dnssec.read(ZONE)
    expect(off).toMatchObject({ state: 'off', keys: [], ds: [], actions: [{ id: 'enable', kind: 'enable' }] })

    expect((await provider.readZone(ZONE)).zone.dnssec).toBe(false)

    await dnssec.act(ZONE, enable)
    expect((await provider.readZone(ZONE)).zone.dnssec).toBe(true)
    const waiting = await dnssec.read(ZONE)
    expect(dnssecStateSchema.parse(waiting)).toEqual(waiting)
    expect(waiting).toMatchObject({
      state: 'pending',
      detail: expect.stringMatching(/published unsigned\. Thalassa looks again at 2026-11-26 09:01 UTC\.$/) as string,
      facts: [
        { label: 'DS at the parent', value: 'Not found yet' },
        { label: 'Region', value: 'nl-01' },
        { label: 'KMS key', value: expect.stringMatching(/^kms-/) as string },
      ],
      keys: [{ role: 'csk', algorithm: 13, state: 'Ready', dnskey: { flags: 257, protocol: 3, algorithm: 13 } }],
      ds: [
        { algorithm: 13, digestType: 2, digest: expect.stringMatching(/^[0-9a-f]{64}$/) as string },
        { algorithm: 13, digestType: 4, digest: expect.stringMatching(/^[0-9a-f]{96}$/) as string },
      ],
    })
    expect(waiting.actions.map(({ id, danger }) => [id, danger])).toEqual([
      ['change-key', undefined],
      ['disable', expect.stringMatching(/^If the parent holds the DS by now/) as string],
    ])

    simulation.delegated.add(ZONE)
    now += 60_000
    const signed = await dnssec.read(ZONE)
    expect(signed).toMatchObject({
      state: 'signed',
      detail: expect.stringContaining('signed last at 2026-11-26 09:01 UTC') as string,
      facts: [{ value: 'Found' }, {}, {}],
      keys: [{ state: 'Signing' }],
    })
    // While the parent holds the DS, either step can take the zone off the air for those who validate.
    expect(signed.actions.every(({ danger }) => danger !== undefined)).toBe(true)

    await dnssec.act(ZONE, { action: 'disable', values: {} })
    expect(await dnssec.read(ZONE)).toEqual(off)
  })

  it('takes a key of its own, and another one later, with another DS', async () => {
    const { provider, simulation } = begin()
    await provider.dnssec.act(ZONE, { action: 'enable', values: { region: 'nl-01', key: 'kms-p384' } })
    const before = await provider.dnssec.read(ZONE)
    expect(before.keys).toMatchObject([{ algorithm: 14 }])
    expect(before.actions[0]?.fields.map(({ value }) => value)).toEqual(['nl-01', 'kms-p384'])
    await provider.dnssec.act(ZONE, { action: 'change-key', values: { region: 'nl-02', key: 'kms-rsa' } })
    const after = await provider.dnssec.read(ZONE)
    expect(after.keys).toMatchObject([{ algorithm: 8 }])
    expect(after.ds).not.toEqual(before.ds)
    expect(bodies(simulation)).toEqual([
      { region: 'nl-01', kmsKeyIdentity: 'kms-p384' },
      { region: 'nl-02', kmsKeyIdentity: 'kms-rsa' },
    ])
  })

  it('says what the platform says when it cannot sign', async () => {
    const { provider, simulation } = begin()
    await provider.dnssec.act(ZONE, enable)
    simulation.failSigning(ZONE, 'KMS key is <b>disabled</b>')
    expect(await provider.dnssec.read(ZONE)).toMatchObject({
      state: 'error',
      detail: 'Signing failed. Thalassa says: KMS key is disabled',
    })
  })

  it('names the gate, the region and the key that are wrong', async () => {
    const { provider, simulation } = begin()
    const act = (values: Record<string, string>) => provider.dnssec.act(ZONE, { action: 'enable', values })
    await expect(act({ region: 'de-01' })).rejects.toMatchObject({
      kind: 'unavailable',
      message: expect.stringContaining('KMS is not available in region de-01') as string,
    })
    await expect(act({ region: 'nl-01', key: 'nothing' })).rejects.toMatchObject({ kind: 'refused' })
    simulation.gates.delete('kms')
    const closed = {
      kind: 'forbidden',
      message: expect.stringContaining('The feature gate “kms” is off') as string,
    }
    await expect(act({ region: 'nl-01' })).rejects.toMatchObject(closed)
    await expect(provider.dnssec.read(ZONE)).rejects.toMatchObject(closed)
    // Everything else goes on.
    expect((await provider.test()).missing).toEqual([expect.stringContaining('DNSSEC: The feature gate “kms”')])
    expect((await provider.readZone(ZONE)).zone).not.toHaveProperty('dnssec')
  })

  it('tells an unsigned zone from one that is not there, where both are 404', async () => {
    const { provider, simulation } = begin()
    simulation.interfere = ({ url }) =>
      url.endsWith('/dnssec') ? Response.json({ message: 'not found' }, { status: 404 }) : undefined
    expect(await provider.dnssec.read(ZONE)).toMatchObject({ state: 'off' })
    await expect(provider.dnssec.read('nowhere.example')).rejects.toMatchObject({ kind: 'missing' })
  })

  it('reads a DS however it is written, and shows no key that it does not know', async () => {
    const { simulation } = begin()
    const dsRecords = [
      { record: `${ZONE}. 3600 IN DS 12345 13 2 AB12 CD34`, keyRole: 'KSK', publicKey: '-----BEGIN PUBLIC KEY-----' },
      { record: 'nonsense' },
      {},
    ]
    simulation.interfere = () => Response.json({ enabled: true, dsRecords })
    const state = await connect(simulation.fetch, { dialect: 'docs' }).dnssec.read(ZONE)
    expect(state.ds).toEqual([{ keyTag: 12_345, algorithm: 13, digestType: 2, digest: 'ab12cd34' }])
    expect(state.keys).toEqual([
      { id: 'ksk 12345', role: 'ksk', keyTag: 12_345, algorithm: 13, active: true, state: 'Ready' },
    ])
  })

  it('asks by the address of its dialect', async () => {
    const { provider, simulation } = begin()
    await provider.dnssec.act(ZONE, enable)
    const address = dialect === 'docs' ? /^PUT \/metrics\.example\/dnssec 200$/ : /^PUT \/dnsz-\w+\/dnssec 200$/
    expect(calls(simulation).at(-1)).toMatch(address)
  })
})
