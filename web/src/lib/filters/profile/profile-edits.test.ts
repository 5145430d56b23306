import { editConfig } from '@zonedeck/shared/filter/edit'
import { objectOf, parseJson } from '@zonedeck/shared/filter/json'
import { readConfig } from '@zonedeck/shared/filter/read-config'
import { describe, expect, it } from 'vitest'
import { answerInWords, answerKind, entriesOf, entriesTrouble, inheritedAnswer } from './answer-choice.ts'
import { clientsOf, copyEdits, deleteEdits, nameOfCopy, nameTrouble, renameEdits } from './profile-edits.ts'

function configOf(text: string) {
  const { config } = readConfig(text)
  if (config === null) throw new Error('The app would refuse this.')
  return config
}

const text = `{
  "defaultProfile": "kids",
  "baseProfile": "KIDS",
  "profiles": { "kids": { "customRules": ["a.test"], "future": 1.50 }, "kids 2": {} },
  "clients": [
    { "name": "Tablet", "ids": ["192.0.2.7"], "profile": "kids" },
    { "name": "", "ids": ["192.0.2.8"], "profile": "kids 2" },
    { "name": "", "ids": ["192.0.2.9"], "profile": "kids" }
  ]
}`
const config = configOf(text)

describe('a profile as a whole', () => {
  it('refuses names that the app takes for another profile, or for none', () => {
    expect(nameTrouble(config, '', null)).toMatch(/needs a name/)
    expect(nameTrouble(config, 'Kids', null)).toMatch(/differs by case/)
    expect(nameTrouble(config, 'kids', null)).toMatch(/already/)
    expect(nameTrouble(config, 'Kids', 'kids')).toBeNull()
    expect(nameTrouble(config, ' teens', null)).toMatch(/spaces/)
    expect(nameOfCopy(config, 'kids')).toBe('kids 3')
    expect(nameOfCopy(config, 'kids 2')).toBe('kids 3')
  })

  it('takes clients and parts along to another name', () => {
    const next = configOf(editConfig(text, renameEdits(config, objectOf(parseJson(text)), 'kids', 'minors')))
    expect([...next.profiles.keys()]).toEqual(['kids 2', 'minors'])
    expect(next.clients?.map((client) => client?.profile)).toEqual(['minors', 'kids 2', 'minors'])
    expect(next).toMatchObject({ defaultProfile: 'minors', baseProfile: 'minors' })
    expect(next.profiles.get('minors')?.customRules).toEqual(['a.test'])
  })

  it('copies everything but the clients', () => {
    const copied = editConfig(text, copyEdits(objectOf(parseJson(text)), 'kids', 'kids 3'))
    expect(objectOf(objectOf(objectOf(parseJson(copied))['profiles'])['kids 3'])).toEqual({
      customRules: ['a.test'],
      future: 1.5,
    })
    expect(clientsOf(configOf(copied), 'kids 3')).toEqual([])
  })

  it('leaves clients unfiltered, or gives them another profile', () => {
    const gone = configOf(editConfig(text, deleteEdits(config, 'kids', null)))
    expect(gone.clients?.map((client) => client?.profile)).toEqual(['', 'kids 2', ''])
    expect(gone).toMatchObject({ defaultProfile: null, baseProfile: null })
    const heir = configOf(editConfig(text, deleteEdits(config, 'kids', 'kids 2')))
    expect(heir.clients?.every((client) => client?.profile === 'kids 2')).toBe(true)
    expect(heir).toMatchObject({ defaultProfile: 'kids 2', baseProfile: 'kids 2' })
  })

  it('names clients by what there is', () => {
    expect(clientsOf(config, 'kids').map(({ title }) => title)).toEqual(['Tablet', '192.0.2.9'])
  })
})

describe('the answer for what is blocked', () => {
  it('comes from the filter, and from the base profile where that has none', () => {
    const more = (extra: string) =>
      configOf(
        `{ ${extra} "baseProfile": "all", "profiles": { "all": { "blockingAddresses": ["192.0.2.1"] }, "kids": {} } }`,
      )
    expect(inheritedAnswer(more(''), 'kids')).toEqual({ entries: ['192.0.2.1'], from: 'the base profile all' })
    expect(inheritedAnswer(more('"blockingAddresses": ["0.0.0.0"],'), 'kids').entries).toEqual(['0.0.0.0'])
    expect(answerKind(null)).toBe('inherit')
    expect(answerKind([' '])).toBe('nothing')
  })

  it('says what is answered, and what cannot be', () => {
    expect(answerInWords([])).toMatch(/NXDOMAIN/)
    expect(answerInWords(['0.0.0.0', '::'])).toBe('0.0.0.0 and ::.')
    expect(answerInWords(['0.0.0.0'])).toMatch(/nothing for IPv6/)
    expect(answerInWords(['block.test', '0.0.0.0'])).toMatch(/CNAME to block.test/)
    expect(entriesTrouble(entriesOf('0.0.0.0, ::'))).toBeNull()
    expect(entriesTrouble(entriesOf('block.test'))).toBeNull()
    expect(entriesTrouble(entriesOf('block.test 0.0.0.0'))).toMatch(/stands alone/)
    expect(entriesTrouble(entriesOf('block.test.'))).toMatch(/neither/)
    expect(entriesTrouble([])).toMatch(/missing/)
  })
})
