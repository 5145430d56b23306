import fc from 'fast-check'
import { expect, it } from 'vitest'
import { cutText } from './cut-text.ts'

it('[D11] cuts any text into parts that fit, survive UTF-8 and make the text again', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), fc.integer({ min: 2, max: 20 }), (text, most) => {
      const parts = cutText(text, most)
      expect(parts.every((part) => part.length > 0 && part.length <= most)).toBe(true)
      const stored = parts.map((part) => new TextDecoder().decode(new TextEncoder().encode(part)))
      expect(stored.join('')).toBe(text)
    }),
  )
})
