import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { PauseTarget } from '../../content-filter.ts'
import { compileConfig } from '../compile.ts'
import { editConfig } from '../edit.ts'
import { explain } from '../explain.ts'
import { parseJson } from '../json.ts'
import { readConfig } from '../read-config.ts'
import { holdPauses, type HeldPause } from './hold.ts'
import { releaseClaims } from './release.ts'
import { pauseNote } from './words.ts'

const config = `{
  "enableBlocking": true,
  "defaultProfile": "kids",
  "baseProfile": "base",
  "profiles": {
    "base": { "customRules": ["everywhere.test"], "n": 1.50 },
    "kids": {
      "blockedServices": ["youtube", "tiktok"],
      "customRules": ["bad.test"],
      "allowList": ["good.test"]
    },
    "work": { "customRules": ["games.test"] }
  },
  "clients": [
    { "name": "Tablet", "ids": ["10.0.0.1"], "profile": "kids" },
    { "name": "Laptop", "ids": ["10.0.0.2"], "profile": "work" },
    { "name": "Phone", "ids": ["10.0.0.3"], "profile": "kids" },
    { "name": "Guest", "ids": ["10.0.0.4"], "profile": "" }
  ],
  "_kept": { "by":  "another tool" }
}
`
const everything: PauseTarget = { kind: 'everything' }
const profile = (name: string): PauseTarget => ({ kind: 'profile', profile: name })
const entry = (name: string, id: string) => ({ name, ids: [id] })
const tablet = entry('Tablet', '10.0.0.1')
const client = (name: string, id: string): PauseTarget => ({ kind: 'client', client: entry(name, id) })
const toClient = (domain: string): PauseTarget => ({ kind: 'domain', domain, for: { kind: 'client', client: tablet } })
const toProfile = (domain: string, name = 'kids'): PauseTarget => ({
  kind: 'domain',
  domain,
  for: { kind: 'profile', profile: name },
})
const pauses = (...targets: PauseTarget[]): HeldPause[] =>
  targets.map((target, index) => ({ id: String(index), target, lost: [] }))

/** tablet, laptop, phone, and somebody whom no entry names. */
const addresses = { tablet: '10.0.0.1', laptop: '10.0.0.2', phone: '10.0.0.3', other: '10.9.9.9' }

/** Who gets a name blocked. */
function blocked(text: string, name: string): string[] {
  const read = readConfig(text)
  if (read.config === null) throw new Error(JSON.stringify(read.refusals))
  const compiled = compileConfig(read.config, new Map())
  return Object.entries(addresses).flatMap(([who, address]) =>
    explain(compiled, { client: address, name, type: 'A', time: 0 }).verdict === 'block' ? who : [],
  )
}

const all = ['tablet', 'laptop', 'phone', 'other']

it('before any pause', () => {
  expect(blocked(config, 'everywhere.test')).toEqual(all)
  expect(blocked(config, 'www.youtube.com')).toEqual(['tablet', 'phone', 'other'])
  expect(blocked(config, 'games.test')).toEqual(['laptop'])
})

describe('what a pause does', () => {
  it.each([
    ['everything', everything, [], []],
    ['a profile: its clients and whom it is the default for', profile('kids'), [], ['laptop']],
    ['a profile that is no default', profile('work'), ['tablet', 'phone', 'other'], ['tablet', 'phone', 'other']],
    ['a client', client('Tablet', '10.0.0.1'), ['phone', 'other'], ['laptop', 'phone', 'other']],
    ['a domain for a client', toClient('youtube.com'), ['phone', 'other'], all],
    ['a domain for a profile', toProfile('youtube.com'), [], all],
  ])('%s', (_, target, youtube, everywhere) => {
    const { text, claims, idle } = holdPauses(config, pauses(target))
    expect([...idle]).toEqual([])
    expect(blocked(text, 'www.youtube.com')).toEqual(youtube)
    expect(blocked(text, 'everywhere.test')).toEqual(everywhere)
    expect(releaseClaims(text, claims)).toEqual({ text: config, lost: [] })
  })

  it('a grant lets through one name with what is below it, and nothing else', () => {
    const { text } = holdPauses(config, pauses(toClient('www.youtube.com')))
    expect(blocked(text, 'a.www.youtube.com')).toEqual(['phone', 'other'])
    expect(blocked(text, 'youtube.com')).toEqual(['tablet', 'phone', 'other'])
    expect(blocked(text, 'tiktok.com')).toEqual(['tablet', 'phone', 'other'])
    expect(blocked(text, 'bad.test')).toEqual(['tablet', 'phone', 'other'])
  })

  it('of the base profile: whoever has only that one is unfiltered, whoever has another keeps its rules', () => {
    const text = editConfig(config, [
      { op: 'set', path: ['defaultProfile'], value: null },
      { op: 'set', path: ['clients', 2, 'profile'], value: null },
    ])
    expect(blocked(text, 'everywhere.test')).toEqual(all)
    const held = holdPauses(text, pauses(profile('base')))
    expect(blocked(held.text, 'everywhere.test')).toEqual(['tablet', 'laptop'])
    expect(releaseClaims(held.text, held.claims)).toEqual({ text, lost: [] })
  })

  it('in a configuration that leaves out what is the default', () => {
    const short = '{"profiles":{"kids":{"customRules":["bad.test"]}},"baseProfile":"kids","clients":[]}'
    expect(blocked(short, 'bad.test')).toEqual(all)
    for (const target of [everything, profile('kids')]) {
      const { text, claims } = holdPauses(short, pauses(target))
      expect(blocked(text, 'bad.test')).toEqual([])
      expect(releaseClaims(text, claims)).toEqual({ text: short, lost: [] })
    }
    const granted = holdPauses(short, pauses(toProfile('bad.test')))
    expect(blocked(granted.text, 'bad.test')).toEqual([])
    expect(releaseClaims(granted.text, granted.claims)).toEqual({ text: short, lost: [] })
  })

  it.each([
    ['There is no profile “gone”.', profile('gone')],
    ['There is no client “Fridge”.', client('Fridge', '10.0.0.77')],
    ['“Guest” is not filtered anyway.', client('Guest', '10.0.0.4')],
    ['“good.test” is on the allow list of “kids” already.', toProfile('good.test')],
    ['“good.test” is on the allow list of “kids” already.', toClient('good.test')],
  ])('says why it would do nothing: %s', (why, target) => {
    const { text, claims, idle } = holdPauses(config, pauses(target))
    expect([text, claims, idle.get('0')]).toEqual([config, [], why])
  })

  it('has a note', () => {
    const targets = [everything, profile('kids'), client('Tablet', '10.0.0.1'), toClient('a.test'), toProfile('b.test')]
    expect(targets.map(pauseNote)).toEqual([
      'Pause all filtering',
      'Pause profile kids',
      'Pause Tablet',
      'Let through a.test for Tablet',
      'Let through b.test for kids',
    ])
  })
})

describe('what others change meanwhile', () => {
  it('stays', () => {
    const { text, claims } = holdPauses(config, pauses(everything, profile('kids'), toClient('youtube.com')))
    const theirs = (before: string) =>
      editConfig(before, [
        { op: 'insert', path: ['profiles', 'work', 'customRules', 1], value: 'more.test' },
        { op: 'remove', path: ['clients', 1] },
        { op: 'set', path: ['profiles', 'kids', 'description'], value: 'Ours' },
      ])
    expect(releaseClaims(theirs(text), claims)).toEqual({ text: theirs(config), lost: [] })
  })

  it('is left alone where it is the very thing, and told', () => {
    const { text, claims } = holdPauses(config, pauses(everything, profile('kids'), toProfile('bad.test')))
    const theirs = editConfig(text, [
      { op: 'set', path: ['enableBlocking'], value: true },
      { op: 'set', path: ['defaultProfile'], value: 'work' },
      { op: 'set', path: ['clients', 0, 'profile'], value: 'work' },
      { op: 'remove', path: ['clients', 2] },
      { op: 'remove', path: ['profiles', 'kids', 'allowList', 1] },
    ])
    const { text: after, lost } = releaseClaims(theirs, claims)
    expect(after).toBe(theirs)
    expect(lost.map((one) => one.text)).toEqual([
      'Filtering was switched on by somebody meanwhile.',
      'Somebody chose another default profile meanwhile.',
      'Somebody gave “Tablet” another profile meanwhile.',
      'Somebody deleted the client “Phone” meanwhile.',
      'Somebody took “bad.test” from the allow list of “kids” meanwhile.',
    ])
  })

  it('an entry of the allow list that was there before is not taken away', () => {
    const twice = config.replace('"good.test"', '"good.test", "youtube.com"')
    const { text, claims } = holdPauses(twice, pauses(toProfile('youtube.com'), toProfile('bad.test')))
    const { text: after } = releaseClaims(text, claims)
    expect(after).toBe(twice)
  })

  it('a profile that is gone is told with everybody who gets it back', () => {
    const { text, claims } = holdPauses(config, pauses(profile('kids')))
    const { text: after, lost } = releaseClaims(
      editConfig(text, [{ op: 'remove', path: ['profiles', 'kids'] }]),
      claims,
    )
    expect(parseJson(after)).toEqual(parseJson(editConfig(config, [{ op: 'remove', path: ['profiles', 'kids'] }])))
    expect(lost.map((one) => one.text)).toEqual([
      'The default profile is “kids” again, which is no longer there: choose another one.',
      '“Tablet” had the profile “kids”, which is no longer there: give it another one.',
      '“Phone” had the profile “kids”, which is no longer there: give it another one.',
    ])
  })

  it('an entry behind a name that two timers let through stays', () => {
    const { text, claims } = holdPauses(config, pauses(toProfile('youtube.com'), toProfile('youtube.com')))
    const add = (at: number) => ({
      op: 'insert' as const,
      path: ['profiles', 'kids', 'allowList', at],
      value: 'new.test',
    })
    const { text: after, lost } = releaseClaims(editConfig(text, [add(2)]), claims)
    expect(lost).toEqual([])
    expect(parseJson(after)).toEqual(parseJson(editConfig(config, [add(1)])))
  })

  it('a profile made for a grant stays when somebody uses it, and then only that', () => {
    const { text, claims } = holdPauses(config, pauses(toClient('youtube.com')))
    const theirs = editConfig(text, [
      { op: 'set', path: ['clients', 1, 'profile'], value: 'kids (Tablet, for a time)' },
    ])
    const { text: after, lost } = releaseClaims(theirs, claims)
    expect(lost).toHaveLength(1)
    expect(blocked(after, 'www.youtube.com')).toEqual(['tablet', 'phone', 'other'])
    expect(parseJson(after)).toMatchObject({ clients: [{ profile: 'kids' }, {}, {}, {}] })
  })

  it('what was lost is not taken again', () => {
    const held = holdPauses(config, pauses(everything, client('Phone', '10.0.0.3')))
    const theirs = editConfig(held.text, [{ op: 'set', path: ['enableBlocking'], value: true }])
    const { text, lost } = releaseClaims(theirs, held.claims)
    const again = pauses(everything, client('Phone', '10.0.0.3')).map((pause) => ({
      ...pause,
      lost: lost.filter(({ claim }) => claim.by.includes(pause.id)).map(({ claim }) => claim.key),
    }))
    const next = holdPauses(text, again)
    expect(blocked(next.text, 'everywhere.test')).toEqual(['tablet', 'laptop', 'other'])
    expect(next.idle.get('0')).toBe('Somebody changed it meanwhile.')
  })
})

it('pauses add up, whichever of them end first', () => {
  const domain = fc.constantFrom('youtube.com', 'bad.test', 'tiktok.com', 'good.test')
  const target = fc.oneof(
    fc.constant(everything),
    fc.constantFrom('kids', 'work', 'base').map(profile),
    fc
      .constantFrom(...Object.entries({ Tablet: '10.0.0.1', Laptop: '10.0.0.2', Phone: '10.0.0.3' }))
      .map(([n, i]) => client(n, i)),
    domain.map(toClient),
    domain.chain((name) => fc.constantFrom('kids', 'work').map((to) => toProfile(name, to))),
  )
  const some = fc.uniqueArray(target, { maxLength: 6, selector: (one) => JSON.stringify(one) })
  const names = ['www.youtube.com', 'bad.test', 'everywhere.test', 'games.test', 'tiktok.com']
  fc.assert(
    fc.property(some, fc.nat(5), (targets, ends) => {
      const { text, claims } = holdPauses(config, pauses(...targets))
      const released = releaseClaims(text, claims)
      expect(released.lost).toEqual([])
      expect(parseJson(released.text)).toEqual(parseJson(config))
      // What is left of them is what they would be without the one that ended.
      const left = targets.filter((_, index) => index !== ends)
      const without = holdPauses(released.text, pauses(...left))
      const anew = holdPauses(config, pauses(...left))
      for (const name of names) {
        expect(blocked(without.text, name)).toEqual(blocked(anew.text, name))
        // More pauses never block more.
        expect(blocked(anew.text, name)).toEqual(expect.arrayContaining(blocked(text, name)))
      }
    }),
    { numRuns: 300 },
  )
})

it('two thousand clients of one profile are paused in a moment', () => {
  const clients = Array.from({ length: 2000 }, (_, index) => ({
    name: `Client ${index}`,
    ids: [`10.${index >> 8}.${index & 255}.1`],
    profile: 'kids',
  }))
  const rules = Array.from({ length: 50_000 }, (_, index) => `rule-${index}.example.com`)
  const text = JSON.stringify({ profiles: { kids: { customRules: rules } }, clients }, null, 2)
  const started = performance.now()
  const held = holdPauses(text, pauses(profile('kids')))
  const released = releaseClaims(held.text, held.claims)
  expect(performance.now() - started).toBeLessThan(5000)
  expect(held.claims).toHaveLength(2000)
  expect(released).toEqual({ text, lost: [] })
})
