import { compileConfig } from '@zonedeck/shared/filter/compile'
import { editConfig } from '@zonedeck/shared/filter/edit'
import { explain } from '@zonedeck/shared/filter/explain'
import { objectOf, parseJson } from '@zonedeck/shared/filter/json'
import { readConfig } from '@zonedeck/shared/filter/read-config'
import { describe, expect, it } from 'vitest'
import { answerTrouble, domainTrouble, rewriteWarnings } from './rewrite-check.ts'
import { circles, googleCountrySites, inForce, rewriteEdits, safeSearches, writtenRewrites } from './safe-search.ts'

const text =
  '{"defaultProfile":"kids","profiles":{"kids":{"dnsRewrites":[{"domain":"WWW.bing.com.","answer":"192.0.2.1","note":1.50}]}}}'

function edited(from: string, domains: readonly string[], answer: string) {
  return editConfig(from, rewriteEdits('kids', writtenRewrites(objectOf(parseJson(from)), 'kids'), domains, answer))
}
function configOf(from: string) {
  const { config } = readConfig(from)
  if (config === null) throw new Error('The app would refuse this.')
  return config
}
const rewritesOf = (from: string) => configOf(from).profiles.get('kids')?.dnsRewrites ?? []

describe('safe search', () => {
  it('changes a rewrite that is there, and adds the others', () => {
    const next = edited(text, ['www.bing.com', 'www.google.com'], '216.239.38.120')
    expect(rewritesOf(next)).toEqual([
      { domain: 'WWW.bing.com.', answer: '216.239.38.120' },
      { domain: 'www.google.com', answer: '216.239.38.120' },
    ])
    expect(next).toContain('"note":1.50')
    expect(edited(next, ['www.bing.com'], '216.239.38.120')).toBe(next)
    expect(rewritesOf(edited(text, googleCountrySites, '216.239.38.120'))).toHaveLength(googleCountrySites.length + 1)
  })

  it.each(safeSearches)('$title is in force once it is set, by the evaluator too', (search) => {
    const answer = search.address ?? '192.0.2.9'
    const next = edited(text, search.domains, answer)
    expect(inForce(search, rewritesOf(next))).toBe(search.domains.length)
    const compiled = compileConfig(configOf(next), new Map())
    for (const name of search.domains) {
      const query = { name, type: 'A', client: '192.0.2.7', time: 0 }
      expect(explain(compiled, query).verdict).toBe('rewrite')
    }
  })

  it('does not take mail along with the search', () => {
    const all = safeSearches.flatMap(({ domains }) => domains)
    expect(all.some((domain) => 'mail.google.com'.endsWith(domain))).toBe(false)
  })

  it('sees a twin that comes under its own rewrite', () => {
    const rewrites = [{ domain: 'duckduckgo.com', answer: 'safe.duckduckgo.com' }]
    expect(circles(rewrites, 'duckduckgo.com', 'safe.duckduckgo.com')).toBe(true)
    expect(circles(rewrites, 'www.bing.com', 'strict.bing.com')).toBe(false)
    const duck = safeSearches.find(({ id }) => id === 'duckduckgo')
    expect(duck && inForce(duck, rewrites)).toBe(0)
    const ended = [...rewrites, { domain: 'safe.duckduckgo.com', answer: '192.0.2.9' }]
    expect(circles(ended, 'duckduckgo.com', 'safe.duckduckgo.com')).toBe(false)
  })

  it('warns of a CNAME, and refuses what the app could not answer', () => {
    expect(rewriteWarnings([], 'www.bing.com', 'strict.bing.com')[0]).toMatch(/CNAME alone/)
    expect(rewriteWarnings([], 'duckduckgo.com', 'safe.duckduckgo.com')[0]).toMatch(/circle/)
    expect(rewriteWarnings([], 'www.bing.com', '192.0.2.1')).toEqual([])
    expect(answerTrouble('strict.bing.com.')).toMatch(/dot/)
    expect(answerTrouble('not a host')).toMatch(/neither/)
    expect(domainTrouble('*.example.com')).toMatch(/star/)
    expect(domainTrouble('www.example.com.')).toBeNull()
  })
})
