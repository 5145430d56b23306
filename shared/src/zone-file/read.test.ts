import { describe, expect, it } from 'vitest'
import { checkZone } from './check.ts'
import { readZoneFile } from './read.ts'
import type { ZoneRecord } from './zone-record.ts'

const HEAD = '$ORIGIN example.com.\n$TTL 3600\n@ SOA ns1 host 1 2 3 4 5\n@ NS ns1\nns1 A 192.0.2.1\n'

function short({ name, ttl, type, rdata }: ZoneRecord): string {
  return `${name} ${ttl} ${type} ${rdata}`
}

function lines(text: string | Uint8Array, origin?: string): string[] {
  const { records, errors } = readZoneFile(text, origin === undefined ? {} : { origin })
  expect(errors).toEqual([])
  return records.map(short)
}

/** `line:column message` of every error. */
function errors(text: string, origin = 'example.com'): string[] {
  return readZoneFile(text, { origin }).errors.map(({ line, column, message }) => `${line}:${column} ${message}`)
}

describe('records', () => {
  it('takes owner, TTL and class from the line before or in either order', () => {
    expect(lines('$ORIGIN example.com.\na 60 IN A 192.0.2.1\n  IN 70 AAAA ::1\n\tTXT x\n')).toEqual([
      'a.example.com. 60 A 192.0.2.1',
      'a.example.com. 70 AAAA ::1',
      'a.example.com. 70 TXT "x"',
    ])
  })

  it('knows owners that look like a type, a class or a TTL', () => {
    const text = '$TTL 5\nIN A 192.0.2.1\n300 A 192.0.2.2\nMX 300 IN A 192.0.2.3\nA A 192.0.2.4\n1h A 192.0.2.5\n'
    expect(lines(text, 'x')).toEqual([
      'in.x. 5 A 192.0.2.1',
      '300.x. 5 A 192.0.2.2',
      'mx.x. 300 A 192.0.2.3',
      'a.x. 5 A 192.0.2.4',
      '1h.x. 5 A 192.0.2.5',
    ])
  })

  it('numbers lines over strings and parentheses that span several', () => {
    const { records } = readZoneFile(`${HEAD}a TXT ( "x"\n "y" ; z\n )\nb TXT "p\\\nq"\nc TXT z\n`)
    expect(records.slice(3).map(({ line, rdata }) => [line, rdata])).toEqual([
      [6, '"x" "y"'],
      [9, '"p\\010q"'],
      [11, '"z"'],
    ])
  })

  it('reads a byte order mark, CR LF, lone CRs and a last line without an end', () => {
    const expected = ['a.example.com. 5 A 192.0.2.1', 'b.example.com. 5 A 192.0.2.2']
    for (const lineBreak of ['\n', '\r\n', '\r']) {
      const text = ['\ufeff$ORIGIN example.com.', '$TTL 5 ; five', 'a A 192.0.2.1 ; one', 'b A 192.0.2.2'].join(
        lineBreak,
      )
      expect(lines(text)).toEqual(expected)
      expect(lines(new TextEncoder().encode(text))).toEqual(expected)
    }
  })

  it('keeps every byte outside of ASCII, be it UTF-8 or not', () => {
    expect(lines(`${HEAD}m\u00fc TXT "gr\u00fc\u00df" \ud83d\ude00\n`).at(-1)).toBe(
      'm\\195\\188.example.com. 3600 TXT "gr\\195\\188\\195\\159" "\\240\\159\\152\\128"',
    )
    const every = Uint8Array.from({ length: 128 }, (_, index) => 128 + index)
    const head = new TextEncoder().encode(`${HEAD}a TXT "`)
    const expected = Array.from(every, (byte) => `\\${byte}`).join('')
    const bytes = Uint8Array.from([...head, ...every, 34, 10])
    expect(lines(bytes).at(-1)).toBe(`a.example.com. 3600 TXT "${expected}"`)
  })

  it('keeps a set of mixed TTLs as it is', () => {
    const { records } = readZoneFile(`${HEAD}a 10 A 192.0.2.1\na 20 A 192.0.2.2\n`)
    expect(records.slice(-2).map(({ ttl }) => ttl)).toEqual([10, 20])
  })

  it('takes a TTL over 31 bits as 0, and says so', () => {
    const { records, warnings } = readZoneFile(`${HEAD}a 2147483648 A 192.0.2.1\n`)
    expect(records.at(-1)?.ttl).toBe(0)
    expect(warnings).toEqual([
      { line: 6, column: 3, message: 'The TTL 2147483648 is over 2147483647, the most there is; it counts as 0.' },
    ])
  })

  it('names the zone after what is given, the SOA, or the first $ORIGIN', () => {
    expect(readZoneFile('a.b. 5 A 192.0.2.1\n').origin).toBeNull()
    expect(readZoneFile('$ORIGIN a.b.\n').origin).toBe('a.b.')
    expect(readZoneFile('$ORIGIN .\nc 5 SOA a. b. 1 2 3 4 5\n').origin).toBe('c.')
    expect(readZoneFile('$ORIGIN .\n', { zone: 'Example.COM' }).origin).toBe('example.com.')
  })
})

describe('errors say where', () => {
  it.each<[string, RegExp]>([
    ['a 60 A 1.2.3\n', /^1:8 /],
    ['a 60 IN AA 1.2.3.4\n', /^1:9 “AA” is no record type/],
    ['a 60 CH A 1.2.3.4\n', /^1:6 The class CH/],
    ['a 60\n', /^1:5 The line ends where a record type/],
    ['  A 1.2.3.4\n', /^1:1 This line has no owner/],
    ['a A 1.2.3.4\n', /^1:1 This record has no TTL/],
    ['$INCLUDE other.zone\n', /^1:1 \$INCLUDE is not followed/],
    ['\n$FOO x\n', /^2:1 “\$FOO” is no directive/],
    ['$TTL x\n', /^1:6 “x” is no TTL/],
    ['$TTL 5 6\n', /^1:8 \$TTL takes one TTL/],
    ['a 60 TXT "x\n', /^1:10 The string that begins here/],
    ['a 60 TXT ( x\n\n', /^1:10 The “\(” that opens here/],
    ['a 60 TXT x )\n', /^1:12 A “\)” closes nothing/],
    ['a 60 TXT ( x\n "y\n', /^2:2 The string/],
    ['a..b 60 A 1.2.3.4\n', /^1:1 .*empty label/],
    ['$GENERATE 9-1 a$ 60 A 1.2.3.$\n', /^1:11 The range 9-1 ends/],
    ['$GENERATE 0-65536 a$ 60 A 1.2.3.4\n', /^1:11 .*at most 65536/],
    ['$GENERATE 1-300 a$ 60 A 1.2.3.$\n', /^1:25 /],
  ])('%j', (text, expected) => {
    const found = errors(text)
    expect(found).toHaveLength(1)
    expect(found[0]).toMatch(expected)
  })

  it('goes on behind an error, and gives no line to the wrong owner', () => {
    const { records, errors: found } = readZoneFile(`${HEAD}a A x\n TXT y\nb..c A 192.0.2.1\n TXT z\nd TXT w\n`)
    expect(records.slice(3).map(short)).toEqual(['a.example.com. 3600 TXT "y"', 'd.example.com. 3600 TXT "w"'])
    expect(found.map(({ line }) => line)).toEqual([6, 8, 9])
  })

  it('refuses relative names that have nothing to lean on, in owners and in data', () => {
    expect(readZoneFile('a 60 A 192.0.2.1\n').errors[0]?.message).toMatch(/is relative/)
    expect(readZoneFile('a. 60 MX 10 b\n').errors[0]?.message).toMatch(/is relative/)
    expect(readZoneFile('a. 60 MX 10 b.\n').errors).toEqual([])
  })

  it('lists a thousand notes and counts the rest', () => {
    const found = readZoneFile('x\n'.repeat(5000), { origin: 'a' }).errors
    expect(found).toHaveLength(1001)
    expect(found.at(-1)?.message).toBe('There are 4000 more like these; they are not listed.')
  })
})

describe('a disabled record', () => {
  it('is read from the way Technitium exports it', () => {
    const { records } = readZoneFile(
      `${HEAD}a\t300\tIN\tA\t192.0.2.5\t\t\t;{"disabled":true,"comments":"off for now\\nsecond"}\nb 60 A 192.0.2.6\t;the mail host\nc 60 A 192.0.2.7 ; {"a":1}\nd 60 TXT ( x ) ;{"disabled":true}\n`,
    )
    expect(records.slice(3).map(({ disabled, comment }) => ({ disabled, comment }))).toEqual([
      { disabled: true, comment: 'off for now\nsecond' },
      { disabled: undefined, comment: 'the mail host' },
      { disabled: undefined, comment: '{"a":1}' },
      { disabled: true, comment: undefined },
    ])
  })

  it('stays disabled when comments are not wanted', () => {
    const { records } = readZoneFile(`${HEAD}a 60 A 192.0.2.5 ;{"disabled":true,"comments":"x"}\n`, { comments: false })
    expect(records.at(-1)).toMatchObject({ disabled: true })
    expect(records.at(-1)).not.toHaveProperty('comment')
  })

  it('is read from our own comment, and leans on no other line', () => {
    const { records, warnings } = readZoneFile(
      `${HEAD};#disabled a 60 IN A 192.0.2.5 ; why\n A 192.0.2.9\n;#disabled ?\n`,
    )
    expect(records.slice(3)).toEqual([
      { name: 'a.example.com.', ttl: 60, type: 'A', rdata: '192.0.2.5', line: 6, disabled: true, comment: 'why' },
      { name: 'ns1.example.com.', ttl: 3600, type: 'A', rdata: '192.0.2.9', line: 7 },
    ])
    expect(warnings.map(({ line }) => line)).toEqual([8])
  })
})

describe('where ours differs from BIND', () => {
  it('refuses names outside of the zone instead of leaving them out', () => {
    const { records } = readZoneFile(`${HEAD}x.example.org. A 192.0.2.1\n`)
    expect(checkZone(records, 'example.com.').errors).toEqual([
      { line: 6, column: 1, message: 'x.example.org. is outside of the zone example.com.' },
    ])
  })

  it('takes the rest of a $GENERATE line for its data', () => {
    expect(lines(`${HEAD}$GENERATE 1-2 a$ MX 10 b$\n`).slice(3)).toEqual([
      'a1.example.com. 3600 MX 10 b1.example.com.',
      'a2.example.com. 3600 MX 10 b2.example.com.',
    ])
  })

  it('bounds what all $GENERATEs of a file make', () => {
    const long = `"${'x'.repeat(250)}" `.repeat(40)
    const found = errors(`${HEAD}${`$GENERATE 1-65536 a$ TXT ${long}\n`.repeat(3)}`)
    expect(found[0]).toMatch(/more than 64 MiB/)
  }, 30_000)
})
