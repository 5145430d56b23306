import { listCatalogue, servicesById } from '@zonedeck/shared/filter/catalogue'
import { editConfig } from '@zonedeck/shared/filter/edit'
import { findings } from '@zonedeck/shared/filter/findings/index'
import { parseJson, objectOf } from '@zonedeck/shared/filter/json'
import { readConfig } from '@zonedeck/shared/filter/read-config'
import { describe, expect, it } from 'vitest'
import { copyEdits, presetEdits, presets, profileNameTrouble } from './presets.ts'

function config(text: string) {
  const read = readConfig(text)
  if (read.config === null) throw new Error(read.refusals[0]?.message)
  return read.config
}

describe.each(presets)('$title', (preset) => {
  it('names services and lists that there are', () => {
    const services = servicesById(new Map())
    for (const id of preset.services) expect(services.has(id.toUpperCase())).toBe(true)
    for (const name of preset.lists) expect(listCatalogue.map((list) => list.name)).toContain(name)
  })

  it('does all that it says: nothing is found that does not do what it looks like', () => {
    const text = editConfig('', presetEdits(config(''), 'kids', preset))
    const found = findings(text).filter(({ id, severity }) => severity !== 'info' && id !== 'unused-profile')
    expect(found).toEqual([])
    expect(config(text).profiles.get('kids')?.blockLists).toHaveLength(preset.lists.length)
  })
})

it('switches a list on that is registered, and registers it once', () => {
  const [preset] = presets
  if (preset === undefined) throw new Error('no preset')
  const [list] = listCatalogue
  const before = JSON.stringify({ blockLists: [{ url: list?.url, name: 'Mine', enabled: false, kept: 1 }] })
  const text = editConfig(before, presetEdits(config(before), 'kids', preset))
  const again = editConfig(text, presetEdits(config(text), 'more', preset))
  const urls = config(again).blockLists?.map((entry) => entry?.url) ?? []
  expect(urls).toHaveLength(preset.lists.length)
  expect(new Set(urls).size).toBe(urls.length)
  expect(text).toContain('"name":"Mine","enabled":true,"kept":1')
})

it('copies what it does not know', () => {
  const before = '{"profiles":{"kids":{"customRules":["a.test"],"future":{"x":1}}}}'
  const text = editConfig(before, copyEdits(objectOf(parseJson(before)), 'teens', 'kids'))
  expect(objectOf(objectOf(parseJson(text))['profiles'])['teens']).toEqual({
    customRules: ['a.test'],
    future: { x: 1 },
  })
})

it.each([
  ['Kids', 'differ in case alone'],
  ['kids', 'already'],
  [' ', 'Give the profile a name.'],
  [' a', 'without spaces'],
  ['x'.repeat(61), '60 characters'],
  ['teens', null],
])('“%s” as the name of a new profile', (name, trouble) => {
  const said = profileNameTrouble(config('{"profiles":{"kids":{}}}'), name)
  if (trouble === null) expect(said).toBeNull()
  else expect(said).toContain(trouble)
})
