import { editConfig } from '@zonedeck/shared/filter/edit'
import { parseJson } from '@zonedeck/shared/filter/json'
import { describe, expect, it } from 'vitest'
import { lineEdits, linesOfText, textOfLines } from './lines.ts'

const path = ['profiles', 'kids', 'customRules']

function edited(before: readonly string[], after: readonly string[]) {
  const text = editConfig(
    JSON.stringify({ profiles: { kids: { customRules: before } } }),
    lineEdits(path, before, after),
  )
  return (parseJson(text) as { profiles: { kids: { customRules: string[] } } }).profiles.kids.customRules
}

describe('lines', () => {
  it('reads a text line by line, without what the last return key leaves', () => {
    expect(linesOfText('')).toEqual([])
    expect(linesOfText('a\r\n\n# b\n')).toEqual(['a', '', '# b'])
    expect(linesOfText('a\n\n', ['a', ''])).toEqual(['a', ''])
    expect(linesOfText(textOfLines(['', ' a ', '']), ['', ' a ', ''])).toEqual(['', ' a ', ''])
  })

  it('touches only the lines that differ', () => {
    expect(lineEdits(path, ['a', 'b', 'c'], ['a', 'x', 'c'])).toEqual([{ op: 'set', path: [...path, 1], value: 'x' }])
    expect(lineEdits(path, ['a', 'b', 'c'], ['a', 'c'])).toEqual([{ op: 'remove', path: [...path, 1] }])
    expect(lineEdits(path, ['a', 'c'], ['a', 'b', 'c'])).toEqual([{ op: 'insert', path: [...path, 1], value: 'b' }])
    expect(lineEdits(path, ['a', 'a'], ['a', 'a'])).toEqual([])
  })

  it('writes a list as a whole when much of it is new', () => {
    const many = Array.from({ length: 40 }, (_, index) => `n${index}.test`)
    expect(lineEdits(path, ['a', 'b'], ['a', ...many, 'b'])).toEqual([{ op: 'set', path, value: ['a', ...many, 'b'] }])
    expect(lineEdits(path, [], ['a'])).toEqual([{ op: 'set', path, value: ['a'] }])
  })

  it('leaves an entry with a line break as one while its lines stay', () => {
    const before = ['a\nb', 'c']
    expect(edited(before, linesOfText(`${textOfLines(before)}\nd`))).toEqual(['a\nb', 'c', 'd'])
    expect(edited(before, linesOfText('a\nx\nc'))).toEqual(['a', 'x', 'c'])
  })

  it('comes to the lines that are wanted, whatever they were', () => {
    const letters = ['a', 'b', '']
    const grown = (lists: string[][]) => lists.flatMap((list) => letters.map((letter) => [...list, letter]))
    const one = grown([[]])
    const two = grown(one)
    const all = [[], ...one, ...two, ...grown(two)]
    for (const before of all) for (const after of all) expect(edited(before, after)).toEqual(after)
  })
})
