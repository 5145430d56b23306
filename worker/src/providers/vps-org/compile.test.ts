import { printStrings } from '@zonedeck/shared/records/fields/texts'
import { canonicalRdata } from '@zonedeck/shared/records/rdata'
import type { RecordSet } from '@zonedeck/shared/record-set'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { changedFields, compile, undoOf, type Step } from './compile.ts'
import { readRdata, writeRdata } from './rdata.ts'
import { readRecords, toRecordSets, type HeldRecord } from './records.ts'
import { recordSchema } from './wire.ts'

const ZONE = 'example.org'

type Bodies = Map<string, Record<string, unknown>>

const read = (bodies: Bodies): HeldRecord[] =>
  readRecords(
    ZONE,
    [...bodies].map(([uuid, body]) => recordSchema.parse({ uuid, ...body })),
  )

/** What a server does that takes everything; answers the id of the record. */
function take(bodies: Bodies, step: Step, next: () => string): string {
  if (step.do === 'add') {
    const uuid = next()
    bodies.set(uuid, { ...step.to.body })
    return uuid
  }
  if (step.do === 'remove') bodies.delete(step.uuid)
  else bodies.set(step.uuid, { ...bodies.get(step.uuid), ...changedFields(step) })
  return step.uuid
}

const mx = fc.record({
  rdata: fc
    .tuple(fc.integer({ min: 0, max: 3 }), fc.constantFrom('a', 'b', 'c'))
    .map(([priority, host]) => `${priority} ${host}.example.`),
  ttl: fc.constantFrom(300, 600),
})
const setOf = (records: { rdata: string; ttl: number }[]): RecordSet | null =>
  records.length === 0 ? null : { name: 'x', type: 'MX', ttl: 300, records }

const mails = fc.uniqueArray(mx, { maxLength: 6, selector: ({ rdata }) => rdata })
const plain = (bodies: Bodies) =>
  toRecordSets(read(bodies)).flatMap(({ ttl, records }) =>
    records.map((record) => `${record.rdata} ${record.ttl ?? ttl}`).sort(),
  )

describe('steps', () => {
  it('turn any set into any other with no more edits than need be, and back', () => {
    fc.assert(
      fc.property(mails, mails, (before, after) => {
        let count = 0
        const next = () => `rec-${++count}`
        const bodies: Bodies = new Map()
        for (const step of compile(ZONE, [], setOf(before))) take(bodies, step, next)
        expect(plain(bodies)).toEqual(before.map(({ rdata, ttl }) => `${rdata} ${ttl}`).sort())

        const steps = compile(ZONE, read(bodies), setOf(after))
        const undo = steps.map((step) => undoOf(step, take(bodies, step, next))).reverse()
        expect(plain(bodies)).toEqual(after.map(({ rdata, ttl }) => `${rdata} ${ttl}`).sort())
        // A record is added or removed only where their numbers differ.
        const counts = { edit: 0, add: 0, remove: 0 }
        for (const step of steps) counts[step.do] += 1
        expect(counts.add).toBe(Math.max(0, after.length - before.length))
        expect(counts.remove).toBe(Math.max(0, before.length - after.length))

        for (const step of undo) take(bodies, step, next)
        expect(plain(bodies)).toEqual(before.map(({ rdata, ttl }) => `${rdata} ${ttl}`).sort())
      }),
    )
  })

  it('are none for a set that is as it should be', () => {
    fc.assert(
      fc.property(mails, (records) => {
        const bodies: Bodies = new Map()
        let count = 0
        for (const step of compile(ZONE, [], setOf(records))) take(bodies, step, () => `rec-${++count}`)
        expect(compile(ZONE, read(bodies), setOf(records))).toEqual([])
      }),
    )
  })
})

describe('values', () => {
  const back = (type: string, rdata: string) =>
    readRdata(recordSchema.parse({ uuid: 'rec-1', record_type: type, name: '@', ...writeRdata(type, rdata) }), ZONE)

  it('of a TXT are any Unicode text without control characters', () => {
    const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 700 })
    fc.assert(
      fc.property(text, (value) => {
        fc.pre(!/[\p{Cc}\p{Cs}]/u.test(value))
        const rdata = printStrings([...new TextEncoder().encode(value)])
        expect(writeRdata('TXT', rdata)).toEqual({ value })
        expect(back('TXT', rdata)).toBe(rdata)
      }),
    )
  })

  it.each([
    ['A', '192.0.2.1'],
    ['AAAA', '2001:db8::1'],
    ['CAA', '0 issue "letsencrypt.org"'],
    ['CAA', '128 iodef "mailto:a\\"b@example.net"'],
    ['CAA', '0 issue ";"'],
    ['CNAME', '_x.example.net.'],
    ['MX', '65535 mail.example.net.'],
    ['NS', 'ns1.example.net.'],
    ['SRV', '0 65535 443 xn--bcher-kva.example.'],
  ])('of %s %s come back', (type, text) => {
    const rdata = canonicalRdata(type, text)
    expect(back(type, rdata)).toBe(rdata)
  })
})
