import { filterConfigSchema } from '@zonedeck/shared/filter/config'
import { expect, it } from 'vitest'
import { unknownKeys } from './known-keys.ts'

it('knows every key of the model, and no other', () => {
  const keys = Object.keys(filterConfigSchema.shape)
  const config = Object.fromEntries([...keys, '_blockListsSeeded', 'Profiles'].map((key) => [key, null]))
  expect(unknownKeys(config)).toEqual(['_blockListsSeeded', 'Profiles'])
})
