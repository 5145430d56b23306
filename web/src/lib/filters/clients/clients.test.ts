import type { Pause } from '@zonedeck/shared/content-filter'
import type { AppConfig } from '@zonedeck/shared/filter/app-config'
import { compileClients } from '@zonedeck/shared/filter/clients'
import { editConfig } from '@zonedeck/shared/filter/edit'
import { objectOf, parseJson } from '@zonedeck/shared/filter/json'
import { readConfig } from '@zonedeck/shared/filter/read-config'
import { describe, expect, it } from 'vitest'
import { readAsked } from './asked.ts'
import { addClient, assignProfile, changeClient, removeClient } from './client-edits.ts'
import { filterClients, groupClients, needsLook } from './client-items.ts'
import { clientRows, removedClients, testableId } from './client-rows.ts'
import { coverage } from './coverage.ts'
import { idsError, readIds } from './id-check.ts'
import { addressOf, whoIs } from './who-is.ts'

const CONFIG = {
  profiles: { kids: {}, adults: {}, everyone: {} },
  clients: [
    { name: 'House', ids: ['192.168.1.0/24'], profile: 'adults' },
    { name: 'Tablet', ids: ['192.168.1.20', 'tablet.dns.example'], profile: 'kids' },
    { name: 'Television', ids: ['192.168.1.40'], profile: '' },
    { name: 'Console', ids: ['aa:bb:cc:dd:ee:ff'], profile: 'Kids' },
    { name: 'Copy', ids: ['192.168.1.20'], profile: 'adults' },
    { name: 'Lamp', ids: ['192.168.1.64/26'], profile: null },
  ],
  defaultProfile: 'adults',
  baseProfile: 'everyone',
}
const TEXT = JSON.stringify(CONFIG, null, 2)

function read(text: string): AppConfig {
  const { config } = readConfig(text)
  if (config === null) throw new Error('The app would refuse this.')
  return config
}
const json = (text: string) => objectOf(parseJson(text))
const rowsOf = (text: string, before = TEXT) => clientRows(read(text), json(text), json(before))

describe('readAsked', () => {
  it('tells addresses, networks and host names apart', () => {
    expect(readAsked(' 192.168.1.20 ')).toEqual({ kind: 'address', text: '192.168.1.20' })
    expect(readAsked('fe80::1')).toEqual({ kind: 'address', text: 'fe80::1' })
    expect(readAsked('10.0.0.0/8')).toEqual({ kind: 'network', text: '10.0.0.0/8' })
    expect(readAsked('leo-phone')).toEqual({ kind: 'host', text: 'leo-phone' })
  })
  it.each(['', '10.1', '192.168.1.', '10.0.0.0/33', '10.0.0.0/8/8', 'two words', '[::1]:53', '300.1.1.1'])(
    'takes %j for none of them',
    (typed) => {
      expect(readAsked(typed)).toBeNull()
    },
  )
})

describe('whoIs', () => {
  const ask = (typed: string) => {
    const { found, why, passedOver } = whoIs(read(TEXT), readAsked(typed)!)
    return { index: found?.index ?? null, why, over: passedOver.map(({ name, why }) => `${name} ${why}`) }
  }
  it('takes an address before the network, and says who else fits', () => {
    expect(ask('192.168.1.20')).toEqual({
      index: 1,
      why: 'It has the address 192.168.1.20; an address goes before every network.',
      over: ['House fits by 192.168.1.0/24, which is wider', 'Copy has the same address, but comes later in the list'],
    })
  })
  it('takes the smallest network', () => {
    expect(ask('192.168.1.99')).toMatchObject({ index: 5, over: ['House fits by 192.168.1.0/24, which is wider'] })
    expect(ask('192.168.1.5').index).toBe(0)
  })
  it('finds by host name in any case', () => {
    expect(ask('TABLET.dns.example').index).toBe(1)
  })
  it('finds nobody', () => {
    expect(ask('10.0.0.1')).toEqual({
      index: null,
      why: 'No entry has this address or host name, and no network holds it.',
      over: [],
    })
  })
  it('says that the app fails on a list of clients that is null', () => {
    expect(whoIs({ clients: null }, { kind: 'address', text: '10.0.0.1' }).why).toMatch(/lets everything pass/)
  })
  it('stands for a network with a device that has no entry of its own', () => {
    expect(addressOf({ kind: 'network', text: '192.168.1.64/26' }, compileClients(read(TEXT).clients))).toEqual({
      client: '192.168.1.65',
      host: null,
    })
    const clients = read(TEXT).clients!
    const shadowed = compileClients([
      { name: 'First', ids: ['10.0.0.1', '10.0.0.2'], profile: 'a' },
      { name: 'Net', ids: ['10.0.0.0/30'], profile: 'b' },
    ])
    expect(clients).toHaveLength(6)
    expect(addressOf({ kind: 'network', text: '10.0.0.0/30' }, shadowed)?.client).toBe('10.0.0.3')
  })
})

describe('coverage', () => {
  const config = read(TEXT)
  it.each([
    ['kids', 'filtered'],
    [null, 'base'],
    ['', 'unfiltered'],
    ['Kids', 'unfiltered'],
    ['gone', 'unfiltered'],
  ])('of the profile %j is %s', (profile, state) => {
    expect(coverage(config, profile).state).toBe(state)
  })
  it('says why', () => {
    expect(coverage(config, 'Kids')).toMatchObject({ why: 'there is no profile “Kids”: it is spelled “kids”' })
    expect(coverage({ ...config, baseProfile: null }, null)).toMatchObject({
      why: 'no profile is named, and there is no base profile',
    })
    expect(coverage({ ...config, baseProfile: 'Everyone' }, null)).toMatchObject({ state: 'unfiltered' })
  })
})

describe('clientRows', () => {
  it('knows what is wrong with each', () => {
    expect(rowsOf(TEXT).map(({ name, findings }) => [name, findings.map(({ id }) => id)])).toEqual([
      ['House', []],
      ['Tablet', []],
      ['Television', ['client-without-profile']],
      ['Console', ['profile-case', 'mac-id']],
      ['Copy', ['duplicate-id']],
      ['Lamp', ['client-null-profile']],
    ])
  })
  it('knows what the draft does, also after a removal before it', () => {
    const edited = editConfig(TEXT, [...assignProfile(2, 'kids'), ...removeClient(0)])
    expect(rowsOf(edited).map(({ name, change }) => [name, change])).toEqual([
      ['Tablet', null],
      ['Television', 'changed'],
      ['Console', null],
      ['Copy', null],
      ['Lamp', null],
    ])
    expect(removedClients(json(edited), json(TEXT))).toEqual(['House'])
  })
  it('groups, the unfiltered first', () => {
    const items = groupClients(rowsOf(TEXT))
    expect(items.map((item) => (item.kind === 'group' ? `${item.title} ${item.count}` : item.row.name))).toEqual([
      'Not filtered 2',
      'Console',
      'Television',
      'Base profile everyone alone 1',
      'Lamp',
      'adults 2',
      'Copy',
      'House',
      'kids 1',
      'Tablet',
    ])
  })

  it('says of whom a pause leaves unfiltered until when, and never of others', () => {
    const pause: Pause = {
      ...{ id: 'pau_1', by: 'ada', state: 'running', target: { kind: 'profile', profile: 'kids' } },
      ...{ startedAt: new Date().toISOString(), until: new Date(2025, 4, 1, 21, 30).toISOString() },
      clients: [{ name: 'Television', ids: ['192.168.1.40'], profile: 'kids' }],
      everyoneElse: false,
    }
    const rows = clientRows(read(TEXT), json(TEXT), json(TEXT), [pause])
    const [, television] = groupClients(filterClients(rows, { query: '', state: 'paused' }))
    expect(groupClients(rows).flatMap((item) => (item.kind === 'group' ? item.title : []))).toEqual([
      'Not filtered',
      'kids, paused until 1 May 2025 at 21:30',
      'Base profile everyone alone',
      'adults',
      'kids',
    ])
    expect(television).toMatchObject({ row: { name: 'Television', findings: [] } })
    const given = editConfig(TEXT, assignProfile(2, 'adults'))
    expect(clientRows(read(given), json(given), json(TEXT), [pause])[2]?.coverage.state).toBe('filtered')
  })
  it('filters by words and by state', () => {
    const rows = rowsOf(TEXT)
    const names = (filter: Parameters<typeof filterClients>[1]) => filterClients(rows, filter).map(({ name }) => name)
    expect(names({ query: '192.168.1 kids', state: '' })).toEqual(['Tablet'])
    expect(names({ query: '', state: 'unfiltered' })).toEqual(['Television', 'Console'])
    expect(names({ query: '', state: 'look' })).toEqual(['Television', 'Console', 'Copy', 'Lamp'])
    expect(rows.filter(needsLook)).toHaveLength(4)
  })
  it('has 2,000 clients ready in a blink', () => {
    const clients = Array.from({ length: 2000 }, (_, i) => ({
      name: `Device ${i}`,
      ids: [`10.0.${i >> 8}.${i & 255}`],
      profile: i % 3 === 0 ? 'kids' : 'adults',
    }))
    const text = JSON.stringify({ ...CONFIG, clients })
    const edited = editConfig(text, assignProfile(1999, 'kids'))
    const start = performance.now()
    const rows = rowsOf(edited, text)
    expect(groupClients(rows)).toHaveLength(2002)
    expect(performance.now() - start).toBeLessThan(5000)
  })
})

describe('testableId', () => {
  it('is an id whose queries this entry gets', () => {
    const ids = read(TEXT).clients!.map((_, index) => testableId(read(TEXT).clients, index))
    expect(ids).toEqual(['192.168.1.0/24', '192.168.1.20', '192.168.1.40', null, null, '192.168.1.64/26'])
  })
})

describe('edits', () => {
  it('adds at the end, also where there is no list or null', () => {
    const form = { name: 'New', ids: ['10.0.0.9'], profile: 'kids' }
    for (const text of ['{}', '{"clients":[]}', '{"clients":null}']) {
      const after = editConfig(text, addClient(read(text).clients, form))
      expect(parseJson(after)).toEqual({ clients: [form] })
    }
    expect(read(editConfig(TEXT, addClient(read(TEXT).clients, form))).clients?.at(-1)).toEqual(form)
  })
  it('writes only what changed', () => {
    const before = { name: 'A', ids: ['10.0.0.1'], profile: 'kids' }
    expect(changeClient(3, before, { ...before, ids: ['10.0.0.2'] })).toEqual([
      { op: 'set', path: ['clients', 3, 'ids'], value: ['10.0.0.2'] },
    ])
    expect(changeClient(3, before, before)).toEqual([])
  })
})

describe('idsError', () => {
  it('takes addresses, networks and host names, by line or comma', () => {
    expect(readIds('10.0.0.1, 10.0.0.2\n\n tablet ')).toEqual(['10.0.0.1', '10.0.0.2', 'tablet'])
    expect(idsError('10.0.0.1\n2001:db8::/32\ntablet.dns.example')).toBeNull()
  })
  it('refuses what never matches, and says what would be right', () => {
    expect(idsError('')).toMatch(/at least one/)
    expect(idsError('00:1a:2b:6e:90:c4')).toMatch(/MAC address/)
    expect(idsError('001a.2b6e.90c4')).toMatch(/MAC address/)
    expect(idsError('10.0.0.0/40')).toMatch(/neither an address/)
  })
})
