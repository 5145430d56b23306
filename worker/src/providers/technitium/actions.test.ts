import { describe, expect, it } from 'vitest'
import { connect } from './simulator-client.ts'

const start = () =>
  connect({
    zones: [
      { name: 'firm.example', zoneFile: 'www 3600 A 192.0.2.1\n' },
      { name: 'copy.example', type: 'Secondary', zoneFile: 'www 3600 A 192.0.2.1\n' },
    ],
  })

describe('what else can be done with a zone', () => {
  it('a clone has the records of the zone', async () => {
    const { provider } = start()
    await provider.actions!.run('firm.example', { action: 'clone', values: { name: 'Other.Example.' } })
    const { recordSets } = await provider.readZone('other.example')
    expect(recordSets.find(({ name }) => name === 'www')?.records).toEqual([{ rdata: '192.0.2.1' }])
  })

  it('a clone is not made over a zone that is there, nor under a name that is none', async () => {
    const { provider } = start()
    const clone = (name: string) => provider.actions!.run('firm.example', { action: 'clone', values: { name } })
    await expect(clone('copy.example')).rejects.toMatchObject({ kind: 'conflict' })
    await expect(clone('*.example')).rejects.toMatchObject({ kind: 'refused', field: 'name' })
  })

  it.each([
    ['copy.example', 'convert-to-primary', 'Primary'],
    ['copy.example', 'convert-to-forwarder', 'Forwarder'],
    ['firm.example', 'convert-to-forwarder', 'Forwarder'],
  ])('%s does %s, which its kind proves', async (zone, action, kind) => {
    const { provider } = start()
    const before = (await provider.readZone(zone)).zone
    expect(provider.actions!.confirms({ action, values: {} }, before)).toBe(false)
    await provider.actions!.run(zone, { action, values: {} })
    const after = await provider.readZone(zone)
    expect(after.zone.kind).toBe(kind)
    expect(provider.actions!.confirms({ action, values: {} }, after.zone)).toBe(true)
    expect(after.recordSets.some(({ name }) => name === 'www')).toBe(true)
  })

  it('a copy is transferred again, which leaves nothing to be seen', async () => {
    const { provider, sent } = start()
    const action = { action: 'resync', values: {} }
    await provider.actions!.run('copy.example', action)
    expect(sent).toEqual([{ path: 'zones/resync', form: { zone: 'copy.example' } }])
    expect(provider.actions!.confirms(action, (await provider.readZone('copy.example')).zone)).toBeNull()
    await expect(provider.actions!.run('firm.example', action)).rejects.toThrow('support resync')
  })

  it('nothing that is not offered', async () => {
    const { provider, sent } = start()
    const run = provider.actions!.run('firm.example', { action: 'explode', values: {} })
    await expect(run).rejects.toMatchObject({ kind: 'refused' })
    expect(sent).toEqual([])
  })
})
