import { providerInfoSchema } from '@zonedeck/shared/connection'
import { patternError } from '@zonedeck/shared/credential-pattern'
import { existsSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { providers } from './index.ts'

const here = fileURLToPath(new URL('.', import.meta.url))
const folders = readdirSync(here, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && existsSync(`${here}${entry.name}/about.ts`))
  .map(({ name }) => name)
  .filter((name) => ['dns', 'filter'].some((file) => existsSync(`${here}${name}/${file}.ts`)))

it('every provider with a folder is registered, and no other', () => {
  expect(Object.keys(providers).sort()).toEqual(folders.sort())
})

it.each(Object.entries(providers))('%s says what it has', (id, { about, dns, filter }) => {
  expect(dns !== undefined).toBe(existsSync(`${here}${id}/dns.ts`))
  expect(filter !== undefined).toBe(existsSync(`${here}${id}/filter.ts`))
  expect(about.capabilities.zones === true).toBe(dns !== undefined)
  expect(about.capabilities.filter === true).toBe(filter !== undefined)
})

it.each(Object.entries(providers))('%s describes itself in full', (id, { about }) => {
  expect(about.id).toBe(id)
  expect(providerInfoSchema.parse(about)).toEqual(about)
  expect(about.fields.some(({ secret }) => secret)).toBe(true)
  expect(new Set(about.fields.map((field) => field.id)).size).toBe(about.fields.length)
  for (const field of about.fields) expect(patternError(field, '\u0000')).toBe(field.pattern?.help ?? null)
})
