import type { DnssecState } from '@zonedeck/shared/dnssec'
import { initialValues } from '@zonedeck/shared/form-errors'
import { describe, expect, it } from 'vitest'
import { sign } from './dnssec-actions.ts'
import { connect } from './simulator-client.ts'

const HOUR = 3_600_000
const ZONE = 'sec.example'

function start(version: '15.2' | '14.3' = '15.2') {
  const clock = { now: Date.parse('2026-11-23T20:00:00Z') }
  const client = connect({
    version,
    now: () => clock.now,
    zones: [
      { name: ZONE, zoneFile: 'www 3600 A 192.0.2.1\n' },
      { name: 'copy.example', type: 'Secondary' },
    ],
  })
  const dnssec = client.provider.dnssec!
  const act = (action: string, values = {}, key?: string) =>
    dnssec.act(ZONE, { action, values, ...(key === undefined ? {} : { key }) })
  return { ...client, clock, dnssec, act, read: () => dnssec.read(ZONE) }
}

const defaults = initialValues(sign.fields)
const offered = ({ actions }: DnssecState, key?: string) =>
  actions.filter((action) => action.key === key).map(({ id, refusal }) => (refusal === undefined ? id : `(${id})`))

describe('the signing of a zone', () => {
  it('goes from published to ready to active, and says at each what is to be done', async () => {
    const { act, read, clock } = start()
    expect(await read()).toMatchObject({ state: 'off', keys: [], ds: [] })
    await act('sign', defaults)
    let state = await read()
    expect(state.state).toBe('pending')
    expect(state.detail).toContain('from 2026-11-24 00:35 UTC on, not earlier')
    expect(state.keys.map(({ role, state: of, active }) => [role, of, active])).toEqual([
      ['ksk', 'Published', false],
      ['zsk', 'Active', true],
    ])
    expect(state.ds.map(({ digestType, digest }) => [digestType, digest.length])).toEqual([
      [2, 64],
      [4, 96],
    ])
    expect(offered(state)).toEqual(['add-key', '(dnskey-ttl)', 'convert-to-nsec3', 'unsign'])

    clock.now += 5 * HOUR
    state = await read()
    const ksk = state.keys[0]!.id
    expect(state.detail).toContain('Put the DS in at the parent now')
    expect(offered(state, ksk)).toEqual(['activate', 'roll-over', '(retire)'])
    await act('activate', {}, ksk)
    state = await read()
    expect(state.state).toBe('signed')
    expect(offered(state)).toContain('dnskey-ttl')
    await act('roll-over', {}, ksk)
    state = await read()
    expect(state.detail).toContain('is to take over; its DS can go to the parent from')
    expect(state.facts).toContainEqual({ label: `Key ${ksk}`, value: 'retires when its successor has taken over' })
  })

  it('shows every step that leaves a trace', async () => {
    const { act, read } = start()
    await act('sign', { ...defaults, proof: 'NSEC3', iterations: 1, saltLength: 4 })
    const fact = async (label: string) => (await read()).facts.find((each) => each.label === label)?.value
    const salt = await fact('Proof of names that do not exist')
    expect(salt).toMatch(/^NSEC3, 1 extra rounds, 4 bytes of salt \([0-9A-F]{8}\)$/)
    await act('nsec3', { iterations: 1, saltLength: 4 })
    expect(await fact('Proof of names that do not exist')).not.toBe(salt)
    await act('convert-to-nsec')
    expect(await fact('Proof of names that do not exist')).toBe('NSEC')
    const zsk = (await read()).keys.find(({ role }) => role === 'zsk')!.id
    await act('rollover-days', { rolloverDays: 45 }, zsk)
    expect(await fact(`Key ${zsk}`)).toBe('is replaced every 45 days')
  })

  it('makes, publishes and deletes keys of every algorithm that is offered', async () => {
    const { act, read } = start()
    await act('sign', { ...defaults, algorithm: 'RSASHA256', kskBits: 2048, zskBits: 1280 })
    expect((await read()).keys.map(({ algorithm, bits }) => [algorithm, bits])).toEqual([
      [8, 2048],
      [8, 1280],
    ])
    for (const [algorithm, number] of [
      ['ECDSAP256SHA256', 13],
      ['ECDSAP384SHA384', 14],
      ['ED25519', 15],
      ['ED448', 16],
    ] as const) {
      await act('add-key', { keyType: 'KeySigningKey', algorithm })
      const made = (await read()).keys.find((key) => key.algorithm === number)!
      expect(made).toMatchObject({ role: 'ksk', state: 'Generated' })
      expect(offered(await read(), made.id)).toEqual(['delete'])
      await act('delete', {}, made.id)
    }
    await act('add-key', { keyType: 'ZoneSigningKey', algorithm: 'RSASHA512', bits: 1024, rolloverDays: 0 })
    await act('publish')
    expect((await read()).keys.find(({ algorithm }) => algorithm === 10)).toMatchObject({
      state: 'Published',
      bits: 1024,
      dnskey: { flags: 256, protocol: 3 },
    })
  })

  it('cannot be told of the DS before version 15, and says so', async () => {
    const { act, read, clock } = start('14.3')
    await act('sign', defaults)
    clock.now += 5 * HOUR
    const state = await read()
    expect(offered(state, state.keys[0]!.id)).toContain('(activate)')
  })

  it('of a copy is not the server’s', async () => {
    const { dnssec } = start()
    const state = await dnssec.read('copy.example')
    expect(state).toMatchObject({ state: 'off', actions: [] })
    expect(state.detail).toContain('Secondary')
  })

  it('is seen without its keys by who may only see the zone', async () => {
    const { act, call, as } = start()
    await act('sign', defaults)
    await call('admin/users/create', { user: 'viewer', pass: 'secret' })
    await call('zones/permissions/set', { zone: ZONE, userPermissions: 'viewer|true|false|false' })
    const made = await call('admin/sessions/createToken', { user: 'viewer', tokenName: 'panel' })
    const viewer = as({ token: (made as { response: { token: string } }).response.token }).dnssec!
    const state = await viewer.read(ZONE)
    expect(state).toMatchObject({ state: 'pending', keys: [], actions: [] })
    expect(state.ds).toHaveLength(2)
    await expect(viewer.act(ZONE, { action: 'unsign', values: {} })).rejects.toMatchObject({ kind: 'forbidden' })
    await act('unsign')
    expect(await viewer.read(ZONE)).toMatchObject({ state: 'off', ds: [] })
  })

  it('is refused in the server’s words where it cannot be', async () => {
    const { act, call, read } = start()
    await call('zones/records/add', { zone: ZONE, domain: `an.${ZONE}`, type: 'ANAME', aname: 'x.example' })
    await expect(act('sign', defaults)).rejects.toThrow('ANAME')
    expect((await read()).state).toBe('off')
  })
})
