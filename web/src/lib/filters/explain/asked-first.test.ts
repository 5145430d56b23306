import type { ServerBlocking } from '@zonedeck/shared/content-filter'
import { expect, it } from 'vitest'
import { askedFirst } from './asked-first.ts'

const own: ServerBlocking = {
  enabled: true,
  pausedUntil: null,
  blockLists: [],
  blockedZones: false,
  allowedZones: false,
  bypass: [],
}

it('says that the filter is not asked for an address on the bypass list, alone or in a network', () => {
  const blocking = { ...own, bypass: ['192.168.9.0/24', '192.168.1.7', 'fd00::/8'] }
  for (const [client, place] of [
    ['192.168.1.7', '192.168.1.7 is on'],
    ['192.168.9.200', '192.168.9.200 is in 192.168.9.0/24, which is on'],
    ['fd12::1', 'fd12::1 is in fd00::/8, which is on'],
  ] as const) {
    const first = askedFirst(blocking, client, 'block')
    expect(first).toMatchObject({ bypassed: true, lines: [expect.stringContaining(place)] })
  }
  expect(askedFirst(blocking, '192.168.1.8', 'block')).toBeNull()
})

it('with its own blocking off the server asks the filter for everything', () => {
  const blocking = { ...own, enabled: false, bypass: ['192.168.1.7'], allowedZones: true }
  expect(askedFirst(blocking, '192.168.1.7', 'block')).toBeNull()
})

it('names what may come first, and only where it makes a difference', () => {
  const blocking = { ...own, allowedZones: true, blockLists: ['https://lists.example/a.txt'] }
  expect(askedFirst(blocking, '192.168.1.8', 'block')?.lines).toHaveLength(1)
  expect(askedFirst(blocking, '192.168.1.8', 'rewrite')?.lines).toHaveLength(2)
  expect(askedFirst({ ...own, blockedZones: true }, '192.168.1.8', 'rewrite')?.lines).toHaveLength(1)
  expect(askedFirst(blocking, '192.168.1.8', 'allow')).toBeNull()
  expect(askedFirst(null, '192.168.1.8', 'block')).toBeNull()
  expect(askedFirst({ ...own, bypass: null, allowedZones: null, blockLists: null }, '192.168.1.8', 'block')).toBeNull()
})
