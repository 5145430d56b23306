import { NameError, parseName } from '@zonedeck/shared/names'
import type { LoggedQuery, QueryLogPage } from '@zonedeck/shared/statistics'
import { ProviderError } from '../provider-error.ts'
import type { LogFilter, ProviderContext } from '../provider.ts'
import type { makeCall, Params } from './call.ts'
import { appList, logPage, type LogEntry, type LogPage } from './wire.ts'

/**
 * With any app installed the server looks for newer ones in a store on the internet before it lists them, and waits five
 * seconds for that. An app may be installed any time: that there is none is remembered for a minute.
 */
const REMEMBERED = 600_000
const NONE_REMEMBERED = 60_000
const SLOW = 20_000

interface LogApp {
  name: string
  classPath: string
}

type Call = ReturnType<typeof makeCall>['call']

/** The log of whichever app keeps one that can be read; there are several, for several databases. */
export function queryLog({ memory, now }: ProviderContext, call: Call) {
  async function findApp(): Promise<LogApp> {
    const remembered = memory?.get('query-log-app') as LogApp | null | undefined
    const app = remembered === undefined ? await lookForApp() : remembered
    if (app !== null) return app
    throw new ProviderError(
      'missing',
      'No app on this server keeps a log of queries. Its own console installs one under Apps: Query Logs (Sqlite).',
    )
  }

  async function lookForApp(): Promise<LogApp | null> {
    const { apps } = await call('/api/apps/list', {}, appList, { reads: true, timeout: SLOW })
    const [app = null] = apps.flatMap(({ name, dnsApps }) =>
      dnsApps.flatMap(({ classPath, isQueryLogs }) => (isQueryLogs === true ? [{ name, classPath }] : [])),
    )
    memory?.set('query-log-app', app, app === null ? NONE_REMEMBERED : REMEMBERED)
    return app
  }

  return async (filter: LogFilter): Promise<QueryLogPage> => {
    const asked = filterParams(filter)
    const ask = (app: LogApp) => call('/api/logs/query', { ...asked, ...app }, logPage, { reads: true, timeout: SLOW })
    try {
      return shownPage(await ask(await findApp()), now())
    } catch (error) {
      if (!(error instanceof ProviderError)) throw error
      // It was taken away, or is another one by now.
      if (!/DNS application .*was not found/i.test(error.message)) throw named(error, filter)
      memory?.delete('query-log-app')
      return shownPage(await ask(await findApp()), now())
    }
  }
}

function filterParams(filter: LogFilter): Params {
  const { page, perPage, newestFirst, from, to, client, name, type, rcode, protocol, answeredBy } = filter
  const given = {
    start: from === undefined ? undefined : new Date(from).toISOString(),
    end: to === undefined ? undefined : new Date(to).toISOString(),
    clientIpAddress: client,
    qname: name === undefined ? undefined : asciiName(name),
    qtype: type?.toUpperCase(),
    rcode,
    protocol,
    responseType: answeredBy,
  }
  return {
    pageNumber: String(page),
    entriesPerPage: String(perPage),
    descendingOrder: String(newestFirst),
    ...Object.fromEntries(Object.entries(given).filter((entry): entry is [string, string] => entry[1] !== undefined)),
  }
}

/** Names are logged as A-labels in lower case, without the last dot. */
function asciiName(text: string): string {
  const lower = text.toLowerCase()
  if (/^[\x20-\x7e]*$/.test(lower)) return lower.length > 1 ? lower.replace(/\.$/, '') : lower
  try {
    return parseName(lower).slice(0, -1)
  } catch (error) {
    if (!(error instanceof NameError)) throw error
    throw new ProviderError('refused', 'A name with letters beyond a to z has to be a whole one.', { field: 'name' })
  }
}

/** The server says which word it does not know; this says where it was given. */
function named(error: ProviderError, filter: LogFilter): ProviderError {
  if (error.kind !== 'refused') return error
  if (/invalid IP address/i.test(error.message)) {
    return new ProviderError('refused', 'A client is an address, like 192.0.2.1 or 2001:db8::1.', { field: 'client' })
  }
  const word = /Requested value '([^']*)' was not found/i.exec(error.message)?.[1]?.toLowerCase()
  const field = (['type', 'rcode', 'protocol', 'answeredBy'] as const).find((id) => filter[id]?.toLowerCase() === word)
  return word === undefined || field === undefined
    ? error
    : new ProviderError('refused', `The server does not know ${filter[field]}.`, { field })
}

function shownPage({ pageNumber, totalPages, totalEntries, entries }: LogPage, readAt: number): QueryLogPage {
  return {
    page: pageNumber,
    pages: totalPages,
    entries: totalEntries,
    rows: entries.map(shownRow),
    readAt: new Date(readAt).toISOString(),
  }
}

function shownRow(entry: LogEntry): LoggedQuery {
  return {
    row: entry.rowNumber,
    at: entry.timestamp,
    client: entry.clientIpAddress,
    protocol: entry.protocol,
    answeredBy: entry.responseType,
    took: entry.responseRtt ?? null,
    rcode: entry.rcode,
    name: entry.qname === '' ? '.' : (entry.qname ?? ''),
    type: entry.qtype ?? '',
    class: entry.qclass ?? '',
    answer: entry.answer ?? '',
    filtered: filtered(entry),
  }
}

/**
 * The filter app's blocks and its rewrites are both logged as Blocked. A block that answers is one with an address that
 * stands for none, or a TXT that tells why, of the server itself or of the app. An address or a name of one's own choice
 * cannot be told from a rewrite, nor a rewrite without an address of the wanted kind from a block.
 */
function filtered({ responseType, rcode, answer }: LogEntry): LoggedQuery['filtered'] {
  if (responseType.startsWith('UpstreamBlocked')) return 'blocked'
  if (responseType !== 'Blocked') return null
  const blocks = /^(A 0\.0\.0\.0|AAAA ::|TXT "source=[a-z-]+; (.*; )?domain=.*")$/.test(answer ?? '')
  return rcode === 'NoError' && (answer ?? '') !== '' && !blocks ? 'rewritten' : 'blocked'
}
