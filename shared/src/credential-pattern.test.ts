import { expect, test } from 'vitest'
import { patternError } from './credential-pattern.ts'

const field = { pattern: { source: 'a_\\w+|b', help: 'It begins with a_.' } }

test.each(['a_1', 'b', ''])('%j fits', (value) => {
  expect(patternError(field, value)).toBeNull()
})

test.each(['a_', 'xa_1', 'a_1 ', 'bb', 'A_1'])('%j does not fit, whole', (value) => {
  expect(patternError(field, value)).toBe('It begins with a_.')
})

test('a field without a pattern takes anything', () => {
  expect(patternError({}, 'anything')).toBeNull()
})
