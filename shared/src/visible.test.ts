import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseName } from './names.ts'
import { looksAlike, visibleParts } from './visible.ts'

const shown = (text: string) =>
  visibleParts(text)
    .map((part) => (part.kind === 'text' ? part.text : part.kind === 'token' ? `[${part.text}]` : `<${part.text}>`))
    .join('')

describe('visibleParts', () => {
  it.each([
    ['', ''],
    ['v=spf1 -all', 'v=spf1 -all'],
    ['grüße, привет, 你好, γειά', 'grüße, привет, 你好, γειά'],
    ['a\u202eb', 'a[RLO]b'],
    ['a\u200bb\u00ad\ufeff', 'a[ZWSP]b[SHY][BOM]'],
    ['a\u00a0b\tc\n', 'a[NBSP]b[TAB]c[LF]'],
    ['\u0007\ufff9\u{e0041}\ud800', '[U+0007][U+FFF9][U+E0041][U+D800]'],
    ['p\u0430ypal', 'p<\u0430>ypal'],
    ['paypal \u0441\u043e\u043c', 'paypal \u0441\u043e\u043c'],
    ['❤️ 👩‍💻 a\u200db', '❤️ 👩‍💻 a[ZWJ]b'],
  ])('[H11] shows %j as %j', (text, expected) => {
    expect(shown(text)).toBe(expected)
  })

  it('names what it marks', () => {
    expect(visibleParts('\u202ex')[0]?.name).toBe('right-to-left override: turns the reading direction (U+202E)')
    expect(visibleParts('p\u0430y')[1]?.name).toBe('Cyrillic letter that looks like “a”')
  })

  it('[H11] leaves no hidden character in any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 30 }), (text) => {
        expect(
          visibleParts(text)
            .map((part) => part.text)
            .join(''),
        ).not.toMatch(/[\u202a-\u202e\u2066-\u2069\u200b\u200e\u200f]/)
      }),
    )
  })
})

describe('looksAlike', () => {
  it.each([
    ['example.com', null],
    ['bücher.example', null],
    ['xn--bcher-kva.example.', null],
    ['例え.テスト', null],
    ['пример.рф', null],
    ['рос.рф', null],
    ['東京tokyo.jp', null],
    ['p\u0430ypal.com', '“p\u0430ypal” mixes Latin and Cyrillic letters.'],
    [
      '\u0430\u0440\u0440\u04cf\u0435.com',
      '“\u0430\u0440\u0440\u04cf\u0435” is not “apple”: it is written with Cyrillic letters that look the same.',
    ],
    ['g\u0131thub.com', '“g\u0131thub” is not “github”: it is written with Latin letters that look the same.'],
    ['a\u200bb.com', 'The name has characters in it that cannot be seen.'],
  ])('[H11] %s', (name, reason) => {
    expect(looksAlike(name)).toBe(reason)
  })

  it('[H11] sees through A-labels', () => {
    const name = parseName('\u0430\u0440\u0440\u04cf\u0435.com')
    expect(name).toBe('xn--80ak6aa92e.com.')
    expect(looksAlike(name)).toContain('is not “apple”')
  })
})
