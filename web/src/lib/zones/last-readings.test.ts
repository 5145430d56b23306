import { expect, test } from 'vitest'
import { lastReadings } from './last-readings.ts'

function storage() {
  const kept = new Map<string, string>()
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  }
}
const source = (connection: string, ...names: string[]) => ({
  connection,
  readAt: '2026-11-23T12:00:00.000Z',
  zones: names.map((name) => ({ name, kind: 'Primary' })),
})
const namesIn = (readings: ReturnType<typeof lastReadings>) =>
  Object.fromEntries(Object.entries(readings.load()).map(([id, { zones }]) => [id, zones.map(({ name }) => name)]))

test('what was read is there again, without what was never read', () => {
  const readings = lastReadings(storage())
  readings.save([source('con_a', 'a.example'), { ...source('con_b', 'b.example'), readAt: null }])
  expect(namesIn(readings)).toEqual({ con_a: ['a.example'] })
  readings.clear()
  expect(readings.load()).toEqual({})
})

test('whoever comes next in the same browser is shown only what they may see', () => {
  const device = storage()
  lastReadings(device).save([source('con_a', 'a.example', 'secret.example'), source('con_b', 'b.example')])
  const may = (connection: string, zone: string) => connection === 'con_a' && zone === 'a.example'
  expect(namesIn(lastReadings(device, may))).toEqual({ con_a: ['a.example'], con_b: [] })
})

test.each(['{', '[]', '"x"', '{"con_a":{"readAt":1}}', '{"con_a":{"readAt":"x","zones":[{}]}}'])(
  'a spoilt storage is an empty one: %s',
  (text) => {
    expect(lastReadings({ ...storage(), getItem: () => text }).load()).toEqual({})
  },
)
