import { editConfig } from '@zonedeck/shared/filter/edit'
import { findings } from '@zonedeck/shared/filter/findings/index'
import { readConfig } from '@zonedeck/shared/filter/read-config'
import { describe, expect, it } from 'vitest'
import { addList, changeList, listFindings, offeredLists, registryRows, removeList, urlTrouble } from './registry.ts'

const a = 'https://a.example/l.txt'
const b = 'https://b.example/l.txt'
const text = JSON.stringify({
  profiles: { kids: { blockLists: [a, b, a] }, teens: { blockLists: [b] } },
  blockLists: [
    { url: a, name: 'A', kept: 1 },
    { url: b, enabled: false },
  ],
})
const read = (of = text) => readConfig(of).config!
const json = (edits: Parameters<typeof editConfig>[1], of = text) => JSON.parse(editConfig(of, edits)) as object
const row = (index: number) => registryRows(read())[index]!

describe('the registry of lists', () => {
  it('says who uses each', () => {
    expect(registryRows(read())).toMatchObject([
      { index: 0, url: a, name: 'A', enabled: true, type: 'domain', refreshHours: 24, usedBy: ['kids'] },
      { index: 1, url: b, name: '', enabled: false, usedBy: ['kids', 'teens'] },
    ])
  })

  it('knows of which list a finding is, and keeps what is of none', () => {
    const c = 'https://c.example/l.txt'
    const config = editConfig(text, [{ op: 'set', path: ['profiles', 'kids', 'blockLists', 1], value: c }])
    const { byRow, others } = listFindings(read(config), findings(config))
    expect([...byRow].map(([at, found]) => [at, found.map(({ id }) => id)])).toEqual([[1, ['disabled-list']]])
    expect(others.map(({ id, pointer }) => [id, pointer])).toEqual([
      ['unregistered-list', '/profiles/kids/blockLists/1'],
    ])
  })

  it('takes a list away from the profiles too', () => {
    expect(json(removeList(read(), row(0)))).toEqual({
      profiles: { kids: { blockLists: [b] }, teens: { blockLists: [b] } },
      blockLists: [{ url: b, enabled: false }],
    })
  })

  it('leaves the profiles their list while it is registered once more', () => {
    const twice = text.replace(`{"url":"${b}","enabled":false}`, `{"url":"${a.toUpperCase()}"}`)
    const edited = json(removeList(read(twice), registryRows(read(twice))[0]!), twice)
    expect(edited).toMatchObject({ profiles: { kids: { blockLists: [a, b, a] } } })
  })

  it('changes what was changed, keeps the rest, and moves the uses to another address', () => {
    const to = 'https://c.example/l.txt'
    expect(json(changeList(read(), row(0), { ...row(0), url: to, type: 'regex' }))).toMatchObject({
      profiles: { kids: { blockLists: [to, b, to] } },
      blockLists: [{ url: to, name: 'A', kept: 1, type: 'regex' }, {}],
    })
    expect(changeList(read(), row(0), row(0))).toEqual([])
  })

  it('begins with a first list', () => {
    const first = { url: a, name: 'A', enabled: true, type: 'domain' as const, refreshHours: 24 }
    expect(json(addList(read('{}'), first), '{}')).toEqual({
      blockLists: [{ url: a, name: 'A', enabled: true, refreshHours: 24 }],
    })
  })

  it('offers what is not there yet, and refuses what is', () => {
    const [offered] = offeredLists(read())
    const more = editConfig(text, addList(read(), { ...row(0), url: offered!.url }))
    expect(offeredLists(read(more))).not.toContain(offered)
    expect(urlTrouble(read(), a.toUpperCase(), null)).toContain('already')
    expect(urlTrouble(read(), a, 0)).toBeNull()
    expect(urlTrouble(read(), 'lists.example/a', null)).toContain('http')
  })
})
