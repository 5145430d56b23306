import { describe, expect, it, vi } from 'vitest'
import { readDraft, type DraftStore, type ZoneDraft } from './draft-store.ts'
import { Draft } from './draft.svelte.ts'

const place = { connection: 'con_a', connectionName: 'office', zone: 'example.org' }
const set = (rdata: string) => ({ name: 'www', type: 'A', ttl: 300, records: [{ rdata }] })
const change = { name: 'www', type: 'A', before: set('192.0.2.1'), after: set('192.0.2.2') }

function memory(rows: unknown[] = []): DraftStore & { rows: Map<string, ZoneDraft> } {
  const kept = new Map<string, ZoneDraft>()
  const unreadable = rows.filter((row) => readDraft(row) === null).length
  for (const row of rows) {
    const zone = readDraft(row)
    if (zone !== null) kept.set(zone.zone, zone)
  }
  return {
    rows: kept,
    load: () => Promise.resolve({ zones: [...kept.values()], unreadable }),
    save: (zone) => Promise.resolve(void kept.set(zone.zone, zone)),
    remove: ({ zone }) => Promise.resolve(void kept.delete(zone)),
    clear: () => {
      kept.clear()
      return Promise.resolve()
    },
  }
}

describe('Draft', () => {
  it('survives a reload', async () => {
    const store = memory()
    new Draft(store).put(place, [change])
    const next = new Draft(store)
    await next.load()
    expect(next.of('con_a', 'example.org')?.changes).toEqual([change])
    expect(next.counts).toEqual({ create: 0, modify: 1, delete: 0 })
  })
  it('keeps edits made before the device answered', async () => {
    const draft = new Draft(memory([{ version: 1, zone: { ...place, changes: [] } }]))
    draft.put(place, [change])
    await draft.load()
    expect(draft.of('con_a', 'example.org')?.changes).toEqual([change])
  })
  it('holds zones apart, and counts over all', () => {
    const draft = new Draft(null)
    draft.put(place, [change])
    draft.put({ ...place, zone: 'example.net' }, [{ ...change, before: null }])
    expect(draft.zones).toHaveLength(2)
    expect(draft.counts).toEqual({ create: 1, modify: 1, delete: 0 })
    expect(draft.size).toBe(2)
  })
  it('leaves nothing behind when the last set is put back or applied', () => {
    const store = memory()
    const draft = new Draft(store)
    draft.put(place, [change])
    draft.drop(place, [change])
    expect(draft.zones).toEqual([])
    expect(store.rows.size).toBe(0)
  })
  it('holds a zone that is to be made, with no record yet', () => {
    const draft = new Draft(null)
    draft.set(place, [], { operation: 'create', kind: 'Primary' })
    draft.put(place, [change])
    expect(draft.of('con_a', 'example.org')?.operation).toEqual({ operation: 'create', kind: 'Primary' })
    expect(draft.size).toBe(2)
  })
  it('says when the device has no room, and goes on in memory', async () => {
    const full = { ...memory(), save: () => Promise.reject(new DOMException('full', 'QuotaExceededError')) }
    const draft = new Draft(full)
    draft.put(place, [change])
    await vi.waitFor(() => {
      expect(draft.problem).toContain('no room left')
    })
    expect(draft.size).toBe(1)
  })
  it('opens without the draft when the device cannot be read', async () => {
    const draft = new Draft({ ...memory(), load: () => Promise.reject(new Error('Locked.')) })
    await draft.load()
    expect(draft.ready).toBe(true)
    expect(draft.problem).toContain('Locked.')
  })
  it('forgets everything when asked to', async () => {
    const store = memory()
    const draft = new Draft(store)
    draft.put(place, [change])
    await draft.clear()
    expect([draft.size, store.rows.size]).toEqual([0, 0])
  })
})

describe('readDraft', () => {
  const good = { version: 1, zone: { ...place, changes: [change] } }
  it('reads what was kept', () => {
    expect(readDraft(good)).toEqual(good.zone)
  })
  it.each([
    null,
    'text',
    {},
    { version: 2, zone: good.zone },
    { version: 1, zone: null },
    { version: 1, zone: { ...place, changes: 'x' } },
    { version: 1, zone: { ...place, changes: [{ ...change, after: { name: 'www' } }] } },
    { version: 1, zone: { ...place, changes: [{ ...change, before: null, after: null }] } },
    { version: 1, zone: { ...place, changes: [{ ...change, name: 'other' }] } },
    { version: 1, zone: { ...place, changes: [change], operation: { operation: 'delete' } } },
  ])('refuses %j', (row) => {
    expect(readDraft(row)).toBeNull()
  })
})
