import { describe, expect, it } from 'vitest'
import { chooseZone } from './time-zone.ts'

const JUNE = Date.UTC(2026, 5, 15, 12)
const hours = (name: string) => (chooseZone(name).zone?.localTime(JUNE).milliseconds ?? NaN) / 3_600_000

describe('chooseZone', () => {
  it.each([
    ['UTC', null, 12],
    ['utc', null, 12],
    ['Europe/Berlin', null, 14],
    ['europe/berlin', 'other-case', 14],
    ['US/Pacific', null, 5],
    ['EST5EDT', null, 8],
    ['EST', null, 7],
    ['PST', 'unknown', 12],
    ['ist', 'unknown', 12],
    ['SystemV/EST5', 'unknown', 12],
    ['Etc/GMT+5', null, 7],
    ['W. Europe Standard Time', 'windows', 14],
    ['India Standard Time', 'windows', 17.5],
    ['w. europe standard time', 'unknown', 12],
    ['', 'unknown', 12],
    ['+05:00', 'unknown', 12],
    ['GMT+5', 'unknown', 12],
    ['Mars/Olympus', 'unknown', 12],
    [' Europe/Berlin', 'unknown', 12],
  ])('%j', (name, note, hour) => {
    expect(chooseZone(name).note).toBe(note)
    expect(hours(name)).toBe(hour)
  })

  it('finds none where the app fails', () => {
    expect(chooseZone(null)).toEqual({ zone: null, note: 'none' })
    expect(chooseZone('Europe')).toEqual({ zone: null, note: 'folder' })
    expect(chooseZone('America/Indiana/')).toEqual({ zone: null, note: 'folder' })
  })

  it('spells a name as the zone database does', () => {
    expect(chooseZone('america/port-au-prince').zone?.name).toBe('America/Port-au-Prince')
  })

  it('follows the clock over its jumps, to the millisecond', () => {
    const zone = chooseZone('Europe/Berlin').zone
    expect(zone?.localTime(Date.UTC(2026, 2, 29, 0, 59, 59, 999))).toEqual({
      weekday: 0,
      milliseconds: 7_199_999,
      date: '2026-03-29',
    })
    expect(zone?.localTime(Date.UTC(2026, 2, 29, 1)).milliseconds).toBe(3 * 3_600_000)
    expect(zone?.localTime(Date.UTC(2026, 9, 25, 0, 30)).milliseconds).toBe(2.5 * 3_600_000)
    expect(zone?.localTime(Date.UTC(2026, 9, 25, 1, 30)).milliseconds).toBe(2.5 * 3_600_000)
    expect(zone?.localTime(-1).date).toBe('1970-01-01')
  })
})
