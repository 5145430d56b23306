import { describe, expect, it } from 'vitest'
import { describeConfigChanges } from './describe.ts'

const lines = (before: object, after: object) =>
  describeConfigChanges(JSON.stringify(before), JSON.stringify(after)).flatMap(({ title, change, lines: own }) => [
    `${title}: ${change}`,
    ...own,
  ])

describe('describeConfigChanges', () => {
  it('tells nothing of nothing, of other spelling and of other order of keys', () => {
    expect(describeConfigChanges('', '{}')).toEqual([])
    expect(describeConfigChanges('{"a":1,"b":2}', '{ "b": 2.0, "a": 1 }')).toEqual([])
  })

  it('tells of settings', () => {
    expect(
      lines(
        { timeZone: 'UTC', defaultProfile: null, future: 1 },
        {
          enableBlocking: false,
          timeZone: 'Asia/Tokyo',
          defaultProfile: 'kids',
          scheduleAllDay: false,
          allowTxtBlockingReport: true,
          blockingAddresses: ['0.0.0.0', '::'],
          future: { x: 1 },
        },
      ),
    ).toEqual([
      'Settings: changed',
      'The time zone is Asia/Tokyo (was UTC).',
      'The default profile is kids (was none).',
      '“future” is {"x":1} (was 1).',
      'Filtering is switched off.',
      'Schedules count.',
      'Answers tell why something is blocked.',
      'Answers for what is blocked with 0.0.0.0, ::.',
    ])
  })

  it('tells of profiles, part by part', () => {
    const list = { url: 'https://l.example/a', name: 'Ads' }
    const before = {
      profiles: {
        gone: {},
        kids: {
          blockedServices: ['tiktok'],
          blockLists: [list.url],
          customRules: ['a.test', '@@b.test', '# old'],
          dnsRewrites: [
            { domain: 'g.test', answer: '1.1.1.1' },
            { domain: 'h.test', answer: '1.1.1.1' },
          ],
          schedule: { mon: { allDay: false, start: '08:00', end: '20:00' } },
        },
      },
      blockLists: [list],
    }
    const after = {
      profiles: {
        kids: {
          blockedServices: ['YouTube', 'own'],
          blockLists: [],
          customRules: ['@@b.test', 'c.test', '@@ d.test', '# new'],
          allowList: ['e.test'],
          regexBlockRules: ['^ad'],
          dnsRewrites: [
            { domain: 'G.test.', answer: '2.2.2.2' },
            { domain: 'i.test', answer: '3.3.3.3' },
          ],
          schedule: {
            mon: [{ allDay: false, start: '08:00', end: '12:00' }, {}],
            tue: { allDay: false, start: '00:00', end: '00:00' },
          },
          blockingAddresses: [],
          description: 'For the little ones',
          future: true,
        },
        new: { customRules: ['x.test'] },
      },
      blockLists: [list],
      customServices: { own: { name: 'Mine', domains: ['m.test'] } },
    }
    expect(lines(before, after)).toEqual([
      'Profile “gone”: removed',
      'Profile “kids”: changed',
      'No longer blocks the service TikTok.',
      'Blocks the service YouTube.',
      'Blocks the service Mine.',
      'No longer uses the list “Ads”.',
      'No longer blocks “a.test”.',
      'No longer notes “old”.',
      'Blocks “c.test”.',
      'Allows “d.test”.',
      'Notes “new”.',
      'No longer answers “h.test” itself.',
      'Answers “G.test.” with “2.2.2.2” instead of “1.1.1.1”.',
      'Answers “i.test” with “3.3.3.3”.',
      'Monday: filters 08:00–12:00, all day (was 08:00–20:00).',
      'Tuesday: filters at 00:00 alone (was all day).',
      'Allows “e.test”.',
      'Blocks what “^ad” matches.',
      'Answers that blocked names do not exist.',
      'Its description is “For the little ones”.',
      '“future” is true (was not set).',
      'Profile “new”: added',
      'Blocks “x.test”.',
      'Service “own”: added',
      'Holds “m.test”.',
    ])
  })

  it('tells of clients and lists, and that the order of clients means something', () => {
    const before = {
      clients: [
        { name: 'Tablet', ids: ['10.0.0.1'], profile: 'kids' },
        { name: 'Laptop', ids: ['10.0.0.2'], profile: '' },
        { name: 'Old', ids: [], profile: 'kids' },
      ],
      blockLists: [{ url: 'https://l.example/a', name: 'Ads', enabled: true, refreshHours: 24 }],
    }
    const after = {
      clients: [
        { name: 'Laptop', ids: ['10.0.0.2'], profile: 'adults' },
        { name: 'iPad', ids: ['10.0.0.1', '10.0.0.9'], profile: 'kids' },
      ],
      blockLists: [
        { url: 'https://l.example/a', name: 'Ads', enabled: false, refreshHours: 12, type: 'regex' },
        { url: 'https://l.example/b' },
      ],
    }
    expect(lines(before, after)).toEqual([
      'Client “Old”: removed',
      'Client “Laptop”: changed',
      'Has the profile “adults” (had no profile).',
      'Client “iPad”: changed',
      'Is called “iPad” (was “Tablet”).',
      'Is found by 10.0.0.9.',
      'Clients: changed',
      'Their order changes; of two that fit a query equally well, the first counts.',
      'List “Ads”: changed',
      'Is switched off.',
      'Is fetched every 12 hours (was 24).',
      'Is a list of patterns.',
      'List “https://l.example/b”: added',
      'Is at https://l.example/b.',
    ])
  })
})
