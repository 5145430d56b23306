import { canonicalRdata } from '@zonedeck/shared/records/rdata'
import { beforeEach, describe, expect, it } from 'vitest'
import { simulate, type Simulation } from '../providers/vps-org/simulator.ts'
import { openWorld, type World } from './world.ts'

const token = 'vps_0123456789abcdef'
const zone = 'studio.example'
let simulation: Simulation
let world: World

const a = (...addresses: string[]) => ({ ttl: 300, records: addresses.map((rdata) => ({ rdata })) })
const mx = (...texts: string[]) => ({ ttl: 300, records: texts.map((text) => ({ rdata: canonicalRdata('MX', text) })) })

beforeEach(async () => {
  simulation = simulate({ token })
  world = await openWorld({ provider: 'vps-org', internet: simulation.fetch, credentials: { token } })
})

describe('VPS.org through the API', () => {
  it('a zone is made, listed, filled, changed in place and deleted', async () => {
    await world.write(zone, { operation: { operation: 'create', kind: 'Hosted' } })
    const { zones } = await world.ask<{ zones: { name: string }[] }>('GET', `connections/${world.connection}/zones`)
    expect(zones.map(({ name }) => name)).toEqual([zone])
    const filled = { 'www A': a('192.0.2.1', '192.0.2.2'), '@ MX': mx('10 mail.studio.example.') }
    expect(await world.edit(zone, filled)).toMatchObject({ state: 'done' })
    expect(await world.edit(zone, { '@ MX': mx('5 mail.studio.example.') })).toMatchObject({ state: 'done' })
    expect(await world.edit(zone, { 'www A': a('192.0.2.3') })).toMatchObject({ state: 'done' })
    expect(simulation.records(zone).map(({ value, priority }) => [value, priority])).toEqual([
      ['192.0.2.3', null],
      ['mail.studio.example', 5],
    ])
    expect(await world.write(zone, { operation: { operation: 'delete' } })).toMatchObject({ state: 'done' })
  })

  it('a record is written whole where PATCH is refused', async () => {
    simulation.patchRefused = true
    await world.write(zone, { operation: { operation: 'create', kind: 'Hosted' } })
    expect(await world.edit(zone, { 'www A': a('192.0.2.1') })).toMatchObject({ state: 'done' })
    expect(await world.edit(zone, { 'www A': a('192.0.2.2') })).toMatchObject({ state: 'done' })
  })

  it('a refused change names the field that was blamed, and its neighbour is written', async () => {
    await world.write(zone, { operation: { operation: 'create', kind: 'Hosted' } })
    const job = await world.edit(zone, { 'www A': { ...a('192.0.2.1'), ttl: 5 }, 'ftp A': a('192.0.2.1') })
    expect(job.state).toBe('partial')
    expect(job.results).toMatchObject([
      { name: 'ftp', status: 'done', verified: true },
      { name: 'www', status: 'failed', detail: expect.stringContaining('(field “ttl”)') as string },
    ])
  })

  it('the account of a token is asked for, with what it may do', async () => {
    simulation.permissions = ['dns:list']
    const test = await world.ask('POST', `connections/${world.connection}/test`)
    expect(test).toMatchObject({ account: expect.stringContaining('Panel') as string, permissions: ['dns:list'] })
  })
})
