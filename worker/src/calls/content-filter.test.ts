import { beforeEach, describe, expect, it } from 'vitest'
import { simulate, type WebUiSimulator } from '../providers/content-filter/simulator.ts'
import { openWorld, type World } from './world.ts'

const ok = { ok: true }
let server: WebUiSimulator
let world: World

beforeEach(async () => {
  server = simulate({ shape: 'classic', services: { youtube: { name: 'YouTube', domains: ['youtube.com'] } } })
  world = await openWorld({ provider: 'content-filter', internet: server.fetch, credentials: {} })
})

const held = () => JSON.parse(server.file.text ?? '{}') as Record<string, unknown>

// The bodies are those of the API's reference.
describe('the Content Filter’s Web UI through the API', () => {
  it('a profile is made, filled, emptied and deleted', async () => {
    const kids = {
      name: 'kids',
      description: 'Restricted profile for children',
      blockedServices: ['youtube', 'tiktok'],
      blockLists: ['https://example.com/hosts.txt'],
      allowList: ['khanacademy.org'],
      customRules: ['bad-site.com'],
      dnsRewrites: [{ domain: 'google.com', answer: 'forcesafesearch.google.com' }],
      schedule: { mon: { allDay: false, start: '08:00', end: '20:00' } },
    }
    expect(await world.script('POST', '/api/profiles', kids)).toEqual(ok)
    const domains = ['khanacademy.org', 'school.edu']
    expect(await world.script('POST', '/api/allowlists', { profile: 'kids', domains })).toEqual(ok)
    const rules = ['bad-site.com', '@@exception.com']
    expect(await world.script('POST', '/api/rules', { profile: 'kids', rules })).toEqual(ok)
    const rewrite = { domain: 'bing.com', answer: 'strict.bing.com' }
    expect(await world.script('POST', '/api/rewrites', { profile: 'kids', ...rewrite })).toEqual(ok)
    expect(await world.script('DELETE', '/api/rewrites', { profile: 'kids', domain: 'google.com' })).toEqual(ok)
    const { name: _, ...profile } = kids
    expect(held()['profiles']).toEqual({
      kids: { ...profile, allowList: domains, customRules: rules, dnsRewrites: [rewrite] },
    })
    expect(await world.script('DELETE', '/api/profiles', { name: 'kids' })).toEqual(ok)
    expect(held()['profiles']).toEqual({})
  })

  it('a client is added, replaced and deleted', async () => {
    const client = { name: 'Kid’s Laptop', ids: ['192.168.1.100', 'kid-laptop.dns.example.com'], profile: 'kids' }
    expect(await world.script('POST', '/api/clients', client)).toEqual(ok)
    expect(await world.script('POST', '/api/clients', { ...client, ids: ['192.168.1.101'], index: 0 })).toEqual(ok)
    expect(held()['clients']).toEqual([{ ...client, ids: ['192.168.1.101'] }])
    expect(await world.script('DELETE', '/api/clients', { index: 0 })).toEqual(ok)
    expect(held()['clients']).toEqual([])
  })

  it('settings are set', async () => {
    const settings = {
      enableBlocking: true,
      defaultProfile: 'kids',
      baseProfile: 'base',
      timeZone: 'America/Denver',
      scheduleAllDay: true,
    }
    expect(await world.script('POST', '/api/settings', settings)).toEqual(ok)
    expect(held()).toMatchObject(settings)
  })

  it('services are listed, and one of one’s own is made and deleted', async () => {
    const service = { name: 'My Streaming', domains: ['stream.example.com', 'cdn.stream.example.com'] }
    expect(await world.script('POST', '/api/custom-services', { id: 'my-streaming', ...service })).toEqual(ok)
    expect(await world.script('GET', '/api/services')).toMatchObject({
      youtube: { name: 'YouTube' },
      'my-streaming': service,
    })
    expect(await world.script('DELETE', '/api/custom-services', { id: 'my-streaming' })).toEqual(ok)
    expect(held()['customServices']).toEqual({})
  })

  it('a list is registered, refreshed and deleted', async () => {
    const list = { url: 'https://example.com/hosts.txt', name: 'Ad List', enabled: true, refreshHours: 24 }
    expect(await world.script('POST', '/api/blocklists', list)).toEqual(ok)
    expect(held()['blockLists']).toEqual([list])
    expect(await world.script('POST', '/api/blocklists/refresh')).toEqual({ ok: true, reloaded: true })
    expect(await world.script('DELETE', '/api/blocklists', { url: list.url })).toEqual(ok)
    expect(held()['blockLists']).toEqual([])
  })

  it('the whole configuration is read and replaced', async () => {
    const config = await world.script<Record<string, unknown>>('GET', '/api/config')
    const next = { ...config, profiles: { kids: {} }, later: { than: 'this' } }
    expect(await world.script('POST', '/api/config', next)).toEqual({ ok: true, reloaded: true })
    expect(held()).toEqual(next)
  })
})
