import { describe, expect, it } from 'vitest'
import { deleteRows, setTtl } from './bulk.ts'
import { rowsOf } from './groups.ts'

const pool = { name: 'pool', type: 'A', ttl: 3600, records: [{ rdata: '192.0.2.1' }, { rdata: '192.0.2.2', ttl: 60 }] }
const soa = { name: '@', type: 'SOA', ttl: 3600, records: [{ rdata: 'a. b. 1 2 3 4 5' }], readOnly: 'soa' as const }

describe('deleteRows', () => {
  it('keeps what is not selected', () => {
    expect(deleteRows(rowsOf(pool).slice(0, 1))).toEqual([
      { name: 'pool', type: 'A', before: pool, after: { ...pool, records: [{ rdata: '192.0.2.2', ttl: 60 }] } },
    ])
  })
  it('deletes the set with its last record', () => {
    expect(deleteRows(rowsOf(pool))[0]?.after).toBeNull()
  })
  it('leaves alone what the server keeps', () => {
    expect(deleteRows(rowsOf(soa))).toEqual([])
  })
  it('leaves alone what is already deleted', () => {
    expect(deleteRows(rowsOf(pool, { name: 'pool', type: 'A', before: pool, after: null }))).toEqual([])
  })
})

describe('setTtl', () => {
  it('changes a set once, and all of its records', () => {
    const changes = setTtl(rowsOf(pool), 300)
    expect(changes).toHaveLength(1)
    expect(changes[0]?.after).toEqual({
      ...pool,
      ttl: 300,
      records: [{ rdata: '192.0.2.1' }, { rdata: '192.0.2.2' }],
    })
  })
})
