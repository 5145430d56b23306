import { expect, it } from 'vitest'
import { left, lengthInput, likelyClock, nextTime } from './length.ts'

const now = new Date(2026, 10, 26, 21, 0, 30)

it('a time of the day is the next one, and a minute away at least', () => {
  expect(nextTime('21:30', now)).toEqual(new Date(2026, 10, 26, 21, 30))
  expect(nextTime('20:00', now)).toEqual(new Date(2026, 10, 27, 20, 0))
  expect([nextTime('21:01', now), nextTime('', now)]).toEqual([null, null])
})

it('begins with a full or half hour that is not too soon', () => {
  expect(likelyClock(now.getTime())).toBe('21:30')
  expect(likelyClock(new Date(2026, 10, 26, 21, 1).getTime())).toBe('22:00')
  expect(likelyClock(new Date(2026, 10, 26, 23, 45).getTime())).toBe('00:30')
})

it('is said in minutes or as a time', () => {
  expect(lengthInput({ choice: '15', clock: '' }, now.getTime())).toEqual({ seconds: 900 })
  expect(lengthInput({ choice: 'until', clock: '21:30' }, now.getTime())).toEqual({
    until: new Date(2026, 10, 26, 21, 30).toISOString(),
  })
  expect(lengthInput({ choice: 'until', clock: '' }, now.getTime())).toBeNull()
})

it.each([
  [3_900_000, '1 h 5 min'],
  [3_600_000, '1 h'],
  [899_500, '15 min'],
  [120_000, '2 min'],
  [119_000, '1:59'],
  [5000, '0:05'],
  [-5000, '0:00'],
])('%i ms left: %s', (milliseconds, text) => {
  expect(left(new Date(now.getTime() + milliseconds).toISOString(), now.getTime())).toBe(text)
})
