import { describe, expect, it } from 'vitest'
import type { FormField } from '../form.ts'
import type { Operation, OperationState } from '../operation.ts'
import { expectedState } from './operation-rows.ts'
import { operationSentences, operationTitle } from './operation-words.ts'

const all: [Operation, string][] = [
  [{ operation: 'create', kind: 'Native' }, 'Create zone'],
  [{ operation: 'delete' }, 'Delete zone'],
  [{ operation: 'enable' }, 'Enable zone'],
  [{ operation: 'disable' }, 'Disable zone'],
  [{ operation: 'import', mode: 'merge' }, 'Import, merging'],
  [{ operation: 'import', mode: 'replace' }, 'Import, replacing'],
  [{ operation: 'settings', values: {} }, 'Change settings'],
  [{ operation: 'permissions', users: [], groups: [] }, 'Change permissions'],
  [{ operation: 'dnssec', action: 'add-key', values: {} }, 'DNSSEC: add key'],
  [{ operation: 'action', action: 'axfr_retrieve-now', values: {} }, 'Zone: axfr retrieve now'],
  [{ operation: 'user-create', user: 'ada', values: {} }, 'Create account ada'],
  [{ operation: 'user-update', user: 'ada', values: {} }, 'Change account ada'],
  [{ operation: 'user-delete', user: 'ada' }, 'Delete account ada'],
]
const say = (operation: Operation, more: Partial<Parameters<typeof operationSentences>[0]> = {}) =>
  operationSentences({ operation, zone: 'example.org', server: 'office', ...more })

describe('an operation', () => {
  it.each(all)('%o has the title %s', (operation, title) => {
    expect(operationTitle(operation)).toBe(title)
  })

  it.each(all)('%o is said in whole sentences that name the server', (operation) => {
    const help = 'The server office does it.'
    for (const zone of ['example.org', '@']) {
      const sentences = say(operation, { zone, help })
      expect(sentences).not.toEqual([])
      for (const sentence of sentences) {
        expect(sentence).toMatch(/^[A-Zeo].*\.$/)
        expect(sentence).toContain('office')
        expect(sentence).not.toMatch(/@|undefined/)
      }
    }
  })

  it('calls the root zone by its name, in the middle of a sentence too', () => {
    expect(say({ operation: 'delete' }, { zone: '@' })[0]).toMatch(/^The root zone is deleted on office\./)
    expect(say({ operation: 'enable' }, { zone: '@' })).toEqual(['office answers for the root zone again.'])
  })

  it('of a step without words of its own says nothing', () => {
    expect(say({ operation: 'dnssec', action: 'sign', values: {} })).toEqual([])
  })
})

describe('what changes', () => {
  const fields: FormField[] = [
    { id: 'kind', label: 'Kind', kind: 'choice', choices: [{ value: 'b', label: 'Second' }], value: 'a' },
    { id: 'note', label: 'Note', kind: 'text', value: '' },
    { id: 'mail', label: 'Mail', kind: 'text', value: 'a@example.org' },
    { id: 'password', label: 'Password', kind: 'secret' },
    { id: 'same', label: 'Same', kind: 'switch', value: true },
  ]

  it('is said row by row', () => {
    const before: OperationState = { about: 'settings', settings: { fields, facts: [] } }
    const operation: Operation = {
      operation: 'settings',
      values: { kind: 'b', note: 'hello', mail: '', same: true },
    }
    expect(say(operation, { before, expected: expectedState(before, operation) })).toEqual([
      'Settings of example.org on office change.',
      'Kind changes from “a” to “Second”.',
      'Note becomes “hello”.',
      'Mail changes from “a@example.org” to nothing.',
    ])
  })

  it('names a secret without quoting it', () => {
    const before: OperationState = {
      about: 'account',
      account: { name: 'ada', self: false, fields, facts: [], root: false },
    }
    const operation: Operation = { operation: 'user-update', user: 'ada', values: { password: true } }
    expect(say(operation, { before, expected: expectedState(before, operation) })).toEqual([
      'Account ada on office changes.',
      'Password becomes a new one.',
    ])
  })

  it('names who comes and who goes', () => {
    const grace = { name: 'grace', view: true, modify: true, delete: false }
    const before: OperationState = {
      about: 'permissions',
      permissions: {
        users: [{ name: 'ada', view: true, modify: false, delete: false }],
        groups: [],
        knownUsers: [],
        knownGroups: [],
      },
    }
    const operation: Operation = { operation: 'permissions', users: [grace], groups: [] }
    expect(say(operation, { before, expected: expectedState(before, operation) })).toEqual([
      'Who may use example.org on office changes.',
      'User ada goes; it was “view”.',
      'User grace becomes “view, modify”.',
    ])
  })
})
