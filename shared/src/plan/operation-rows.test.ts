import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Account } from '../account.ts'
import type { DnssecState } from '../dnssec.ts'
import type { FormField } from '../form.ts'
import type { Operation, OperationState } from '../operation.ts'
import type { ZonePermissions } from '../zone-permissions.ts'
import { expectedState, holdsState, stateDifference } from './operation-rows.ts'

const settings = (...fields: FormField[]): OperationState => ({ about: 'settings', settings: { fields, facts: [] } })
const labels = (...value: string[]) => settings({ id: 'labels', label: 'Labels', kind: 'lines', value })
const row = (name: string, ...rights: ('view' | 'modify' | 'delete')[]) => ({
  name,
  view: rights.includes('view'),
  modify: rights.includes('modify'),
  delete: rights.includes('delete'),
})
const permissions = (tables: Partial<ZonePermissions>): OperationState => ({
  about: 'permissions',
  permissions: { users: [], groups: [], knownUsers: [], knownGroups: [], ...tables },
})
const key = (id: string, more: Partial<DnssecState['keys'][number]> = {}): DnssecState['keys'][number] => ({
  id,
  role: 'csk',
  keyTag: 4711,
  algorithm: 13,
  state: 'Ready',
  active: false,
  ...more,
})
const dnssec = (more: Partial<DnssecState> = {}): OperationState => ({
  about: 'dnssec',
  dnssec: { state: 'signed', detail: '', facts: [], keys: [], ds: [], actions: [], ...more },
})
const account = (...fields: FormField[]): Extract<OperationState, { about: 'account' }> & { account: Account } => ({
  about: 'account',
  account: { name: 'ada', self: false, fields, facts: [], root: false },
})

describe('the difference of two states', () => {
  it('is told in the words of the fields', () => {
    const choices = [
      { value: 'a', label: 'First' },
      { value: 'b', label: 'Second' },
    ]
    const fields = (more: Record<string, Partial<FormField>>): OperationState =>
      settings(
        { id: 'kind', label: 'Kind', kind: 'choice', choices, ...more['kind'] },
        { id: 'some', label: 'Some', kind: 'choices', choices, ...more['some'] },
        { id: 'on', label: 'On', kind: 'switch', ...more['on'] },
        { id: 'ttl', label: 'TTL', kind: 'number', ...more['ttl'] },
        { id: 'list', label: 'List', kind: 'lines', ...more['list'] },
      )
    const before = fields({ kind: { value: 'a' }, some: { value: [] }, on: { value: false }, list: { value: ['a'] } })
    const after = fields({
      kind: { value: 'b' },
      some: { value: ['b', 'strange'] },
      on: { value: true },
      ttl: { value: 5 },
      list: { value: ['a', 'b'] },
    })
    expect(stateDifference(before, after)).toEqual([
      { label: 'Kind', before: 'First', after: 'Second' },
      { label: 'Some', before: '', after: 'Second, strange' },
      { label: 'On', before: 'off', after: 'on' },
      { label: 'TTL', before: '', after: '5' },
      // A line of a list is no choice: it stays as it is.
      { label: 'List', before: 'a', after: 'a, b' },
    ])
  })

  it('names rights, and rows that come and go', () => {
    const before = permissions({ users: [row('ada', 'view', 'modify')], groups: [row('ops', 'view')] })
    const after = permissions({ users: [row('ada')], groups: [row('dns', 'view', 'modify', 'delete')] })
    expect(stateDifference(before, after)).toEqual([
      { label: 'User ada', before: 'view, modify', after: 'nothing' },
      { label: 'Group ops', before: 'view', after: null },
      { label: 'Group dns', before: null, after: 'view, modify, delete' },
    ])
  })

  it('tells keys by role and tag, and says once that one is active', () => {
    const before = dnssec({ state: 'off' })
    const after = dnssec({
      facts: [{ label: 'Denial', value: 'NSEC' }],
      keys: [
        key('1', { role: 'ksk', state: 'Active', active: true }),
        key('2', { role: 'zsk', keyTag: 5, active: true }),
        { id: '3', role: 'zsk', algorithm: 13, state: 'Inactive', active: false },
      ],
      ds: [{ keyTag: 4711, algorithm: 13, digestType: 2, digest: 'ab' }],
    })
    expect(stateDifference(before, after)).toEqual([
      { label: 'Zone', before: 'not signed', after: 'signed' },
      { label: 'Denial', before: null, after: 'NSEC' },
      { label: 'KSK 4711', before: null, after: 'Active' },
      { label: 'ZSK 5', before: null, after: 'Ready, active' },
      { label: 'ZSK 3', before: null, after: 'Inactive' },
      { label: 'DS 4711 digest type 2', before: null, after: '13 ab' },
    ])
  })

  it('hides nothing behind an equal label', () => {
    const twins = dnssec({ keys: [key('1'), key('2')] })
    const one = dnssec({ keys: [key('1')] })
    expect(stateDifference(one, twins)).toEqual([{ label: 'CSK 4711 (2)', before: null, after: 'Ready' }])
    const same = (value: string) =>
      settings(
        { id: 'a', label: 'Address', kind: 'text', value: 'x' },
        { id: 'b', label: 'Address', kind: 'text', value },
      )
    expect(stateDifference(same('x'), same('y'))).toEqual([{ label: 'Address (2)', before: 'x', after: 'y' }])
  })

  it('shows of a secret that it is a new one, and of an account that it is not there', () => {
    const password: FormField = { id: 'password', label: 'Password', kind: 'secret' }
    expect(stateDifference(account(password), account({ ...password, value: true }))).toEqual([
      { label: 'Password', before: '', after: 'a new one' },
    ])
    expect(stateDifference({ about: 'account', account: null }, account())).toEqual([
      { label: 'Account', before: null, after: 'ada' },
    ])
    expect(stateDifference(undefined, labels('a'))).toEqual([{ label: 'Labels', before: null, after: 'a' }])
    expect(stateDifference(undefined, undefined)).toEqual([])
  })

  it('shows a new account with what it holds, and nothing of what it does not', () => {
    const made = (email: string) =>
      account(
        { id: 'firstName', label: 'First name', kind: 'text', value: 'Ada' },
        { id: 'email', label: 'Email', kind: 'text', value: email },
        { id: 'password', label: 'Password', kind: 'secret' },
      )
    const none: OperationState = { about: 'account', account: null }
    expect(stateDifference(none, made(''))).toEqual([
      { label: 'Account', before: null, after: 'ada' },
      { label: 'First name', before: null, after: 'Ada' },
    ])
    expect(stateDifference(made('a@b.example'), made(''))).toEqual([
      { label: 'Email', before: 'a@b.example', after: '' },
    ])
    expect(holdsState(made(''), none)).toBe(false)
  })

  it('has rows of distinct labels, none of a state to itself, and the same ones backwards', () => {
    const states = fc
      .array(fc.record({ label: fc.constantFrom('A', 'B', 'A (2)'), value: fc.constantFrom('', 'x', 'y') }))
      .map((rows) => settings(...rows.map((each, index) => ({ id: `f${index}`, kind: 'text' as const, ...each }))))
    fc.assert(
      fc.property(states, states, (one, other) => {
        const rows = stateDifference(one, other)
        expect(new Set(rows.map(({ label }) => label)).size).toBe(rows.length)
        expect(stateDifference(one, one)).toEqual([])
        const back = stateDifference(other, one).map(({ label, before, after }) => [label, after, before])
        expect(back.sort()).toEqual(rows.map(({ label, before, after }) => [label, before, after]).sort())
      }),
    )
  })
})

describe('what an operation asks for', () => {
  it('in settings, only the values that are named', () => {
    const before = settings(
      { id: 'a', label: 'A', kind: 'text', value: 'old' },
      { id: 'b', label: 'B', kind: 'text', value: 'old' },
    )
    const expected = expectedState(before, { operation: 'settings', values: { a: '', gone: 'x' } })
    expect(stateDifference(before, expected)).toEqual([{ label: 'A', before: 'old', after: '' }])
  })

  it('in permissions, both tables as they are sent and the rows that the server keeps', () => {
    const before = permissions({
      users: [{ ...row('root', 'view', 'modify', 'delete'), fixed: 'It owns the zone.' }, row('ada', 'view')],
      groups: [row('ops', 'view')],
    })
    const users = [row('grace', 'view')]
    const expected = expectedState(before, { operation: 'permissions', users, groups: [] })
    expect(stateDifference(before, expected)).toEqual([
      { label: 'User ada', before: 'view', after: null },
      { label: 'Group ops', before: 'view', after: null },
      { label: 'User grace', before: null, after: 'view' },
    ])
  })

  it('of an account, its fields or that it goes', () => {
    const before = account({ id: 'mail', label: 'Mail', kind: 'text', value: 'a@example.org' })
    const values = { mail: 'b@example.org' }
    const changed = expectedState(before, { operation: 'user-update', user: 'ada', values })
    expect(stateDifference(before, changed)).toEqual([
      { label: 'Mail', before: 'a@example.org', after: 'b@example.org' },
    ])
    const gone = expectedState(before, { operation: 'user-delete', user: 'ada' })
    expect(gone).toEqual({ about: 'account', account: null })
  })

  it.each<Operation>([
    { operation: 'dnssec', action: 'sign', values: {} },
    { operation: 'action', action: 'notify', values: {} },
    { operation: 'user-create', user: 'ada', values: {} },
    { operation: 'delete' },
  ])('cannot be said beforehand of %o', (operation) => {
    expect(expectedState(dnssec(), operation)).toBeUndefined()
  })

  it.each<Operation>([
    { operation: 'settings', values: {} },
    { operation: 'permissions', users: [], groups: [] },
    { operation: 'user-update', user: 'ada', values: {} },
  ])('is nothing where the state is about something else: %o', (operation) => {
    expect(expectedState(dnssec(), operation)).toBeUndefined()
  })
})

describe('what the server holds', () => {
  it('a list in whatever order the server keeps it, and not when a line is missing', () => {
    expect(holdsState(labels('team=web', 'env=prod'), labels('env=prod', 'team=web'))).toBe(true)
    expect(holdsState(labels('team=web', 'env=prod'), labels('env=prod'))).toBe(false)
    expect(holdsState(labels('team=web'), labels('team=ops'))).toBe(false)
  })

  it('permissions in any order, and not with a right more', () => {
    const asked = permissions({ users: [row('ada', 'view'), row('grace', 'view')] })
    expect(holdsState(asked, permissions({ users: [row('grace', 'view'), row('ada', 'view')] }))).toBe(true)
    expect(holdsState(asked, permissions({ users: [row('grace', 'view', 'modify'), row('ada', 'view')] }))).toBe(false)
  })

  it('a secret that nobody can see', () => {
    const password: FormField = { id: 'password', label: 'Password', kind: 'secret' }
    const mail: FormField = { id: 'mail', label: 'Mail', kind: 'text', value: 'a@example.org' }
    const asked = account(mail, { ...password, value: true })
    expect(holdsState(asked, account(mail, password))).toBe(true)
    expect(holdsState(asked, account({ ...mail, value: 'b@example.org' }, password))).toBe(false)
    expect(holdsState({ about: 'account', account: null }, account())).toBe(false)
  })
})
