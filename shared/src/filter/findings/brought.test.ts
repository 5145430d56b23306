import { describe, expect, it } from 'vitest'
import { findingKey } from '../../plan/keys.ts'
import { parseJson } from '../json.ts'
import { broughtFindings } from './brought.ts'
import type { ConfigFinding } from './finding.ts'
import { findings } from './index.ts'

const kids = { customRules: ['bad.test'] }
const tablet = { name: 'Tablet', ids: ['10.0.0.1'], profile: 'kids' }
const phone = { name: 'Phone', ids: ['10.0.0.2'], profile: 'gone' }

function brought(before: object, after: object) {
  const [was, is] = [JSON.stringify(before), JSON.stringify(after)]
  return broughtFindings(findings(was), findings(is), parseJson(is))
}

describe('what an edit brings along', () => {
  it('is what was not found before, wherever that stands by now', () => {
    const before = { profiles: { kids }, clients: [phone] }
    expect(brought(before, { profiles: { kids }, clients: [tablet, phone] })).toEqual([])
    expect(brought(before, { profiles: { kids }, clients: [phone, { ...tablet, profile: '' }] })).toMatchObject([
      {
        severity: 'danger',
        title: '“Tablet” has an empty profile: it is not filtered at all, not even by the base profile.',
        reason: 'Where: the profile of the client “Tablet”.',
        name: '/clients/1/profile',
      },
    ])
  })

  it('is nothing when something is put right', () => {
    expect(
      brought(
        { profiles: { kids }, clients: [phone] },
        { profiles: { kids }, clients: [{ ...phone, profile: 'kids' }] },
      ),
    ).toEqual([])
  })

  it('counts what is said of several: one more of the same is new', () => {
    const said = (pointer: string): ConfigFinding => ({ id: 'same', severity: 'danger', text: 'The same.', pointer })
    const two = [said('/clients/0'), said('/clients/1')]
    expect(broughtFindings(two, two, {})).toEqual([])
    expect(broughtFindings(two, [...two, said('/clients/2')], {})).toMatchObject([{ name: '/clients/2' }])
    const worse = two.map((found): ConfigFinding => ({ ...found, severity: 'warning' }))
    expect(broughtFindings(worse, two, {})).toHaveLength(2)
  })

  it('a rule that finds thousands tells of them together, and each finding has a key of its own', () => {
    const clients = Array.from({ length: 2000 }, (_, c) => ({ name: `C${c}`, ids: [`10.1.${c >> 8}.${c & 255}`] }))
    const of = (profile: string) => clients.map((client) => ({ ...client, profile }))
    const found = brought({ profiles: { kids }, clients: of('kids') }, { profiles: { kids }, clients: of('gone') })
    const dangers = found.filter(({ severity }) => severity === 'danger')
    expect(dangers).toHaveLength(1)
    expect(dangers[0]?.title).toContain('“gone”')
    expect(dangers[0]?.reason).toBe(
      'And 1999 more of this kind. Where: ' +
        [0, 1, 2, 3, 4].map((c) => `the profile of the client “C${c}”`).join(', ') +
        ', other places.',
    )
    const same: ConfigFinding = { id: 'same', severity: 'danger', text: 'The same.', pointer: '/clients/0' }
    const keys = broughtFindings([], [same, same, { ...same, severity: 'info' }], {}).map(findingKey)
    expect(new Set(keys).size).toBe(3)
  })

  it('names the whole configuration and odd keys', () => {
    const at = (pointer: string): ConfigFinding => ({ id: 'x', severity: 'danger', text: 'X.', pointer })
    const reasons = broughtFindings([], [at(''), at('/profiles/a~1b'), at('/profiles/007/schedule')], {})
    expect(reasons.map(({ reason }) => reason)).toEqual([
      'Where: the whole configuration.',
      'Where: the profile “a/b”.',
      'Where: the schedule of the profile “007”.',
    ])
  })
})
