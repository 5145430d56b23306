import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { NameError, nameFromLabels } from '../names.ts'
import { bytesToText, textToBytes } from './fields/escapes.ts'
import { recordTypes } from './index.ts'
import { otherTypes } from './others.ts'
import { canonicalRdata, rdataBytes, rdataText } from './rdata.ts'
import { RdataError, type Field, type Fields } from './record-type.ts'
import { canonicalType, typeName, typeNumber, typeNumbers } from './type-numbers.ts'

const words = (list: string[]) => fc.constantFrom(...list)
const number = (bytes: number) => fc.integer({ min: 0, max: 2 ** (8 * bytes) - 1 })
const bytes = (min: number, max: number) => fc.uint8Array({ minLength: min, maxLength: max })
const hex = (min: number, max: number) => bytes(min, max).map((value) => Buffer.from(value).toString('hex'))
const text = (max: number) => bytes(0, max).map((value) => bytesToText(value))
const host = fc.array(bytes(1, 10), { maxLength: 5 }).map(nameFromLabels)

/** Canonical values of a field. */
function valuesOf(field: Field): fc.Arbitrary<string | number> {
  if (field.closed === true) return fc.constantFrom(...field.options!.map((option) => option.value))
  switch (field.kind) {
    case 'uint8':
      return number(1)
    case 'uint16':
    case 'keyflags':
      return number(2)
    case 'uint32':
    case 'ttl':
      return number(4)
    case 'host':
      return host
    case 'mailbox':
      return words(['hostmaster@example.com', 'john.doe@a.b.c', 'odd$name@x', '.', 'one.', 'sp\\032ace.example.'])
    case 'ipv4':
      return fc.ipV4()
    case 'ipv6':
      return fc.ipV6().map((value) => canonicalRdata('AAAA', value))
    case 'text':
      return text(255)
    case 'quoted':
    case 'data':
    case 'longtext':
      return text(700)
    case 'word':
      return words(['issue', 'iodef', 'Other1', 'x'])
    case 'hex':
      return hex(1, 40)
    case 'base64':
      return bytes(1, 60).map((value) => Buffer.from(value).toString('base64'))
    case 'svcparams':
      return words([
        '',
        'alpn=h2,h3 port=443',
        'mandatory=port port=53',
        'key65000="a b;c"',
        'ech=AAEC dohpath=/q{?dns}',
      ])
    case 'latitude':
      return words(['52 22 23.000 N', '0 0 0.001 S', '90 0 0.000 N'])
    case 'longitude':
      return words(['4 53 32.000 E', '180 0 0.000 W', '0 0 0.000 E'])
    case 'altitude':
      return words(['-2.00m', '0.00m', '42849672.95m', '-100000.00m'])
    case 'metres':
      return words(['0.00m', '0.05m', '0.50m', '1m', '10000m', '90000000m'])
    default:
      throw new Error(`no values for ${field.kind}`)
  }
}

function fieldsOf(type: string): fc.Arbitrary<Fields> {
  const fields = recordTypes.get(type)!.fields
  const all = fc.record(Object.fromEntries(fields.map((field) => [field.id, valuesOf(field)])))
  if (type === 'NAPTR') {
    return fc
      .tuple(all, words(['', '!^.*$!sip:a@b!', '!(a)!\\1!i', '/a\\/b/c/']))
      .map(([values, regexp]) => ({ ...values, regexp }))
  }
  if (type === 'DS') return all.map((values) => ({ ...values, digestType: 200 }))
  return type === 'SSHFP' ? all.map((values) => ({ ...values, hash: 200 })) : all
}

const known = [...recordTypes.keys()]
const everyType = [...known, ...otherTypes.keys(), 'TYPE65400']

describe('the registry', () => {
  it('holds every type that has a file', () => {
    const files = readdirSync(import.meta.dirname)
      .filter((file) => /^[a-z]+\.ts$/.test(file))
      .filter((file) => / = define(?:Type|Text)\(/.test(readFileSync(new URL(file, import.meta.url), 'utf8')))
      .filter((file) => file !== 'others.ts')
      .map((file) => file.slice(0, -3).toUpperCase())
    expect(files.sort()).toEqual(known.toSorted())
  })

  it('gives every field a label, and ids that differ', () => {
    for (const { fields, label, help } of recordTypes.values()) {
      expect(label !== '' && help !== '' && fields.every((field) => field.label !== '')).toBe(true)
      expect(new Set(fields.map((field) => field.id)).size).toBe(fields.length)
    }
  })

  it('has no type both with and without a form', () => {
    expect(known.filter((type) => otherTypes.has(type))).toEqual([])
  })
})

describe.each(known)('%s', (type) => {
  const module = recordTypes.get(type)!

  it('gives back the fields it printed, and the same text again', () => {
    fc.assert(
      fc.property(fieldsOf(type), (fields) => {
        const rdata = module.format(fields)
        expect(module.parse(rdata)).toEqual(fields)
        expect(canonicalRdata(type, rdata)).toBe(rdata)
      }),
      { numRuns: 50 },
    )
  })
})

// APP and FWD never leave their server: they have no wire form.
describe.each(known.filter((type) => type !== 'APP' && type !== 'FWD'))('%s', (type) => {
  it('survives the wire', () => {
    fc.assert(
      fc.property(fieldsOf(type), (fields) => {
        const rdata = recordTypes.get(type)!.format(fields)
        expect(rdataText(type, rdataBytes(type, rdata))).toBe(rdata)
      }),
      { numRuns: 50 },
    )
  })
})

describe.each(everyType)('any text as %s', (type) => {
  const alphabet = [
    ...'\\"();=.,@:/-+ \t\n019afgIZ',
    'ü',
    '\u202e',
    '\\#',
    '192.0.2.1',
    '2001:db8::',
    'alpn',
    '\\300',
    ' 1 ',
  ]
  const anything = fc.oneof(
    fc.string({ unit: fc.constantFrom(...alphabet), maxLength: 60 }),
    fc.string({ unit: 'binary', maxLength: 40 }),
    bytes(0, 60).map((value) => `\\# ${value.length} ${Buffer.from(value).toString('hex')}`),
  )

  it('is refused with a sentence, or canonical at once', () => {
    fc.assert(
      fc.property(anything, (rdata) => {
        let canonical: string
        try {
          canonical = canonicalRdata(type, rdata, 'example.com.')
        } catch (error) {
          if (!(error instanceof RdataError || error instanceof NameError)) throw error
          expect(error.message).toMatch(/\.$/)
          return
        }
        expect(canonicalRdata(type, canonical)).toBe(canonical)
      }),
      { numRuns: 300 },
    )
  })
})

describe('sentences', () => {
  it.each([
    ['A', '192.0.2', 'IPv4 address is four numbers from 0 to 255, such as 192.0.2.1.', 'address'],
    ['A', '2001:db8::1', 'it belongs into an AAAA record', 'address'],
    ['AAAA', '192.0.2.1', 'it belongs into an A record', 'address'],
    ['MX', '10', 'Mail server is missing.', 'exchange'],
    ['MX', '70000 a.', 'Preference is a number from 0 to 65535.', 'preference'],
    ['MX', '10 a. b.', '“b.” is more than an MX record has.', undefined],
    ['TXT', '"open', 'A quotation mark is not closed.', undefined],
    ['TXT', 'a;b', 'put the text in quotes', undefined],
    ['TXT', `"${'x'.repeat(256)}"`, '256 bytes', 'text'],
    ['DS', '1 8 2 abcd', 'A digest of type 2 has 32 bytes; this one has 2.', 'digest'],
    ['CNAME', 'a..b', 'empty label', 'target'],
    ['HTTPS', '1 . alpn=h2 alpn=h3', 'alpn is there twice.', 'params'],
    ['HTTPS', '1 . mandatory=port', 'mandatory lists port, which is not there.', 'params'],
    ['HTTPS', '1 . nope=1', '“nope” is no parameter', 'params'],
    ['LOC', '91 N 0 E 0m', 'Latitude is degrees', 'latitude'],
    ['TYPE65400', 'abc', 'RFC 3597', undefined],
    ['TYPE65400', '\\# 2 ABCDEF', 'There are 3 bytes after \\#, but 2 are announced.', undefined],
    ['A', '\\# 3 c00002', 'The data ends too early for this type.', undefined],
  ])('%s %s', (type, rdata, sentence, field) => {
    const attempt = () => canonicalRdata(type, rdata)
    expect(attempt).toThrow(RdataError)
    expect(attempt).toThrow(sentence)
    if (field !== undefined) expect(attempt).toThrow(expect.objectContaining({ field }))
  })

  it('refuses what no record can hold', () => {
    const long = Array.from({ length: 257 }, () => `"${'x'.repeat(255)}"`)
    expect(canonicalRdata('TXT', long.slice(0, 255).join(' '))).toHaveLength(65_789)
    expect(() => canonicalRdata('TXT', long.join(' '))).toThrow('longer than 65535 bytes')
  })
})

describe('numbers of types', () => {
  it('knows a type by name and by number', () => {
    expect(canonicalType('mx')).toBe('MX')
    expect(canonicalType('type15')).toBe('MX')
    expect(canonicalType('TYPE00015')).toBe('MX')
    expect(canonicalType('type65400')).toBe('TYPE65400')
    expect(canonicalType('TYPE65280')).toBe('TYPE65280')
    expect(typeNumber('ANAME')).toBe(65_280)
    expect(typeNumber('nope')).toBeNull()
    expect(() => canonicalType('TYPE65536')).toThrow(RdataError)
    for (const [name, value] of typeNumbers) if (value < 65_280) expect(typeName(value)).toBe(name)
  })
})

describe('text a person sees', () => {
  it('loses no byte', () => {
    fc.assert(
      fc.property(
        fc.oneof(bytes(0, 80), fc.array(fc.constantFrom(92, 48, 49, 57, 195, 188), { maxLength: 30 })),
        (value) => {
          expect(textToBytes(bytesToText(value))).toEqual([...value])
        },
      ),
    )
  })

  it('shows letters and hides no control character', () => {
    expect(bytesToText(textToBytes('grüße 🐱'))).toBe('grüße 🐱')
    expect(bytesToText([0, 10, 127, 255])).toBe('\\000\\010\\127\\255')
    expect(bytesToText(textToBytes('a\\b'))).toBe('a\\b')
  })
})
