import { describe, expect, it } from 'vitest'
import { checkZone } from './check.ts'
import { orderKey, printZone } from './print.ts'
import { readZoneFile } from './read.ts'

const HEAD = '$ORIGIN example.com.\n$TTL 3600\n@ SOA ns1 host 1 2 3 4 5\n@ NS ns1\nns1 A 192.0.2.1\n'

function check(text: string) {
  const { records, errors } = readZoneFile(text)
  expect(errors).toEqual([])
  const { errors: wrong, warnings, tree } = checkZone(records, 'example.com.')
  const notes = (list: typeof wrong) => list.map(({ line, message }) => `${line} ${message}`)
  return { errors: notes(wrong), warnings: notes(warnings), text: Array.from(printZone(tree)) }
}

describe('a zone is refused', () => {
  it.each<[string, string, RegExp]>([
    ['without a SOA', '$ORIGIN example.com.\n@ 5 NS ns.other.\n', /^1 .*no SOA/],
    ['without NS', '$ORIGIN example.com.\n@ 5 SOA a b 1 2 3 4 5\n', /^2 .*no NS/],
    ['with two SOAs', `${HEAD}@ SOA ns1 host 2 2 3 4 5\n`, /^6 .*2 SOA records/],
    ['with a SOA below the top', `${HEAD}x SOA ns1 host 2 2 3 4 5\n`, /^6 .*not at the top/],
    ['with a CNAME beside other data', `${HEAD}x A 192.0.2.1\nx CNAME y\n`, /^7 .*beside other data \(A\)/],
    ['with two CNAMEs', `${HEAD}x CNAME y\nx CNAME z\n`, /^7 .*2 CNAME records/],
    ['with two DNAMEs', `${HEAD}x DNAME y\nx DNAME z\n`, /^7 .*2 DNAME records/],
    ['with a name outside of it', `${HEAD}x.example.org. A 192.0.2.1\n`, /^6 x\.example\.org\. is outside/],
    ['with an escaped dot before its name', `${HEAD}x\\.example.com. A 192.0.2.1\n`, /^6 .*is outside/],
    ['with a wildcard NS', `${HEAD}*.x NS ns1\n`, /^6 .*wildcard cannot delegate/],
    ['with a server without address', `${HEAD}@ NS ns2\n`, /^6 .*has no address/],
    ['with a server that is an alias', `${HEAD}@ NS ns2\nns2 CNAME ns1\n`, /^6 .*is a CNAME/],
  ])('%s', (_, text, expected) => {
    const { errors } = check(text)
    expect(errors).toHaveLength(1)
    expect(errors[0]).toMatch(expected)
  })
})

describe('a zone is served, with a warning', () => {
  it.each<[string, string, RegExp]>([
    ['for a record that comes twice', `${HEAD}x MX 10 NS1\nx MX 010 ns1\n`, /^7 .*is here twice/],
    ['for an MX without address', `${HEAD}x MX 10 y\n`, /^6 .*has no address/],
    ['for an SRV to an alias', `${HEAD}x SRV 1 1 1 y\ny CNAME ns1\n`, /^6 .*is a CNAME/],
    ['for an MX below a DNAME', `${HEAD}d DNAME ns1\nx MX 10 y.d\n`, /^7 .*below a DNAME/],
    ['for a delegation without glue', `${HEAD}sub NS ns.sub\n`, /^6 .*no glue/],
    ['for mixed TTLs', `${HEAD}x 10 A 192.0.2.1\nx 20 A 192.0.2.2\n`, /^7 .*TTLs 10 and 20; .* 10 is taken/],
  ])('%s', (_, text, expected) => {
    const { errors, warnings } = check(text)
    expect(errors).toEqual([])
    expect(warnings).toHaveLength(1)
    expect(warnings[0]).toMatch(expected)
  })

  it('and without one where the target is found', () => {
    const { errors, warnings } = check(
      `${HEAD}@ MX 0 .\nw MX 1 a.wild\n*.wild A 192.0.2.1\nsub NS ns.sub\nns.sub AAAA ::1\nx MX 1 y.sub\nx MX 2 mx.other.\n`,
    )
    expect(errors).toEqual([])
    expect(warnings).toEqual([])
  })

  it('does not count what is disabled', () => {
    const { errors, text } = check(`${HEAD}x CNAME y\nx A 192.0.2.1 ;{"disabled":true}\n`)
    expect(errors).toEqual([])
    expect(text.filter((line) => line.startsWith('x.'))).toEqual(['x.example.com. 3600 IN CNAME y.example.com.\n'])
  })
})

describe('printing', () => {
  it('follows the example of RFC 4034 §6.1', () => {
    const names = ['example.', 'a.example.', 'yljkjljk.a.example.', 'z.a.example.', 'zabc.a.example.', 'z.example.']
    const all = [...names, '\\001.z.example.', '*.z.example.', '\\200.z.example.']
    const shuffled = [...all].reverse()
    expect(shuffled.sort((a, b) => (orderKey(a) < orderKey(b) ? -1 : 1))).toEqual(all)
  })

  it('puts a NUL after the end of a label and before every other byte', () => {
    const all = ['a.', 'x.a.', 'a\\000.', '\\000.a\\000.', 'a\\000\\001.', 'a\\001.', 'a\\001\\000.', 'aa.']
    expect([...all].reverse().sort((a, b) => (orderKey(a) < orderKey(b) ? -1 : 1))).toEqual(all)
  })

  it('has the SOA first, then types by number, then rdata', () => {
    const { text } = check(`${HEAD}@ TXT b\n@ TXT a\n@ A 192.0.2.9\n`)
    expect(text.map((line) => line.split(' ').slice(3).join(' ').trim())).toEqual([
      'SOA ns1.example.com. host.example.com. 1 2 3 4 5',
      'A 192.0.2.9',
      'NS ns1.example.com.',
      'TXT "a"',
      'TXT "b"',
      'A 192.0.2.1',
    ])
  })
})
