import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { scheduleSchema } from './config.ts'
import { editConfig } from './edit.ts'
import { readConfig } from './read-config.ts'
import { compileSchedule } from './schedule.ts'
import { chooseZone } from './time-zone.ts'
import { days } from './week.ts'
import { gridOfSchedule, MINUTES_A_DAY, paintHours, scheduleEdits, scheduleOfGrid, type WeekGrid } from './week-grid.ts'

const always = gridOfSchedule(null)

/** A schedule as the app reads it, then as a grid. */
function gridOf(schedule: object | null): WeekGrid {
  const { config } = readConfig(JSON.stringify({ profiles: { p: { schedule } } }))
  return gridOfSchedule(compileSchedule(config?.profiles.get('p')?.schedule ?? null, chooseZone('UTC').zone, false))
}

const never = days.reduce((grid, day) => paintHours(grid, day, 0, MINUTES_A_DAY, false), always)

describe('week grid', () => {
  it('writes nothing for always, and a window that never is for a free day', () => {
    expect(scheduleOfGrid(always)).toBeNull()
    expect(scheduleOfGrid(paintHours(always, 'sun', 0, 1440, false))).toMatchObject({
      sat: { allDay: true, start: '00:00', end: '23:59:59' },
      sun: { allDay: false, start: '00:00', end: '00:00' },
    })
    expect(gridOf(scheduleOfGrid(never))).toEqual(never)
  })

  it('carries a night on into the next morning', () => {
    const night = paintHours(never, 'sun', 22 * 60, 6 * 60, true)
    expect(night.sun).toEqual([{ from: 1320, to: 1440 }])
    expect(night.mon).toEqual([{ from: 0, to: 360 }])
    expect(scheduleOfGrid(night)).toMatchObject({
      sun: { allDay: false, start: '22:00', end: '23:59:59' },
      mon: { allDay: false, start: '00:00', end: '06:00' },
    })
    expect(paintHours(never, 'fri', 1200, 0, true)).toEqual(paintHours(never, 'fri', 1200, 1440, true))
  })

  it('writes several windows a day, and reads what others wrote', () => {
    const split = paintHours(paintHours(never, 'mon', 480, 720, true), 'mon', 780, 1020, true)
    expect(scheduleOfGrid(split)?.['mon']).toEqual([
      { allDay: false, start: '08:00', end: '12:00' },
      { allDay: false, start: '13:00', end: '17:00' },
    ])
    const odd = gridOf({
      mon: { allDay: false, start: '22:00', end: '6:00 AM' },
      tue: { start: '08:00' },
      wed: [],
      thu: { allDay: false, end: '24:00' },
    })
    expect(odd.mon).toEqual([
      { from: 0, to: 360 },
      { from: 1320, to: 1440 },
    ])
    expect([odd.tue, odd.wed, odd.thu]).toEqual([always.tue, always.wed, []])
  })

  const range = fc.tuple(fc.constantFrom(...days), fc.nat(1439), fc.nat(1440), fc.boolean())
  const grids = fc
    .array(range, { maxLength: 12 })
    .map((strokes) =>
      strokes.reduce((grid, [day, from, to, filters]) => paintHours(grid, day, from, to, filters), never),
    )

  it('comes back from the configuration as it was, in a form the schema takes', () => {
    fc.assert(
      fc.property(grids, (grid) => {
        const schedule = scheduleOfGrid(grid)
        if (schedule !== null) expect(scheduleSchema.safeParse(schedule).success).toBe(true)
        expect(gridOf(schedule)).toEqual(grid)
      }),
      { numRuns: 60 },
    )
  })

  it('paints exactly the minutes it is told, the others stay', () => {
    fc.assert(
      fc.property(grids, range, (grid, [day, from, to, filters]) => {
        const painted = paintHours(grid, day, from, to, filters)
        const on = (g: WeekGrid, minute: number) => {
          const name = days[Math.floor(minute / 1440) % 7]!
          return g[name].some((r) => r.from <= minute % 1440 && minute % 1440 < r.to)
        }
        const start = days.indexOf(day) * 1440
        const length = to > from ? to - from : 1440 - from + to
        for (let minute = 0; minute < 7 * 1440; minute += 7) {
          const isPainted = (minute - start - from + 7 * 1440) % (7 * 1440) < length
          expect(on(painted, minute)).toBe(isPainted ? filters : on(grid, minute))
        }
      }),
      { numRuns: 20 },
    )
  })

  it('switches schedules on where they mean nothing', () => {
    const text = '{"profiles":{"p":{}},"_x":1}'
    const { config } = readConfig(text)
    if (config === null) throw new Error('The configuration is refused.')
    const edited = editConfig(text, scheduleEdits(config, 'p', never))
    expect(edited).toMatch(/^\{"profiles":\{"p":\{"schedule":\{.*\}\}\},"_x":1,"scheduleAllDay":false\}$/)
    expect(scheduleEdits(config, 'p', always)).toEqual([
      { op: 'set', path: ['profiles', 'p', 'schedule'], value: null },
    ])
  })
})
