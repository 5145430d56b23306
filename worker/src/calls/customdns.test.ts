import type { Account } from '@zonedeck/shared/account'
import { canonicalRdata } from '@zonedeck/shared/records/rdata'
import { beforeEach, describe, expect, it } from 'vitest'
import { simulate, type Simulation } from '../providers/customdns/simulator.ts'
import { openWorld, type World } from './world.ts'

const apiKey = '5f3b1c9a-0000-4000-8000-7d1e2f3a4b5c'
const zone = 'bakery.example'

let server: Simulation
let world: World

const a = (...addresses: string[]) => ({ ttl: 300, records: addresses.map((rdata) => ({ rdata })) })
const mx = (rdata: string) => ({ ttl: 3600, records: [{ rdata: canonicalRdata('MX', rdata) }] })
const accounts = () => `connections/${world.connection}/accounts`

beforeEach(async () => {
  server = await simulate({ users: [{ userName: 'root', apikey: apiKey, password: 'secret' }] })
  world = await openWorld({ provider: 'customdns', internet: server.fetch, credentials: { apiKey } })
})

describe('CustomDNS through the API', () => {
  it('a zone is made, listed, counted, filled, changed and deleted', async () => {
    await world.write(zone, { operation: { operation: 'create', kind: 'NATIVE' } })
    const { zones } = await world.ask<{ zones: { name: string }[] }>('GET', `connections/${world.connection}/zones`)
    expect(zones.map(({ name }) => name)).toEqual([zone])
    expect(await world.edit(zone, { 'www A': a('192.0.2.1'), '@ MX': mx('10 mail.example.net.') })).toMatchObject({
      state: 'done',
    })
    expect(await world.edit(zone, { 'www A': a('192.0.2.2'), '@ MX': mx('5 mail.example.net.') })).toMatchObject({
      state: 'done',
      results: [{ verified: true }, { verified: true }],
    })
    const content = await world.read(zone)
    expect(content.zone).toMatchObject({ recordCount: 6, kind: 'Native' })
    expect(content.recordSets.find(({ type }) => type === 'MX')?.records[0]?.rdata).toBe('5 mail.example.net.')
    expect(await world.edit(zone, { 'www A': null })).toMatchObject({ state: 'done' })
    expect(await world.write(zone, { operation: { operation: 'delete' } })).toMatchObject({ state: 'done' })
  })

  it('accounts are made, given a zone, seen, changed and deleted', async () => {
    const values = { firstName: 'Jane', lastName: 'Doe', password: true }
    const secrets = { password: 'canary-of-jane' }
    const made = await world.account({ operation: 'user-create', user: 'janedoe', values }, secrets)
    expect(made).toMatchObject({ state: 'done' })
    const owner = { owner: 'janedoe' }
    await world.write(zone, { operation: { operation: 'create', kind: 'NATIVE', values: owner } })
    const directory = await world.ask<{ self: Account; seen: string[] }>('GET', accounts())
    expect(directory).toMatchObject({ self: { name: 'root', root: true }, seen: ['janedoe'] })
    const jane = await world.ask<{ account: Account; zones: string[] }>('GET', `${accounts()}/janedoe`)
    expect(jane).toMatchObject({ account: { name: 'janedoe', self: false }, zones: [zone] })
    const update = { operation: 'user-update' as const, user: 'janedoe', values: { email: 'jane@example.net' } }
    expect(await world.account(update)).toMatchObject({ state: 'done', operationResult: { verified: true } })
    expect(server.state.users.at(-1)).toMatchObject({ firstName: 'Jane', email: 'jane@example.net' })
    expect(await world.account({ operation: 'user-delete', user: 'janedoe' })).toMatchObject({ state: 'done' })
    const text = JSON.stringify([made, directory, jane, await world.ask('GET', 'history')])
    for (const secret of [apiKey, 'canary-of-jane', ...server.state.users.map(({ password }) => password)]) {
      expect(text).not.toContain(secret)
    }
  })

  it('the connection ends with its own account, which is said before', async () => {
    const operation = { operation: 'user-delete' as const, user: 'root' }
    const plan = await world.ask<{ findings: { id: string; title: string }[] }>('POST', `${accounts()}/plans`, {
      operation,
    })
    expect(plan.findings.map(({ id }) => id)).toEqual(['account-delete', 'account-delete-self'])
    expect(await world.account(operation)).toMatchObject({ state: 'done', operationResult: { verified: true } })
    expect(await world.ask('GET', 'connections')).toEqual([])
    expect(server.state.users).toEqual([])
  })
})
