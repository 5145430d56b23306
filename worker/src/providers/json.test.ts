import { expect, it } from 'vitest'
import * as z from 'zod'
import { parseJson, readJson } from './json.ts'

it('reads what is JSON', () => {
  expect(parseJson('{"a":[1,"__proto__",{"b":null}]}')).toEqual({ a: [1, '__proto__', { b: null }] })
})

it.each([
  ['{"__proto__":{"admin":true}}'],
  ['{"a":[{"constructor":{"prototype":{}}}]}'],
  [String.raw`{"\u005f_proto__":1}`],
  ['['.repeat(66) + ']'.repeat(66)],
  ['{"a":'.repeat(100_000) + '1' + '}'.repeat(100_000)],
  ['<html>secret</html>'],
  [''],
])('[S11] refuses %.40s', (text) => {
  expect(() => parseJson(text)).toThrow(expect.objectContaining({ name: 'ProviderError', kind: 'protocol' }))
  expect(Object.hasOwn(Object.prototype, 'admin')).toBe(false)
})

it('[S11] takes 64 levels', () => {
  expect(() => parseJson('['.repeat(64) + ']'.repeat(64))).not.toThrow()
})

it('[S11] names the place of another shape, and not what was there', () => {
  const schema = z.object({ zones: z.array(z.object({ name: z.string() })) })
  const read = () => readJson(schema, '{"zones":[{"name":"a"},{"name":{"token":"hunter2"}}]}', 'the list of zones')
  expect(read).toThrow(/the list of zones.*\(at zones\.1\.name\)/)
  expect(read).not.toThrow(/hunter2/)
})
