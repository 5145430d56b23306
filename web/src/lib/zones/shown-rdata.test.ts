import { expect, test } from 'vitest'
import { shownRdata } from './shown-rdata.ts'

test.each([
  ['"plain"', '"plain"'],
  ['"M\\195\\188ller"', '"Müller"'],
  ['"\\240\\159\\141\\186"', '"🍺"'],
  // A right-to-left override comes out as itself: the page makes a token of it.
  ['"a\\226\\128\\174b"', '"a\u202eb"'],
  // No text in UTF-8: a single byte of another encoding, a broken sequence.
  ['"\\252"', '"\\252"'],
  ['"\\226\\128"', '"\\226\\128"'],
  // A backslash and digits are not a byte.
  ['"C:\\\\195\\\\188"', '"C:\\\\195\\\\188"'],
  ['"\\"\\195\\188\\""', '"\\"ü\\""'],
  // What cannot be printed in ASCII stays escaped.
  ['"\\009\\127"', '"\\009\\127"'],
])('%s is shown as %s', (rdata, shown) => {
  expect(shownRdata(rdata)).toBe(shown)
})
