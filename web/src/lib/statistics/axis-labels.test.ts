import type { StatsSeries } from '@zonedeck/shared/statistics'
import { expect, it } from 'vitest'
import { axisLabels, axisWords } from './axis-labels.ts'

const HOUR = 3_600_000

function series(step: StatsSeries['step'], length: number, apart: number, first = new Date(2026, 10, 23, 10, 15)) {
  const times = Array.from({ length }, (_, n) => new Date(first.getTime() + n * apart).toISOString())
  return { step, times, rows: [] } satisfies StatsSeries
}
const clocks = (of: StatsSeries, most: number) =>
  axisLabels(of, most).map((at) => new Date(of.times[at] ?? '').toTimeString().slice(0, 5))

it('a day of quarters has labels at round hours', () => {
  expect(clocks(series('quarter', 96, HOUR / 4), 5)).toEqual(['12:00', '18:00', '00:00', '06:00'])
})

it('an hour of minutes has labels at quarters', () => {
  expect(clocks(series('minute', 60, HOUR / 60), 5)).toEqual(['10:15', '10:30', '10:45', '11:00'])
})

it('a week of hours has its days', () => {
  const week = series('hour', 168, HOUR, new Date(2026, 10, 23, 10))
  expect(axisLabels(week, 9).map((at) => axisWords(week.times[at] ?? '', 'hour', 7))).toEqual([
    'Tue 24',
    'Wed 25',
    'Thu 26',
    'Fri 27',
    'Sat 28',
    'Sun 29',
    'Mon 30',
  ])
})

it('on a phone every other day of a week has its label', () => {
  const week = series('hour', 168, HOUR, new Date(2026, 10, 23, 10))
  expect(axisLabels(week, 4).map((at) => axisWords(week.times[at] ?? '', 'hour', 7))).toEqual([
    'Tue 24',
    'Thu 26',
    'Sat 28',
    'Mon 30',
  ])
})

it('what fits no clock is spread evenly', () => {
  expect(axisLabels(series('day', 30, 24 * HOUR), 5)).toEqual([0, 6, 12, 18, 24])
  expect(axisLabels(series('hour', 24 * 30, HOUR), 5)).toHaveLength(5)
  expect(axisLabels(series('hour', 3, HOUR), 5)).toEqual([0, 1, 2])
  expect(axisLabels(series('minute', 0, 1), 5)).toEqual([])
})
