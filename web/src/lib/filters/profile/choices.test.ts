import { servicesById } from '@zonedeck/shared/filter/catalogue'
import { editConfig, type ConfigEdit } from '@zonedeck/shared/filter/edit'
import { readConfig } from '@zonedeck/shared/filter/read-config'
import { describe, expect, it } from 'vitest'
import { listEdits, listRows } from './list-choice.ts'
import { matchesService, serviceEdits, serviceRows } from './service-choice.ts'
import { groupOf, serviceGroups } from './service-groups.ts'

function configOf(text: string) {
  const { config } = readConfig(text)
  if (config === null) throw new Error('The app would refuse this.')
  return config
}

const text = `{
  "baseProfile": "ALL",
  "profiles": {
    "all": { "blockedServices": ["TikTok"], "blockLists": ["https://a.test/x"] },
    "kids": { "blockedServices": ["YouTube", "roblox", "youtube"], "blockLists": ["", "https://b.test/y", "https://OLD.test/z"] }
  },
  "customServices": { "cloud": { "name": "Cloud games", "domains": ["play.test"] } },
  "blockLists": [
    { "url": "https://a.test/x", "name": "A", "enabled": true, "refreshHours": 24 },
    { "url": "https://b.test/y", "name": "B", "enabled": false, "refreshHours": 24 },
    { "url": "https://b.test/y", "name": "B2", "enabled": true, "refreshHours": 24, "type": "regex" },
    { "url": "https://old.test/z", "enabled": true, "refreshHours": 24 }
  ]
}`
const config = configOf(text)
const after = (edits: readonly ConfigEdit[]) => configOf(editConfig(text, edits)).profiles.get('kids')

describe('services of a profile', () => {
  it('has a group for every built-in service', () => {
    const other = [...servicesById(new Map()).values()].filter((service) => groupOf(service) === 'Other')
    expect(other).toEqual([])
    expect(new Set(serviceGroups).size).toBe(serviceGroups.length)
  })

  it('lists own services first, and tells what the base profile blocks', () => {
    const rows = serviceRows(config, 'kids')
    expect(rows[0]).toMatchObject({ id: 'cloud', isCustom: true, blocked: false })
    expect(rows.find(({ id }) => id === 'tiktok')).toMatchObject({ blocked: false, byBase: true })
    expect(rows.filter(({ blocked }) => blocked).map(({ id }) => id)).toEqual(['youtube', 'roblox'])
    expect(serviceRows(config, 'all').some(({ byBase }) => byBase)).toBe(false)
  })

  it('finds a service by one of its domains', () => {
    const youtube = serviceRows(config, 'kids').find(({ id }) => id === 'youtube')
    expect(youtube && matchesService(youtube, ' Youtu.BE ')).toBe(true)
  })

  it('blocks a service once, and takes it away however often it is there', () => {
    expect(after(serviceEdits(config, 'kids', 'tiktok', true))?.blockedServices).toEqual([
      'YouTube',
      'roblox',
      'youtube',
      'tiktok',
    ])
    expect(serviceEdits(config, 'kids', 'youtube', true)).toEqual([])
    expect(after(serviceEdits(config, 'kids', 'youtube', false))?.blockedServices).toEqual(['roblox'])
  })
})

describe('lists of a profile', () => {
  it('shows each list once, by the entry that counts', () => {
    expect(listRows(config, 'kids')).toMatchObject([
      { name: 'A', used: false, byBase: true },
      { name: 'B2', type: 'regex', enabled: true, used: true },
      { url: 'https://old.test/z', used: false },
    ])
  })

  it('uses a list in the spelling of the registry, and takes it away in any', () => {
    const urls = (edits: readonly ConfigEdit[]) => after(edits)?.blockLists.map(({ url }) => url)
    expect(urls(listEdits(config, 3, 'kids', 'https://a.test/x', true))).toEqual([
      'https://b.test/y',
      'https://OLD.test/z',
      'https://a.test/x',
    ])
    expect(urls(listEdits(config, 3, 'kids', 'https://old.test/z', true))).toEqual([
      'https://b.test/y',
      'https://old.test/z',
    ])
    expect(urls(listEdits(config, 3, 'kids', 'https://old.test/z', false))).toEqual(['https://b.test/y'])
  })
})
