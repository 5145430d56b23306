import { expect, it } from 'vitest'
import { filterRows, sameFilter } from './filter-rows.ts'

const before = `{"enableBlocking": true, "profiles": {"kids": {"customRules": ["a.test", "b.test"]}},
 "clients": [{"name": "Tablet", "profile": "kids"}, {"name": "Phone", "profile": "kids"}]}`

it('names each place that differs, and no two alike', () => {
  const after = `{"enableBlocking": false, "profiles": {"kids": {"customRules": ["a.test", "c.test", "d.test"]}, "teens": {}},
    "clients": [{"name": "Tablet", "profile": "kids"}, {"name": "Phone", "profile": "teens"}]}`
  expect(filterRows(before, after)).toEqual([
    { label: 'enableBlocking', before: 'true', after: 'false' },
    { label: 'profiles › kids › customRules', before: null, after: 'd.test' },
    { label: 'profiles › kids › customRules (2)', before: 'b.test', after: 'c.test' },
    { label: 'profiles › teens', before: null, after: '{}' },
    { label: 'clients › Phone › profile', before: 'kids', after: 'teens' },
  ])
  expect(filterRows(before, before)).toEqual([])
  expect(filterRows(undefined, before)).toEqual([])
})

it('shows a text that is no configuration as it is', () => {
  expect(filterRows('', '{"clients":[]}')).toEqual([{ label: 'clients', before: null, after: '[]' }])
  expect(filterRows('{nope', '{}')).toEqual([{ label: 'Configuration', before: '{nope', after: '{}' }])
})

it('the same is said by other layouts and by nothing at all', () => {
  expect(sameFilter('{"a":1,"b":[2]}', ' { "b": [ 2 ], "a": 1 } ')).toBe(true)
  expect(sameFilter('{"b":[2,1]}', '{"b":[1,2]}')).toBe(false)
  expect(sameFilter('', '{}')).toBe(true)
  expect(sameFilter('{}', '{"blockLists":[]}')).toBe(true)
  expect(sameFilter('{}', '{"blockLists":[{"url":"https://a.example/"}]}')).toBe(false)
  expect(sameFilter('{nope', '{nope')).toBe(true)
  expect(sameFilter('{nope', '{}')).toBe(false)
  expect(sameFilter(undefined, undefined)).toBe(false)
})
