import type { Delegation } from '@zonedeck/shared/delegation'
import { expect, it } from 'vitest'
import { serverBadge, whatToSet } from './delegation-words.ts'

type NameServers = Delegation['nameServers']

const found = (parent: string | null, state: NameServers['state'] = 'not-delegated') =>
  ({ parent, nameServers: { state } }) as Delegation
const servers = (...names: string[]) => names.map((name) => ({ name, glue: [] }))
const ours = servers('ns1.host.net', 'dns.home.arpa')

it.each([
  ['shop.org', found('org'), 'Set these name servers at your registrar'],
  ['shop.org', null, 'Set these name servers at your registrar'],
  ['shop.co.uk', found('co.uk'), 'Set these name servers in co.uk'],
  ['staging.shop.org', found('shop.org'), 'Set these name servers in shop.org'],
  ['9.198.in-addr.arpa', found('198.in-addr.arpa'), 'Have these name servers set for your addresses'],
  ['8.b.d.1.ip6.arpa', null, 'Have these name servers set for your addresses'],
  ['in-addr.arpa.shop.org', found('org'), 'Set these name servers at your registrar'],
  ['shop.org', found('org', 'delegated'), 'This zone is delegated'],
])('says of %s where its name servers are set', (zone, answer, title) => {
  expect(whatToSet(zone, ours, answer).title).toBe(title)
})

it('has nothing to set for a zone without name servers, or with private ones alone', () => {
  expect(whatToSet('shop.org', [], null).title).toBe('This zone needs name servers')
  expect(whatToSet('shop.org', servers('dns.home.arpa', 'ns.internal'), null).title).toBe('Name servers')
})

it('says of each server whether the parent has it, and nothing that is not known', () => {
  const answer = (state: NameServers['state'], atParent: string[] | null) =>
    serverBadge('ns1.host.net', { state, atParent } as NameServers).label
  expect(serverBadge('ns1.host.net', null).label).toBe('Asking the parent…')
  expect(answer('partly', ['ns1.host.net', 'x.net'])).toBe('At the parent')
  expect(answer('elsewhere', ['x.net'])).toBe('Not at the parent')
  expect(answer('not-delegated', null)).toBe('Not at the parent yet')
  expect(answer('unknown', null)).toBe('Not known')
})
