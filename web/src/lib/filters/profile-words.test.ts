import { readConfig } from '@zonedeck/shared/filter/read-config'
import { expect, it } from 'vitest'
import { profileWords } from './profile-words.ts'

function told(profile: object, more: object = {}): string | null {
  const { config } = readConfig(JSON.stringify({ profiles: { kids: profile }, ...more }))
  const kids = config?.profiles.get('kids')
  if (config == null || kids === undefined) throw new Error('The app refuses this.')
  return profileWords(config, kids)
}

it('says what a profile does, in the order a person thinks of it', () => {
  expect(
    told({
      blockedServices: ['youtube', 'TIKTOK', 'snapchat', 'instagram', 'discord', 'no-such'],
      customRules: ['# note', 'a.test', '@@b.test', ''],
      regexBlockRules: ['# note', 'x+'],
      allowList: ['c.test', ' '],
      dnsRewrites: [{ domain: 'www.google.com', answer: 'forcesafesearch.google.com' }],
    }),
  ).toBe(
    'Blocks YouTube, TikTok, Snapchat and 2 more services, 1 rule and 1 pattern; allows 2 by name; answers 1 itself.',
  )
})

it('counts only lists that the app uses', () => {
  const blockLists = [
    { url: 'https://a.test/', enabled: true },
    { url: 'https://b.test/', enabled: false },
  ]
  const urls = ['https://a.test/', 'https://b.test/', 'https://c.test/', 'https://A.test/']
  expect(told({ blockLists: urls }, { blockLists })).toBe('Blocks 1 list.')
})

it.each([
  [{}, null],
  [{ allowList: ['a.test'] }, 'Allows 1 by name.'],
  [{ blockedServices: ['youtube', 'tiktok'] }, 'Blocks YouTube and TikTok.'],
  [{ customRules: ['# only a note'] }, null],
])('a profile with little in it', (profile, words) => {
  expect(told(profile)).toBe(words)
})
