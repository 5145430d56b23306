import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { diffConfigs } from './diff.ts'
import { editConfig, type ConfigEdit } from './edit.ts'
import { parseJson, type Json } from './json.ts'

const text = `{
    "enableBlocking": true,
    "_panel": { "n": 1.50, "big": 12345678901234567890, "e": 1E2 },
    "profiles": {
        "kids": {
            "customRules": [
                "a.test",
                "b.test"
            ],
            "future": [1,  2]
        }
    },
    "blockLists": []
}
`
const set = (path: (string | number)[], value: Json): ConfigEdit => ({ op: 'set', path, value })

describe('editConfig', () => {
  it('touches nothing but the place', () => {
    expect(editConfig(text, [set(['profiles', 'kids', 'customRules', 1], '@@b.test')])).toBe(
      text.replace('"b.test"', '"@@b.test"'),
    )
    expect(editConfig(text, [set(['enableBlocking'], false)])).toBe(text.replace('true', 'false'))
  })

  it('adds and removes in the layout of the text', () => {
    expect(editConfig(text, [{ op: 'insert', path: ['profiles', 'kids', 'customRules', 2], value: 'c.test' }])).toBe(
      text.replace('"b.test"', '"b.test",\n                "c.test"'),
    )
    expect(editConfig(text, [{ op: 'remove', path: ['profiles', 'kids', 'customRules', 0] }])).toBe(
      text.replace('"a.test",\n                ', ''),
    )
    expect(editConfig(text, [set(['timeZone'], 'UTC')])).toBe(
      text.replace('"blockLists": []', '"blockLists": [],\n    "timeZone": "UTC"'),
    )
    expect(editConfig('{"a":[1]}', [{ op: 'insert', path: ['a', 0], value: { b: 2 } }])).toBe('{"a":[{"b":2},1]}')
    expect(editConfig(text.replaceAll('\n', '\r\n'), [set(['x'], {})])).not.toMatch(/[^\r]\n/)
  })

  it('makes what is missing on the way, and begins with nothing', () => {
    expect(parseJson(editConfig('', [set(['profiles', 'p', 'schedule', 'mon'], [])]))).toEqual({
      profiles: { p: { schedule: { mon: [] } } },
    })
    const inserted = editConfig('{}', [{ op: 'insert', path: ['clients', 0], value: { name: 'x' } }])
    expect(parseJson(inserted)).toEqual({ clients: [{ name: 'x' }] })
  })

  it('edits the one that counts when a key comes twice', () => {
    const twice = '{"a":{"x":1},"a":{"x":2,"x":3},"b":1}'
    expect(editConfig(twice, [set(['a', 'x'], 4)])).toBe('{"a":{"x":4},"b":1}')
    expect(editConfig(twice, [{ op: 'remove', path: ['a'] }])).toBe('{"b":1}')
    expect(editConfig('{"b":1,"a":1,"a":{}}', [set(['b'], 2), set(['a', 'x'], 4)])).toBe('{"b":2,"a":{"x":4}}')
  })

  it('sees what an earlier edit has made', () => {
    const edits = [set(['a'], {}), set(['a', 'x'], []), { op: 'insert' as const, path: ['a', 'x', 0], value: 1 }]
    expect(editConfig('{"a":null,"b":1}', [...edits, set(['b'], 2), { op: 'remove', path: ['a', 'x', 0] }])).toBe(
      '{"a":{"x":[]},"b":2}',
    )
  })

  it('removes nothing where nothing is', () => {
    expect(editConfig(text, [{ op: 'remove', path: ['profiles', 'gone', 'customRules', 4] }])).toBe(text)
  })

  it.each<[string, ConfigEdit, string]>([
    ['[]', set(['a'], 1), 'The configuration is no JSON object.'],
    ['{"a":1,}', set(['a'], 1), 'The configuration is no JSON object.'],
    ['{}', set([], 1), 'A configuration is edited in parts, not as a whole.'],
    ['{"a":null}', set(['a', 'b'], 1), '/a is no object.'],
    ['{"a":{}}', set(['a', 0], 1), '/a is no list.'],
    ['{"a":[1]}', set(['a', 1], 1), 'There is no position /a/1.'],
    ['{"a":[1]}', { op: 'insert', path: ['a', 2], value: 1 }, 'There is no position /a/2.'],
  ])('%s: refuses', (config, edit, message) => {
    expect(() => editConfig(config, [edit])).toThrow(message)
  })
})

describe('diffConfigs', () => {
  const leaf = fc.oneof(fc.constantFrom('a', 'b', 'c', ''), fc.boolean(), fc.constant(null), fc.integer())
  const { value } = fc.letrec<{ value: Json }>((tie) => ({
    value: fc.oneof(
      { depthSize: 'small' },
      leaf,
      fc.array(tie('value'), { maxLength: 5 }),
      fc.dictionary(fc.constantFrom('a', 'b', 'a/b', '0', '__proto__', ''), tie('value'), { maxKeys: 4 }),
    ),
  }))
  const object = fc.dictionary(fc.constantFrom('profiles', 'clients', 'x', '0'), value, { maxKeys: 4 })

  it('gives edits that lead there, and others that lead back', () => {
    fc.assert(
      fc.property(object, object, fc.constantFrom(undefined, 2, '\t'), (before, after, indent) => {
        const there = editConfig(JSON.stringify(before, null, indent), diffConfigs(before, after))
        expect(parseJson(there)).toEqual(after)
        expect(parseJson(editConfig(there, diffConfigs(after, before)))).toEqual(before)
      }),
      { numRuns: 500 },
    )
  })

  it('gives edits that do the same at once and one by one, to the letter', () => {
    fc.assert(
      fc.property(object, object, fc.constantFrom(undefined, 2), (before, after, indent) => {
        const written = JSON.stringify(before, null, indent)
        const edits = diffConfigs(before, after)
        const oneByOne = edits.reduce((text, edit) => editConfig(text, [edit]), written)
        expect(editConfig(written, edits)).toBe(oneByOne)
      }),
      { numRuns: 500 },
    )
  })

  it('has nothing to do where nothing differs', () => {
    fc.assert(
      fc.property(object, (config) => {
        expect(diffConfigs(config, structuredClone(config))).toEqual([])
      }),
    )
  })

  it('leaves unknown keys as they are written', () => {
    fc.assert(
      fc.property(object, object, (before, after) => {
        const unknown = '"_panel": {"n": 1.50,   "big": 123456789012345678901, "u": "\\u0041"}'
        const written = JSON.stringify(before, null, 2).replace(
          /^\{/,
          `{\n  ${unknown}${Object.keys(before).length > 0 ? ',' : ''}`,
        )
        expect(editConfig(written, diffConfigs(before, after))).toContain(unknown)
      }),
    )
  })

  it('inserts, removes and edits in place rather than writing a list anew', () => {
    const client = (name: string, ...ids: string[]) => ({ name, ids })
    const before = { clients: [client('a', '1'), client('b', '2'), client('c', '3')] }
    const after = { clients: [client('a', '1'), client('b', '2', '4'), client('c', '3'), client('d', '5')] }
    expect(diffConfigs(before, after)).toEqual([
      { op: 'insert', path: ['clients', 3], value: client('d', '5') },
      { op: 'insert', path: ['clients', 1, 'ids', 1], value: '4' },
    ])
    expect(diffConfigs(after, { clients: after.clients.slice(1) })).toEqual([{ op: 'remove', path: ['clients', 0] }])
  })
})
