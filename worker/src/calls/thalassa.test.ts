import type { DnssecState } from '@zonedeck/shared/dnssec'
import { canonicalRdata } from '@zonedeck/shared/records/rdata'
import type { ZoneSettings } from '@zonedeck/shared/zone'
import { describe, expect, it } from 'vitest'
import { simulate } from '../providers/thalassa/simulator.ts'
import { openWorld } from './world.ts'

const zone = 'metrics.example'
const set = (type: string, ...rdatas: string[]) => ({
  ttl: 300,
  records: rdatas.map((rdata) => ({ rdata: canonicalRdata(type, rdata) })),
})

describe.each(['docs', 'sdk', 'auto'] as const)('Thalassa through the API, addressing %s', (dialect) => {
  async function open() {
    const credentials = { token: 'tc_pat_of_the_test', organisation: 'harbour-metrics' }
    const simulation = simulate(credentials)
    if (dialect !== 'auto') simulation.dialect = dialect
    const { fetch } = simulation
    const world = await openWorld({ provider: 'thalassa', internet: fetch, credentials: { ...credentials, dialect } })
    const create = {
      operation: 'create' as const,
      kind: 'Primary',
      values: { description: 'Levels', labels: ['env=prod'] },
    }
    expect(await world.write(zone, { operation: create })).toMatchObject({ state: 'done' })
    const at = `connections/${world.connection}/zones/${zone}`
    return { world, simulation, at }
  }

  it('a zone is made, listed, filled, changed and deleted', async () => {
    const { world, simulation } = await open()
    const { zones } = await world.ask<{ zones: { name: string }[] }>('GET', `connections/${world.connection}/zones`)
    expect(zones.map(({ name }) => name)).toEqual([zone])
    const first = { 'www A': set('A', '192.0.2.1'), '@ MX': set('MX', '10 mail.example.net.') }
    const job = await world.edit(zone, first)
    expect(job).toMatchObject({ state: 'done', publishDelay: [25, 40] })
    expect(await world.edit(zone, { 'www A': set('A', '192.0.2.2', '192.0.2.3') })).toMatchObject({ state: 'done' })
    expect(await world.edit(zone, { 'www A': null, 'www CNAME': set('CNAME', 'cdn.example.net.') })).toMatchObject({
      state: 'done',
      results: [
        { status: 'done', verified: true },
        { status: 'done', verified: true },
      ],
    })
    expect((await world.read(zone)).recordSets.map(({ name, type }) => `${name} ${type}`).sort()).toEqual([
      '@ MX',
      'www CNAME',
    ])
    expect(simulation.log.every(({ status }) => status < 400 || status === 404)).toBe(true)
    expect(await world.write(zone, { operation: { operation: 'delete' } })).toMatchObject({ state: 'done' })
  })

  it('a refused change of type leaves what was there', async () => {
    const { world, simulation } = await open()
    await world.edit(zone, { 'www A': set('A', '192.0.2.1') })
    let refusals = 1
    simulation.interfere = ({ method }) =>
      method === 'POST' && refusals-- > 0 ? Response.json({ message: 'quota exceeded' }, { status: 400 }) : undefined
    const job = await world.edit(zone, { 'www A': null, 'www CNAME': set('CNAME', 'cdn.example.net.') })
    expect(job).toMatchObject({
      state: 'failed',
      results: [
        { type: 'A', status: 'rolled-back' },
        { type: 'CNAME', status: 'failed', detail: 'Thalassa says: quota exceeded' },
      ],
    })
    expect((await world.read(zone)).recordSets).toMatchObject([{ name: 'www', type: 'A' }])
  })

  it('a zone file is imported and exported by the server itself', async () => {
    const { world, at } = await open()
    await world.edit(zone, { 'old A': set('A', '192.0.2.9') })
    const change = (name: string, type: string, rdata: string) => {
      const after = { name, type, ...set(type, rdata) }
      return { name, type, before: null, after }
    }
    const changes = [change('www', 'A', '192.0.2.1'), change('@', 'TXT', '"v=spf1 -all"')]
    const merged = await world.write(zone, { changes, operation: { operation: 'import', mode: 'merge' } })
    expect(merged).toMatchObject({
      state: 'done',
      operationResult: { detail: 'Thalassa created 2 record sets, updated 0 and deleted 0.' },
    })
    const { recordSets } = await world.read(zone)
    const old = recordSets.find(({ name }) => name === 'old')!
    const replaced = await world.write(zone, {
      changes: [{ name: 'old', type: 'A', before: old, after: null }],
      operation: { operation: 'import', mode: 'replace' },
    })
    expect(replaced).toMatchObject({ state: 'done', results: [{ name: 'old', status: 'done', verified: true }] })
    expect(await world.ask<string>('GET', `${at}/export`)).toMatch(/^www 300 IN A 192\.0\.2\.1$/m)
  })

  it('DNSSEC goes on, waits for its DS, and goes off', async () => {
    const { world, at } = await open()
    const read = () => world.ask<DnssecState>('GET', `${at}/dnssec`)
    const step = (action: string, values: Record<string, string> = {}) =>
      world.write(zone, { operation: { operation: 'dnssec', action, values } })
    expect(await read()).toMatchObject({ state: 'off' })
    expect(await step('enable', { region: 'nl-01' })).toMatchObject({ state: 'done' })
    const { state, ds } = await read()
    expect(state).toBe('pending')
    expect(ds).toHaveLength(2)
    expect(await step('change-key', { region: 'nl-01', key: 'kms-p384' })).toMatchObject({ state: 'done' })
    expect(await step('disable')).toMatchObject({ state: 'done' })
    expect(await read()).toMatchObject({ state: 'off' })
  })

  it('description and labels change, in whatever order they come back, or say why they cannot', async () => {
    const { world, at } = await open()
    const values = { description: 'Water levels', labels: ['team=web', 'env=prod'] }
    const change = world.write(zone, { operation: { operation: 'settings', values } })
    if (dialect === 'docs') await expect(change).rejects.toThrow('422')
    else expect(await change).toMatchObject({ state: 'done' })
    const { fields } = await world.ask<ZoneSettings>('GET', `${at}/settings`)
    const held = dialect === 'docs' ? ['Levels', ['env=prod']] : Object.values(values)
    expect(fields.map(({ value }) => value)).toEqual(held)
    expect(fields.every(({ fixed }) => (fixed !== undefined) === (dialect === 'docs'))).toBe(true)
  })
})
