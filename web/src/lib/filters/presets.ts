import type { AppConfig } from '@zonedeck/shared/filter/app-config'
import { listCatalogue } from '@zonedeck/shared/filter/catalogue'
import { fold, isBlank } from '@zonedeck/shared/filter/dotnet/text'
import type { ConfigEdit } from '@zonedeck/shared/filter/edit'
import { objectOf, type JsonObject } from '@zonedeck/shared/filter/json'

/** What a profile can begin with. */
export interface Preset {
  id: string
  title: string
  /** What it does, for the choice. */
  help: string
  services: readonly string[]
  /** Names in the catalogue of lists. */
  lists: readonly string[]
  /** Search engines answer with their strict versions: by exact names, so that mail and maps stay. */
  safeSearch: boolean
}

const ADS = 'Hagezi Pro (Ads + Tracking)'
const MALWARE = 'Hagezi Threat Intelligence (Malware + Phishing)'
const ADULT = 'OISD NSFW (Adult Content)'
const GAMBLING = 'Hagezi Gambling'
const BYPASS = 'Hagezi DoH/VPN/Proxy Bypass Protection'

export const presets: readonly Preset[] = [
  {
    id: 'small-children',
    title: 'Small children',
    help: 'No social media, chats, videos or games by name; no adult content, gambling, ads or malware; strict search.',
    services: [
      'youtube',
      'tiktok',
      'facebook',
      'instagram',
      'snapchat',
      'twitter',
      'reddit',
      'discord',
      'telegram',
      'tumblr',
      'twitch',
      'kickstreaming',
      'roblox',
      'tinder',
      'bumble',
      'onlyfans',
      '9gag',
      '4chan',
      'porn',
      'gambling',
    ],
    lists: [ADULT, GAMBLING, ADS, MALWARE, BYPASS],
    safeSearch: true,
  },
  {
    id: 'teens',
    title: 'Teens',
    help: 'No adult content, dating, gambling or malware; strict search. Social media and games stay: set hours for them.',
    services: ['tinder', 'bumble', 'onlyfans', '4chan', 'porn', 'gambling'],
    lists: [ADULT, GAMBLING, MALWARE, BYPASS],
    safeSearch: true,
  },
  {
    id: 'adults',
    title: 'Adults: ads and malware only',
    help: 'Nothing is forbidden; ads, trackers and malware are kept out.',
    services: [],
    lists: [ADS, MALWARE],
    safeSearch: false,
  },
  { id: 'empty', title: 'Empty', help: 'Blocks nothing until you say so.', services: [], lists: [], safeSearch: false },
]

const SAFE_SEARCH = [
  { domain: 'www.google.com', answer: 'forcesafesearch.google.com' },
  { domain: 'www.bing.com', answer: 'strict.bing.com' },
  { domain: 'duckduckgo.com', answer: 'safe.duckduckgo.com' },
]

/** The edits that make a profile from a preset: its lists are registered and switched on, too. */
export function presetEdits(config: AppConfig, name: string, preset: Preset): ConfigEdit[] {
  const lists = listCatalogue.filter((list) => preset.lists.includes(list.name))
  const registry = config.blockLists ?? []
  const known = lists.map(({ url }) => registry.findIndex((entry) => entry?.url === url))
  const edits = lists.flatMap(({ url, name: title, refreshHours }, index): ConfigEdit[] => {
    const at = known[index] ?? -1
    if (at >= 0)
      return registry[at]?.enabled === true ? [] : [{ op: 'set', path: ['blockLists', at, 'enabled'], value: true }]
    const fresh = known.slice(0, index).filter((position) => position < 0).length
    const value = { url, name: title, enabled: true, refreshHours }
    return [{ op: 'insert', path: ['blockLists', registry.length + fresh], value }]
  })
  const profile: JsonObject = {
    blockedServices: [...preset.services],
    blockLists: lists.map(({ url }) => url),
    allowList: [],
    customRules: [],
    regexBlockRules: [],
    regexAllowRules: [],
    dnsRewrites: preset.safeSearch ? SAFE_SEARCH.map((rewrite) => ({ ...rewrite })) : [],
  }
  return [...edits, { op: 'set', path: ['profiles', name], value: profile }]
}

/** The edit that makes a profile as another one is, with all that is not known of it. */
export function copyEdits(json: JsonObject, name: string, from: string): ConfigEdit[] {
  const profile = objectOf(objectOf(json['profiles'])[from])
  return [{ op: 'set', path: ['profiles', name], value: profile }]
}

/** What is wrong with the name of a new profile, as a sentence; null for a good one. */
export function profileNameTrouble(config: AppConfig, name: string): string | null {
  if (isBlank(name)) return 'Give the profile a name.'
  if (name !== name.trim()) return 'A name begins and ends without spaces.'
  if (name.length > 60) return 'A name has 60 characters at most.'
  const same = [...config.profiles.keys()].find((known) => fold(known) === fold(name))
  if (same === undefined) return null
  return same === name
    ? `There is a profile “${same}” already.`
    : `There is a profile “${same}” already; to the app, two names that differ in case alone are one.`
}
