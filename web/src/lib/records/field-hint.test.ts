import { describe, expect, it } from 'vitest'
import { fieldHint } from './field-hint.ts'

const serial = { id: 'serial', label: 'Serial', kind: 'uint32', help: 'Grows.' } as const

describe('fieldHint', () => {
  it('explains a serial that begins with a date', () => {
    expect(fieldHint(serial, '2026112401')).toBe('Grows. This one reads as 2026-11-24, version 1.')
    expect(fieldHint(serial, '2026139901')).toBe('Grows.')
    expect(fieldHint(serial, '42')).toBe('Grows.')
  })
  it('says how many seconds a time has', () => {
    expect(fieldHint({ id: 'retry', label: 'Retry', kind: 'ttl' }, '2 h')).toBe('7200 seconds.')
    expect(fieldHint({ id: 'retry', label: 'Retry', kind: 'ttl' }, 'soon')).toBeUndefined()
  })
})
