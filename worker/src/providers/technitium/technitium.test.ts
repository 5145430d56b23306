import { readdirSync, readFileSync } from 'node:fs'
import { canonicalRdata } from '@zonedeck/shared/records/rdata'
import { describe, expect, it } from 'vitest'
import { conformance } from '../conformance.ts'
import { makeUpstream } from '../upstream.ts'
import { policyFromEnv } from '../url-policy.ts'
import { about } from './about.ts'
import { compile } from './compile.ts'
import { dns } from './dns.ts'
import { toRecordSets } from './record-sets.ts'
import { simulate } from './simulator.ts'
import { steadyTraffic } from './simulator-traffic.ts'
import { stats } from './stats.ts'
import { type NativeRecord, recordList } from './wire.ts'

interface Exchange {
  name: string
  request: { path: string; form?: Record<string, string> }
  response: { json?: { status?: string; response?: unknown } }
}

const folder = new URL('fixtures/technitium/', import.meta.url)
const sessions = readdirSync(folder)
  .filter((file) => file.endsWith('.json'))
  .map((file) => ({
    file,
    exchanges: (JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as { exchanges: Exchange[] }).exchanges,
  }))

const zoneOf = (name: string) => (name === '' ? '@' : name.toLowerCase())

/** Every successful `records/get` of the recordings. */
const readings = sessions.flatMap(({ file, exchanges }) =>
  exchanges
    .filter(({ request, response }) => request.path.endsWith('/records/get') && response.json?.status === 'ok')
    .map(({ name, response }) => ({ title: `${file}: ${name}`, list: recordList.parse(response.json?.response) })),
)

describe('reading', () => {
  it.each(readings)('$title', ({ list }) => {
    const zone = zoneOf(list.zone.name)
    const sets = toRecordSets(zone, list.records)
    // Nothing is lost and nothing invented: as many values as records, with their state.
    expect(sets.reduce((sum, set) => sum + set.records.length, 0)).toBe(list.records.length)
    for (const set of sets) {
      for (const record of set.records) {
        // Everything that was read is canonical: reading it again changes nothing.
        // What the server holds and no form of the type allows stays as bytes.
        if (set.readOnly === undefined && !record.rdata.startsWith('\\#'))
          expect(canonicalRdata(set.type, record.rdata)).toBe(record.rdata)
      }
      const native = list.records.filter((record) => named(record, zone) === `${set.name} ${set.type}`)
      expect(set.records.map((record) => record.disabled === true)).toEqual(native.map((record) => record.disabled))
      expect(set.records.map((record) => record.comment)).toEqual(native.map((record) => record.comments || undefined))
      expect(set.ttl).toBe(Math.min(...native.map((record) => record.ttl)))
    }
  })
})

function named({ name, type }: Pick<NativeRecord, 'name' | 'type'>, zone: string): string {
  const lower = name.toLowerCase().replace(/\.$/, '')
  const relative = lower === zone ? '@' : lower.slice(0, -zone.length - 1)
  return `${relative} ${/^\d+$/.test(type) ? `TYPE${type}` : type}`
}

/** Words the server takes in two spellings. */
const SPELLINGS: Readonly<Record<string, string>> = { '13': 'ecdsap256sha256', '2': 'sha256' }
const meaning = (key: string, value: string) => {
  const plain = value.toLowerCase().replace(/\.$/, '')
  return /algorithm|digesttype/i.test(key) ? (SPELLINGS[plain] ?? plain) : plain.replaceAll(':', '')
}

/** What a form means: without the parts that only say what is assumed anyway, or that we never send. */
function gist(form: Readonly<Record<string, string>>): Record<string, string> {
  const dull: Record<string, string[]> = {
    splitText: ['false'],
    newSplitText: ['false'],
    disable: ['false'],
    comments: [''],
  }
  return Object.fromEntries(
    Object.entries(form)
      .filter(([key, value]) => !dull[key]?.includes(value))
      .map(([key, value]) => [key, meaning(key, value)]),
  )
}

/** Recorded writes that we never make, or make in other words, and why. */
const OTHERWISE: Readonly<Record<string, string>> = {
  'AAAA: add': 'the address is spelled in another way',
  'URI: update': 'the server answers a URI with a slash more than it was given',
  'update: ttl of one value': 'one write is enough to change the TTL of the whole set',
  'add: overwrite the set with one value': 'sets are changed value by value, never overwritten',
  'add: unicode label': 'names are sent as A-labels',
  'add: UTF-8': 'it is refused before sending: the server would spoil it',
  'delete: UTF-8': 'the spoiled text is named as it was read',
  'add: splitText: empty string between': 'the server drops the empty string, so what was read is another value',
}

/** Recorded writes with a reading of the same name right before and right after. */
const writes = sessions.flatMap(({ file, exchanges }) =>
  exchanges.flatMap((exchange, index) => {
    const { request, response } = exchange
    const form = request.form
    const read = (at: number) => {
      const other = exchanges[at]
      const ok = other?.request.path.endsWith('/records/get') === true && other.response.json?.status === 'ok'
      return ok && other.request.form?.['domain'] === form?.['domain'] && other.request.form?.['listZone'] === undefined
        ? recordList.parse(other.response.json?.response)
        : null
    }
    const action = /\/records\/(add|update|delete)$/.exec(request.path)?.[1]
    if (!form || response.json?.status !== 'ok' || action === undefined || exchange.name in OTHERWISE) return []
    const [before, after] = [read(index - 1), read(index + 1)]
    const list = before ?? after
    if (!list || (action !== 'add' && !before) || (action !== 'delete' && !after)) return []
    return [{ title: `${file}: ${exchange.name}`, path: request.path, action, form, before, after, list }]
  }),
)

describe('writing', () => {
  it('has recorded writes of every kind to be held against', () => {
    expect(writes.filter(({ action }) => action === 'add').length).toBeGreaterThan(20)
    expect(writes.filter(({ action }) => action === 'update').length).toBeGreaterThan(18)
    expect(writes.filter(({ action }) => action === 'delete').length).toBeGreaterThan(15)
  })

  it.each(writes)('$title', ({ path, action, form, before, after, list }) => {
    const zone = zoneOf(list.zone.name)
    const key = named({ name: form['domain'] ?? '', type: form['type'] ?? '' }, zone)
    const pick = (from: typeof before) =>
      from === null ? null : (toRecordSets(zone, from.records).find((set) => `${set.name} ${set.type}` === key) ?? null)
    const steps = compile(zone, action === 'add' && !before ? null : pick(before), pick(after))
    const said = steps.filter((step) => step.path === path).map((step) => gist(step.params))
    expect(said).toContainEqual(expect.objectContaining(gist(form)))
  })
})

const TOKEN = 'f00dfeed'.repeat(8)
const policy = policyFromEnv({ ALLOW_LOOPBACK_UPSTREAM: 'true' })

describe.each(['15.2', '14.3'] as const)('version %s', (version) => {
  conformance({
    name: `Technitium ${version} (simulated)`,
    // Before version 15 the server's own import cannot replace a zone, and is refused.
    about:
      version === '15.2'
        ? about
        : { ...about, capabilities: { ...about.capabilities, nativeImport: ['merge' as const] } },
    open: async () => {
      const simulator = simulate({
        version,
        admin: { password: 'not-used-here', token: TOKEN },
        tsigKeyNames: ['key.example', 'other.example'],
        zones: [{ name: 'catalog.example', type: 'Catalog' }],
        traffic: steadyTraffic,
        logsQueries: version === '15.2',
      })
      const addresses: string[] = []
      const context = (token: string) => ({
        upstream: makeUpstream({
          baseUrl: new URL('http://127.0.0.1:5380'),
          headers: {},
          fetch: (request) => {
            addresses.push(request.url)
            return simulator.fetch(request)
          },
          policy,
          budget: { left: 5000 },
        }),
        credentials: { token },
        now: Date.now,
      })
      const provider = dns(context(TOKEN))
      await provider.createZone?.('conformance.example', { operation: 'create', kind: 'Primary' })
      return {
        provider,
        zone: 'conformance.example',
        stranger: dns(context('0'.repeat(64))),
        stats: stats(context(TOKEN)),
        secret: TOKEN,
        log: () => [...addresses, ...simulator.log.map((entry) => `${entry.method} ${entry.path}`)],
      }
    },
  })
})

describe('a new TTL', () => {
  it('keeps comments, expiry and disabled state of every record, though the server makes them anew', async () => {
    const simulator = simulate({ version: '15.2', admin: { password: 'not-used-here', token: TOKEN } })
    const upstream = makeUpstream({
      baseUrl: new URL('http://127.0.0.1:5380'),
      headers: {},
      fetch: simulator.fetch,
      policy,
      budget: { left: 100 },
    })
    const provider = dns({ upstream, credentials: { token: TOKEN }, now: Date.now })
    await provider.createZone?.('ttl.example', { operation: 'create', kind: 'Primary' })
    const set = {
      name: 'www',
      type: 'A',
      ttl: 300,
      records: [
        { rdata: '192.0.2.1', comment: 'front' },
        { rdata: '192.0.2.2', disabled: true },
        { rdata: '192.0.2.3', native: { expiryTtl: 86_400 } },
        { rdata: '192.0.2.4' },
      ],
    }
    const read = async () => (await provider.readZone('ttl.example')).recordSets
    const save = async (before: typeof set | null, after: typeof set) => {
      const { results } = await provider.apply('ttl.example', [{ name: 'www', type: 'A', before, after }], await read())
      expect(results.map((result) => result.status)).toEqual(['done'])
      const now = (await read()).find((found) => found.name === 'www')
      expect(now?.ttl).toBe(after.ttl)
      expect(now?.records.toSorted((a, b) => a.rdata.localeCompare(b.rdata))).toEqual(after.records)
    }
    await save(null, set)
    await save(set, { ...set, ttl: 60 })
    const more = { ...set, ttl: 120, records: [...set.records, { rdata: '192.0.2.5' }] }
    await save({ ...set, ttl: 60 }, more)
  })
})

describe('a forwarder behind a proxy', () => {
  const set = (...rdatas: string[]) => ({ name: '@', type: 'FWD', ttl: 0, records: rdatas.map((rdata) => ({ rdata })) })
  const one = 'Tcp "192.0.2.53" false Socks5 0 "proxy.example" 1080 "panel"'

  it('is sent back with the password that was read, which is no part of the set', () => {
    const passwords = new Map([['proxy.example 1080 panel', 'of the proxy']])
    const [update] = compile(
      'fwd.example',
      set(one),
      { ...set(one), records: [{ rdata: one, comment: 'why' }] },
      passwords,
    )
    expect(update?.params).toMatchObject({
      proxyPassword: 'of the proxy',
      proxyPort: '1080',
      newForwarder: '192.0.2.53',
    })
    const [add] = compile('fwd.example', set(one), set(one, one.replace('.53', '.54')), passwords)
    expect(add?.params).toMatchObject({ forwarder: '192.0.2.54', proxyPassword: 'of the proxy' })
  })

  it('gets no password that belongs to another proxy', () => {
    const [add] = compile('fwd.example', null, set(one), new Map([['other.example 1080 panel', 'not for it']]))
    expect(add?.params).not.toHaveProperty('proxyPassword')
  })
})
