import type { StatsReport, StatsSeries } from '@zonedeck/shared/statistics'
import { expect, it } from 'vitest'
import { gridOf, labelledPoints, layersOf } from './stack.ts'
import { changeWords, lastFull, percent } from './words.ts'

const series = (rows: Record<string, (number | null)[]>): StatsSeries => ({
  step: 'hour',
  times: ['2026-11-23T10:00:00Z', '2026-11-23T11:00:00Z', '2026-11-23T12:00:00Z'],
  rows: Object.entries(rows).map(([measure, values]) => ({ measure, values })) as StatsSeries['rows'],
})

it('stacks who answered, leaves out what never is, and keeps gaps', () => {
  const layers = layersOf(
    series({
      queries: [9, null, 3],
      blocked: [2, null, 1],
      cached: [4, null, 2],
      recursive: [3, null, 0],
      dropped: [0, 0, 0],
    }),
  )
  expect(layers.map(({ measure, top }) => [measure, top])).toEqual([
    ['cached', [4, null, 2]],
    ['recursive', [7, null, 2]],
    ['blocked', [9, null, 3]],
  ])
  expect(layers.map(({ total }) => total)).toEqual([6, 3, 3])
})

it('of nothing but gaps there is no layer, and of zeros one', () => {
  expect(layersOf(series({ queries: [null, null, null] }))).toEqual([])
  expect(layersOf(series({ queries: [null, null, null], cached: [null, null, null] }))).toEqual([])
  expect(layersOf(series({ queries: [0, null, 0] })).map(({ total }) => total)).toEqual([0])
})

it('what a server does not tell apart is a layer of its own', () => {
  const layers = layersOf(series({ queries: [9, null, 3], cached: [4, null, 3], dropped: [0, 0, 0] }))
  expect(layers.map(({ measure, values }) => [measure, values])).toEqual([
    ['cached', [4, null, 3]],
    ['rest', [5, null, 0]],
  ])
  // Counted one after the other they need not fit to the last query.
  expect(layersOf(series({ queries: [1001, 1, 1], cached: [1000, 1, 1] })).map(({ measure }) => measure)).toEqual([
    'cached',
  ])
})

it('shows all queries in one layer when nobody tells who answered', () => {
  expect(layersOf(series({ queries: [1, 2, 3], 'no-error': [1, 2, 3] })).map(({ measure }) => measure)).toEqual([
    'queries',
  ])
  expect(layersOf(series({}))).toEqual([])
})

it.each([
  [[8700], [0, 2500, 5000, 7500, 10000]],
  [[4], [0, 1, 2, 3, 4]],
  [[1], [0, 1]],
  [[0], [0, 1]],
  [[61], [0, 20, 40, 60, 80]],
])('the lines behind %j stand at %j', (values, lines) => {
  expect(gridOf(layersOf({ ...series({ queries: values }), times: ['2026-11-23T10:00:00Z'] }))).toEqual(lines)
})

it('labels a handful of points', () => {
  expect(labelledPoints(60, 5)).toEqual([0, 12, 24, 36, 48])
  expect(labelledPoints(3, 5)).toEqual([0, 1, 2])
  expect(labelledPoints(0, 5)).toEqual([])
})

it('says changes and shares in plain numbers', () => {
  expect([
    changeWords(106, 100),
    changeWords(94, 100),
    changeWords(100, 100),
    changeWords(5, 0),
    changeWords(5, null),
  ]).toEqual(['+6.0 %', '−6.0 %', 'as before', null, null])
  expect([percent(1, 8), percent(0, 0)]).toEqual(['12.5', null])
})

it.each([
  ['server', 'hour', true, 'hour'],
  ['server', 'day', true, 'day'],
  ['server', 'month', true, 'month'],
  ['sampled', 'day', true, 'hour'],
  ['server', 'minute', false, null],
])('a report of a %s by the %s ends with the last full %s', (kind, step, fullHours, unit) => {
  expect(lastFull({ fullHours, series: { step }, source: { kind } } as StatsReport)).toBe(unit)
})
