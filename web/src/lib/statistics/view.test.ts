import { expect, it } from 'vitest'
import { localInput, rangeParams, sharePath, viewOf } from './view.ts'

it.each([
  ['', { range: { kind: 'day' }, server: '' }],
  ['range=week&server=con_1', { range: { kind: 'week' }, server: 'con_1' }],
  ['range=decade', { range: { kind: 'day' }, server: '' }],
  ['range=custom', { range: { kind: 'day' }, server: '' }],
  ['range=custom&from=2026-11-24T00:00:00Z&to=2026-11-23T00:00:00Z', { range: { kind: 'day' }, server: '' }],
  [
    'range=custom&from=2026-11-23T01:00:00%2B01:00&to=2026-11-24T00:00:00Z',
    { range: { kind: 'custom', from: '2026-11-23T00:00:00.000Z', to: '2026-11-24T00:00:00.000Z' }, server: '' },
  ],
])('the address "%s" shows %j', (search, view) => {
  expect(viewOf(new URLSearchParams(search))).toEqual(view)
})

it('writes a range as it is read', () => {
  for (const search of ['range=year', 'range=custom&from=2026-11-23T00:00:00Z&to=2026-11-24T00:00:00Z']) {
    const { range } = viewOf(new URLSearchParams(search))
    expect(viewOf(new URLSearchParams(rangeParams(range))).range).toEqual(range)
  }
})

it('leads to a link for others with the servers and the range', () => {
  expect(sharePath(['con_1', 'con_2'], { kind: 'week' })).toBe('/shares/new?connections=con_1%2Ccon_2&range=week')
})

it('fills a field with the time of this place', () => {
  expect(new Date(localInput('2026-11-26T10:00:00Z')).toISOString()).toBe('2026-11-26T10:00:00.000Z')
})
