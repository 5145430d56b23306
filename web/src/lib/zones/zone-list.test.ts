import { describe, expect, it } from 'vitest'
import { lastReadings } from './last-readings.ts'
import type { ZoneLine } from './zone-api.ts'
import { ZoneList } from './zone-list.svelte.ts'

function storage(kept?: string) {
  const values = new Map<string, string>()
  if (kept !== undefined) values.set('zonedeck.zones.1', kept)
  return {
    getItem: (key: string) => values.get(key) ?? null,
    setItem: (key: string, value: string) => void values.set(key, value),
    removeItem: (key: string) => void values.delete(key),
  }
}
async function* lines(...all: ZoneLine[]) {
  yield* all
}
const zone = (name: string) => ({ name, kind: 'Native' })
const problem = { type: '/problems/provider/unavailable', title: 'The server does not answer', status: 503 }

describe('ZoneList', () => {
  it('takes each connection as it answers', async () => {
    const list = new ZoneList(['a', 'b'], lastReadings(storage()))
    expect(list.sources.map(({ state }) => state)).toEqual(['waiting', 'waiting'])
    await list.read(lines({ connection: 'b', zones: [zone('example.org')] }, { connection: 'a', problem }))
    expect(list.sources.map(({ state, zones }) => [state, zones.length])).toEqual([
      ['failed', 0],
      ['answered', 1],
    ])
  })
  it('keeps the last reading of a server that does not answer, with its date', async () => {
    const device = storage()
    const first = new ZoneList(['a'], lastReadings(device))
    await first.read(lines({ connection: 'a', zones: [zone('example.org')] }), () => '2026-11-22T14:31:00.000Z')
    const second = new ZoneList(['a'], lastReadings(device))
    await second.read(lines({ connection: 'a', problem }))
    expect(second.sources[0]).toMatchObject({
      state: 'failed',
      readAt: '2026-11-22T14:31:00.000Z',
      zones: [{ name: 'example.org' }],
    })
  })
  it('keeps what arrived before the request broke', async () => {
    const list = new ZoneList(['a', 'b'], lastReadings(storage()))
    await list.read(
      (async function* () {
        yield { connection: 'a', zones: [zone('example.org')] }
        throw new Error('broken')
      })(),
    )
    expect(list.sources[0]?.zones).toHaveLength(1)
    expect(list.problem?.detail).toContain('broken')
    expect(list.done).toBe(true)
  })
  it.each(['{', '[]', '"x"', '{"a":{"readAt":1}}', '{"a":{"readAt":"x","zones":[{}]}}'])(
    'is not stopped by a spoilt memory: %s',
    (kept) => {
      expect(new ZoneList(['a'], lastReadings(storage(kept))).sources[0]?.zones).toEqual([])
    },
  )
})
