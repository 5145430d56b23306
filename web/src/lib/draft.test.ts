import { describe, expect, it, vi } from 'vitest'
import { readDraft, type DraftStore, type ZoneDraft } from './draft-store.ts'
import { Draft } from './draft.svelte.ts'

const place = { connection: 'con_a', connectionName: 'office', zone: 'example.org' }
const set = (rdata: string) => ({ name: 'www', type: 'A', ttl: 300, records: [{ rdata }] })
const change = { name: 'www', type: 'A', before: set('192.0.2.1'), after: set('192.0.2.2') }

const other = { ...change, name: 'mail', before: null, after: { ...set('192.0.2.9'), name: 'mail' } }

function memory(rows: unknown[] = []): DraftStore & { rows: Map<string, ZoneDraft> } {
  const kept = new Map<string, ZoneDraft>()
  const listeners: (() => void)[] = []
  const unreadable = rows.filter((row) => readDraft(row) === null).length
  for (const row of rows) {
    const zone = readDraft(row)
    if (zone !== null) kept.set(zone.zone, zone)
  }
  const told = () => {
    for (const listener of listeners) listener()
  }
  return {
    rows: kept,
    load: () => Promise.resolve({ zones: [...kept.values()], unreadable }),
    update: ({ zone }, act) => {
      const next = act(kept.get(zone))
      if (next === undefined) kept.delete(zone)
      else kept.set(zone, next)
      told()
      return Promise.resolve(next)
    },
    clear: () => {
      kept.clear()
      told()
      return Promise.resolve()
    },
    onchange: (listener) => void listeners.push(listener),
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
  it('leaves nothing behind when the last set is put back or applied', async () => {
    const store = memory()
    const draft = new Draft(store)
    draft.put(place, [change])
    draft.drop(place, [change])
    expect(draft.zones).toEqual([])
    await vi.waitFor(() => {
      expect(store.rows.size).toBe(0)
    })
  })
  it('holds a zone that is to be made, with no record yet', () => {
    const draft = new Draft(null)
    draft.set(place, [], { operation: 'create', kind: 'Primary' })
    draft.put(place, [change])
    expect(draft.of('con_a', 'example.org')?.operation).toEqual({ operation: 'create', kind: 'Primary' })
    expect(draft.size).toBe(2)
  })
  it('says when the device has no room, and goes on in memory', async () => {
    const full = { ...memory(), update: () => Promise.reject(new DOMException('full', 'QuotaExceededError')) }
    const draft = new Draft(full)
    draft.put(place, [change])
    await vi.waitFor(() => {
      expect(draft.problem).toContain('no room left')
    })
    expect(draft.size).toBe(1)
  })
  it('tries again with the next edit what the device refused', async () => {
    const store = memory()
    const update = vi.spyOn(store, 'update').mockRejectedValueOnce(new Error('Busy.'))
    const draft = new Draft(store)
    draft.put(place, [change])
    await vi.waitFor(() => {
      expect(draft.problem).toContain('Busy.')
    })
    draft.put(place, [other])
    await vi.waitFor(() => {
      expect(draft.problem).toBeNull()
    })
    expect(update).toHaveBeenCalledTimes(2)
    expect(store.rows.get('example.org')?.changes).toEqual([change, other])
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

describe('Draft in two tabs', () => {
  async function twoTabs() {
    const store = memory()
    const tabs = [new Draft(store), new Draft(store)] as const
    await Promise.all(tabs.map((tab) => tab.load()))
    return { store, tabs }
  }
  const changesOf = (tab: Draft) => tab.of('con_a', 'example.org')?.changes

  it('shows in each what the other edits', async () => {
    const { tabs } = await twoTabs()
    tabs[0].put(place, [change])
    await vi.waitFor(() => {
      expect(changesOf(tabs[1])).toEqual([change])
    })
    tabs[1].discard(place)
    await vi.waitFor(() => {
      expect(tabs[0].zones).toEqual([])
    })
  })
  it('keeps both edits of one zone, made before either knew of the other', async () => {
    const { store, tabs } = await twoTabs()
    tabs[0].put(place, [change])
    tabs[1].put(place, [other])
    await vi.waitFor(() => {
      expect(changesOf(tabs[0])).toEqual([change, other])
    })
    expect(changesOf(tabs[1])).toEqual([change, other])
    expect(store.rows.get('example.org')?.changes).toEqual([change, other])
  })
  it('keeps what one adds while the other puts back', async () => {
    const { store, tabs } = await twoTabs()
    tabs[0].put(place, [change])
    await vi.waitFor(() => {
      expect(changesOf(tabs[1])).toEqual([change])
    })
    tabs[0].put(place, [other])
    tabs[1].drop(place, [change])
    await vi.waitFor(() => {
      expect(changesOf(tabs[0])).toEqual([other])
    })
    expect(store.rows.get('example.org')?.changes).toEqual([other])
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
