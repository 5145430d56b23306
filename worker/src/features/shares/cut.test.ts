import type { SharePolicy } from '@zonedeck/shared/share'
import { shareTiles } from '@zonedeck/shared/share'
import type { StatsReport, TopEntry } from '@zonedeck/shared/statistics'
import fc from 'fast-check'
import ipaddr from 'ipaddr.js'
import { describe, expect, it } from 'vitest'
import { cutReport, pseudonym } from './cut.ts'
import { namesAClient } from './names-a-client.ts'

const key = 'a key of one link'

function reportOf(top: Partial<Record<keyof StatsReport['top'], TopEntry[] | null>>): StatsReport {
  return {
    from: '2026-11-23T10:00:00Z',
    to: '2026-11-23T11:00:00Z',
    fullHours: false,
    totals: [{ measure: 'queries', value: 10, previous: 8 }],
    series: { step: 'minute', times: ['2026-11-23T10:00:00Z'], rows: [{ measure: 'queries', values: [10] }] },
    types: [{ label: 'A', value: 10 }],
    protocols: [{ label: 'Udp', value: 10 }],
    top: { clients: null, domains: null, 'blocked-domains': null, ...top },
    gauges: [{ id: 'zones', label: 'Zones', value: 3, unit: 'zones', kind: 'gauge' }],
    source: { kind: 'server' },
    readAt: '2026-11-23T11:00:00Z',
  }
}

const cut = (
  report: StatsReport,
  policy: Partial<SharePolicy> = {},
  tiles = shareTiles as readonly (typeof shareTiles)[number][],
) => cutReport('Home', report, { tiles, key, policy: { clients: 'hidden', domains: 'hidden', atLeast: 5, ...policy } })

const entry = (name: string, more: Partial<TopEntry> = {}): TopEntry => ({ name, host: null, hits: 1, ...more })

describe('what is left of a report', () => {
  it('is only what the link was made with', () => {
    const shared = cut(reportOf({ clients: [entry('192.168.1.20')] }), {}, ['totals'])
    expect(Object.keys(shared).sort()).toEqual(['from', 'fullHours', 'name', 'readAt', 'to', 'totals'])
  })

  it('says how many entries are missing, and why', () => {
    const clients = [entry('192.168.1.20', { host: 'tablet.lan' })]
    const domains = [entry('example.com', { askers: 7 }), entry('example.org', { askers: 4 }), entry('tablet.lan')]
    const report = reportOf({ clients, domains })
    expect(cut(report)).toMatchObject({
      clients: { entries: [], hidden: { count: 1, why: 'policy' } },
      domains: { entries: [], hidden: { count: 3, why: 'policy' } },
      'blocked-domains': null,
    })
    expect(cut(report, { domains: 'common' }).domains).toEqual({
      entries: [{ name: 'example.com', hits: 1 }],
      hidden: { count: 2, why: 'too-few-askers' },
    })
    expect(cut(report, { domains: 'common', atLeast: 4 }).domains?.entries).toHaveLength(2)
    expect(cut(report, { domains: 'full' }).domains).toEqual({
      entries: ['example.com', 'example.org'].map((name) => ({ name, hits: 1 })),
      hidden: { count: 1, why: 'names-a-client' },
    })
    const silent = reportOf({ domains: [entry('example.com')] })
    expect(cut(silent, { domains: 'common' }).domains).toEqual({
      entries: [],
      hidden: { count: 1, why: 'cannot-tell' },
    })
  })

  it('names a client the same on one link, and otherwise on another', () => {
    expect(pseudonym(key, '2001:DB8::20')).toBe(pseudonym(key, '2001:db8::20'))
    expect(pseudonym(key, '192.168.1.20')).not.toBe(pseudonym(key, '192.168.1.21'))
    expect(pseudonym(key, '192.168.1.20')).not.toBe(pseudonym('another key', '192.168.1.20'))
    expect(pseudonym(key, '192.168.1.20')).toMatch(/^Client [A-HJ-NP-Z2-9]{8}$/)
  })

  it('holds no label that is more than a word', () => {
    const report = {
      ...reportOf({}),
      protocols: [
        { label: '192.168.1.20', value: 1 },
        { label: 'Https', value: 2 },
        { label: '192.168.1.21', value: 3 },
      ],
    }
    expect(cut(report).protocols).toEqual([
      { label: 'Other', value: 4 },
      { label: 'Https', value: 2 },
    ])
  })
})

describe('a name that gives a client away', () => {
  const clients = [entry('192.168.1.20', { host: 'annas-tablet.home.example' }), entry('2001:db8::1f', { host: null })]
  it.each([
    ['tablet', 'a single label'],
    ['nas.lan', 'a name of the network'],
    ['20.1.168.192.in-addr.arpa', 'its address backwards'],
    ['192-168-1-20.dyn.example.net', 'an address'],
    ['c0a80114.dyn.example.net', 'an address in hex'],
    ['2001-db8--1f.dyn.example.net', 'an IPv6 address'],
    ['3232235796.dyn.example.net', 'an address as a number'],
    ['00-11-22-aa-bb-cc.sync.vendor.example', 'the address of a network card'],
    ['001122aabbcc.sync.vendor.example', 'the same without dashes'],
    ['lenas-iphone.fritz.box', 'a name of the network that no list of clients has'],
    ['lena-m.myfritz.net', 'a name of the household'],
    ['20010db800000000000000000000001f.v6.example.net', 'the whole of an IPv6 address'],
    ['Annas-Tablet.home.example.', 'its host name'],
    ['annas-tablet.sync.vendor.example', 'the name of the machine'],
  ])('%s: %s', (name) => {
    expect(namesAClient(name, clients)).toBe(true)
  })

  it.each([
    'example.com',
    'www.youtube.com',
    'edge-1.2.cdn.example',
    'fritz.example',
    'tests.net',
    'xn--bcher-kva.example',
    'a1b2c3.example',
  ])('not %s', (name) => {
    expect(namesAClient(name, clients)).toBe(false)
  })
})

describe('[T5] whatever the policy', () => {
  const v4 = fc.ipV4()
  const v6 = fc.ipV6().filter((text) => ipaddr.IPv6.isValid(text))
  const hostName = fc
    .tuple(fc.stringMatching(/^[a-z][a-z0-9-]{4,10}[a-z0-9]$/), fc.constantFrom('lan', 'home.example', 'fritz.box'))
    .map((parts) => parts.join('.'))
  const client = fc.record({
    name: fc.oneof(v4, v6),
    host: fc.option(hostName),
    hits: fc.nat(1000),
  })
  const plain = fc.stringMatching(/^[b-df-hj-np-tv-z]{3,12}\.(com|org|example)$/)

  /** Ways in which the text of a client could stand in an answer. */
  function spellings(text: string): string[] {
    const bytes = Buffer.from(text)
    const reversed = [...text].reverse().join('')
    const address = ipaddr.isValid(text) ? Buffer.from(ipaddr.parse(text).toByteArray()) : null
    return [
      ...[text, reversed, text.split('.').reverse().join('.'), text.replaceAll(/[.:]/g, '-')],
      ...[bytes.toString('base64').replace(/=+$/, ''), bytes.toString('base64url'), bytes.toString('hex')],
      ...[encodeURIComponent(text), [...bytes].map((byte) => `%${byte.toString(16)}`).join('')],
      ...(address === null
        ? []
        : [address.toString('hex'), String(address.readUInt32BE(0)), address.toString('base64')]),
    ].filter((spelling) => spelling.length >= 6)
  }

  it('no client, no host name and no hidden domain is in it, in any spelling', () => {
    fc.assert(
      fc.property(
        fc.array(client, { minLength: 1, maxLength: 10 }),
        fc.array(plain, { minLength: 1, maxLength: 8 }),
        fc.array(fc.option(fc.integer({ min: 1, max: 9 }), { nil: undefined }), { minLength: 8, maxLength: 8 }),
        fc.constantFrom('hidden', 'pseudonyms'),
        fc.constantFrom('hidden', 'common', 'full'),
        fc.integer({ min: 2, max: 9 }),
        (clients, names, askers, shownClients, shownDomains, atLeast) => {
          const known: TopEntry[] = clients.map(({ name, host, hits }) => ({ name, host, hits }))
          // Asked for by these clients: their own names, their addresses backwards, and plain domains.
          const domains: TopEntry[] = [
            ...names.map((name, at) => ({
              ...entry(name),
              ...(askers[at] === undefined ? {} : { askers: askers[at] }),
            })),
            ...known.flatMap(({ name, host }) => [
              ...(host === null ? [] : [entry(host, { askers: 9 }), entry(`_smb._tcp.${host}`, { askers: 9 })]),
              ...(ipaddr.IPv4.isValid(name)
                ? [
                    entry(`${name.split('.').reverse().join('.')}.in-addr.arpa`, { askers: 9 }),
                    entry(`${name.replaceAll('.', '-')}.dyn.example`, { askers: 9 }),
                    entry(`${Buffer.from(ipaddr.parse(name).toByteArray()).readUInt32BE(0)}.dyn.example`, {
                      askers: 9,
                    }),
                    entry(`${Buffer.from(ipaddr.parse(name).toByteArray()).toString('hex')}.example`, { askers: 9 }),
                  ]
                : []),
            ]),
          ]
          const report = reportOf({ clients: known, domains, 'blocked-domains': domains })
          const policy = { clients: shownClients, domains: shownDomains, atLeast }
          const text = JSON.stringify(cut(report, policy)).toLowerCase()
          for (const { name, host } of known) {
            for (const spelling of [...spellings(name), ...(host === null ? [] : spellings(host))]) {
              expect(text).not.toContain(spelling.toLowerCase())
            }
          }
          for (const [at, name] of names.entries()) {
            const others = names.some((other, place) => other === name && (askers[place] ?? 0) >= atLeast)
            const allowed =
              shownDomains === 'full' || (shownDomains === 'common' && ((askers[at] ?? 0) >= atLeast || others))
            if (!allowed) expect(text).not.toContain(name)
          }
        },
      ),
      { numRuns: 500 },
    )
  })
})
