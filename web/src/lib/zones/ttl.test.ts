import { describe, expect, it } from 'vitest'
import { exactTtl, formatTtl, parseTtl } from './ttl.ts'

describe('formatTtl', () => {
  it.each([
    [0, '0 s'],
    [300, '5 min'],
    [3600, '1 h'],
    [5400, '1 h 30 min'],
    [86400, '1 d'],
    [604800, '1 w'],
    [691200, '8 d'],
    [90061, '90061 s'],
  ])('%i seconds are %s', (seconds, text) => {
    expect(formatTtl(seconds)).toBe(text)
  })
})

describe('parseTtl', () => {
  it.each([
    ['3600', 3600],
    ['1h', 3600],
    ['1 h 30 min', 5400],
    ['1h30m', 5400],
    ['2 days', 172800],
    [' 5 Minutes ', 300],
    ['0', 0],
  ])('reads %s', (text, seconds) => {
    expect(parseTtl(text)).toBe(seconds)
  })
  it.each(['', '1.5h', '-1', '3 fortnights', 'h', '2147483648'])('says what is wrong with %o', (text) => {
    expect(parseTtl(text)).toBeTypeOf('string')
  })
  it('reads back what it prints', () => {
    for (const seconds of [0, 1, 59, 60, 3599, 3600, 86399, 86400, 604800, 691200]) {
      expect(parseTtl(formatTtl(seconds))).toBe(seconds)
    }
  })
})

describe('exactTtl', () => {
  it('says the number beside the time', () => {
    expect([10_800, 45, 0, 3_661].map(exactTtl)).toEqual(['3 h (10800)', '45 s', '0 s', '3661 s'])
  })
})
