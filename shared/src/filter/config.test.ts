import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { filterConfigSchema, profileSchema } from './config.ts'
import { parseVerdictRecording } from './recording.ts'

describe('filterConfigSchema', () => {
  it('takes what the app’s own pages write, unknown keys and all', () => {
    const file = join(import.meta.dirname, 'fixtures', 'crafted.json')
    const configs = parseVerdictRecording(readFileSync(file, 'utf8')).cases.map(({ config }) => config)
    const written = configs.filter((config) => typeof config === 'object')
    expect(written.length).toBeGreaterThan(30)
    for (const config of written) expect(filterConfigSchema.parse(config)).toEqual(config)
    const window = { allDay: false, start: '08:00', end: '23:59:59', future: 1 }
    const config = { profiles: { p: { future: 1, schedule: { mon: window } } }, _panel: {} }
    expect(filterConfigSchema.parse(config)).toEqual(config)
  })

  it.each([
    { profiles: null },
    { profiles: { p: { customRules: null } } },
    { clients: [{ ids: [null] }] },
    { clients: null },
    { blockLists: [{ url: 'x', refreshHours: 1.5 }] },
  ])('does not take %j, which the app refuses or fails over', (config) => {
    expect(filterConfigSchema.safeParse(config).success).toBe(false)
  })

  it.each(['24:00', '8:00', '2:30 PM', '', '08:60'])('writes no time like %j', (start) => {
    const result = profileSchema.safeParse({ schedule: { mon: { allDay: false, start, end: '20:00' } } })
    expect(result.success).toBe(false)
  })

  it('knows the days', () => {
    const window = { allDay: true, start: '00:00', end: '23:59:59' }
    expect(profileSchema.safeParse({ schedule: { monday: window } }).success).toBe(false)
    expect(profileSchema.safeParse({ schedule: { mon: [window, window], sun: window } }).success).toBe(true)
  })
})
