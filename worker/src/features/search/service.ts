import type { Connection } from '@zonedeck/shared/connection'
import { NameError, parseName } from '@zonedeck/shared/names'
import { reaches, rightOn } from '@zonedeck/shared/rights'
import type { SearchHit } from '@zonedeck/shared/search'
import type { Me } from '@zonedeck/shared/session'
import type { Call } from '../../http/context.ts'
import type { DnsProvider } from '../../providers/provider.ts'
import { askEach } from '../connections/ask-each.ts'
import { offered } from '../connections/offered.ts'
import { openConnection, providerOf } from '../connections/open.ts'
import { listConnections } from '../connections/service.ts'

/** Shown of one server; whoever finds so many has to say more. */
const most = 100
/** Of somebody who sees some zones alone, others' records may come first. */
const mostAsked = 500
/** A DKIM key is not read in a list. */
const longestContent = 300

/**
 * Searches the records of every server that can, each as soon as it answers. A line is `{ connection, hits, more }` or
 * `{ connection, problem }`; `more`: there are others, which were not asked for.
 */
export function streamSearch(call: Call, me: Me, text: string): ReadableStream<Uint8Array> {
  const able = async () => (await listConnections(call, me)).filter(canSearch)
  return askEach(call, able, async ({ id }, calls) => {
    const { about, dns } = await openConnection(call.env, id, call.now, call.fetch, calls)
    const search = offered(dns.search?.bind(dns), about.capabilities.search)
    const asked = me.owner ? most + 1 : mostAsked
    const hits = await searchAll(search, text, asked)
    const visible = hits.filter(({ zone }) => reaches(rightOn(me, id, zone), 'view'))
    return { hits: visible.slice(0, most).map(shortened), more: visible.length > most || hits.length >= asked }
  })
}

function canSearch({ provider }: Connection): boolean {
  return providerOf(provider).about.capabilities.search === true
}

/** Names are stored as A-labels, texts as they are: what is typed outside of ASCII is looked for in both ways. */
async function searchAll(
  search: NonNullable<DnsProvider['search']>,
  text: string,
  asked: number,
): Promise<SearchHit[]> {
  const ascii = asciiName(text)
  if (ascii === null) return search(text, asked)
  const [names, texts] = await Promise.all([search(ascii, asked), search(text, asked)])
  const keys = new Set(names.map((hit) => JSON.stringify(hit)))
  return [...names, ...texts.filter((hit) => !keys.has(JSON.stringify(hit)))]
}

function asciiName(text: string): string | null {
  if (/^[\x20-\x7e]*$/.test(text)) return null
  try {
    return parseName(text).slice(0, -1)
  } catch (error) {
    if (error instanceof NameError) return null
    throw error
  }
}

function shortened(hit: SearchHit): SearchHit {
  const { content } = hit
  return content === undefined || content.length <= longestContent
    ? hit
    : { ...hit, content: `${content.slice(0, longestContent)}…` }
}
