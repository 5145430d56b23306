import { expect, it } from 'vitest'
import type { OperationState } from '../operation.ts'
import { holdsState } from './operation-rows.ts'

const labels = (...value: string[]): OperationState => ({
  about: 'settings',
  settings: { fields: [{ id: 'labels', label: 'Labels', kind: 'lines', value }], facts: [] },
})

it('a list is held in whatever order the server keeps it, and not when a line is missing', () => {
  expect(holdsState(labels('team=web', 'env=prod'), labels('env=prod', 'team=web'))).toBe(true)
  expect(holdsState(labels('team=web', 'env=prod'), labels('env=prod'))).toBe(false)
  expect(holdsState(labels('team=web'), labels('team=ops'))).toBe(false)
})
