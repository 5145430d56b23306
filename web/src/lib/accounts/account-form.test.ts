import type { FormField } from '@zonedeck/shared/form'
import { formErrors } from '@zonedeck/shared/form-errors'
import { expect, test } from 'vitest'
import { secretMarks, typedSecrets } from './account-form.ts'

const fields: FormField[] = [
  { id: 'password', label: 'Password', kind: 'secret', required: true },
  { id: 'email', label: 'Email', kind: 'text' },
]

test('only secrets that were typed are sent, and only their names stand among the values', () => {
  const secrets = typedSecrets(fields, { password: 'hunter2', email: 'not a secret', other: 'unknown' })
  expect(secrets).toEqual({ password: 'hunter2' })
  expect(secretMarks(secrets)).toEqual({ password: true })
  expect(formErrors(fields, secretMarks(secrets), '')).toEqual([])
  expect(typedSecrets(fields, { password: '' })).toEqual({})
  expect(formErrors(fields, {}, '')).toMatchObject([{ pointer: '/password' }])
})
