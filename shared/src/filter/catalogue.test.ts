import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { catalogueNotice, listCatalogue, servicesById } from './catalogue.ts'

describe('catalogue', () => {
  it('holds the services and lists of the app', () => {
    const services = [...servicesById(new Map()).values()]
    expect(services).toHaveLength(72)
    expect(services.flatMap(({ domains }) => domains)).toHaveLength(435)
    expect(
      services.every(
        ({ id, name, domains }) =>
          id !== '' && name !== '' && domains.every((domain) => /^[a-z0-9.-]+\.[a-z0-9]+$/.test(domain)),
      ),
    ).toBe(true)
    expect(listCatalogue).toHaveLength(12)
    expect(listCatalogue.every(({ url }) => url.startsWith('https://'))).toBe(true)
  })

  it('puts services of one’s own over the built-in ones, without case', () => {
    const own = new Map([
      ['TWITCH', { name: 'My Twitch', domains: ['t.test'] }],
      ['mine', { name: '', domains: [] }],
    ])
    const services = servicesById(own)
    expect(services.size).toBe(73)
    expect(services.get('TWITCH')).toEqual({ id: 'TWITCH', name: 'My Twitch', domains: ['t.test'], isCustom: true })
    expect(services.get('MINE')?.name).toBe('mine')
  })

  it('is shipped with its licence', () => {
    const read = (file: string) => readFileSync(join(import.meta.dirname, 'catalogue', file), 'utf8')
    expect(read('LICENSE')).toContain('Apache License')
    expect(read('NOTICE')).toContain('Copyright 2025 Corey Leavitt')
    // Bundlers keep comments that begin so.
    for (const file of ['services.ts', 'lists.ts'])
      expect(read(file)).toMatch(/^\/\*!\n \* .*Copyright 2025 Corey Leavitt/)
    expect(catalogueNotice).toContain('Apache License 2.0')
  })
})
