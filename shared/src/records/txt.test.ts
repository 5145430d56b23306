import fc from 'fast-check'
import { expect, it } from 'vitest'
import { textToTxt, txtStrings, txtToText } from './txt.ts'

it('joins the strings of a TXT for the eye', () => {
  expect(txtToText('"v=DKIM1; k=rsa; " "p=MIG\\"x\\\\"')).toBe('v=DKIM1; k=rsa; p=MIG"x\\')
  expect(txtToText('"gr\\195\\188\\195\\159e" "\\255"')).toBe('grüße\\255')
})

it('splits what a person typed at 255 bytes', () => {
  expect(textToTxt('')).toBe('""')
  expect(textToTxt('a "b" \\ c')).toBe('"a \\"b\\" \\\\ c"')
  expect(txtStrings(textToTxt('ü'.repeat(300))).map((bytes) => bytes.length)).toEqual([255, 255, 90])
})

it('loses nothing on the way there and back', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
      const rdata = textToTxt(text)
      expect(textToTxt(txtToText(rdata))).toBe(rdata)
    }),
  )
})
