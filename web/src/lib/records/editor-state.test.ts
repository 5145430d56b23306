import { sameSet } from '@zonedeck/shared/plan/same-set'
import { describe, expect, it } from 'vitest'
import { changeType, editorChanges, editSet, emptyValue, newSet, relativeName } from './editor-state.ts'

const place = { connection: 'con_a', zone: 'example.org' }
const a = (name: string, ...rdata: string[]) => ({
  name,
  type: 'A',
  ttl: 3600,
  records: rdata.map((each) => ({ rdata: each })),
})
const none = new Map()

describe('relativeName', () => {
  it.each([
    ['www', 'www'],
    ['', '@'],
    ['@', '@'],
    ['WWW', 'www'],
    ['www.example.org.', 'www'],
    ['www.example.org', 'www'],
    ['example.org', '@'],
    ['a.b', 'a.b'],
    ['*', '*'],
    ['bücher', 'xn--bcher-kva'],
    ['www.example.net.', null],
  ])('%s is %s', (typed, name) => {
    expect(relativeName(typed, 'example.org')).toBe(name)
  })
})

describe('editorChanges', () => {
  it('puts the value of the chosen row first, which is no change', () => {
    const editor = editSet(place, a('www', '192.0.2.1', '192.0.2.2'), { rdata: '192.0.2.2' })
    expect(editor.values.map((value) => value.source?.rdata)).toEqual(['192.0.2.2', '192.0.2.1'])
    const [change] = editorChanges(editor, new Map()).changes
    expect(sameSet(change?.before ?? null, change?.after ?? null)).toBe(true)
  })
  it('makes nothing but what was typed', () => {
    const set = {
      ...a('www', '192.0.2.1'),
      records: [{ rdata: '192.0.2.1', ref: 'id-7', native: { expiry: 3 }, comment: 'old' }],
    }
    const editor = editSet(place, set)
    expect(editorChanges(editor, none)).toEqual({
      changes: [{ name: 'www', type: 'A', before: set, after: set }],
      errors: {},
    })
  })
  it('carries along what the form does not show', () => {
    const set = { ...a('www', '192.0.2.1'), records: [{ rdata: '192.0.2.1', ref: 'id-7', native: { expiry: 3 } }] }
    const editor = editSet(place, set)
    const [value] = editor.values
    if (value === undefined) throw new Error('no value')
    const [field] = Object.keys(value.values ?? {})
    const edited = {
      ...editor,
      values: [{ ...value, values: { [field ?? '']: '192.0.2.9' }, disabled: true, comment: 'why' }],
    }
    expect(editorChanges(edited, none).changes[0]?.after?.records).toEqual([
      { rdata: '192.0.2.9', ref: 'id-7', native: { expiry: 3 }, disabled: true, comment: 'why' },
    ])
  })
  it('moves a set that gets another name', () => {
    const set = a('www', '192.0.2.1')
    const { changes } = editorChanges({ ...editSet(place, set), name: 'web' }, none)
    expect(changes).toEqual([
      { name: 'www', type: 'A', before: set, after: null },
      { name: 'web', type: 'A', before: null, after: a('web', '192.0.2.1') },
    ])
  })
  it('adds to a set that is there already', () => {
    const there = a('www', '192.0.2.1')
    const editor = newSet(place, { type: 'A', name: 'www', ttl: 300, like: a('x', '192.0.2.2') })
    const { changes } = editorChanges(editor, new Map([['www A', there]]))
    expect(changes).toEqual([
      { name: 'www', type: 'A', before: there, after: { ...a('www', '192.0.2.1', '192.0.2.2'), ttl: 300 } },
    ])
  })
  it('says everything that is wrong', () => {
    const editor = { ...newSet(place, { type: 'A', name: 'a..b', ttl: 300 }), ttl: 'soon' }
    const { changes, errors } = editorChanges(editor, none)
    expect(changes).toEqual([])
    expect(Object.keys(errors).sort().slice(0, 2)).toEqual(['name', 'ttl'])
    expect(Object.keys(errors)).toHaveLength(3)
  })
  it('does not take a value twice', () => {
    const editor = editSet(place, a('www', '192.0.2.1', '192.0.2.1'))
    expect(Object.values(editorChanges(editor, none).errors)).toEqual(['This value is there twice: remove one.'])
  })
  it('starts anew with another type', () => {
    const editor = changeType(editSet(place, a('www', '192.0.2.1')), 'AAAA')
    expect([editor.name, editor.values.length, editor.values[0]?.text]).toEqual(['www', 1, ''])
    expect(emptyValue('TYPE65280').asText).toBe(true)
  })
  it('keeps the comments of a set that it does not show', () => {
    const set = { ...a('www', '192.0.2.1'), comments: [{ content: 'one', account: 'x' }, { content: 'two' }] }
    const editor = { ...editSet(place, set), comment: 'new' }
    expect(editorChanges(editor, none).changes[0]?.after?.comments).toEqual([
      { content: 'new', account: 'x' },
      { content: 'two' },
    ])
  })
})
