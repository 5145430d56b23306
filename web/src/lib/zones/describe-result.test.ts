import { describe, expect, it } from 'vitest'
import { describeResult } from './describe-result.ts'

const base = { name: 'www', type: 'A' }
const finished = { finishedAt: '2026-11-23T14:04:12Z', verifiedAt: '2026-11-23T14:04:11Z' }

describe('describeResult', () => {
  it('calls verified only what was read again', () => {
    expect(describeResult({ ...base, status: 'done', verified: true }, finished).tone).toBe('ok')
    expect(describeResult({ ...base, status: 'done' }, {}).tone).toBe('waiting')
    expect(describeResult({ ...base, status: 'done' }, finished).tone).toBe('unknown')
    expect(describeResult({ ...base, status: 'done', verified: false }, finished).tone).toBe('unknown')
  })
  it('keeps what the server said of its own work', () => {
    const told = describeResult({ ...base, status: 'done', verified: true, detail: '3 sets created.' }, finished)
    expect(told.detail).toMatch(/^3 sets created\. The server was read again at /)
  })
  it('quotes the server where it refused', () => {
    expect(describeResult({ ...base, status: 'failed', detail: 'Access was denied.' }, finished)).toMatchObject({
      tone: 'bad',
      detail: 'Access was denied.',
    })
  })
  it('names what is read again, and does not promise what cannot be read', () => {
    const filter = { operation: { operation: 'filter' as const, base: '' } }
    expect(describeResult({ ...base, status: 'unknown' }, filter).detail).toContain('The filter is being read again')
    const refresh = { ...finished, operation: { operation: 'filter-refresh' as const } }
    const told = describeResult({ ...base, status: 'done' }, refresh)
    expect(told.tone).toBe('unknown')
    expect(told.detail).not.toContain('could not')
  })
  it('says that nothing is sent twice while it is not known', () => {
    expect(describeResult({ ...base, status: 'unknown' }, {}).detail).toContain('nothing is sent twice')
  })
})
