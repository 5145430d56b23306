import type { FilterContent } from '@zonedeck/shared/content-filter'
import { describe, expect, it, vi } from 'vitest'
import { FilterDraft } from './filter-draft.svelte.ts'
import type { FilterStore, KeptFilter } from './filter-store.ts'

const served = `{
  "enableBlocking": true,
  "profiles": { "kids": { "customRules": ["bad.test"], "future": 1.50 }, "teens": {} },
  "clients": [{ "name": "Tablet", "ids": ["192.168.1.20"], "profile": "kids" }]
}`

function content(text: string): FilterContent {
  return {
    about: { transport: 'technitium', app: 'Content Filter', version: '1.0' },
    text,
    hash: `hash of ${text}`,
    blocking: null,
    warnings: [],
    pauses: [],
    readAt: '2026-11-26T08:00:00Z',
  }
}

function device(): FilterStore & { rows: Map<string, KeptFilter>; tell: () => void } {
  const rows = new Map<string, KeptFilter>()
  const listeners: (() => void)[] = []
  const tell = () => {
    for (const listener of listeners) listener()
  }
  return {
    rows,
    tell,
    all: () => Promise.resolve([...rows.values()]),
    load: (connection) => Promise.resolve(rows.get(connection)),
    update: (connection, act) => {
      const next = act(rows.get(connection))
      if (next === undefined) rows.delete(connection)
      else rows.set(connection, next)
      return Promise.resolve(next)
    },
    clear: () => {
      rows.clear()
      return Promise.resolve()
    },
    onchange: (listener) => void listeners.push(listener),
  }
}

function server(text: string) {
  return {
    text,
    read: vi.fn(function read(this: void) {
      return Promise.resolve(content(held.text))
    }),
  }
}
let held = server(served)

async function open(store: FilterStore | null = null, text = served): Promise<FilterDraft> {
  held = server(text)
  return reopen(store)
}

async function reopen(store: FilterStore | null): Promise<FilterDraft> {
  const draft = new FilterDraft('con_a', { read: held.read, judge: () => Promise.resolve([]), store })
  draft.name = 'Home'
  await draft.read()
  return draft
}

const rule = (domain: string) =>
  ({ op: 'insert', path: ['profiles', 'kids', 'customRules', 0], value: domain }) as const
const tablet = (name: string) => ({ op: 'set', path: ['clients', 0, 'name'], value: name }) as const
const settled = () => new Promise((resolve) => setTimeout(resolve, 0))

describe('FilterDraft', () => {
  it('edits in place: what is not touched stays to the letter', async () => {
    const draft = await open()
    expect(draft.changed).toBe(false)
    expect(draft.edit([rule('worse.test')])).toBe(true)
    expect(draft.text).toBe(served.replace('["bad.test"]', '["worse.test", "bad.test"]'))
    expect(draft.config?.profiles.get('kids')?.customRules).toEqual(['worse.test', 'bad.test'])
    expect(draft.changes).toEqual([
      { about: 'profile', title: 'Profile “kids”', change: 'changed', lines: ['Blocks “worse.test”.'] },
    ])
  })

  it('undoes and redoes step by step, and knows when nothing is left of it', async () => {
    const draft = await open()
    draft.edit([rule('a.test')])
    draft.edit([rule('b.test')])
    draft.undoLast()
    expect(draft.config?.profiles.get('kids')?.customRules).toEqual(['a.test', 'bad.test'])
    draft.redo()
    expect(draft.config?.profiles.get('kids')?.customRules).toEqual(['b.test', 'a.test', 'bad.test'])
    draft.undoLast()
    draft.undoLast()
    expect([draft.changed, draft.canUndo, draft.text]).toEqual([false, false, served])
    draft.edit([tablet('Phone')])
    expect(draft.canRedo).toBe(false)
    draft.edit([{ op: 'set', path: ['clients', 0, 'name'], value: 'Tablet' }])
    expect(draft.changed).toBe(false)
  })

  it('refuses what cannot be done or what the app would refuse, and says why', async () => {
    const draft = await open()
    expect(draft.edit([{ op: 'set', path: ['clients', 7, 'name'], value: 'x' }])).toBe(false)
    expect(draft.refused).toContain('There is no position /clients/7')
    expect(draft.edit([{ op: 'set', path: ['enableBlocking'], value: 'yes' }])).toBe(false)
    expect(draft.refused).toContain('the app wants true or false')
    expect(draft.changed).toBe(false)
    draft.edit([rule('a.test')])
    expect(draft.refused).toBeNull()
  })

  it('survives a reload, and is gone from the device when it is discarded', async () => {
    const store = device()
    const draft = await open(store)
    draft.edit([rule('a.test')])
    await settled()
    const next = await reopen(store)
    expect(next.text).toBe(draft.text)
    next.discard()
    await settled()
    expect([next.text, store.rows.size]).toEqual([served, 0])
  })

  it('is laid over what somebody else changed meanwhile, and says so', async () => {
    const store = device()
    const draft = await open(store)
    draft.edit([rule('a.test')])
    held.text = served.replace('Tablet', 'Old tablet')
    await draft.read()
    expect(draft.rebased).toBe(true)
    expect(draft.conflicts).toEqual([])
    expect(draft.base?.hash).toBe(`hash of ${held.text}`)
    expect(draft.text).toBe(held.text.replace('["bad.test"]', '["a.test", "bad.test"]'))
    await settled()
    expect(store.rows.get('con_a')?.base.text).toBe(held.text)
  })

  it('shows a conflict, and goes on when it is decided', async () => {
    const draft = await open()
    draft.edit([rule('a.test'), tablet('Mine')])
    held.text = served.replace('Tablet', 'Theirs')
    await draft.read()
    expect(draft.conflicts).toMatchObject([
      { pointer: '/clients/0/name', base: 'Tablet', mine: 'Mine', theirs: 'Theirs' },
    ])
    expect(draft.json['clients']).toMatchObject([{ name: 'Mine' }])
    draft.settle(new Map([['/clients/0/name', 'theirs']]))
    expect(draft.conflicts).toEqual([])
    expect(draft.config?.clients?.[0]?.name).toBe('Theirs')
    expect(draft.changes).toHaveLength(1)
  })

  it('ends when it was applied', async () => {
    const store = device()
    const draft = await open(store)
    draft.edit([rule('a.test')])
    held.text = draft.text
    await draft.read()
    await settled()
    expect([draft.changed, draft.rebased, store.rows.size]).toEqual([false, false, 0])
  })

  it('hears of another tab’s edits, and loses none of its own', async () => {
    const store = device()
    const one = await open(store)
    const two = await reopen(store)
    one.edit([rule('one.test')])
    await settled()
    store.tell()
    await settled()
    expect(two.text).toBe(one.text)
    // Both edit before either hears of the other.
    one.edit([tablet('Phone')])
    two.edit([rule('two.test')])
    await settled()
    store.tell()
    await settled()
    for (const draft of [one, two]) {
      expect(draft.config?.clients?.[0]?.name).toBe('Phone')
      expect(draft.config?.profiles.get('kids')?.customRules).toEqual(
        expect.arrayContaining(['one.test', 'two.test', 'bad.test']),
      )
    }
    expect(one.text).toBe(two.text)
  })

  it('shows a configuration together with what was found in it, and says when an edit has outrun that', async () => {
    const found = { id: 'filter-off', severity: 'warning', pointer: '/enableBlocking', text: 'It is off.' } as const
    let tell = (_: readonly (typeof found)[]) => {}
    const judge = vi.fn(() => new Promise<readonly (typeof found)[]>((resolve) => (tell = resolve)))
    const draft = new FilterDraft('con_a', { read: server(served).read, judge, store: null })
    const reading = draft.read()
    await settled()
    expect([draft.known, judge.mock.calls]).toEqual([false, [[served]]])
    tell([found])
    await reading
    expect([draft.known, draft.findings, draft.fresh]).toEqual([true, [found], true])
    draft.edit([tablet('Phone')])
    expect([draft.findings, draft.fresh]).toEqual([[found], false])
    draft.undoLast()
    expect([draft.fresh, judge.mock.calls.length]).toEqual([true, 1])
  })

  it('does not wait long for what is found', async () => {
    vi.useFakeTimers()
    const draft = new FilterDraft('con_a', { read: held.read, judge: () => new Promise(() => {}), store: null })
    const reading = draft.read()
    await vi.advanceTimersByTimeAsync(1000)
    await reading
    vi.useRealTimers()
    expect([draft.known, draft.findings]).toEqual([true, null])
  })

  it('says nothing of a configuration that was not read yet', () => {
    const draft = new FilterDraft('con_a', { read: held.read, judge: () => Promise.resolve([]), store: null })
    expect([draft.known, draft.config, draft.refusals.length]).toEqual([false, null, 0])
    expect(draft.edit([tablet('Phone')])).toBe(false)
  })

  it('a filter without a configuration begins with its first edit', async () => {
    const draft = await open(null, '')
    expect(draft.config?.profiles.size).toBe(0)
    draft.edit([{ op: 'set', path: ['profiles', 'kids'], value: {} }])
    expect([draft.changed, draft.config?.profiles.has('kids')]).toEqual([true, true])
    draft.undoLast()
    expect([draft.changed, draft.text]).toEqual([false, ''])
  })

  it('can mend by text what the app refuses, but not break what it takes', async () => {
    const draft = await open(null, '{"profiles": null}')
    expect([draft.config, draft.refusals.length]).toEqual([null, 1])
    expect(draft.write('{"profiles": {}}')).toBe(true)
    expect(draft.refusals).toEqual([])
    expect(draft.write('{"profiles": {},}')).toBe(false)
    expect(draft.refused).toContain('no JSON')
  })

  it('keeps the draft when the server does not answer, or holds no JSON', async () => {
    const store = device()
    ;(await open(store)).edit([rule('a.test')])
    await settled()
    held.read = vi.fn(() => Promise.reject(new Error('silent')))
    const silent = await reopen(store)
    expect([silent.problem?.status, silent.changed]).toEqual([500, true])
    held = server('no JSON')
    const broken = await reopen(store)
    expect([broken.stuck, broken.changed]).toEqual([true, true])
    broken.overrule()
    expect([broken.stuck, broken.changed, broken.base?.text]).toEqual([false, true, 'no JSON'])
  })
})
