import type { DnssecState } from '@zonedeck/shared/dnssec'
import { expect, test } from 'vitest'
import { digestBase } from './plan-token.ts'

const state = (more: Partial<DnssecState>): DnssecState => ({
  state: 'pending',
  detail: 'It looks again at 09:01.',
  facts: [{ label: 'Region', value: 'nl-01' }],
  keys: [],
  ds: [],
  actions: [],
  ...more,
})
const digest = (dnssec: DnssecState) => digestBase({ before: { about: 'dnssec', dnssec }, recordSets: [] })

test('a plan for DNSSEC outlives a time in its sentence, and no change of what it is about', async () => {
  const before = await digest(state({}))
  expect(await digest(state({ detail: 'It looks again at 09:02.' }))).toBe(before)
  expect(await digest(state({ state: 'signed' }))).not.toBe(before)
  expect(await digest(state({ facts: [{ label: 'Region', value: 'nl-02' }] }))).not.toBe(before)
})
