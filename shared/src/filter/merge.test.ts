import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseJson, type Json, type JsonObject } from './json.ts'
import { mergeConfigs } from './merge.ts'

const base = {
  _panel: { keep: 1 },
  timeZone: 'UTC',
  profiles: {
    kids: {
      customRules: ['a.test', 'b.test'],
      schedule: { mon: { allDay: true } },
      dnsRewrites: [{ domain: 'g.test', answer: '1.1.1.1' }],
    },
    adults: { blockedServices: ['tiktok'] },
  },
  clients: [
    { name: 'Tablet', ids: ['10.0.0.1'], profile: 'kids' },
    { name: 'Laptop', ids: ['10.0.0.2'], profile: 'adults' },
  ],
  blockLists: [{ url: 'https://l.example/a', enabled: true }],
}
type Config = typeof base

function edited(change: (config: Config & JsonObject) => void): string {
  const config = structuredClone(base) as Config & JsonObject
  change(config)
  return JSON.stringify(config, null, 2)
}
const text = JSON.stringify(base, null, 2)
function merged(
  mine: (config: Config & JsonObject) => void,
  theirs: (config: Config & JsonObject) => void,
  choices?: Map<string, 'mine' | 'theirs'>,
) {
  const result = mergeConfigs(text, edited(mine), edited(theirs), choices)
  return result.text === null ? result.conflicts : (parseJson(result.text) as unknown as Config)
}

describe('mergeConfigs', () => {
  it('lets both edits stand, profile by profile, client by client, rule by rule', () => {
    const both = merged(
      (config) => {
        config.profiles.kids.customRules = ['b.test', 'c.test']
        config.clients[0]!.ids.push('10.0.0.11')
        config.blockLists.push({ url: 'https://l.example/mine', enabled: true })
        config['enableBlocking'] = false
      },
      (config) => {
        config.profiles.kids.customRules.push('d.test')
        config.profiles.adults.blockedServices = []
        config.clients.unshift({ name: 'New', ids: ['10.0.0.3'], profile: 'kids' })
        config.clients[1]!.profile = 'adults'
        config.blockLists[0]!.enabled = false
        config.timeZone = 'Europe/Berlin'
      },
    )
    expect(both).toEqual({
      _panel: { keep: 1 },
      timeZone: 'Europe/Berlin',
      enableBlocking: false,
      profiles: {
        kids: { ...base.profiles.kids, customRules: ['b.test', 'c.test', 'd.test'] },
        adults: { blockedServices: [] },
      },
      clients: [
        { name: 'New', ids: ['10.0.0.3'], profile: 'kids' },
        { name: 'Tablet', ids: ['10.0.0.1', '10.0.0.11'], profile: 'adults' },
        { name: 'Laptop', ids: ['10.0.0.2'], profile: 'adults' },
      ],
      blockLists: [
        { url: 'https://l.example/a', enabled: false },
        { url: 'https://l.example/mine', enabled: true },
      ],
    })
  })

  it('names what both changed, and takes the side that is chosen', () => {
    const mine = (config: Config & JsonObject) => {
      config.timeZone = 'Asia/Tokyo'
      config.profiles.kids.dnsRewrites[0]!.answer = '2.2.2.2'
      config.clients.pop()
    }
    const theirs = (config: Config & JsonObject) => {
      config.timeZone = 'Europe/Berlin'
      config.profiles.kids.dnsRewrites[0]!.answer = '3.3.3.3'
      config.clients[1]!.profile = 'kids'
      config.profiles.adults.blockedServices.push('youtube')
    }
    expect(merged(mine, theirs)).toEqual([
      { pointer: '/timeZone', what: 'the time zone', base: 'UTC', mine: 'Asia/Tokyo', theirs: 'Europe/Berlin' },
      {
        pointer: '/profiles/kids/dnsRewrites/0/answer',
        what: 'the rewrites of the profile “kids”',
        base: '1.1.1.1',
        mine: '2.2.2.2',
        theirs: '3.3.3.3',
      },
      {
        pointer: '/clients/1',
        what: 'the client “Laptop”',
        base: base.clients[1],
        theirs: { ...base.clients[1], profile: 'kids' },
      },
    ])
    const choices = new Map([
      ['/timeZone', 'mine'],
      ['/profiles/kids/dnsRewrites/0/answer', 'theirs'],
      ['/clients/1', 'mine'],
    ] as const)
    expect(merged(mine, theirs, choices)).toMatchObject({
      timeZone: 'Asia/Tokyo',
      profiles: { kids: { dnsRewrites: [{ answer: '3.3.3.3' }] }, adults: { blockedServices: ['tiktok', 'youtube'] } },
      clients: [{ name: 'Tablet' }],
    })
  })

  it('does not lose what one hand changed and the other removed', () => {
    const conflicts = merged(
      (config) => (config.clients[0]!.profile = 'adults'),
      (config) => void config.clients.shift(),
    )
    expect(conflicts).toMatchObject([{ pointer: '/clients/mine-0', what: 'the client “Tablet”' }])
    const kept = merged(
      (config) => (config.clients[0]!.profile = 'adults'),
      (config) => void config.clients.shift(),
      new Map([['/clients/mine-0', 'mine']]),
    )
    expect(kept).toMatchObject({ clients: [{ name: 'Tablet', profile: 'adults' }, { name: 'Laptop' }] })
  })

  it('keeps the order of clients that one hand changed, and asks when both did', () => {
    const swap = (config: Config & JsonObject) => void config.clients.reverse()
    expect(merged(swap, (config) => void config.clients.push({ name: 'New', ids: [], profile: '' }))).toMatchObject({
      clients: [{ name: 'Laptop' }, { name: 'New' }, { name: 'Tablet' }],
    })
    const third = (config: Config & JsonObject) => config.clients.push({ name: 'New', ids: ['1'], profile: '' })
    const three = edited(third)
    const order = (names: string[]) =>
      edited((config) => {
        third(config)
        config.clients.sort((a, b) => names.indexOf(a.name) - names.indexOf(b.name))
      })
    const result = mergeConfigs(three, order(['New', 'Tablet', 'Laptop']), order(['Laptop', 'Tablet', 'New']))
    expect(result.conflicts).toMatchObject([{ pointer: '/clients/order' }])
  })

  it('edits their text in place', () => {
    const theirs = text.replace('"keep": 1', '"keep":   1.0')
    const result = mergeConfigs(
      text,
      edited((config) => (config.timeZone = 'Asia/Tokyo')),
      theirs,
    )
    expect(result.text).toBe(theirs.replace('"UTC"', '"Asia/Tokyo"'))
    expect(mergeConfigs(text, text, theirs).text).toBe(theirs)
    expect(mergeConfigs('', '{"a":1}', '').text).toBe('{\n  "a": 1\n}\n')
  })

  const name = fc.constantFrom('a', 'b', 'c')
  const texts = fc.uniqueArray(fc.constantFrom('w', 'x', 'y', 'z'), { maxLength: 4 })
  const config = fc.record(
    {
      timeZone: fc.constantFrom('UTC', 'Asia/Tokyo'),
      profiles: fc.dictionary(name, fc.record({ customRules: texts, future: fc.nat(2) }, { requiredKeys: [] })),
      clients: fc.uniqueArray(fc.record({ name, ids: texts, profile: name }), {
        maxLength: 3,
        selector: (client) => client.name,
      }),
      x: fc.array(fc.nat(1), { maxLength: 2 }),
    },
    { requiredKeys: [] },
  ) as fc.Arbitrary<Json>

  it('is the other side where one side did nothing, and the same when both did the same', () => {
    fc.assert(
      fc.property(config, config, (from, to) => {
        const [a, b] = [JSON.stringify(from), JSON.stringify(to)]
        expect(mergeConfigs(a, a, b).text).toBe(b)
        expect(parseJson(mergeConfigs(a, b, a).text ?? '')).toEqual(to)
        expect(mergeConfigs(a, b, b).text).toBe(b)
      }),
    )
  })

  it('has the same conflicts from either side, and none once all are decided', () => {
    fc.assert(
      fc.property(
        config,
        config,
        config,
        fc.constantFrom('mine' as const, 'theirs' as const),
        (from, mine, theirs, side) => {
          const [a, b, c] = [JSON.stringify(from), JSON.stringify(mine), JSON.stringify(theirs)]
          const { conflicts } = mergeConfigs(a, b, c)
          expect(mergeConfigs(a, c, b).conflicts).toHaveLength(conflicts.length)
          expect(new Set(conflicts.map(({ pointer }) => pointer)).size).toBe(conflicts.length)
          const decided = mergeConfigs(a, b, c, new Map(conflicts.map(({ pointer }) => [pointer, side])))
          expect(decided.conflicts).toEqual([])
        },
      ),
    )
  })
})
