import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { RecordSet } from '../record-set.ts'
import { toAbsolute } from '../names.ts'
import { canonicalRdata } from '../records/rdata.ts'
import { checkZone } from './check.ts'
import { corpus } from './corpus.ts'
import { printZone } from './print.ts'
import { readZoneFile } from './read.ts'
import { toRecordSets } from './sets.ts'
import { writeZoneFile } from './write.ts'

const label = fc.stringMatching(/^[a-z0-9_]([a-z0-9_-]{0,10}[a-z0-9_])?$/)
const host = fc.array(label, { minLength: 1, maxLength: 3 }).map((labels) => `${labels.join('.')}.`)
const quoted = fc.string({ unit: 'binary', maxLength: 40 }).map((text) => canonicalRdata('TXT', quoteText(text)))

function quoteText(text: string): string {
  return `"${text.replace(/[^ !#-[\]-~]/gu, (char) => Array.from(new TextEncoder().encode(char), (byte) => `\\${String(byte).padStart(3, '0')}`).join(''))}"`
}

/** A record of a common type, its rdata canonical. */
const data = fc.oneof(
  fc.ipV4().map((address) => ({ type: 'A', rdata: address })),
  fc.ipV6().map((address) => ({ type: 'AAAA', rdata: canonicalRdata('AAAA', address) })),
  fc.tuple(fc.nat(65_535), host).map(([number, name]) => ({ type: 'MX', rdata: `${number} ${name}` })),
  host.map((name) => ({ type: 'NS', rdata: name })),
  quoted.map((text) => ({ type: 'TXT', rdata: text })),
  fc.uint8Array({ maxLength: 20 }).map((bytes) => ({
    type: 'TYPE65400',
    rdata: bytes.length === 0 ? '\\# 0' : `\\# ${bytes.length} ${Buffer.from(bytes).toString('hex')}`,
  })),
)

const comment = fc.option(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }), { nil: undefined })
const name = fc.oneof(
  fc.constant('@'),
  label,
  fc.constant('*'),
  label.map((text) => `\\$${text}`),
)

const recordSets = fc
  .array(fc.tuple(name, fc.nat(2_147_483_647), data, fc.boolean(), comment), { maxLength: 20 })
  .map((rows) => {
    const sets = new Map<string, RecordSet>()
    for (const [owner, ttl, { type, rdata }, disabled, text] of rows) {
      const key = `${owner} ${type}`
      const set = sets.get(key) ?? { name: owner, type, ttl, records: [] }
      sets.set(key, set)
      if (set.records.some((record) => record.rdata === rdata)) continue
      const record: RecordSet['records'][number] = { rdata }
      if (ttl !== set.ttl) record.ttl = ttl
      if (disabled) record.disabled = true
      if (text !== undefined) record.comment = text
      set.records.push(record)
    }
    return Array.from(sets.values())
  })

const byKey = (sets: RecordSet[]) => [...sets].sort((a, b) => (`${a.name} ${a.type}` < `${b.name} ${b.type}` ? -1 : 1))

function print(text: string): string {
  const { records } = readZoneFile(text, { origin: 'example.com' })
  return Array.from(printZone(checkZone(records, 'example.com.').tree)).join('')
}

describe('zone files', () => {
  it('are read as they were written', () => {
    fc.assert(
      fc.property(recordSets, fc.constantFrom('example.com', '@', 'xn--bcher-kva.example'), (sets, zone) => {
        const text = writeZoneFile(zone, sets)
        const { records, errors, warnings } = readZoneFile(text)
        expect(errors).toEqual([])
        expect(warnings).toEqual([])
        expect(byKey(toRecordSets(records, zone))).toEqual(byKey(sets))
      }),
    )
  })

  it('print alike however often they are read again', () => {
    fc.assert(
      fc.property(recordSets, (sets) => {
        const once = print(writeZoneFile('example.com', sets))
        expect(print(once)).toBe(once)
      }),
    )
  })

  it('mean the same by the short cut and by the careful way', () => {
    const spelled = fc
      .tuple(label, fc.constantFrom(' ', '\t', '  '), data, fc.boolean())
      .map(([owner, gap, record, upper]) => {
        const line = [owner, '60', 'IN', record.type, record.rdata].join(gap)
        return upper && record.type !== 'TXT' ? line.toUpperCase() : line
      })
    fc.assert(
      fc.property(spelled, (line) => {
        const fast = readZoneFile(`${line}\n`, { origin: 'example.com' })
        // Parentheses keep the short cut away.
        const careful = readZoneFile(`${line} ( )\n`, { origin: 'example.com' })
        expect(fast).toEqual(careful)
      }),
      { numRuns: 1000 },
    )
  })

  it('mean the same by both ways, whatever the rdata', () => {
    const word = fc.stringMatching(/^[0-9a-zA-F:."\\ -]{1,24}$/)
    fc.assert(
      fc.property(fc.constantFrom('A', 'AAAA', 'MX', 'SRV', 'TXT', 'CAA', 'CNAME'), word, (type, text) => {
        const fast = readZoneFile(`a 60 ${type} ${text}\n`, { origin: 'example.com' })
        const careful = readZoneFile(`a 60 ${type} ( ) ${text}\n`, { origin: 'example.com' })
        expect(fast.records).toEqual(careful.records)
        expect(fast.errors.length).toBe(careful.errors.length)
      }),
      { numRuns: 3000 },
    )
  })

  it('of IPv6 addresses mean the same by both ways', () => {
    const group = fc.constantFrom('0', '0', '1', 'ab', '00', 'ffff', 'FFFF', '')
    const address = fc.array(group, { minLength: 2, maxLength: 9 }).map((groups) => groups.join(':'))
    fc.assert(
      fc.property(address, (text) => {
        const fast = readZoneFile(`a 60 AAAA ${text}\n`, { origin: 'x' })
        const careful = readZoneFile(`a 60 AAAA ( ) ${text}\n`, { origin: 'x' })
        expect(fast.records).toEqual(careful.records)
      }),
      { numRuns: 5000 },
    )
  })

  it('of any bytes neither throw nor hang', () => {
    const scraps = fc.constantFrom(
      '$GENERATE 1-3 ',
      '$ORIGIN ',
      '$TTL ',
      '(',
      ')',
      '"',
      '\\',
      ';',
      '\n',
      '\r',
      ' ',
      'a',
      'TXT ',
      'A 1.1.1.1',
      ' 60 IN ',
      '\\#',
      '\0',
      '$',
      '${0,3,n}',
      '@',
    )
    const sources = fc.oneof(
      fc.uint8Array({ maxLength: 400 }),
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc.array(scraps, { maxLength: 60 }).map((parts) => parts.join('')),
    )
    fc.assert(
      fc.property(sources, (source) => {
        const { records, origin } = readZoneFile(source, { origin: 'example.com' })
        expect(Array.from(printZone(checkZone(records, origin!).tree)).length).toBeLessThanOrEqual(records.length)
      }),
      { numRuns: 2000 },
    )
  })

  it('cut short anywhere or stirred neither throw nor hang', () => {
    const whole = corpus[0]![2]
    fc.assert(
      fc.property(fc.nat(whole.length), fc.nat(whole.length), fc.string({ maxLength: 3 }), (from, to, middle) => {
        const { errors } = readZoneFile(whole.slice(0, from) + middle + whole.slice(to), { origin: 'example.com' })
        expect(errors.length).toBeLessThanOrEqual(1001)
      }),
      { numRuns: 200 },
    )
  })

  it('put every name into the zone that it names', () => {
    fc.assert(
      fc.property(label, host, (owner, zone) => {
        const { records } = readZoneFile(`${owner} 60 A 192.0.2.1\n`, { origin: zone })
        expect(records[0]?.name).toBe(toAbsolute(owner, zone.slice(0, -1)))
      }),
    )
  })
})
