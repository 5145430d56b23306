import { describe, expect, it } from 'vitest'
import { filterConformance } from '../conformance-filter.ts'
import { connect } from './simulator-client.ts'

filterConformance('the app in Technitium', {
  open: (config) => connect({ filter: { name: 'Any name', config } }).filter,
  verbatim: true,
})

describe('Technitium’s app', () => {
  it('is found by its class path, and looked for again when it was installed anew', async () => {
    const { filter, call, sent } = connect({ filter: { name: 'Old', config: '{}' } })
    expect((await filter.read()).about).toEqual({ transport: 'technitium', app: 'Old', version: '1.0' })
    await filter.read()
    expect(sent.map(({ path }) => path)).toEqual(['apps/list', 'apps/config/get', 'apps/config/get'])
    await call('apps/uninstall', { name: 'Old' })
    await expect(filter.read()).rejects.toMatchObject({ kind: 'missing' })
  })

  it('refuses what it cannot read in its own words, and keeps what it has', async () => {
    const { filter } = connect({ filter: { config: '{"enableBlocking":true}' } })
    await expect(filter.write('{"enableBlocking":"yes"}')).rejects.toMatchObject({
      kind: 'refused',
      message: expect.stringContaining('could not be converted to System.Boolean') as string,
    })
    expect((await filter.read()).text).toBe('{"enableBlocking":true}')
  })

  it('the server’s own blocking is another switch: paused for a while, ended by hand, or by the server', async () => {
    let now = Date.UTC(2026, 10, 23, 12)
    const { filter } = connect({ filter: {}, blockLists: ['https://lists.example/a.txt'], now: () => now })
    const { blocking } = filter
    expect(await blocking?.read()).toEqual({
      enabled: true,
      pausedUntil: null,
      blockLists: ['https://lists.example/a.txt'],
      blockedZones: false,
      allowedZones: false,
      bypass: [],
    })
    await blocking?.pause(15)
    expect(await blocking?.read()).toMatchObject({ enabled: false, pausedUntil: '2026-11-23T12:15:00.000Z' })
    await blocking?.setEnabled(true)
    expect(await blocking?.read()).toMatchObject({ enabled: true, pausedUntil: null })
    await blocking?.pause(15)
    now += 15 * 60_000
    expect(await blocking?.read()).toMatchObject({ enabled: true, pausedUntil: null })
  })

  it('a pause that was ended by hand does not end what is switched off after it, though the server shows its time', async () => {
    let now = Date.UTC(2026, 10, 23, 12)
    const { filter } = connect({ filter: {}, now: () => now })
    const { blocking } = filter
    await blocking?.pause(15)
    await blocking?.setEnabled(true)
    await blocking?.setEnabled(false)
    expect(await blocking?.read()).toMatchObject({ enabled: false, pausedUntil: '2026-11-23T12:15:00.000Z' })
    now += 15 * 60_000
    expect(await blocking?.read()).toMatchObject({ enabled: false, pausedUntil: null })
  })

  it('reads what the server lets pass before it asks the app', async () => {
    const { filter, call } = connect({ filter: {} })
    await call('settings/set', { blockingBypassList: '192.168.9.0/24,192.168.1.7' })
    await call('allowed/add', { domain: 'fine.example' })
    await call('blocked/add', { domain: 'bad.example' })
    expect(await filter.blocking?.read()).toMatchObject({
      blockedZones: true,
      allowedZones: true,
      bypass: ['192.168.9.0/24', '192.168.1.7'],
    })
  })

  it('what the account may not see is not known', async () => {
    const { call, filterAs } = connect({ filter: { config: '{}' } })
    await call('admin/users/create', { user: 'viewer', pass: 'a password' })
    const { response } = await call('admin/sessions/createToken', { user: 'viewer', tokenName: 'panel' })
    const viewer = filterAs({ token: (response as { token: string }).token })
    expect((await viewer.read()).text).toBe('{}')
    expect(await viewer.blocking?.read()).toEqual({
      enabled: null,
      pausedUntil: null,
      blockLists: null,
      blockedZones: false,
      allowedZones: false,
      bypass: null,
    })
    await expect(viewer.write('')).rejects.toMatchObject({ kind: 'forbidden' })
  })
})
