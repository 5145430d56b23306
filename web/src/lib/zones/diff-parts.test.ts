import { describe, expect, it } from 'vitest'
import { diffParts, fold } from './diff-parts.ts'

describe('diffParts', () => {
  it('marks the whole word that differs', () => {
    expect(diffParts('10 mail.example.', '10 mx1.example.')).toEqual({
      before: [
        { text: '10 ', differs: false },
        { text: 'mail.example.', differs: true },
      ],
      after: [
        { text: '10 ', differs: false },
        { text: 'mx1.example.', differs: true },
      ],
    })
  })
  it('marks nothing in equal values', () => {
    expect(diffParts('192.0.2.1', '192.0.2.1').after.every(({ differs }) => !differs)).toBe(true)
  })
  it('puts the text together again', () => {
    for (const [a, b] of [
      ['', 'x'],
      ['aa', 'aaa'],
      ['"v=spf1 a -all"', '"v=spf1 mx a -all"'],
      [`"${'x'.repeat(300)}1"`, `"${'x'.repeat(300)}2"`],
      ['\u{1f600}', '\u{1f601}'],
    ] as const) {
      const parts = diffParts(a, b)
      expect(parts.before.map(({ text }) => text).join('')).toBe(a)
      expect(parts.after.map(({ text }) => text).join('')).toBe(b)
    }
  })
  it('marks little of a long text', () => {
    const { after } = diffParts(`"${'x'.repeat(300)}1${'y'.repeat(80)}"`, `"${'x'.repeat(300)}2${'y'.repeat(80)}"`)
    expect(after.find(({ differs }) => differs)?.text).toBe('2')
    expect(after[0] && fold(after[0], true)?.hidden).toBe(261)
  })
})

describe('fold', () => {
  it('never hides what differs, and nothing of a short value', () => {
    expect(fold({ text: 'x'.repeat(500), differs: true }, true)).toBeNull()
    expect(fold({ text: 'x'.repeat(500), differs: false }, false)).toBeNull()
  })
})
