import { sameFilter } from '@zonedeck/shared/plan/filter-rows'
import { describe, expect, it } from 'vitest'
import type { FilterBackend } from './provider.ts'

export interface FilterUnderTest {
  /** On a server whose filter holds this configuration; null for one that never had any. */
  open: (config: string | null) => Promise<FilterBackend> | FilterBackend
  /** Whether the server keeps a text to the letter; others keep what it says. */
  verbatim: boolean
}

const family = `{
  "enableBlocking": true,
  "profiles": {
    "kids": {
      "description": "Children",
      "blockedServices": ["youtube", "tiktok"],
      "customRules": ["bad.test", "@@good.bad.test", "# homework"],
      "dnsRewrites": [{ "domain": "google.com", "answer": "forcesafesearch.google.com" }],
      "schedule": { "mon": { "allDay": false, "start": "21:00", "end": "23:59:59" } },
      "futureOfProfiles": { "deep": [1, 2] }
    }
  },
  "clients": [{ "name": "Tablet – Zoë", "ids": ["192.168.1.20"], "profile": "kids", "icon": "tablet" }],
  "defaultProfile": null,
  "timeZone": "Europe/Berlin",
  "scheduleAllDay": false,
  "blockLists": [{ "url": "https://lists.example/ads.txt", "name": "Ads", "enabled": true, "refreshHours": 24 }],
  "_another": { "tool": true }
}`

/** What every `FilterBackend` owes: one suite for all of them. */
export function filterConformance(name: string, { open, verbatim }: FilterUnderTest): void {
  const expectHeld = (found: string, wanted: string) => {
    if (verbatim) expect(found).toBe(wanted)
    else expect(sameFilter(wanted, found)).toBe(true)
  }

  describe(`${name} as a filter`, () => {
    it('holds what it was given, with every key that nobody knows', async () => {
      const filter = await open(family)
      expectHeld((await filter.read()).text, family)
      const next = family.replace('bad.test', 'worse.test').replace('"icon"', '"picture"')
      const { reloaded } = await filter.write(next)
      expect(reloaded).not.toBe(false)
      expectHeld((await filter.read()).text, next)
    })

    it('begins with nothing or its own defaults, and takes a first configuration', async () => {
      const filter = await open(null)
      const { text } = await filter.read()
      if (text !== '') expect(JSON.parse(text)).toMatchObject({ profiles: {}, clients: [] })
      await filter.write(family)
      expectHeld((await filter.read()).text, family)
    })

    it('reads its lists again without a change', async () => {
      const filter = await open(family)
      expect((await filter.refresh()).reloaded).toBe(true)
      expectHeld((await filter.read()).text, family)
    })

    it('carries fifty thousand rules', async () => {
      const filter = await open('{}')
      const rules = Array.from({ length: 50_000 }, (_, n) => `r${n}.test`)
      const text = JSON.stringify({ profiles: { p: { customRules: rules } } })
      await filter.write(text)
      expectHeld((await filter.read()).text, text)
    })

    it('says how it is reached', async () => {
      const { about } = await (await open(family)).read()
      expect(['technitium', 'web-ui']).toContain(about.transport)
    })
  })
}
