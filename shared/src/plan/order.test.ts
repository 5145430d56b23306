import { describe, expect, it } from 'vitest'
import type { Change } from '../change.ts'
import type { RecordSet } from '../record-set.ts'
import { orderChanges } from './order.ts'

const set = (name: string, type: string): RecordSet => ({ name, type, ttl: 300, records: [{ rdata: 'x' }] })
const create = (name: string, type: string): Change => ({ name, type, before: null, after: set(name, type) })
const modify = (name: string, type: string): Change => ({ name, type, before: set(name, type), after: set(name, type) })
const remove = (name: string, type: string): Change => ({ name, type, before: set(name, type), after: null })
const order = (...changes: Change[]) => {
  const ordered = orderChanges(changes)
  expect(orderChanges([...changes].reverse())).toEqual(ordered)
  return ordered.map(({ name, type, after }) => `${after === null ? '-' : '+'} ${name} ${type}`)
}

describe('orderChanges', () => {
  it('makes room first: a CNAME leaves before what takes its place, and the other way round', () => {
    expect(order(create('www', 'A'), remove('www', 'CNAME'))).toEqual(['- www CNAME', '+ www A'])
    expect(order(create('www', 'CNAME'), remove('www', 'A'), remove('www', 'AAAA'))).toEqual([
      '- www A',
      '- www AAAA',
      '+ www CNAME',
    ])
    expect(order(create('lab', 'DNAME'), remove('a.lab', 'A'), remove('b', 'A'))).toEqual([
      '- a.lab A',
      '+ lab DNAME',
      '- b A',
    ])
  })

  it('makes targets before what points at them, and deletes what points before its target', () => {
    expect(order(create('@', 'MX'), create('mail', 'A'), create('smtp', 'CNAME'), create('x', 'TXT'))).toEqual([
      '+ mail A',
      '+ x TXT',
      '+ smtp CNAME',
      '+ @ MX',
    ])
    expect(order(remove('mail', 'A'), remove('@', 'MX'), remove('smtp', 'CNAME'))).toEqual([
      '- @ MX',
      '- smtp CNAME',
      '- mail A',
    ])
    expect(order(remove('old', 'A'), modify('@', 'MX'), create('new', 'A'))).toEqual(['+ new A', '+ @ MX', '- old A'])
  })

  it('leaves the SOA to the end', () => {
    expect(order(modify('@', 'SOA'), remove('old', 'A'), create('new', 'A')).at(-1)).toBe('+ @ SOA')
  })
})
