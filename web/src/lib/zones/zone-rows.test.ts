import { describe, expect, it } from 'vitest'
import type { Source } from './zone-list.svelte.ts'
import { filterZones, needsLook, zoneRows } from './zone-rows.ts'

const zone = (name: string, more = {}) => ({ name, kind: 'Native', ...more })
const sources: Source[] = [
  {
    connection: 'a',
    state: 'answered',
    readAt: '2026-11-23T14:00:00Z',
    zones: [zone('2.0.192.in-addr.arpa'), zone('xn--bcher-kva.example'), zone('abc.example', { disabled: true })],
  },
  { connection: 'b', state: 'failed', readAt: '2026-11-22T14:00:00Z', zones: [zone('abc.example')] },
]
const none = { query: '', connection: '', state: '' } as const
const rows = zoneRows(sources, new Map([['a abc.example', 3]]), (name) => (name.startsWith('xn--b') ? 'Why' : null))
const keys = (list: readonly { key: string }[]) => list.map(({ key }) => key)

describe('zoneRows', () => {
  it('merges by shown name, reverse zones last', () => {
    expect(keys(rows)).toEqual(['a abc.example', 'b abc.example', 'a xn--bcher-kva.example', 'a 2.0.192.in-addr.arpa'])
  })
  it('knows what waits in the draft, what passes for another, and what is not known', () => {
    expect(rows.map(({ drafted, lookAlike, unknown }) => [drafted, lookAlike, unknown])).toEqual([
      [3, null, false],
      [0, null, true],
      [0, 'Why', false],
      [0, null, false],
    ])
    expect(rows.map(needsLook)).toEqual([true, true, true, false])
  })
})

describe('filterZones', () => {
  it('finds both spellings of an IDN', () => {
    expect(keys(filterZones(rows, { ...none, query: 'Bücher' }))).toEqual(['a xn--bcher-kva.example'])
    expect(keys(filterZones(rows, { ...none, query: 'xn--bch' }))).toEqual(['a xn--bcher-kva.example'])
  })
  it('filters by server and state', () => {
    expect(keys(filterZones(rows, { ...none, connection: 'b' }))).toEqual(['b abc.example'])
    expect(keys(filterZones(rows, { ...none, state: 'draft' }))).toEqual(['a abc.example'])
    expect(keys(filterZones(rows, { ...none, state: 'reverse' }))).toEqual(['a 2.0.192.in-addr.arpa'])
  })
})
