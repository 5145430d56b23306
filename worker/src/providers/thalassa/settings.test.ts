import { zoneSettingsSchema } from '@zonedeck/shared/zone'
import { describe, expect, it } from 'vitest'
import { bodies, open, ZONE } from './open-simulator.ts'

const valuesOf = ({ fields }: { fields: { id: string; value?: unknown }[] }) =>
  Object.fromEntries(fields.map(({ id, value }) => [id, value]))

describe('settings of a zone', () => {
  it('are its description and labels, and the rest is shown', async () => {
    const { provider } = open()
    const settings = await provider.settings.read(ZONE)
    expect(zoneSettingsSchema.parse(settings)).toEqual(settings)
    expect(valuesOf(settings)).toEqual({ description: '', labels: [] })
    expect(settings.facts.map(({ label }) => label)).toEqual(['Identity', 'Name in the console', 'Created'])
  })

  it('change one by one, and lose no annotation', async () => {
    const { provider, simulation } = open()
    const annotations = { owner: 'ada' }
    const name = 'shop.example'
    await provider.createZone(name, {
      operation: 'create',
      kind: 'Primary',
      values: { description: 'The shop', labels: ['env=prod', 'team = web'] },
    })
    const identity = (await provider.readZone(name)).zone.ref ?? ''
    await simulation.fetch(
      new Request(`http://127.0.0.1/v1/dns/zones/${identity}`, {
        method: 'PUT',
        headers: { authorization: 'Token tc_pat_7f3a9c51e0b24d68', 'x-organisation-identity': 'harbour-metrics' },
        body: JSON.stringify({ description: 'The shop', labels: { env: 'prod', team: 'web' }, annotations }),
      }),
    )
    await provider.settings.write(name, { labels: ['env=test', 'note=a=b'] })
    const settings = await provider.settings.read(name)
    expect(valuesOf(settings)).toEqual({ description: 'The shop', labels: ['env=test', 'note=a=b'] })
    expect(settings.facts).toContainEqual({ label: 'Annotation owner', value: 'ada' })
    await provider.settings.write(name, { description: '', labels: [] })
    expect(valuesOf(await provider.settings.read(name))).toEqual({ description: '', labels: [] })
    expect(bodies(simulation)[0]).toEqual({
      zoneName: name,
      description: 'The shop',
      labels: { env: 'prod', team: 'web' },
    })
    expect(bodies(simulation).at(-1)).toEqual({ description: '', labels: {}, annotations })
  })

  it('are refused where a label is none, and nothing is sent', async () => {
    const { provider, simulation } = open()
    const write = provider.settings.write(ZONE, { labels: ['env=prod', 'no label'] })
    await expect(write).rejects.toMatchObject({
      kind: 'refused',
      field: 'labels',
      message: expect.stringContaining('no label') as string,
    })
    expect(bodies(simulation)).toEqual([])
  })

  it.each(['auto', 'docs'])('can only be read where the server is asked by name: %s', async (dialect) => {
    const { provider } = open({ dialect: 'docs', credentials: { dialect } })
    const { fields } = await provider.settings.read(ZONE)
    expect(fields.map(({ fixed }) => fixed)).toEqual(Array(2).fill('This server has no call to change it.'))
    await expect(provider.settings.write(ZONE, { description: 'x' })).rejects.toMatchObject({ kind: 'missing' })
  })
})
