import { canonicalRdata } from '@zonedeck/shared/records/rdata'
import { beforeEach, describe, expect, it } from 'vitest'
import { simulate } from '../providers/technitium/simulator.ts'
import { openWorld, type World } from './world.ts'

const token = 'a-token-of-the-administrator'
const zone = 'family.example'
let world: World

const a = (...addresses: string[]) => ({ ttl: 300, records: addresses.map((rdata) => ({ rdata })) })

/** This server answers 200 to everything; what went wrong is in the body. */
const succeeded = async (answer: Response) => (await answer.text()).includes('"status":"ok"')

beforeEach(async () => {
  const { fetch } = simulate({ version: '15.2', admin: { password: 'secret', token }, serverDomain: 'dns.example' })
  world = await openWorld({ provider: 'technitium', internet: fetch, credentials: { token }, succeeded })
})

describe('Technitium through the API', () => {
  it('a zone is made, listed, filled, changed, switched off and on, and deleted', async () => {
    await world.write(zone, { operation: { operation: 'create', kind: 'Primary' } })
    const { zones } = await world.ask<{ zones: { name: string }[] }>('GET', `connections/${world.connection}/zones`)
    expect(zones.map(({ name }) => name)).toContain(zone)
    const mx = { ttl: 300, records: [{ rdata: canonicalRdata('MX', '10 mail.family.example.') }] }
    expect(await world.edit(zone, { 'www A': a('192.0.2.1'), '@ MX': mx })).toMatchObject({ state: 'done' })
    expect(await world.edit(zone, { 'www A': a('192.0.2.2', '192.0.2.3') })).toMatchObject({ state: 'done' })
    expect(await world.edit(zone, { 'www A': a('192.0.2.3') })).toMatchObject({ state: 'done' })
    const { recordSets } = await world.read(zone)
    expect(recordSets.find(({ name }) => name === 'www')?.records.map(({ rdata }) => rdata)).toEqual(['192.0.2.3'])
    expect(await world.write(zone, { operation: { operation: 'disable' } })).toMatchObject({ state: 'done' })
    expect((await world.read(zone)).zone.disabled).toBe(true)
    expect(await world.write(zone, { operation: { operation: 'enable' } })).toMatchObject({ state: 'done' })
    expect(await world.write(zone, { operation: { operation: 'delete' } })).toMatchObject({ state: 'done' })
  })

  it('the account of a token is asked for', async () => {
    const test = await world.ask<{ account: string }>('POST', `connections/${world.connection}/test`)
    expect(test.account).toContain('admin')
  })
})
