import type { DnssecState } from '@zonedeck/shared/dnssec'
import { askedValues, initialValues } from '@zonedeck/shared/form-errors'
import { canonicalRdata } from '@zonedeck/shared/records/rdata'
import type { StatsReport } from '@zonedeck/shared/statistics'
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

  it('a connection with a catalog for new zones asks which there are', async () => {
    const { fetch } = simulate({
      ...{ version: '15.2', admin: { password: 'secret', token }, serverDomain: 'dns.example' },
      zones: [{ name: 'catalog.example', type: 'Catalog' }],
    })
    const credentials = { token, catalog: 'catalog.example' }
    world = await openWorld({ provider: 'technitium', internet: fetch, credentials, succeeded })
    await world.ask('POST', `connections/${world.connection}/test`)
    await world.write(zone, { operation: { operation: 'create', kind: 'Primary' } })
    expect((await world.read(zone)).zone.catalog).toBe('catalog.example')
  })

  it('a name and a password become a token', async () => {
    const { fetch } = simulate({ version: '15.2', admin: { password: 'secret' }, serverDomain: 'dns.example' })
    const credentials = { user: 'admin', password: 'secret' }
    world = await openWorld({ provider: 'technitium', internet: fetch, credentials, succeeded })
    const test = await world.ask<{ account: string }>('POST', `connections/${world.connection}/test`)
    expect(test.account).toBe('admin (token Zonedeck)')
    const kept = await world.ask<{ credentials: object }>('GET', `connections/${world.connection}`)
    expect(Object.keys(kept.credentials)).toEqual(['token'])
  })

  it('the settings of a zone and its permissions on the server are read and changed', async () => {
    await world.write(zone, { operation: { operation: 'create', kind: 'Primary' } })
    const settings = { operation: 'settings' as const, values: { queryAccess: 'AllowOnlyPrivateNetworks' } }
    expect(await world.write(zone, { operation: settings })).toMatchObject({
      state: 'done',
      operationResult: { verified: true },
    })
    const everyone = { name: 'Everyone', view: true, modify: false, delete: false }
    const permissions = { operation: 'permissions' as const, users: [], groups: [everyone] }
    expect(await world.write(zone, { operation: permissions })).toMatchObject({
      state: 'done',
      operationResult: { verified: true },
    })
  })

  it('a zone is signed, and the signing ends', async () => {
    await world.write(zone, { operation: { operation: 'create', kind: 'Primary' } })
    const at = `connections/${world.connection}/zones/${zone}/dnssec`
    const step = (action: string, values = {}) => ({ operation: { operation: 'dnssec' as const, action, values } })
    const [offered] = (await world.ask<DnssecState>('GET', at)).actions
    const fields = offered?.fields ?? []
    const signed = await world.write(zone, step('sign', askedValues(fields, initialValues(fields))))
    expect(signed).toMatchObject({ state: 'done', operationResult: { verified: true } })
    expect((await world.ask<DnssecState>('GET', at)).ds).toHaveLength(2)
    expect(await world.write(zone, step('convert-to-nsec3', { iterations: 0, saltLength: 0 }))).toMatchObject({
      operationResult: { verified: true },
    })
    expect(await world.write(zone, step('unsign'))).toMatchObject({ operationResult: { verified: true } })
  })

  it('a zone is imported and exported by the server itself, cloned and converted', async () => {
    await world.write(zone, { operation: { operation: 'create', kind: 'Primary' } })
    const www = { name: 'www', type: 'A', ...a('192.0.2.1') }
    const imported = await world.write(zone, {
      changes: [{ name: 'www', type: 'A', before: null, after: www }],
      operation: { operation: 'import', mode: 'merge' },
    })
    expect(imported).toMatchObject({ state: 'done', results: [{ name: 'www', status: 'done', verified: true }] })
    const path = `connections/${world.connection}/zones/${zone}/export`
    expect(await world.ask<string>('GET', path)).toContain('192.0.2.1')
    const action = (id: string, values = {}) => ({ operation: { operation: 'action' as const, action: id, values } })
    expect(await world.write(zone, action('clone', { name: 'copy.example' }))).toMatchObject({ state: 'done' })
    expect((await world.read('copy.example')).recordSets.map(({ name }) => name)).toContain('www')
    expect(await world.write('copy.example', action('convert-to-forwarder'))).toMatchObject({
      operationResult: { verified: true },
    })
  })
  it('what the server counted is read, and who asked most', async () => {
    const at = `connections/${world.connection}/statistics`
    const report = await world.ask<StatsReport>('GET', `${at}?range=hour`)
    expect(report.series.times).toHaveLength(60)
    expect(await world.ask('GET', `${at}/top?range=hour&list=clients`)).toEqual({ entries: [] })
  })
})
