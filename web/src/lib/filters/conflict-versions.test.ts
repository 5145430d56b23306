import { expect, it } from 'vitest'
import { conflictVersions } from './conflict-versions.ts'

it('marks what only one side has', () => {
  expect(conflictVersions(['a.test', 'b.test'], ['b.test', 'c.test'])).toEqual([
    { text: 'a.test', own: true },
    { text: 'b.test', own: false },
  ])
})

it('takes a client or a schedule apart', () => {
  const mine = { name: 'Tablet', ids: ['192.0.2.1', '192.0.2.2'], profile: '' }
  expect(conflictVersions(mine, { ...mine, ids: ['192.0.2.1'] })).toEqual([
    { text: 'name: Tablet', own: false },
    { text: 'ids: 192.0.2.1', own: false },
    { text: 'ids: 192.0.2.2', own: true },
    { text: 'profile: empty', own: false },
  ])
  const week = { mon: { allDay: false, start: '21:00', end: '23:59:59' }, tue: [] }
  expect(conflictVersions(week, undefined).map(({ text }) => text)).toEqual([
    'mon: allDay no, start 21:00, end 23:59:59',
    'tue: nothing',
  ])
})

it('has no lines for what is not there', () => {
  expect(conflictVersions(undefined, ['a.test'])).toEqual([])
  expect(conflictVersions([], undefined)).toEqual([{ text: 'nothing', own: true }])
})
