import { expect, it } from 'vitest'
import type { OperationState } from '../operation.ts'
import { holdsState, stateDifference } from './operation-rows.ts'

const labels = (...value: string[]): OperationState => ({
  about: 'settings',
  settings: { fields: [{ id: 'labels', label: 'Labels', kind: 'lines', value }], facts: [] },
})

it('a list is held in whatever order the server keeps it, and not when a line is missing', () => {
  expect(holdsState(labels('team=web', 'env=prod'), labels('env=prod', 'team=web'))).toBe(true)
  expect(holdsState(labels('team=web', 'env=prod'), labels('env=prod'))).toBe(false)
  expect(holdsState(labels('team=web'), labels('team=ops'))).toBe(false)
})

it('a new account is shown with what it holds, and nothing of what it does not', () => {
  const account = (email: string): OperationState => ({
    about: 'account',
    account: {
      name: 'ada',
      self: false,
      root: true,
      facts: [],
      fields: [
        { id: 'firstName', label: 'First name', kind: 'text', value: 'Ada' },
        { id: 'email', label: 'Email', kind: 'text', value: email },
        { id: 'password', label: 'Password', kind: 'secret' },
      ],
    },
  })
  const none: OperationState = { about: 'account', account: null }
  expect(stateDifference(none, account(''))).toEqual([
    { label: 'Account', before: null, after: 'ada' },
    { label: 'First name', before: null, after: 'Ada' },
  ])
  expect(stateDifference(account('a@b.example'), account(''))).toEqual([
    { label: 'Email', before: 'a@b.example', after: '' },
  ])
  expect(holdsState(account(''), none)).toBe(false)
})
