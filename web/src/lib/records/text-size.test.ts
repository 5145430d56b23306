import { expect, it } from 'vitest'
import { hasHidden, textSize } from './text-size.ts'

it.each([
  ['', { characters: 0, bytes: 0, strings: 1 }],
  ['v=spf1', { characters: 6, bytes: 6, strings: 1 }],
  ['x'.repeat(255), { characters: 255, bytes: 255, strings: 1 }],
  ['x'.repeat(410), { characters: 410, bytes: 410, strings: 2 }],
  ['ü', { characters: 1, bytes: 2, strings: 1 }],
])('measures %j', (text, size) => {
  expect(textSize(text)).toEqual(size)
})

it('sees zero-width and bidi characters', () => {
  expect([hasHidden('plain'), hasHidden('pay\u200bpal'), hasHidden('a\u202eb')]).toEqual([false, true, true])
})
