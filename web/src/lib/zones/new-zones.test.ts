import { expect, it } from 'vitest'
import { forgetNewZone, isDelegable, isNewZone, noteNewZone } from './new-zones.ts'

function storage(text: string | null = null) {
  let kept = text
  return { getItem: () => kept, setItem: (_: string, value: string) => void (kept = value) }
}
const shop = { connection: 'con_a', zone: 'shop.example' }

it('remembers a new zone of one server until it is forgotten', () => {
  const device = storage()
  noteNewZone(device, shop)
  noteNewZone(device, { ...shop, zone: 'other.example' })
  expect(isNewZone(device, shop)).toBe(true)
  expect(isNewZone(device, { ...shop, connection: 'con_b' })).toBe(false)
  forgetNewZone(device, shop)
  expect(isNewZone(device, shop)).toBe(false)
  expect(isNewZone(device, { ...shop, zone: 'other.example' })).toBe(true)
})

it('does not grow for ever', () => {
  const device = storage()
  for (let i = 0; i < 100; i++) noteNewZone(device, { ...shop, zone: `z${i}.example` })
  expect(JSON.parse(device.getItem() ?? '')).toHaveLength(20)
  expect(isNewZone(device, { ...shop, zone: 'z99.example' })).toBe(true)
})

it.each(['nonsense', '{}', '[1,null]', '"x"'])('starts anew over %s', (text) => {
  const device = storage(text)
  expect(isNewZone(device, shop)).toBe(false)
  noteNewZone(device, shop)
  expect(isNewZone(device, shop)).toBe(true)
})

it('does without a device that keeps nothing', () => {
  const refuses = (): never => {
    throw new Error('The storage is full.')
  }
  const full = { getItem: () => null, setItem: refuses }
  noteNewZone(full, shop)
  forgetNewZone({ getItem: refuses, setItem: refuses }, shop)
  expect(isNewZone({ getItem: refuses, setItem: refuses }, shop)).toBe(false)
})

it('knows the kinds of zone that nobody delegates', () => {
  const kinds = [
    'Primary',
    'Native',
    'Master',
    'Secondary',
    'Forwarder',
    'SecondaryForwarder',
    'Stub',
    'Catalog',
    'Producer',
  ]
  expect(kinds.filter(isDelegable)).toEqual(['Primary', 'Native', 'Master', 'Secondary'])
})
