import { describe, expect, it } from 'vitest'
import type { LogFilter } from '../provider.ts'
import { connect } from './simulator-client.ts'
import { steadyTraffic } from './simulator-traffic.ts'

const now = Date.parse('2026-11-23T20:11:44Z')
const open = (more: Parameters<typeof connect>[0] = {}) =>
  connect({ now: () => now, traffic: steadyTraffic, logsQueries: true, ...more })
const page: LogFilter = { page: 1, perPage: 5, newestFirst: true }

it('a page of the log, with the newest first', async () => {
  const log = await open().stats.log?.(page)
  expect(log).toMatchObject({ page: 1, pages: 2000, entries: 10_000, readAt: '2026-11-23T20:11:44.000Z' })
  expect(log?.rows[0]).toEqual({
    row: 10_000,
    at: '2026-11-23T20:11:20.00025Z',
    client: expect.stringMatching(/^192\.0\.2\.\d$/) as string,
    protocol: expect.stringMatching(/^(Udp|Tls)$/) as string,
    answeredBy: 'Recursive',
    took: 12.5,
    rcode: 'NoError',
    name: 'search.example.com',
    type: 'TXT',
    class: 'IN',
    answer: 'TXT 198.51.100.7',
    filtered: null,
  })
})

it('blocks and rewrites are told apart, though both are logged as blocked', async () => {
  const { stats } = open()
  const rows = (await stats.log?.({ ...page, perPage: 100, answeredBy: 'Blocked' }))?.rows ?? []
  expect(rows.length).toBe(100)
  for (const { rcode, answer, filtered } of rows) {
    expect(filtered).toBe(rcode === 'NoError' && answer !== '' ? 'rewritten' : 'blocked')
  }
  expect(new Set(rows.map(({ filtered }) => filtered))).toEqual(new Set(['blocked', 'rewritten']))
  const others = (await stats.log?.({ ...page, answeredBy: 'Cached' }))?.rows ?? []
  expect(others.every(({ filtered }) => filtered === null)).toBe(true)
})

it.each([
  ['A 0.0.0.0', 'NoError', 'blocked'],
  ['AAAA ::', 'NoError', 'blocked'],
  [null, 'NoError', 'blocked'],
  // As Technitium 15.2 and the app answer a TXT question for what they block.
  ['TXT "source=blocked-zone; domain=bad.example"', 'NoError', 'blocked'],
  ['TXT "source=block-list-zone; blockListUrl=http://127.0.0.1/a.txt; domain=bad.example"', 'NoError', 'blocked'],
  ['TXT "source=content-filter; domain=bad.example; profile=kids; matchedDomain=bad.example"', 'NoError', 'blocked'],
  ['TXT "v=spf1 -all"', 'NoError', 'rewritten'],
  ['A 192.0.2.7', 'NoError', 'rewritten'],
  ['CNAME safe.example.', 'NoError', 'rewritten'],
  [null, 'NxDomain', 'blocked'],
] as const)('Blocked with %s and %s is %s', async (answer, rcode, filtered) => {
  const traffic: typeof steadyTraffic = (minute) =>
    steadyTraffic(minute).map((query) => ({ ...query, answeredBy: 'Blocked', rcode, answer }))
  expect((await open({ traffic }).stats.log?.(page))?.rows[0]?.filtered).toBe(filtered)
})

it('filters are handed on in the server’s words', async () => {
  const { stats, sent } = open()
  await stats.log?.({
    ...page,
    ...{ from: now - 3_600_000, to: now, client: '192.0.2.3', name: 'Bücher.example.', type: 'aaaa' },
    ...{ rcode: 'NoError', protocol: 'Udp', answeredBy: 'Cached' },
  })
  expect(sent.at(-1)).toEqual({
    path: 'logs/query',
    form: {
      ...{ name: 'Query Logs (Sqlite)', classPath: 'QueryLogsSqlite.App', pageNumber: '1', entriesPerPage: '5' },
      ...{ descendingOrder: 'true', start: '2026-11-23T19:11:44.000Z', end: '2026-11-23T20:11:44.000Z' },
      ...{ clientIpAddress: '192.0.2.3', qname: 'xn--bcher-kva.example', qtype: 'AAAA', rcode: 'NoError' },
      ...{ protocol: 'Udp', responseType: 'Cached' },
    },
  })
  expect((await stats.log?.({ ...page, name: '*.example.net' }))?.rows[0]?.name).toBe('ads.example.net')
})

it.each([
  ['client', 'laptop', /address/],
  ['name', 'bü*', /whole/],
  ['type', 'BOGUS', /BOGUS/],
  ['rcode', 'Perhaps', /Perhaps/],
  ['protocol', 'Pigeon', /Pigeon/],
  ['answeredBy', 'Sometimes', /Sometimes/],
])('%s %s is wrong there', async (field, value, words) => {
  await expect(open().stats.log?.({ ...page, [field]: value })).rejects.toMatchObject({
    kind: 'refused',
    field,
    message: expect.stringMatching(words) as string,
  })
})

describe('the app that keeps it', () => {
  it('is looked for once', async () => {
    const { stats, sent } = open()
    await stats.log?.(page)
    await stats.log?.(page)
    expect(sent.map(({ path }) => path)).toEqual(['apps/list', 'logs/query', 'logs/query'])
  })

  it('is looked for again when it is gone, and missed when there is none', async () => {
    const { stats, call } = open()
    await stats.log?.(page)
    await call('apps/uninstall', { name: 'Query Logs (Sqlite)' })
    await expect(stats.log?.(page)).rejects.toMatchObject({
      kind: 'missing',
      message: expect.stringMatching(/Query Logs \(Sqlite\)/) as string,
    })
  })

  it('is not the filter app', async () => {
    const { stats } = open({ logsQueries: false, filter: {} })
    await expect(stats.log?.(page)).rejects.toMatchObject({ kind: 'missing' })
  })
})
