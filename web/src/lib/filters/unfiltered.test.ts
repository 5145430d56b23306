import { readConfig } from '@zonedeck/shared/filter/read-config'
import { expect, it } from 'vitest'
import { unfiltered } from './unfiltered.ts'

function of(config: object) {
  const read = readConfig(JSON.stringify({ profiles: { kids: {} }, ...config }))
  if (read.config === null) throw new Error(read.refusals[0]?.message)
  return unfiltered(read.config).map(({ who, why }) => `${who}: ${why}`)
}

it('names whoever no profile reaches', () => {
  const clients = [
    { name: 'TV', ids: ['192.0.2.1'], profile: '' },
    { ids: ['192.0.2.2'], profile: 'KIDS' },
    { name: 'Tablet', ids: ['192.0.2.3'], profile: 'kids' },
  ]
  expect(of({ clients })).toEqual([
    'TV: its profile is empty; not even the base profile counts',
    '192.0.2.2: there is no profile “KIDS”: it is spelled “kids”',
    'Every device without an entry: there is no default profile and no base profile',
  ])
})

it.each([
  [{ defaultProfile: 'kids' }, []],
  [{ baseProfile: 'kids' }, []],
  [{ defaultProfile: 'gone' }, ['Every device without an entry: there is no profile “gone”']],
])('devices without an entry have the default profile, or else the base profile', (config, who) => {
  expect(of(config)).toEqual(who)
})
