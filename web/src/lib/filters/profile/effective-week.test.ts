import { readConfig } from '@zonedeck/shared/filter/read-config'
import { describe, expect, it } from 'vitest'
import { effectiveWeek, filteringNow, momentThere, placeOf } from './effective-week.ts'

function configOf(schedule: object | null, more: object = {}) {
  const { config } = readConfig(
    JSON.stringify({ scheduleAllDay: false, timeZone: 'Europe/Berlin', profiles: { kids: { schedule } }, ...more }),
  )
  if (config === null) throw new Error('The app would refuse this.')
  return config
}

const night = { allDay: false, start: '22:00', end: '06:00' }
const never = { allDay: false, start: '00:00', end: '00:00' }

describe('the week as it really is', () => {
  it('is the week that the moment is in, from Monday on, with what the app makes of a night', () => {
    const week = effectiveWeek(configOf({ mon: night, tue: never }), 'kids', Date.parse('2026-11-29T12:00:00Z'))
    expect(week.map(({ day }) => day)).toEqual(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'])
    expect(week[0]).toMatchObject({ date: '2026-11-23', hours: 24 })
    expect(week[0]?.filters).toEqual([
      { from: 0, to: 360 },
      { from: 1320, to: 1440 },
    ])
    expect(week[1]?.filters).toEqual([])
    expect(week[2]?.filters).toEqual([{ from: 0, to: 1440 }])
  })

  it('goes by the hands of the clock when it is changed', () => {
    const spring = effectiveWeek(
      configOf({ sun: { allDay: false, start: '01:00', end: '04:00' } }),
      'kids',
      Date.parse('2026-03-25T12:00:00Z'),
    )
    expect(spring[6]).toMatchObject({ date: '2026-03-29', hours: 23, filters: [{ from: 60, to: 240 }] })
    const autumn = effectiveWeek(
      configOf({ sun: { allDay: false, start: '01:00', end: '02:30' } }),
      'kids',
      Date.parse('2026-10-25T12:00:00Z'),
    )
    expect(autumn[6]).toMatchObject({
      hours: 25,
      filters: [
        { from: 60, to: 150 },
        { from: 120, to: 150 },
      ],
    })
  })

  it('filters always while schedules do not count, and never in a zone that breaks the app', () => {
    const all = effectiveWeek(configOf({ mon: never }, { scheduleAllDay: true }), 'kids', Date.now())
    expect(all.every(({ filters }) => filters[0]?.to === 1440)).toBe(true)
    const broken = effectiveWeek(configOf({ mon: night }, { timeZone: 'America' }), 'kids', Date.now())
    expect(broken.every(({ filters }) => filters.length === 0)).toBe(true)
  })

  it('tells until when', () => {
    const config = configOf({ mon: night, tue: never })
    const monday = Date.parse('2026-11-23T22:00:00+01:00')
    const now = filteringNow(config, 'kids', monday)
    expect(now.filters).toBe(true)
    expect(momentThere(placeOf(config), now.until ?? 0)).toBe('Tue 00:00')
    expect(filteringNow(config, 'kids', monday - 3_600_000)).toEqual({ filters: false, until: monday })
    expect(filteringNow(configOf(null), 'kids', monday)).toEqual({ filters: true, until: null })
  })
})
