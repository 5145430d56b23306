import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compileConfig } from './compile.ts'
import { parseTimeOnly } from './dotnet/time-only.ts'
import { effectiveHours } from './effective-hours.ts'
import { explain } from './explain.ts'
import { readConfig } from './read-config.ts'
import { parseVerdictRecording } from './recording.ts'
import { compileSchedule } from './schedule.ts'
import { chooseZone } from './time-zone.ts'

const HOUR = 3_600_000
const MINUTE = 60_000

function zoneOf(name: string) {
  const { zone } = chooseZone(name)
  if (zone === null) throw new Error(`There is no zone ${name}.`)
  return zone
}

/** Of a profile that blocks one name. */
function compiledOf(schedule: object, timeZone: string) {
  const config = {
    profiles: { p: { customRules: ['a.test'], schedule } },
    defaultProfile: 'p',
    timeZone,
    scheduleAllDay: false,
  }
  const read = readConfig(JSON.stringify(config))
  if (read.config === null) throw new Error(read.refusals[0]?.message)
  return compileConfig(read.config, new Map())
}

/** Hours and minutes of a place at the bounds of a day's stretches. */
function bounds(schedule: object, timeZone: string, date: string) {
  const compiled = compiledOf(schedule, timeZone)
  const zone = zoneOf(timeZone)
  const [day] = effectiveHours(compiled.schedules.get('p') ?? null, zone, date)
  return day?.stretches.map(({ start, filters }) => {
    const minutes = zone.localTime(start).milliseconds / MINUTE
    return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')} ${filters ? 'on' : 'off'}`
  })
}

describe('effectiveHours', () => {
  const window = (start: string, end: string) => ({ allDay: false, start, end })

  it('ends where the window ends, not a minute later', () => {
    expect(bounds({ mon: window('08:00', '20:00') }, 'UTC', '2026-11-23')).toEqual(['0:00 off', '8:00 on', '20:00 off'])
    expect(bounds({ mon: window('08:00', '23:59:59') }, 'UTC', '2026-11-23')).toEqual(['0:00 off', '8:00 on'])
    expect(bounds({ mon: window('00:00', '00:00') }, 'UTC', '2026-11-23')).toEqual(['0:00 off'])
    expect(bounds({ tue: window('08:00', '20:00') }, 'UTC', '2026-11-23')).toEqual(['0:00 on'])
  })

  it('shows what a window over midnight means', () => {
    expect(bounds({ mon: window('22:00', '06:00') }, 'UTC', '2026-11-23')).toEqual(['0:00 on', '6:00 off', '22:00 on'])
  })

  it('has seven days, of 23 and 25 hours when the clock is changed', () => {
    const lengths = (date: string, zone = 'Europe/Berlin') =>
      effectiveHours(null, zoneOf(zone), date).map(({ date: day, start, end }) => `${day} ${(end - start) / HOUR}`)
    expect(lengths('2026-03-23')).toEqual([
      '2026-03-23 24',
      '2026-03-24 24',
      '2026-03-25 24',
      '2026-03-26 24',
      '2026-03-27 24',
      '2026-03-28 24',
      '2026-03-29 23',
    ])
    expect(lengths('2026-10-25')[0]).toBe('2026-10-25 25')
    expect(lengths('2026-04-05', 'Australia/Lord_Howe')[0]).toBe('2026-04-05 24.5')
    // Samoa had no 30 December 2011.
    expect(lengths('2011-12-29', 'Pacific/Apia').slice(0, 2)).toEqual(['2011-12-29 24', '2011-12-31 24'])
  })

  it('leaves out the hour that does not exist and shows twice the one that comes twice', () => {
    expect(bounds({ sun: window('01:30', '03:30') }, 'Europe/Berlin', '2026-03-29')).toEqual([
      '0:00 off',
      '1:30 on',
      '3:30 off',
    ])
    expect(bounds({ sun: window('02:15', '02:45') }, 'Europe/Berlin', '2026-10-25')).toEqual([
      '0:00 off',
      '2:15 on',
      '2:45 off',
      '2:15 on',
      '2:45 off',
    ])
  })

  const time = fc.oneof(
    fc
      .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
      .map(([h, m]) => `${h}:${String(m).padStart(2, '0')}`),
    fc.constantFrom('23:59:59', '24:00', '2:30 PM', '02:30:15', ''),
  )
  const anyWindow = fc.record({ allDay: fc.boolean(), start: time, end: time })
  const anySchedule = fc.dictionary(
    fc.constantFrom('mon', 'tue', 'wed', 'thu', 'fri', 'Sat', 'sun', 'sunday'),
    fc.oneof(anyWindow, fc.array(anyWindow, { maxLength: 3 })),
  )
  const place = fc.constantFrom(
    'UTC',
    'Europe/Berlin',
    'America/New_York',
    'Australia/Lord_Howe',
    'Asia/Kathmandu',
    'America/St_Johns',
  )
  // Weeks in which clocks are changed somewhere, and one in which they are not.
  const week = fc.constantFrom('2026-03-02', '2026-03-23', '2026-03-30', '2026-10-19', '2026-10-26', '2026-06-15')

  it('agrees with the evaluator, minute by minute, over the changes of the clock', () => {
    fc.assert(
      fc.property(anySchedule, place, week, fc.nat(10_079), (schedule, timeZone, date, first) => {
        const compiled = compiledOf(schedule, timeZone)
        const days = effectiveHours(compiled.schedules.get('p') ?? null, zoneOf(timeZone), date)
        const stretches = days.flatMap((day) => day.stretches)
        expect(stretches[0]?.start).toBe(days[0]?.start)
        for (const [index, { end }] of stretches.entries()) {
          expect(end).toBe(stretches[index + 1]?.start ?? days.at(-1)?.end)
        }
        // Every minute would take long; the ones around each bound and every 97th from some start show all there is.
        const start = days[0]?.start ?? 0
        const minutes = stretches.flatMap(({ start: at, end }) => [at, end - MINUTE])
        for (let minute = first % 97; start + minute * MINUTE < (days.at(-1)?.end ?? 0); minute += 97)
          minutes.push(start + minute * MINUTE)
        for (const minute of minutes) {
          const stretch = stretches.find(({ start: from, end }) => from <= minute && minute < end)
          const query = { client: '192.0.2.1', name: 'a.test', type: 'A', time: minute + MINUTE / 2 }
          expect(explain(compiled, query).verdict === 'block').toBe(stretch?.filters)
        }
      }),
      { numRuns: 40 },
    )
  })

  it('agrees with what the real app did at the recorded moments', () => {
    const file = join(import.meta.dirname, 'fixtures', 'schedules.json')
    const compared: string[] = []
    for (const { title, at, config: recorded, queries } of parseVerdictRecording(readFileSync(file, 'utf8')).cases) {
      const { config } = readConfig(JSON.stringify(recorded))
      const blocked = queries?.find(({ name }) => name === 'bad.test')?.filtered
      if (config === null || blocked === undefined) continue
      const time = Date.parse(at)
      const zone = chooseZone(config.timeZone).zone ?? zoneOf('UTC')
      const schedule = config.profiles.get('p')?.schedule ?? null
      // Bounds within the recorded minute are finer than the strip.
      const minute = Math.floor(zone.localTime(time).milliseconds / MINUTE)
      const bounds = [...(schedule?.values() ?? [])].flat().flatMap((window) => [window?.start, window?.end])
      if (bounds.some((text) => Math.floor((parseTimeOnly(text ?? '') ?? NaN) / MINUTE) === minute)) continue
      const compiled = compileSchedule(schedule, zone, config.scheduleAllDay)
      const [day] = effectiveHours(compiled, zone, zone.localTime(time).date)
      const stretch = day?.stretches.find(({ start, end }) => start <= time && time < end)
      expect(`${title}: ${stretch?.filters}`).toBe(`${title}: ${blocked}`)
      compared.push(title)
    }
    expect(compared).toHaveLength(34)
  })
})
