import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  compareNames,
  displayName,
  isWildcard,
  labelBytes,
  NameError,
  nameFromLabels,
  parseName,
  parseZoneName,
  reverseName,
  splitLabels,
  toAbsolute,
  toRelative,
} from './names.ts'

const label = fc.uint8Array({ minLength: 1, maxLength: 12 })
const name = fc.array(label, { maxLength: 6 }).map(nameFromLabels)

describe('parseName', () => {
  it.each([
    ['www', 'example.com.', 'www.example.com.'],
    ['WWW.Example.ORG.', 'example.com.', 'www.example.org.'],
    ['@', 'example.com.', 'example.com.'],
    ['*', 'example.com.', '*.example.com.'],
    ['.', 'example.com.', '.'],
    ['_dmarc', 'example.com.', '_dmarc.example.com.'],
    ['Grüße', 'example.com.', 'xn--gre-6ka8l.example.com.'],
    ['faß.de.', '.', 'xn--fa-hia.de.'],
    ['例え。テスト。', 'example.com.', 'xn--r8jz45g.xn--zckzah.'],
    ['_sip.straße.de.', '.', '_sip.xn--strae-oqa.de.'],
    ['john\\.doe', 'example.com.', 'john\\.doe.example.com.'],
    ['a\\065\\b', '.', 'aab.'],
    ['a\\032b\\255', '.', 'a\\032b\\255.'],
    ['a@b', '.', 'a\\@b.'],
    ['0/26.2.0.192.in-addr.arpa.', '.', '0/26.2.0.192.in-addr.arpa.'],
  ])('reads %s in %s', (text, origin, expected) => {
    expect(parseName(text, origin)).toBe(expected)
  })

  it.each([
    ['', 'A name is missing.'],
    ['a..b', 'empty label'],
    ['.a', 'empty label'],
    ['..', 'empty label'],
    ['a b', 'no spaces'],
    ['a\tb', 'control characters'],
    ['a\\', 'lone'],
    ['a\\25', 'three digits'],
    ['a\\256', 'from 000 to 255'],
    ['x'.repeat(64), 'at most 63'],
    [`${'ü'.repeat(60)}${'🐱'.repeat(20)}`, 'at most 63'],
    [`${'x'.repeat(63)}.`.repeat(4), 'at most 255'],
    ['a\u202eb', 'no name may have'],
    ['a\u200bü_', 'underscore'],
    ['a／ü', 'no name may have'],
    ['\u00ad', 'no name may have'],
    // These stand for “(a)” and “_dmarc”.
    ['🄐', 'no name may have'],
    ['＿dmarc', 'no name may have'],
    ['_ü', 'underscore'],
  ])('refuses %j', (text, sentence) => {
    expect(() => parseName(text)).toThrow(NameError)
    expect(() => parseName(text)).toThrow(sentence)
  })

  it('allows a label of 63 bytes and a name of 255, counting an escape as one byte', () => {
    const label = 'x'.repeat(63)
    expect(parseName(`${label}.${label}.${label}.${'x'.repeat(61)}.`)).toHaveLength(254)
    expect(() => parseName(`${label}.${label}.${label}.${'x'.repeat(62)}.`)).toThrow('256 bytes')
    const escaped = '\\000'.repeat(63)
    expect(parseName(`${escaped}.${escaped}.${escaped}.${'\\000'.repeat(61)}.`)).toContain(escaped)
    expect(() => parseName(`${escaped}\\000`)).toThrow('64 bytes')
  })

  it('gives the same text again for its own output, whatever the bytes', () => {
    fc.assert(
      fc.property(name, (text) => {
        expect(parseName(text)).toBe(text)
      }),
    )
  })

  it('throws nothing but NameError', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (text) => {
        try {
          expect(parseName(parseName(text))).toBe(parseName(text))
        } catch (error) {
          expect(error).toBeInstanceOf(NameError)
        }
      }),
    )
  })
})

describe('parseZoneName', () => {
  it.each([
    [' Example.COM. ', 'example.com'],
    ['bücher.example', 'xn--bcher-kva.example'],
    ['.', '@'],
    ['@', '@'],
    ['192.0.2.0/24', '2.0.192.in-addr.arpa'],
    ['10.1.2.3/8', '10.in-addr.arpa'],
    ['192.0.2.77/26', '64/26.2.0.192.in-addr.arpa'],
    ['192.0.2.1', '1.2.0.192.in-addr.arpa'],
    ['0.0.0.0/0', 'in-addr.arpa'],
    ['2001:DB8::/32', '8.b.d.0.1.0.0.2.ip6.arpa'],
    ['2001:db8:abcd:12::/60', '1.0.0.d.c.b.a.8.b.d.0.1.0.0.2.ip6.arpa'],
    ['::/0', 'ip6.arpa'],
  ])('%s → %s', (text, zone) => {
    expect(parseZoneName(text)).toBe(zone)
  })

  it.each([
    ['', 'Give the name'],
    ['*.example.com', 'wildcard'],
    ['192.0.2.0/33', 'from 0 to 32'],
    ['2001:db8::/x', 'from 0 to 128'],
    ['172.16.0.0/12', 'covers 16 reverse zones, the first being 16.172.in-addr.arpa'],
    ['2001:db8::/33', 'covers 8 reverse zones'],
  ])('refuses %j', (text, sentence) => {
    expect(() => parseZoneName(text)).toThrow(sentence)
  })
})

describe('relative and absolute', () => {
  it.each([
    ['www.example.com.', 'example.com', 'www'],
    ['example.com.', 'example.com', '@'],
    ['*.example.com.', 'example.com', '*'],
    ['notexample.com.', 'example.com', null],
    ['a\\.example.com.', 'example.com', null],
    ['a\\\\.example.com.', 'example.com', 'a\\\\'],
    ['com.', 'example.com', null],
    ['com.', '@', 'com'],
    ['.', '@', '@'],
    ['.', 'example.com', null],
  ])('%s in %s is %s', (absolute, zone, relative) => {
    expect(toRelative(absolute, zone)).toBe(relative)
    if (relative !== null) expect(toAbsolute(relative, zone)).toBe(absolute)
  })
})

describe('displayName', () => {
  it('shows U-labels', () => {
    expect(displayName('_sip.xn--strae-oqa.de')).toBe('_sip.straße.de')
  })
  it.each(['xn--', 'xn--a.example', 'xn--abc-.example', 'xn--\\..example', 'xn--80ak6aa92eX.example'])(
    'leaves the false A-label %s as it is',
    (text) => {
      expect(displayName(text)).toBe(text)
    },
  )
})

describe('compareNames', () => {
  it('sorts as RFC 4034 §6.1 says', () => {
    const sorted = [
      '.',
      'example.',
      'a.example.',
      'yljkjljk.a.example.',
      'z.a.example.',
      'zabc.a.example.',
      'z.example.',
      '\\001.z.example.',
      '*.z.example.',
      '\\200.z.example.',
    ]
    expect(sorted.toReversed().sort(compareNames)).toEqual(sorted)
  })

  it('orders by the bytes of labels, the last one first', () => {
    const key = (text: string) =>
      splitLabels(text)
        .reverse()
        .map((part) => `${String.fromCharCode(...labelBytes(part).map((byte) => byte + 1))}\0`)
        .join('')
    fc.assert(
      fc.property(name, name, (a, b) => {
        const expected = key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0
        expect(Math.sign(compareNames(a, b))).toBe(expected)
      }),
    )
  })
})

it('names the PTR of an address', () => {
  expect(reverseName('192.0.2.1')).toBe('1.2.0.192.in-addr.arpa.')
  expect(reverseName('2001:db8::1')).toBe('1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa.')
  expect(() => reverseName('192.0.2')).toThrow(NameError)
})

it('knows a wildcard', () => {
  expect(['*', '*.lab', 'a.*', '*x', '\\*'].map(isWildcard)).toEqual([true, true, false, false, false])
})

it('splits labels, keeping escapes', () => {
  expect(splitLabels('a\\.b.c.')).toEqual(['a\\.b', 'c'])
  expect(splitLabels('www')).toEqual(['www'])
  expect(splitLabels('.')).toEqual([])
  expect(splitLabels('@')).toEqual([])
})
