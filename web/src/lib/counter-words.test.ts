import { expect, it } from 'vitest'
import { counterWords } from './counter-words.ts'

it.each([
  [0, 'queries', '0 queries'],
  [1, 'queries', '1 query'],
  [1_204_339, 'answers', '1,204,339 answers'],
  [1, 'entries', '1 entry'],
  [2, 'zones', '2 zones'],
  [90_061, 'seconds', '1 d 1 h'],
  [0, 'seconds', '0 s'],
  [92, 'microseconds', '92 µs'],
  [1234, 'microseconds', '1.23 ms'],
  [0, 'bytes', '0 bytes'],
  [1, 'bytes', '1 byte'],
  [999, 'bytes', '999 bytes'],
  [1000, 'bytes', '1 kB'],
  [67_121_152, 'bytes', '67.1 MB'],
  [Number.MAX_SAFE_INTEGER, 'bytes', '9.01 PB'],
] as const)('%d %s is said as %s', (value, unit, words) => {
  expect(counterWords({ value, unit })).toBe(words)
})
