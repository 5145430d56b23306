import { describe, expect, it } from 'vitest'
import { when } from './when.ts'

const now = new Date(2026, 10, 23, 14, 30)
const at = (...parts: [number, number, number, number, number]) => new Date(...parts).toISOString()

describe('when', () => {
  it.each([
    [at(2026, 10, 23, 9, 5), '09:05'],
    [at(2026, 10, 22, 23, 59), 'yesterday at 23:59'],
    [at(2026, 10, 24, 0, 1), 'tomorrow at 00:01'],
    [at(2026, 10, 1, 8, 0), '1 Nov at 08:00'],
    [at(2025, 11, 31, 8, 0), '31 Dec 2025 at 08:00'],
    ['never', 'at an unknown time'],
  ])('%s is %s', (moment, text) => {
    expect(when(moment, now)).toBe(text)
  })
})
