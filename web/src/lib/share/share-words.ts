import type { Share, SharePolicy, ShareTile } from '@zonedeck/shared/share'
import type { StatsRange } from '@zonedeck/shared/statistics'
import { rangeWords } from '../statistics/words.ts'
import { when } from '../when.ts'

/** What a page may hold, in the order in which it is shown. */
export const tileWords: Record<ShareTile, string> = {
  totals: 'Totals',
  series: 'Chart over time',
  'blocked-domains': 'Blocked domains',
  domains: 'Domains',
  clients: 'Clients',
  types: 'Types of queries',
  protocols: 'Protocols',
  gauges: 'What a server holds now',
}

export const clientWords: Record<SharePolicy['clients'], { label: string; help: string }> = {
  hidden: {
    label: 'Hidden',
    help: 'Visitors see how many clients there are, and none of their names or addresses.',
  },
  pseudonyms: {
    label: 'Made-up names',
    help: 'Each client has a name such as “Client 7KQ2MX4B” that stays the same on this link and is another one on any other. Who knows the household may still guess who asks the most.',
  },
}

export const domainWords: Record<SharePolicy['domains'], { label: string; help: string }> = {
  hidden: { label: 'Hidden', help: 'Visitors see how much was asked and blocked, and no name that was asked for.' },
  common: {
    label: 'Only common ones',
    help: 'Names that several clients asked for. Where a server cannot tell how many did, none is shown.',
  },
  full: {
    label: 'All',
    help: 'Every name in the lists, also those that one client alone asked for: they may tell what somebody reads, buys or suffers from.',
  },
}

/** `Last 24 hours`, or `1 Nov at 00:00 to 8 Nov at 00:00`. */
export function shownRange(range: StatsRange): string {
  return range.kind === 'custom' ? `${when(range.from)} to ${when(range.to)}` : rangeWords[range.kind]
}

/** What a link says of people. */
export function policyWords({ policy, tiles }: Pick<Share, 'policy' | 'tiles'>): string[] {
  const clients = policy.clients === 'pseudonyms' && tiles.includes('clients')
  const lists = tiles.includes('domains') || tiles.includes('blocked-domains')
  const domains = {
    hidden: 'domains hidden',
    common: `domains of ${policy.atLeast} clients or more`,
    full: 'all domains',
  }
  return [clients ? 'Clients by made-up names' : 'Clients hidden', ...(lists ? [domains[policy.domains]] : [])]
}

/** `Ends 30 Nov at 14:00`, `Ended yesterday at 14:31`. */
export function endWords({ expiresAt, state }: Pick<Share, 'expiresAt' | 'state'>): string {
  return `${state === 'expired' ? 'Ended' : 'Ends'} ${when(expiresAt)}`
}

/** `Seen 12 of 20 times, last 14:02` */
export function viewWords({ views, maxViews, lastViewAt }: Pick<Share, 'views' | 'maxViews' | 'lastViewAt'>): string {
  const of = maxViews === null ? '' : ` of ${maxViews}`
  if (views === 0 || lastViewAt === null) return maxViews === null ? 'Not seen yet' : `Seen 0${of} times`
  return `Seen ${views}${of} ${views === 1 && maxViews === null ? 'time' : 'times'}, last ${when(lastViewAt)}`
}
