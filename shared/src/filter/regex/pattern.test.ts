import { describe, expect, it } from 'vitest'
import { compilePattern } from './pattern.ts'

function test(pattern: string, name: string): string {
  const compiled = compilePattern(pattern)
  return compiled.state === 'good' ? compiled.test(name) : compiled.state
}

/** All expectations are what .NET 10 answered, with the app's options. */
describe('compilePattern', () => {
  it.each<[pattern: string, matches: string[], others: string[]]>([
    ['^ad[0-9]+\\.', ['ad12.test', 'AD1.x'], ['bad1.test', 'ad.test']],
    ['(^|\\.)doubleclick\\.', ['doubleclick.net', 'x.doubleclick.net'], ['notdoubleclick.net']],
    ['^(?!good).*x\\.test$', ['x.test', 'ax.test'], ['goodx.test', 'x.test.a']],
    ['(?<=^|\\.)ads(?=\\.)', ['ads.x', 'a.ads.x'], ['bads.x', 'adsx.y']],
    ['(?<!b)a{2,3}?\\.', ['aa.x', 'aaaa.x'], ['baa.x', 'a.x']],
    ['[a-z-[aeiou]]{3}', ['bcd'], ['abc', 'aei']],
    ['[^a-c.]', ['abd'], ['abc', '...']],
    ['[]a]\\.', ['a.x'], ['b.x']],
    ['[\\w-[\\d_]]$', ['1a'], ['a1', 'a_']],
    ['^\\p{Lu}', ['ab'], ['1b']],
    ['^\\P{Ll}', ['1b'], ['ab']],
    ['(?-i)^AD', ['AD.x'], ['ad.x']],
    ['(?-i:A)b', ['AB'], ['ab', 'aB']],
    ['(?<n>a)(b)\\k<n>\\1', ['abab'], ['abAA', 'abba', 'xabaAb']],
    ['(?<2>a)(b)\\2', ['aba'], ['abb']],
    ['(a)?(?(1)b|c)$', ['ab', 'c', 'ac'], ['xb']],
    ['^(?(?=ads)ads\\d|x)', ['ads1', 'x'], ['adsx', 'y']],
    ['^(?(ads)ads1|x)$', ['ads1', 'x'], ['ads', 'ads1x']],
    ['^(?(?!a)b)c', ['bc'], ['c', 'ac']],
    ['(?<=(?(?<=-)-a|b))x', ['bx'], ['-ax', 'ax']],
    ['^(?:(?<n>a)|(?<-n>b))+(?(n)(?!))$', ['ab', 'aabb', 'abab'], ['aab', 'b', 'ba']],
    ['^(?<a>x).(?<b-a>y)\\k<b>$', ['x-y-'], ['x-yy', 'x-y']],
    ['(?<-n>a)(?<n>b)', [], ['ab', 'ba']],
    ['\\c[a|x', ['x'], ['a']],
    ['(?>a+)ab', [], ['aaab', 'ab']],
    ['(?x) a b # c', ['ab'], ['a b']],
    ['(?s-i)a.b', ['a\nb'], ['A.b']],
    ['(?m)^b$', ['a\nb\nc'], ['ab']],
    ['a$', ['a', 'a\n'], ['a\n\n']],
    ['a\\z', ['a'], ['a\n']],
    ['a\\b{2}[.-]', ['a.x', 'a-'], ['ab.x']],
    ['\\bkid\\b', ['my-kid.x'], ['kids.x', 'kid_x']],
    ['\\x61\\u0062\\143', ['abc'], []],
    ['a{,2}', ['a{,2}'], ['aa']],
    ['a{1', ['a{1'], ['a']],
    ['K', ['k.test', 'K'], ['x']],
    ['(a|ab)(c|bcd)(d*)$', ['abcd', 'acd'], []],
    ['^(?:(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)(?:\\.(?!$)|$)){4}$', ['1.2.3.4'], ['256.1.1.1']],
    ['', ['a'], []],
  ])('%j', (pattern, matches, others) => {
    expect(matches.map((name) => test(pattern, name))).toEqual(matches.map(() => 'yes'))
    expect(others.map((name) => test(pattern, name))).toEqual(others.map(() => 'no'))
  })

  it.each([
    '(unclosed',
    'a)',
    '[a',
    'a**',
    '*a',
    'a{2,1}',
    '[z-a]',
    '[a-\\d]',
    '\\q',
    '\\',
    '(?<0>a)',
    '(?<n',
    '(?<a b>c)',
    '\\2',
    '\\k<x>',
    '(?z)a',
    '\\p{Foo}',
    '\\pL',
    '\\xg',
    '[a-c-[b]d]',
    '(?(1)a|b)',
    '(?(a)b|c|d)',
    '(?#',
    '\\c1',
    '{1}',
    'a???',
    '(?(?#x)a)',
  ])('is skipped: %j', (pattern) => {
    const compiled = compilePattern(pattern)
    expect(compiled).toMatchObject({ state: 'bad', why: expect.stringMatching(/^(A|[^a-z]).+\.$/) as string })
  })

  it.each([
    ['\u0130', 'İ'],
    ['[\u0100-\u01ff]', 'İ'],
    ['\\p{_xmlI}', 'XML'],
  ])('cannot be told: %j', (pattern, why) => {
    expect(compilePattern(pattern)).toMatchObject({ state: 'unsure', why: expect.stringContaining(why) as string })
  })

  it('gives up on a pattern that takes too long, as the app does', () => {
    expect(test('^(a+)+$', `${'a'.repeat(40)}.test`)).toBe('slow')
  })

  it('survives patterns that no stack holds', () => {
    expect(test(`${'('.repeat(50_000)}a${')'.repeat(50_000)}`, 'a')).toBe('unsure')
    expect(test('^'.repeat(50_000), 'a')).toMatch(/yes|slow/)
  })

  it('takes no longer over a long name than a short one deserves', () => {
    expect(test('([a-z0-9-]+\\.)*tracker\\.', `${'a-b.'.repeat(60)}x`)).toBe('no')
  })
})
