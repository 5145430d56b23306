import { describe, expect, it } from 'vitest'
import { parseBlockList } from './block-list.ts'
import { compileConfig } from './compile.ts'
import { editConfig } from './edit.ts'
import { explain, type FilterQuery } from './explain.ts'
import { readConfig } from './read-config.ts'
import { smallestFixes, type VerdictFix } from './smallest-fix.ts'

const url = 'https://l.example/a'
const lists = new Map([[url, parseBlockList('listed.test', 'domain')]])
const config = {
  profiles: {
    base: { customRules: ['shared.test'] },
    kids: {
      customRules: ['bad.test', 'double.test', '@@fine.test'],
      blockedServices: ['tiktok', 'own'],
      blockLists: [url],
      regexBlockRules: ['^ads\\.'],
      dnsRewrites: [{ domain: 're.test', answer: '192.0.2.1' }],
    },
    adults: { customRules: ['bad.test'] },
  },
  clients: [
    { name: 'Tablet', ids: ['10.0.0.1'], profile: 'kids' },
    { name: 'Phone', ids: ['10.0.0.2'], profile: 'kids' },
    { name: 'Laptop', ids: ['10.0.0.3'], profile: 'adults' },
  ],
  baseProfile: 'base',
  defaultProfile: 'adults',
  customServices: { own: { name: 'Own', domains: ['double.test'] } },
  blockLists: [{ url, name: 'Ads' }],
}
const text = JSON.stringify(config, null, 2)

function fixes(name: string, client = '10.0.0.1', of = text) {
  const read = readConfig(of)
  if (read.config === null) throw new Error(read.refusals[0]?.message)
  const compiled = compileConfig(read.config, lists)
  const query: FilterQuery = { client, name, type: 'A', time: Date.UTC(2026, 10, 23) }
  const explanation = explain(compiled, query)
  const found = smallestFixes(of, lists, query, explanation)
  for (const { edits } of found) {
    const after = readConfig(editConfig(of, edits)).config
    if (after === null) throw new Error('The fix makes the app refuse the configuration.')
    const turned = explain(compileConfig(after, lists), query).verdict
    expect(turned).toBe(explanation.verdict === 'allow' ? 'block' : 'allow')
  }
  return found.map(inWords)
}

function inWords({ title, changes, keeps }: VerdictFix): string {
  const kept = keeps.length === 0 ? '' : `, not ${keeps.join(', ')}`
  return changes.length === 0
    ? `${title}: changes nothing for others.`
    : `${title}: also changes ${changes.join(', ')}${kept}.`
}

describe('smallestFixes', () => {
  it('says whom else each way reaches, the fewest first', () => {
    expect(fixes('www.bad.test')).toEqual([
      'Allow “www.bad.test” in the profile “kids”: also changes Phone, not Laptop, everyone else.',
      'Remove the rule “bad.test” from the profile “kids”: also changes Phone, not Laptop, everyone else.',
      'Allow “www.bad.test” in the profile “base”: also changes Phone, Laptop, everyone else.',
    ])
    expect(fixes('shared.test', '10.0.0.3')).toEqual([
      'Allow “shared.test” in the profile “adults”: also changes everyone else, not Tablet, Phone.',
      'Remove the rule “shared.test” from the profile “base”: also changes Tablet, Phone, everyone else.',
      'Allow “shared.test” in the profile “base”: also changes Tablet, Phone, everyone else.',
    ])
  })

  it('takes away everything that decides, by its name', () => {
    expect(fixes('double.test')[1]).toBe(
      'Take the service Own from the profile “kids”, and remove the rule “double.test” from the profile “kids”: also changes Phone, not Laptop, everyone else.',
    )
    expect(fixes('listed.test')[1]).toMatch(/^Take the list “Ads” from the profile “kids”: /)
    expect(fixes('ads.x')[1]).toMatch(/^Remove the pattern “\^ads\\\.” from the profile “kids”: /)
    expect(fixes('re.test')).toEqual([
      'Remove the rewrite of “re.test” from the profile “kids”: also changes Phone, not Laptop, everyone else.',
    ])
  })

  it('blocks what passes, and takes back what allows it', () => {
    expect(fixes('free.test')).toEqual([
      'Block “free.test” in the profile “kids”: also changes Phone, not Laptop, everyone else.',
      'Block “free.test” in the profile “base”: also changes Phone, Laptop, everyone else.',
    ])
    expect(fixes('fine.test')[0]).toBe(
      'Remove the rule “fine.test” from the profile “kids”, and block “fine.test” in the profile “kids”: also changes Phone, not Laptop, everyone else.',
    )
  })

  it('offers nothing where no entry would do', () => {
    expect(fixes('bad.test', '10.0.0.9', JSON.stringify({ ...config, defaultProfile: 'gone' }))).toEqual([])
    expect(fixes('bad.test', '10.0.0.1', JSON.stringify({ ...config, enableBlocking: false }))).toEqual([])
    const alone = { profiles: { kids: config.profiles.kids }, defaultProfile: 'kids' }
    expect(fixes('bad.test', '10.0.0.1', JSON.stringify(alone))[0]).toBe(
      'Allow “bad.test” in the profile “kids”: changes nothing for others.',
    )
  })
})
