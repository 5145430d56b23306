import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BlockListCounter, parseBlockList } from './block-list.ts'

function names(text: string) {
  const list = parseBlockList(text, 'domain')
  if (list.type !== 'domain') throw new Error('This is a list of patterns.')
  return list
}
const holds = (text: string, name: string) => names(text).names.find(name) >= 0

describe('parseBlockList', () => {
  it.each([
    ['a.test', 'a.test'],
    ['  A.Test\t', 'a.test'],
    ['\ufeffa.test', 'a.test'],
    ['\u00a0a.test\u0085', 'a.test'],
    ['a.test..', 'a.test'],
    ['0.0.0.0 a.test b.test', 'a.test'],
    ['127.0.0.1\t \ta.test # why', 'a.test'],
    ['||a.test^', 'a.test'],
    ['|| a.test. ^', 'a.test'],
    ['x\ra.test\r\ny', 'a.test'],
  ])('reads %j', (text, name) => {
    expect(holds(text, name)).toBe(true)
    expect(holds(text, `www.${name}`)).toBe(true)
  })

  it.each([
    ['# a.test', 'a.test'],
    ['! a.test', 'a.test'],
    ['test', 'test'],
    ['.test', 'test'],
    ['a.test # why', 'a.test'],
    ['a.test b.test', 'a.test'],
    ['@@||a.test^', 'a.test'],
    ['||a.test^$third-party', 'a.test'],
    ['||a.test', 'a.test'],
    ['*.a.test', 'a.test'],
    ['0.0.0.0 a.test b.test', 'b.test'],
    ['192.168.1.1 a.test', 'a.test'],
    ['::1 a.test', 'a.test'],
    ['||test^', 'test'],
    ['\u212a.test', 'k.test'],
  ])('does not read %j as %s', (text, name) => {
    expect(holds(text, name)).toBe(false)
  })

  it('finds the longest parent, and says where it begins', () => {
    const { names: set } = names('a.test\nb.a.test\nx.y')
    expect(set.find('c.B.a.test')).toBe(2)
    expect(set.find('a.test')).toBe(0)
    expect(set.find('aa.test')).toBe(-1)
    expect(set.find('test')).toBe(-1)
    expect(set.find('')).toBe(-1)
  })

  it('counts lines, names and what is read twice', () => {
    const list = names('# c\n\na.test\nA.TEST\nno\nbücher.test\n0.0.0.0 b.test\n')
    expect(list).toMatchObject({ lines: 5, read: 4 })
    expect(list.names.size).toBe(2)
  })

  it('keeps patterns as they are written', () => {
    expect(parseBlockList('# c\n ^a \n! c\n[bad\n\n', 'regex')).toEqual({ type: 'regex', patterns: ['^a', '[bad'] })
    expect(parseBlockList('^a.b', 'Regex').type).toBe('domain')
  })

  it('holds exactly what a set of names and their children holds', () => {
    const label = fc.constantFrom('a', 'b', 'cc', 'xn--d')
    const name = fc.array(label, { minLength: 2, maxLength: 4 }).map((labels) => labels.join('.'))
    fc.assert(
      fc.property(fc.array(name, { maxLength: 200 }), fc.array(name, { maxLength: 20 }), (listed, asked) => {
        const { names: set } = names(listed.join('\n'))
        expect(set.size).toBe(new Set(listed).size)
        for (const query of asked) {
          const parents = query.split('.').map((_, i, labels) => labels.slice(i).join('.'))
          const found = parents.find((parent) => listed.includes(parent))
          expect(set.find(query)).toBe(found === undefined ? -1 : query.length - found.length)
        }
      }),
    )
  })
})

describe('BlockListCounter', () => {
  it('counts what is read, however the list is cut into pieces', () => {
    const line = fc.constantFrom(
      'a.test',
      '0.0.0.0 b.test',
      '||c.test^',
      '# d.test',
      'nodot',
      '.e',
      '',
      ' ',
      'f.test..',
    )
    const text = fc.array(fc.tuple(line, fc.constantFrom('\n', '\r', '\r\n')), { maxLength: 20 })
    fc.assert(
      fc.property(text, fc.array(fc.nat(6), { minLength: 1 }), (parts, sizes) => {
        const whole = parts.flat().join('')
        const counter = new BlockListCounter('domain')
        for (let at = 0, i = 0; at < whole.length; i++) {
          const size = (sizes[i % sizes.length] ?? 0) + 1
          counter.add(whole.slice(at, at + size))
          at += size
        }
        counter.end()
        const { lines, read } = names(whole)
        expect([counter.lines, counter.entries]).toEqual([lines, read])
      }),
    )
  })

  it('reads a million lines without a dot as quickly as others', () => {
    const start = performance.now()
    expect(names('aaaaaaa\n'.repeat(1_000_000))).toMatchObject({ lines: 1_000_000, read: 0 })
    expect(performance.now() - start).toBeLessThan(5000)
  })
})
