import { readConfig } from '@zonedeck/shared/filter/read-config'
import { expect, it } from 'vitest'
import { filtersNow, untilWords } from './filters-now.ts'

const night = [
  { allDay: false, start: '00:00', end: '06:59:59' },
  { allDay: false, start: '21:00', end: '23:59:59' },
]
const never = { allDay: false, start: '00:00', end: '00:00' }

function told(schedule: unknown, at: string, more: object = {}): string {
  const text = JSON.stringify({
    profiles: { kids: { schedule } },
    scheduleAllDay: false,
    timeZone: 'Europe/Copenhagen',
    ...more,
  })
  const { config } = readConfig(text)
  if (config === null) throw new Error('The app refuses this.')
  const now = filtersNow(config, 'kids', Date.parse(at))
  return `${now.filters ? 'filters' : 'open'} ${untilWords(now)}`.trim()
}

// 2026-11-23 is a Monday; Copenhagen is an hour ahead of UTC.
const school = { mon: night, tue: night, wed: night, thu: night, fri: night, sat: never, sun: never }

it.each([
  [school, '2026-11-23T21:00:00Z', 'filters until Tue 07:00'],
  [school, '2026-11-23T12:00:00Z', 'open until 21:00'],
  [school, '2026-11-28T12:00:00Z', 'open until Mon 00:00'],
  [{ mon: night }, '2026-11-24T12:00:00Z', 'filters until Mon 07:00'],
  [null, '2026-11-24T12:00:00Z', 'filters'],
])('a profile filters by the clock of its place', (schedule, at, words) => {
  expect(told(schedule, at)).toBe(words)
})

it('schedules that mean nothing, and a place that is none', () => {
  expect(told(school, '2026-11-23T12:00:00Z', { scheduleAllDay: true })).toBe('filters')
  expect(told(school, '2026-11-23T12:00:00Z', { timeZone: 'Europe' })).toBe('open')
})

it('keeps the clock’s hands when summer time ends', () => {
  // 2026-10-25 is a Sunday: at 03:00 the clock goes back to 02:00.
  expect(told({ ...school, sun: night }, '2026-10-25T00:30:00Z')).toBe('filters until 07:00')
  expect(told({ ...school, sun: night }, '2026-10-25T01:30:00Z')).toBe('filters until 07:00')
})
