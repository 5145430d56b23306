import type { FilterCall } from '@zonedeck/shared/filter-operation'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { simulate } from '../../providers/content-filter/simulator.ts'
import { ownCall } from './own-call.ts'

const name = fc.constantFrom('kids', 'teens', '', 'constructor')
const url = fc.constantFrom('https://a.example/l.txt', 'https://b.example/l.txt')
const domain = fc.constantFrom('a.test', 'A.test.', ' b.test', '')
const texts = fc.array(domain, { maxLength: 3 })
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined, freq: 4 })
const withoutUndefined = <T extends object>(value: T) => JSON.parse(JSON.stringify(value)) as T

const profile = fc.record(
  {
    description: fc.constant('x'),
    blockLists: fc.array(url, { maxLength: 2 }),
    allowList: texts,
    customRules: texts,
    dnsRewrites: fc.array(fc.record({ domain, answer: fc.constant('b.test') }), { maxLength: 3 }),
    future: fc.integer(),
  },
  { requiredKeys: [] },
)
const client = fc.record({ name, ids: texts, profile: name, icon: fc.integer() }, { requiredKeys: ['ids', 'profile'] })
const list = fc.record({ url, name, enabled: fc.boolean(), type: fc.constant('domain') }, { requiredKeys: ['url'] })
const config = fc.record({
  enableBlocking: fc.boolean(),
  profiles: fc.dictionary(name, profile, { maxKeys: 3 }),
  clients: fc.array(client, { maxLength: 3 }),
  customServices: fc.dictionary(name, fc.record({ name, domains: texts }), { maxKeys: 2 }),
  blockLists: fc.array(list, { maxLength: 3 }),
  _another: fc.integer(),
})

const call = (method: FilterCall['method'], path: FilterCall['path'], body: fc.Arbitrary<Record<string, unknown>>) =>
  body.map((sent): FilterCall => ({ method, path, body: withoutUndefined(sent) }))

const calls = fc.oneof(
  call('POST', 'profiles', fc.record({ name, description: maybe(name), future: maybe(name) })),
  call('DELETE', 'profiles', fc.record({ name })),
  call(
    'POST',
    'clients',
    fc.record({ ids: maybe(texts), profile: maybe(name), index: maybe(fc.integer({ min: -1, max: 4 })) }),
  ),
  call('DELETE', 'clients', fc.record({ index: maybe(fc.integer({ min: -1, max: 4 })) })),
  call(
    'POST',
    'settings',
    fc.record({
      enableBlocking: maybe(fc.boolean()),
      defaultProfile: maybe(name),
      timeZone: maybe(fc.constant('UTC')),
    }),
  ),
  call('POST', 'custom-services', fc.record({ id: name, name: maybe(name), domains: maybe(texts) })),
  call('DELETE', 'custom-services', fc.record({ id: name })),
  call('POST', 'blocklists', fc.record({ url, name: maybe(name), enabled: maybe(fc.boolean()) })),
  call('DELETE', 'blocklists', fc.record({ url })),
  call('POST', 'allowlists', fc.record({ profile: name, domains: maybe(texts) })),
  call('POST', 'rules', fc.record({ profile: name, rules: maybe(texts) })),
  call('POST', 'rewrites', fc.record({ profile: name, domain, answer: fc.constantFrom(' c.test ', '192.0.2.1') })),
  call('DELETE', 'rewrites', fc.record({ profile: name, domain })),
)

it('knows what each call of the older Web UI leaves', async () => {
  await fc.assert(
    fc.asyncProperty(config, calls, async (held, sent) => {
      const before = JSON.stringify(held)
      const server = simulate({ shape: 'classic', config: before })
      const request = new Request(`http://127.0.0.1/api/${sent.path}`, {
        method: sent.method,
        body: JSON.stringify(sent.body),
      })
      const { status } = await server.fetch(request)
      const after = server.file.text ?? ''
      if (status === 200) expect(ownCall(before, after, sent)).toBe(sent)
      // Whatever it leaves is not something else.
      const other = JSON.stringify({ ...(JSON.parse(after) as object), _another: 'changed' })
      expect(ownCall(before, other, sent)).toBeUndefined()
    }),
    { numRuns: 600 },
  )
})
