import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { editConfig } from '../edit.ts'
import { parseJson, type Json } from '../json.ts'
import { readConfig } from '../read-config.ts'
import { parseVerdictRecording } from '../recording.ts'
import { findings } from './index.ts'

const of = (config: object) => findings(JSON.stringify(config))
const profile = (content: object, rest: object = {}) => ({ profiles: { p: content }, defaultProfile: 'p', ...rest })
/** Ids, and where: without what every small configuration has. */
const ids = (config: object) => of(config).map(({ id, pointer }) => `${id} ${pointer}`)

/** What the fix of the only finding of an id makes of a place. */
function fixed(config: object, id: string, ...path: (string | number)[]): Json | undefined {
  const found = of(config).filter((finding) => finding.id === id)
  expect(found.map(({ fix }) => fix === undefined)).toEqual([false])
  let value: Json | undefined = parseJson(editConfig(JSON.stringify(config), found[0]?.fix?.edits ?? []))
  for (const part of path) value = (value as Record<string, Json> | undefined)?.[part]
  return value
}

describe('findings about domains', () => {
  it.each([
    ['bad.test.', 'last-dot', 'bad.test'],
    ['@@bad.test..', 'last-dot', '@@bad.test'],
    ['*.bad.test', 'wildcard-entry', 'bad.test'],
    ['||bad.test^', 'adblock-entry', 'bad.test'],
    ['||bad.test^$third-party', 'adblock-entry', 'bad.test'],
    ['bad.test # why', 'comment-on-line', 'bad.test'],
    ['0.0.0.0 bad.test', 'hosts-line', 'bad.test'],
    ['https://bad.test/x?y', 'url-entry', 'bad.test'],
    ['bad.test/path', 'url-entry', 'bad.test'],
    ['@@bücher.test', 'unicode-entry', '@@xn--bcher-kva.test'],
    ['a b.test', 'space-in-entry', undefined],
    ['a..test', 'invalid-domain', undefined],
    [`${'x'.repeat(64)}.test`, 'invalid-domain', undefined],
  ])('%s is %s', (rule, id, meant) => {
    const config = profile({ customRules: [rule] })
    expect(ids(config)).toEqual([`${id} /profiles/p/customRules/0`])
    expect(fixed(config, id, 'profiles', 'p', 'customRules', 0)).toBe(meant)
  })

  it('has nothing against comments, underscores, A-labels and spaces around', () => {
    expect(
      ids(profile({ customRules: ['# *.x', '', ' a.test ', '_x.test', 'xn--bcher-kva.test', '@@ b.test'] })),
    ).toEqual([])
    expect(ids(profile({ customRules: ['0/25.2.0.192.in-addr.arpa', '1.0/25.2.0.192.in-addr.arpa'] }))).toEqual([])
  })

  it('looks at allow lists, rewrites and services too', () => {
    const config = profile(
      {
        allowList: ['# x', '@@a.test', '*.b.test'],
        dnsRewrites: [
          { domain: 'dot.test.', answer: '192.0.2.1' },
          { domain: '*.c.test', answer: '192.0.2.1' },
        ],
      },
      { customServices: { s: { domains: [' a.test', 'b.test.'] }, e: {}, YouTube: { domains: ['y.test'] } } },
    )
    expect(ids(config).sort()).toEqual([
      'comment-in-allow-list /profiles/p/allowList/0',
      'empty-service /customServices/e',
      'last-dot /customServices/s/domains/1',
      'replaced-service /customServices/YouTube',
      'rule-in-allow-list /profiles/p/allowList/1',
      'space-around-domain /customServices/s/domains/0',
      'wildcard-entry /profiles/p/allowList/2',
      'wildcard-entry /profiles/p/dnsRewrites/1/domain',
    ])
    expect(fixed(config, 'rule-in-allow-list', 'profiles', 'p', 'allowList', 1)).toBe('a.test')
  })

  it('sees entries that do too much, nothing, or the same again', () => {
    const config = {
      profiles: {
        base: { allowList: ['shared.test'] },
        p: {
          customRules: ['com', 'ok.test', '@@ok.test', 'x.shared.test', 'OK.test', 'moved.test', '@@x.moved.test'],
          allowList: ['net'],
          dnsRewrites: [
            { domain: 'moved.test.', answer: '192.0.2.1' },
            { domain: 'org', answer: '192.0.2.1' },
            { domain: 'shared.test', answer: '' },
          ],
          blockedServices: ['YOUTUBE', 'nope'],
        },
      },
      baseProfile: 'base',
      defaultProfile: 'p',
    }
    expect(ids(config)).toEqual([
      'whole-top-level-domain /profiles/p/customRules/0',
      'whole-top-level-domain /profiles/p/allowList/0',
      'whole-top-level-domain /profiles/p/dnsRewrites/1/domain',
      'allowed-anyway /profiles/p/customRules/1',
      'allowed-anyway /profiles/p/customRules/3',
      'allowed-anyway /profiles/p/customRules/4',
      'rewritten-anyway /profiles/p/customRules/5',
      'rewritten-anyway /profiles/p/customRules/6',
      'unknown-service /profiles/p/blockedServices/1',
      'empty-rewrite /profiles/p/dnsRewrites/2',
      'duplicate-entry /profiles/p/customRules/4',
    ])
  })
})

describe('findings about profiles', () => {
  const profiles = { Kids: {}, other: {} }

  it('names what dangles, and the spelling that was meant', () => {
    const config = {
      profiles,
      clients: [
        { name: 'a', ids: ['10.0.0.1'], profile: 'kids' },
        { name: 'b', ids: ['10.0.0.2'], profile: 'gone' },
        { name: 'c', ids: ['10.0.0.3'], profile: '' },
        { name: 'd', ids: ['10.0.0.4'], profile: null },
      ],
      defaultProfile: 'other',
      baseProfile: 'KIDS',
    }
    expect(of(config).map(({ id, severity, pointer }) => `${severity} ${id} ${pointer}`)).toEqual([
      'danger profile-case /clients/0/profile',
      'danger unknown-profile /clients/1/profile',
      'danger client-without-profile /clients/2/profile',
      'warning client-null-profile /clients/3/profile',
      'warning profile-case /baseProfile',
    ])
    expect(fixed(config, 'client-without-profile', 'clients', 2, 'profile')).toBe('other')
  })

  it('sees defaults that are none, names that are one, and profiles of nobody', () => {
    expect(ids({ profiles, defaultProfile: 'kids' })).toEqual([
      'profile-case /defaultProfile',
      'unused-profile /profiles/other',
    ])
    expect(ids({ profiles: { Kids: {} }, defaultProfile: 'Kids', baseProfile: 'gone' })).toEqual([
      'unknown-profile /baseProfile',
    ])
    expect(ids({ profiles: { Kids: {}, kids: {} }, defaultProfile: 'Kids' })).toEqual([
      'profiles-differ-by-case /profiles/Kids',
    ])
    expect(ids({ profiles: { Kids: {} } })).toEqual([
      'no-default-profile /defaultProfile',
      'unused-profile /profiles/Kids',
    ])
    expect(ids({ enableBlocking: false })).toEqual(['filter-off /enableBlocking'])
    expect(findings('')).toEqual([])
  })
})

describe('findings about clients', () => {
  const client = (...own: (string | null)[]) => profile({}, { clients: [{ name: 'x', ids: own, profile: 'p' }] })

  it.each([
    ['aa:bb:cc:dd:ee:ff', 'mac-id', undefined],
    ['AA-BB-CC-DD-EE-FF', 'mac-id', undefined],
    ['aa:bb:cc:00:11:22:33:44', 'mac-id', undefined],
    ['aabb.ccdd.eeff', 'mac-id', undefined],
    [' 10.0.0.1', 'space-around-id', '10.0.0.1'],
    ['::ffff:10.8.0.1', 'ipv4-mapped-id', '10.8.0.1'],
    ['::ffff:10.8.0.0/120', 'ipv4-mapped-id', '10.8.0.0/24'],
    ['10.0.0.0/33', 'broken-network', undefined],
    ['10.0.0.0/', 'broken-network', undefined],
    ['kid.example:8443', 'id-no-host', 'kid.example'],
    ["Kid's phone", 'id-no-host', undefined],
    ['192.168.1.300', 'id-no-host', undefined],
    ['', 'empty-id', undefined],
    ['10.7.7.7/24', 'network-host-bits', '10.7.7.0/24'],
    ['2001:db8::5/32', 'network-host-bits', '2001:db8::/32'],
    ['::ffff:10.8.0.1/32', 'network-host-bits', '::/32'],
  ])('%j is %s', (id, rule, meant) => {
    expect(ids(client(id))).toEqual([`${rule} /clients/0/ids/0`])
    expect(fixed(client(id), rule, 'clients', 0, 'ids', 0)).toBe(meant)
  })

  it('has nothing against addresses, networks and host names', () => {
    expect(
      ids(client('10.0.0.1', '10.0.0.0/8', '2001:DB8::1', '::/0', '172.16.0.0/12 ', 'kid.dns.example', 'fe80::1%2')),
    ).toEqual([])
    expect(of(client('10.1')).map(({ id, text }) => `${id}: ${text}`)).toEqual([
      'odd-address: “x”: the app reads 10.1 as 10.0.0.1.',
    ])
  })

  it('sees who has the same id, in any spelling', () => {
    const config = profile(
      {},
      {
        clients: [
          { name: 'a', ids: ['10.0.0.1', '10.0.0.1', '10.1.0.0/16', 'Kid.example'], profile: 'p' },
          { name: 'b', ids: ['10.0.0.01', '10.1.2.0/16', 'kid.example'], profile: 'p' },
          { name: 'A', ids: [], profile: 'p' },
        ],
      },
    )
    expect(ids(config).filter((id) => /^(duplicate|client)/.test(id))).toEqual([
      'duplicate-id /clients/1/ids/0',
      'duplicate-id /clients/1/ids/1',
      'duplicate-id /clients/1/ids/2',
      'client-without-ids /clients/2',
      'duplicate-id /clients/0/ids/1',
      'duplicate-client-name /clients/2/name',
    ])
  })
})

describe('findings about lists', () => {
  const url = 'https://lists.example/a.txt'

  it('sees lists that block nothing', () => {
    const config = profile(
      { blockLists: [url, 'https://lists.example/B.txt', 'https://lists.example/off.txt', { url }, 5] },
      {
        blockLists: [
          { url: 'https://lists.example/b.txt', type: 'Regex' },
          { url: 'https://lists.example/off.txt', enabled: false },
        ],
      },
    )
    expect(ids(config)).toEqual([
      'unregistered-list /profiles/p/blockLists/0',
      'list-case /profiles/p/blockLists/1',
      'unregistered-list /profiles/p/blockLists/3',
      'unknown-list-type /blockLists/0/type',
      'disabled-list /profiles/p/blockLists/2',
      'old-list-form /profiles/p/blockLists/3',
      'no-list /profiles/p/blockLists/4',
    ])
    expect(fixed(config, 'disabled-list', 'blockLists', 1, 'enabled')).toBe(true)
    expect(fixed(config, 'unknown-list-type', 'blockLists', 0, 'type')).toBe('regex')
    expect(fixed(profile({ blockLists: [url] }), 'unregistered-list', 'blockLists', 0)).toMatchObject({
      url,
      enabled: true,
    })
  })

  it('sees what is wrong in the registry', () => {
    const config = profile(
      { blockLists: [url] },
      {
        blockLists: [
          { url },
          { url, type: 'regex', refreshHours: 1 },
          { url: 'ftp://x/y' },
          {},
          { url: 'https://l.example/u', refreshHours: 0 },
        ],
      },
    )
    expect(ids(config)).toEqual([
      'duplicate-list /blockLists/1',
      'list-not-http /blockLists/2/url',
      'list-without-url /blockLists/3',
      'unused-list /blockLists/2',
      'unused-list /blockLists/4',
      'refresh-always /blockLists/4/refreshHours',
    ])
    expect(of(config)[0]?.text).toBe(`${url} is registered twice, as names and as patterns: it blocks nothing.`)
  })
})

describe('findings about schedules', () => {
  const scheduled = (schedule: object, rest: object = {}) => profile({ schedule }, { scheduleAllDay: false, ...rest })
  const window = (start: string, end: string) => ({ allDay: false, start, end })

  it('sees schedules and windows that mean nothing', () => {
    expect(ids(profile({ schedule: { mon: window('08:00', '20:00') } }))).toEqual(['schedules-off /scheduleAllDay'])
    expect(ids(profile({ schedule: { mon: window('08:00', '24:00') } }))).toEqual(['schedules-off /scheduleAllDay'])
    expect(ids(profile({ schedule: { mon: { allDay: true } } }))).toEqual([])
    const config = scheduled({ mon: { start: '08:00', end: '20:00' } })
    expect(ids(config)).toEqual(['all-day-window /profiles/p/schedule/mon'])
    expect(fixed(config, 'all-day-window', 'profiles', 'p', 'schedule', 'mon', 'allDay')).toBe(false)
    expect(ids(scheduled({ mon: { allDay: true, start: '00:00', end: '23:59' } }))).toEqual([])
  })

  it.each([
    [window('14', '16:00'), 'start', '14:00'],
    [window('14:00', '24:00'), 'end', '23:59:59'],
    [window('14:00', '20h30'), 'end', '20:30'],
    [window('1430', '16:00'), 'start', '14:30'],
  ])('reads %j no better than the app, but knows what was meant', (written, key, meant) => {
    const config = scheduled({ mon: [written] })
    expect(ids(config)).toEqual([`unreadable-time /profiles/p/schedule/mon/0/${key}`])
    expect(fixed(config, 'unreadable-time', 'profiles', 'p', 'schedule', 'mon', 0, key)).toBe(meant)
  })

  it('tells a free day from a window that is nothing', () => {
    expect(ids(scheduled({ mon: window('00:00', '00:00') }))).toEqual(['free-day /profiles/p/schedule/mon'])
    expect(ids(scheduled({ mon: [window('08:00', '9:00'), window('10:00', '10:00 AM')] }))).toEqual([
      'instant-window /profiles/p/schedule/mon/1',
    ])
  })

  it('carries a night on into the next day, where that day has windows of its own', () => {
    const night = scheduled({ mon: window('22:00', '06:00'), tue: window('12:00', '13:00') })
    expect(of(night)[0]?.text).toBe(
      '“p” on Monday: 22:00–06:00 means Monday from midnight to 06:00 and from 22:00 to midnight. The morning of Tuesday is not part of it.',
    )
    expect(fixed(night, 'overnight-window', 'profiles', 'p', 'schedule')).toEqual({
      mon: window('22:00', '23:59:59'),
      tue: [window('00:00', '06:00'), window('12:00', '13:00')],
    })
    const free = scheduled({ sun: [window('22:00', '06:00')] })
    expect(fixed(free, 'overnight-window', 'profiles', 'p', 'schedule')).toEqual({ sun: [window('22:00', '23:59:59')] })
  })

  it('knows the days, in any case', () => {
    const config = scheduled({ Monday: window('08:00', '20:00'), TUE: window('08:00', '20:00'), tue: [], x: [] })
    expect(ids(config)).toEqual([
      'unknown-day /profiles/p/schedule/Monday',
      'duplicate-day /profiles/p/schedule/TUE',
      'unknown-day /profiles/p/schedule/x',
    ])
    expect(fixed(scheduled({ Monday: window('08:00', '20:00') }), 'unknown-day', 'profiles', 'p', 'schedule')).toEqual({
      mon: window('08:00', '20:00'),
    })
  })

  it.each([
    ['Mars/Olympus', 'unknown-time-zone', 'danger'],
    ['europe/berlin', 'time-zone-case', 'danger'],
    ['Europe', 'broken-time-zone', 'danger'],
    ['W. Europe Standard Time', undefined, undefined],
    ['utc', undefined, undefined],
  ])('the time zone %s: %s', (timeZone, id, severity) => {
    const [found] = of(scheduled({ mon: window('08:00', '20:00') }, { timeZone }))
    expect([found?.id, found?.severity]).toEqual([id, severity])
  })

  it('says that the schedule of the base is not shared', () => {
    const config = {
      profiles: { b: { schedule: { mon: window('08:00', '20:00') } }, p: {} },
      baseProfile: 'b',
      defaultProfile: 'p',
      scheduleAllDay: false,
    }
    expect(ids(config)).toEqual(['base-schedule /profiles/b/schedule'])
  })
})

describe('findings about patterns and answers', () => {
  it('judges patterns', () => {
    const config = profile({
      regexBlockRules: ['# ok', '^ad\\.', '(', '.', '^(\\w+\\.?)+\\d$'],
      regexAllowRules: ['x\u0130', '^https?://ads\\.', '[^/]+'],
    })
    expect(ids(config)).toEqual([
      'bad-pattern /profiles/p/regexBlockRules/2',
      'pattern-for-all /profiles/p/regexBlockRules/3',
      'foreign-pattern /profiles/p/regexAllowRules/1',
      'pattern-for-all /profiles/p/regexAllowRules/2',
      'slow-pattern /profiles/p/regexBlockRules/4',
      'unsure-pattern /profiles/p/regexAllowRules/0',
    ])
    expect(of(config)[0]?.text).toBe('The pattern “(” of “p” is skipped: a ( is not closed.')
  })

  it('sees answers that let the query pass', () => {
    const rewrite = (answer: string, domain = 'a.test') => ({ domain, answer })
    const config = profile({
      dnsRewrites: [
        rewrite('192.0.2.1', 'b.test'),
        rewrite('safe.example.'),
        rewrite('x y', 'c.test'),
        rewrite('', 'd.test'),
        rewrite('192.0.2.9', 'B.test.'),
        rewrite('ok.example', 'e.test'),
        rewrite('10.1', 'f.test'),
      ],
    })
    expect(ids(config)).toEqual([
      'rewrite-passes /profiles/p/dnsRewrites/1/answer',
      'rewrite-passes /profiles/p/dnsRewrites/2/answer',
      'duplicate-rewrite /profiles/p/dnsRewrites/0',
      'empty-rewrite /profiles/p/dnsRewrites/3',
      'odd-address /profiles/p/dnsRewrites/6/answer',
      'rewrite-to-host /profiles/p/dnsRewrites/5/answer',
    ])
  })

  it('sees blocking addresses that do not what they should', () => {
    const config = profile(
      { blockingAddresses: ['192.0.2.1', 'wall.example', '::', 'not valid !'] },
      { blockingAddresses: ['a.example', 'b.example'] },
    )
    expect(ids(config)).toEqual([
      'blocking-address-passes /profiles/p/blockingAddresses/3',
      'several-blocking-hosts /blockingAddresses',
      'blocking-addresses-mixed /profiles/p/blockingAddresses',
      'several-blocking-hosts /profiles/p/blockingAddresses',
    ])
    expect(fixed(config, 'blocking-addresses-mixed', 'profiles', 'p', 'blockingAddresses')).toEqual([
      'wall.example',
      'not valid !',
    ])
  })
})

describe('findings about the shape', () => {
  it('tells only why, when the app refuses', () => {
    const config = profile({ customRules: null, allowList: 5, blockedServices: ['x'] })
    expect(of(config)).toMatchObject([
      { id: 'refused-value', severity: 'danger', pointer: '/profiles/p/allowList' },
      { id: 'refused-null', severity: 'danger', pointer: '/profiles/p/customRules' },
    ])
    expect(fixed(config, 'refused-null', 'profiles', 'p')).toEqual({ allowList: 5, blockedServices: ['x'] })
    expect(findings('{,}')[0]?.id).toBe('refused-value')
  })

  it('sees nulls that let everything pass', () => {
    expect(fixed(profile({}, { clients: null }), 'null-lets-pass', 'clients')).toEqual([])
    const config = profile({ schedule: { mon: [null] } }, { clients: [null, { ids: null }, { ids: [null] }] })
    expect(
      of(config)
        .filter(({ id }) => id === 'null-lets-pass')
        .map(({ pointer }) => pointer),
    ).toEqual(['/clients/0', '/clients/1/ids', '/clients/2/ids/0', '/profiles/p/schedule/mon/0'])
  })

  it('sees keys that are not read', () => {
    const config = {
      ...profile({ CustomRules: ['a.test'], dnsRewrites: [{ Domain: 'x', domain: 'y.test', answer: '192.0.2.1' }] }),
      EnableBlocking: false,
      _panel: 1,
    }
    expect(ids(config)).toEqual([
      'key-case /EnableBlocking',
      'key-case /profiles/p/CustomRules',
      'key-case /profiles/p/dnsRewrites/0/Domain',
    ])
    expect(findings('{"profiles":{"p":{}},"defaultProfile":"p","defaultProfile":"p"}')).toMatchObject([
      { id: 'duplicate-key', pointer: '/defaultProfile' },
    ])
  })
})

describe('fixes', () => {
  const folder = join(import.meta.dirname, '..', 'fixtures')
  /** Odd configurations: the crafted ones, and some of those made up at random. */
  const texts = ['crafted.json', 'classes.json', 'schedules.json'].flatMap((file) =>
    parseVerdictRecording(readFileSync(join(folder, file), 'utf8')).cases.map(({ config }) =>
      typeof config === 'string' ? config : JSON.stringify(config),
    ),
  )

  it('each put right what they are for, and leave a configuration that the app takes', () => {
    let made = 0
    for (const text of texts) {
      const found = findings(text)
      for (const [index, { id, text: said, fix }] of found.entries()) {
        // Every one of them would take long.
        if (fix === undefined || (index > 6 && index % 5 > 0)) continue
        const edited = editConfig(text, fix.edits)
        const count = (all: typeof found) => all.filter((other) => other.id === id && other.text === said).length
        expect({ text, id, left: count(findings(edited)) < count(found) }).toEqual({ text, id, left: true })
        if (readConfig(text).config !== null) expect(readConfig(edited).refusals).toBeNull()
        made++
      }
    }
    expect(made).toBeGreaterThan(400)
  })

  it('come to an end when one is made after the other', () => {
    for (const text of texts.slice(0, 80)) {
      let edited = text
      let steps = 0
      const next = () => findings(edited).find(({ fix }) => fix !== undefined)?.fix
      for (let fix = next(); fix !== undefined; fix = next()) {
        edited = editConfig(edited, fix.edits)
        expect(++steps).toBeLessThan(80)
      }
    }
  })
})

it('looks through what is large in a time that grows with it alone', { timeout: 60_000 }, () => {
  const many = <T>(count: number, of: (index: number) => T) => Array.from({ length: count }, (_, index) => of(index))
  const large = {
    profiles: {
      ...Object.fromEntries(many(10_000, (i) => [`p${i}`, {}])),
      p: {
        customRules: many(50_000, (i) => `r${i}.example.com`),
        allowList: many(10_000, (i) => `a${i}.example.com`),
        dnsRewrites: many(10_000, (i) => ({ domain: `w${i}.example.com`, answer: '192.0.2.1' })),
        blockLists: many(10_000, (i) => `https://lists.example.com/${i}`),
      },
    },
    baseProfile: 'p',
    clients: many(20_000, (i) => ({ name: `c${i}`, ids: [`10.${i >> 8}.${i & 255}.1`], profile: 'p' })),
    blockLists: many(10_000, (i) => ({ url: `https://lists.example.com/${i}`, enabled: i % 2 === 0 })),
  }
  const start = performance.now()
  const found = of(large)
  expect(performance.now() - start).toBeLessThan(20_000)
  expect(new Set(found.map(({ id }) => id))).toEqual(new Set(['disabled-list', 'unused-profile']))
})
