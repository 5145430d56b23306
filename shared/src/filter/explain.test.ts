import { describe, expect, it } from 'vitest'
import { parseBlockList } from './block-list.ts'
import { compileConfig } from './compile.ts'
import { explain, explainProfile, type FilterQuery } from './explain.ts'
import type { Lists } from './lists-in-use.ts'
import { pointer } from './pointer.ts'
import { readConfig } from './read-config.ts'

const MONDAY = Date.UTC(2026, 10, 23, 20)

function compiled(config: object, lists: Lists = new Map()) {
  const read = readConfig(JSON.stringify(config))
  if (read.config === null) throw new Error(read.refusals[0]?.message)
  return compileConfig(read.config, lists)
}
const query = (name: string, rest: Partial<FilterQuery> = {}): FilterQuery => ({
  client: '192.168.1.10',
  name,
  type: 'A',
  time: MONDAY,
  ...rest,
})

describe('explain', () => {
  const family = compiled({
    profiles: {
      base: { customRules: ['shared.test'], blockedServices: ['youtube'], regexBlockRules: ['^ads?\\.'] },
      kids: {
        customRules: ['bad.test', 'shared.test', '@@fine.shared.test'],
        dnsRewrites: [{ domain: 're.test', answer: '192.0.2.1' }],
      },
    },
    clients: [{ name: 'Tablet', ids: ['192.168.1.10'], profile: 'kids' }],
    baseProfile: 'base',
  })

  it('tells every step up to the one that decides, and by which entries', () => {
    const result = explain(family, query('www.shared.test'))
    expect(result.steps.map(({ text }) => text)).toEqual([
      'Filtering is switched on.',
      'The client is “Tablet”, by the address 192.168.1.10.',
      'The profile is “kids”.',
      'No rewrite is for it.',
      'Nothing on the allow lists is for it.',
      'No allowing pattern matches.',
      '“kids” filters at this time.',
      'The rule “shared.test” of profile “kids” blocks it.',
    ])
    expect(result.steps.map(({ decides }) => decides).lastIndexOf(false)).toBe(result.steps.length - 2)
    expect(result).toMatchObject({ verdict: 'block', profile: 'kids', client: { index: 0, by: 'address' }, unsure: [] })
    expect(result.sources.map(({ path }) => pointer(path))).toEqual([
      '/profiles/kids/customRules/1',
      '/profiles/base/customRules/0',
    ])
  })

  it('names services, patterns, allowing rules and rewrites', () => {
    const last = (name: string) => explain(family, query(name)).steps.at(-1)?.text
    expect(last('i.ytimg.com')).toBe('The service YouTube (ytimg.com) of profile “base” blocks it.')
    expect(last('ad.x.test')).toBe('The pattern “^ads?\\.” of profile “base” blocks it.')
    expect(last('fine.shared.test')).toBe('The rule “fine.shared.test” of profile “kids” allows it.')
    expect(last('x.re.test')).toBe('The rewrite of “re.test” of profile “kids” answers with “192.0.2.1”.')
    expect(last('free.test')).toBe('Nothing speaks against it: it passes.')
  })

  it('drops the last dot and the port, and writes what ASCII has not as the wire does', () => {
    expect(explain(family, query('bad.test.')).verdict).toBe('block')
    expect(explain(family, query('bücher.test')).verdict).toBe('allow')
    const byHost = compiled({
      profiles: { p: { customRules: ['a.test'] } },
      clients: [{ ids: ['Kid.example'], profile: 'p' }],
    })
    expect(explain(byHost, query('a.test', { host: 'kid.EXAMPLE:8443' })).client?.by).toBe('host')
    expect(explain(byHost, query('a.test')).verdict).toBe('allow')
  })

  it('asks for an address', () => {
    expect(() => explain(family, query('a.test', { client: 'tablet' }))).toThrow('“tablet” is no IP address.')
  })

  it('gives no reason to a query without EDNS', () => {
    const told = compiled({
      profiles: { p: { customRules: ['a.test'] } },
      defaultProfile: 'p',
      allowTxtBlockingReport: true,
    })
    expect(explain(told, query('a.test')).answer?.extendedError?.[0]).toBe(15)
    expect(explain(told, query('a.test', { edns: false })).answer).toEqual({ rcode: 'NXDOMAIN', records: [] })
  })

  it('says what it does not know instead of guessing', () => {
    const url = 'https://lists.example/a.txt'
    const config = {
      profiles: { p: { blockLists: [url], regexAllowRules: ['y\u0130'], customRules: ['known.test'] } },
      defaultProfile: 'p',
      blockLists: [{ url, name: 'Ads' }],
    }
    const texts = (lists: Lists, name: string) =>
      explain(compiled(config, lists), query(name)).unsure.map(({ text }) => text)
    const pattern =
      'Whether the pattern “y\u0130” of profile “p” matches cannot be told. It holds İ, of which the other case depends on the language of the server.'
    expect(texts(new Map(), 'x.test')).toEqual([pattern, 'What is on the list “Ads” is not known here.'])
    expect(texts(new Map(), 'known.test')).toEqual([pattern])
    expect(texts(new Map([[url, null]]), 'x.test')).toEqual([pattern])
    const found = explain(compiled(config, new Map([[url, parseBlockList('x.test', 'domain')]])), query('a.x.test'))
    expect(found.steps.at(-1)?.text).toBe('“x.test” on the list “Ads” blocks it.')
    expect(found.sources[0]).toMatchObject({ kind: 'list', path: ['profiles', 'p', 'blockLists', 0], list: { url } })
  })

  it('explains why the app lets pass what looks blocked', () => {
    const last = (config: object, name = 'a.test') => explain(compiled(config), query(name)).steps.at(-1)?.text
    const profiles = { p: { customRules: ['a.test'] } }
    expect(last({ profiles, enableBlocking: false })).toBe('Filtering is switched off: everything passes.')
    expect(last({ profiles })).toBe('There is no profile for it: it is not filtered.')
    expect(last({ profiles, defaultProfile: 'P' })).toBe('There is no profile “P”: it is not filtered at all.')
    expect(last({ profiles, clients: [{ ids: ['::/0', '0.0.0.0/0'] }], defaultProfile: 'p' })).toBe(
      'The client’s profile is empty: it is not filtered at all.',
    )
    expect(last({ profiles, clients: null, defaultProfile: 'p' })).toBe(
      'The list of clients is null. It fails and lets everything pass.',
    )
    expect(last({ profiles, defaultProfile: 'p', blockingAddresses: ['wall.example', '!'] })).toBe(
      'The server cannot make an answer of the blocking addresses and lets the query pass.',
    )
    const rewritten = {
      profiles: { p: { dnsRewrites: [{ domain: 'a.test', answer: 'safe.example.' }] } },
      defaultProfile: 'p',
    }
    expect(last(rewritten)).toBe('The server cannot make an answer of “safe.example.” and lets the query pass.')
    const never = { mon: { allDay: false, start: '08:00', end: '09:00' } }
    const scheduled = (timeZone: string | null) => ({
      profiles: { p: { customRules: ['a.test'], schedule: never } },
      defaultProfile: 'p',
      scheduleAllDay: false,
      timeZone,
    })
    expect(last(scheduled('UTC'))).toBe('“p” does not filter at this time.')
    expect(last(scheduled('Europe'))).toBe('The app cannot find the time zone. It fails and lets everything pass.')
  })

  it('judges by a profile alone as by a client that has it', () => {
    const { verdict, answer, steps } = explainProfile(family, 'kids', query('bad.test'))
    const byClient = explain(family, query('bad.test'))
    expect({ verdict, answer }).toEqual({ verdict: byClient.verdict, answer: byClient.answer })
    expect(byClient.steps.slice(-steps.length)).toEqual(steps)
    expect(explainProfile(family, null, query('shared.test')).profile).toBe('base')
  })
})
