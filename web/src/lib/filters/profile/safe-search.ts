import type { AppRewrite } from '@zonedeck/shared/filter/app-config'
import { parseIpAddress } from '@zonedeck/shared/filter/dotnet/ip-address'
import { fold, trim } from '@zonedeck/shared/filter/dotnet/text'
import type { ConfigEdit } from '@zonedeck/shared/filter/edit'
import { arrayOf, objectOf, textOf, type Json, type JsonObject } from '@zonedeck/shared/filter/json'

/** A search engine, or a video site, that has a strict twin. */
export interface SafeSearch {
  id: string
  title: string
  /** What is rewritten. A rewrite is for everything below a name, too: `google.com` would take the mail along. */
  domains: readonly string[]
  /** The twin. */
  host: string
  /** Its address, where the provider publishes one that stays; null where it has to be looked up. */
  address: string | null
  /** What the twin does not do, or what else it changes. */
  note: string
}

/** Google's country sites, as the parts behind `www.google.`. */
const COUNTRIES =
  'ad ae al am as at az ba be bf bg bi bj bs bt by ca cat cd cf cg ch ci cl cm cn co.ao co.bw co.ck co.cr co.id co.il co.in co.jp co.ke co.kr co.ls co.ma co.mz co.nz co.th co.tz co.ug co.uk co.uz co.ve co.vi co.za co.zm co.zw com.af com.ag com.ar com.au com.bd com.bh com.bn com.bo com.br com.bz com.co com.cu com.cy com.do com.ec com.eg com.et com.fj com.gh com.gi com.gt com.hk com.jm com.kh com.kw com.lb com.ly com.mm com.mt com.mx com.my com.na com.ng com.ni com.np com.om com.pa com.pe com.pg com.ph com.pk com.pr com.py com.qa com.sa com.sb com.sg com.sl com.sv com.tj com.tr com.tw com.ua com.uy com.vc com.vn cv cz de dj dk dm dz ee es fi fm fr ga ge gg gl gm gr gy hn hr ht hu ie im iq is it je jo kg ki kz la li lk lt lu lv md me mg mk ml mn mu mv mw ne nl no nr nu pl pn ps pt ro rs ru rw sc se sh si sk sm sn so sr st td tg tl tm tn to tt vu ws'

/** Sites of Google beside www.google.com, to be added on demand. */
export const googleCountrySites: readonly string[] = COUNTRIES.split(' ').map((country) => `www.google.${country}`)

const YOUTUBE = [
  'www.youtube.com',
  'm.youtube.com',
  'youtubei.googleapis.com',
  'youtube.googleapis.com',
  'www.youtube-nocookie.com',
]

/** Google publishes its addresses for this purpose, Microsoft names the host and keeps its address. */
export const safeSearches: readonly SafeSearch[] = [
  {
    id: 'google',
    title: 'Google',
    domains: ['www.google.com'],
    host: 'forcesafesearch.google.com',
    address: '216.239.38.120',
    note: 'Covers www.google.com alone, so that mail and documents stay as they are. Country sites are extra.',
  },
  {
    id: 'youtube-strict',
    title: 'YouTube, strict',
    domains: YOUTUBE,
    host: 'restrict.youtube.com',
    address: '216.239.38.120',
    note: 'Restricted Mode at its strictest: many videos and all comments are gone.',
  },
  {
    id: 'youtube-moderate',
    title: 'YouTube, moderate',
    domains: YOUTUBE,
    host: 'restrictmoderate.youtube.com',
    address: '216.239.38.119',
    note: 'Restricted Mode with more videos.',
  },
  {
    id: 'bing',
    title: 'Bing',
    domains: ['www.bing.com'],
    host: 'strict.bing.com',
    address: '204.79.197.220',
    note: 'Searches that the Windows start menu sends go there as well.',
  },
  {
    id: 'duckduckgo',
    title: 'DuckDuckGo',
    domains: ['duckduckgo.com'],
    host: 'safe.duckduckgo.com',
    address: null,
    note: 'Everything below duckduckgo.com goes to that address too, pictures and maps among it; parts of the page may be missing.',
  },
]

/** Is a name another one, or below it? The app takes a dot at the end of a rewrite's domain as none. */
function isAtOrBelow(name: string, domain: string): boolean {
  const [below, above] = [name, domain].map((text) => fold(trim(text).replace(/\.+$/, '')))
  return above !== undefined && below !== undefined && (below === above || below.endsWith(`.${above}`))
}

/**
 * Does a rewrite's answer come under a rewrite itself, so that a device that follows it is sent there again, in a circle?
 * The closest one counts: a rewrite of the answer's own name with an address ends it.
 */
export function circles(rewrites: readonly AppRewrite[], domain: string, answer: string): boolean {
  if (!isAtOrBelow(answer, domain)) return false
  return !rewrites.some(
    (other) =>
      fold(trim(other.domain ?? '')) !== fold(trim(domain)) &&
      isAtOrBelow(answer, other.domain ?? '') &&
      isAtOrBelow(other.domain ?? '', domain),
  )
}

/** Above this many single edits the list is written as a whole: each edit reads the whole configuration. */
const MOST_EDITS = 12

/**
 * The edits that rewrite names to an answer: a rewrite of one of them is changed, others are added at the end.
 *
 * @param written the rewrites as they are written
 */
export function rewriteEdits(
  name: string,
  written: readonly Json[],
  domains: readonly string[],
  answer: string,
): ConfigEdit[] {
  const path = ['profiles', name, 'dnsRewrites']
  const next = [...written]
  const edits = domains.flatMap((domain): ConfigEdit[] => {
    // Of several for one name the last counts.
    const at = next.findLastIndex((each) => sameDomain(textOf(objectOf(each)['domain']), domain))
    const value = { ...objectOf(next[at]), ...(at < 0 ? { domain } : {}), answer }
    if (at >= 0 && objectOf(next[at])['answer'] === answer) return []
    next[at < 0 ? next.length : at] = value
    return at < 0
      ? [{ op: 'insert', path: [...path, next.length - 1], value }]
      : [{ op: 'set', path: [...path, at, 'answer'], value: answer }]
  })
  return edits.length > MOST_EDITS ? [{ op: 'set', path, value: next }] : edits
}

/** The rewrites of a profile as they are written. */
export function writtenRewrites(json: JsonObject, name: string): Json[] {
  return arrayOf(objectOf(objectOf(json['profiles'])[name])['dnsRewrites'])
}

function sameDomain(a: string | null, b: string): boolean {
  const [one, other] = [a ?? '', b].map((text) => fold(trim(text).replace(/\.+$/, '')))
  return one === other
}

/** Its twin would come under its own rewrite: only an address will do. */
export function isCircular({ domains, host }: SafeSearch): boolean {
  return domains.some((domain) => isAtOrBelow(host, domain))
}

/** How many of a preset's names are rewritten to its twin. Where its address changes, any counts. */
export function inForce(search: SafeSearch, rewrites: readonly AppRewrite[]): number {
  const { domains, host, address } = search
  return domains.filter((domain) => {
    const answer = trim(rewrites.findLast((each) => sameDomain(each.domain, domain))?.answer ?? '').toLowerCase()
    const isHost = answer === host && !isCircular(search)
    return isHost || (address === null ? parseIpAddress(answer) !== null : answer === address)
  }).length
}
