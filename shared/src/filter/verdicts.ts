import { addressText, ipv6Bytes } from '../records/fields/address.ts'
import type { FilterAnswer } from './answer.ts'
import { parseBlockList } from './block-list.ts'
import { compileConfig, type CompiledConfig } from './compile.ts'
import { explain, type Explanation } from './explain.ts'
import { listsInUse, type Lists } from './lists-in-use.ts'
import { readConfig } from './read-config.ts'
import type { RecordedCase, RecordedQuery } from './recording.ts'

/** A verdict of the real app that is not ours. */
export interface Disagreement {
  case: string
  /** `bad.test A from 192.168.1.10`; empty when it is about the configuration. */
  query: string
  recorded: string
  ours: string
  /** How we came to ours. */
  because: string
}

export interface VerdictScore {
  agree: number
  of: number
  disagreements: Disagreement[]
}

/** A case of a recording against the evaluator. A configuration the app refused counts as one verdict. */
export function replayCase(recorded: RecordedCase): VerdictScore {
  const text = typeof recorded.config === 'string' ? recorded.config : JSON.stringify(recorded.config ?? null)
  const { config, refusals } = readConfig(text)
  const queries = recorded.queries ?? []
  const refusedByApp = recorded.refused != null
  if (config === null || refusedByApp) {
    const agree = config === null && refusedByApp
    const disagreement: Disagreement = {
      case: recorded.title,
      query: '',
      recorded: refusedByApp ? `refuses the configuration: ${recorded.refused}` : 'takes the configuration',
      ours: config === null ? 'refuses the configuration' : 'takes the configuration',
      because: refusals?.map(({ pointer, message }) => `${pointer}: ${message}`).join(' ') ?? '',
    }
    const of = Math.max(1, queries.length)
    return { agree: agree ? of : 0, of, disagreements: agree ? [] : [disagreement] }
  }
  const compiled = compileConfig(config, listsOf(recorded, config))
  const time = Date.parse(recorded.at)
  const disagreements = queries.flatMap((query) => disagreement(recorded.title, query, compiled, time) ?? [])
  return { agree: queries.length - disagreements.length, of: queries.length, disagreements }
}

/** Lists whose content is not recorded could not be fetched. */
function listsOf({ lists: recorded }: RecordedCase, config: CompiledConfig['config']): Lists {
  const lists = recorded ?? {}
  return new Map(
    [...listsInUse(config.blockLists).values()].map(({ url, type }) => {
      const text = Object.hasOwn(lists, url) ? lists[url] : undefined
      return [url, text === undefined ? null : parseBlockList(text, type)]
    }),
  )
}

function disagreement(
  title: string,
  query: RecordedQuery,
  compiled: CompiledConfig,
  time: number,
): Disagreement | null {
  const { ip, id } = query.client
  const ours = explain(compiled, { client: ip, host: id ?? null, name: query.name, type: query.type, time })
  const recorded = query.filtered ? textOf(query.answer ?? { rcode: 'nothing' }) : 'passes'
  const mine = ours.answer === null ? 'passes' : textOf(ours.answer)
  if (recorded === mine) return null
  return {
    case: title,
    query: `${query.name} ${query.type} from ${ip}${id == null ? '' : ` by ${id}`}`,
    recorded,
    ours: mine,
    because: because(ours),
  }
}

function because({ steps, unsure }: Explanation): string {
  return [...steps.slice(-1), ...unsure].map(({ text }) => text).join(' ')
}

/**
 * An answer as one line. The order of its records means nothing, nor does the case of a host name (compression writes the
 * end of a CNAME's target as the question spelled it) or how an IPv6 address is written (.NET has ::1.2.3.4).
 */
function textOf({ rcode, records, extendedError }: NonNullable<RecordedQuery['answer']> | FilterAnswer): string {
  const lines = (records ?? []).map(([type, ttl, data]) => `${type} ${ttl} ${dataText(type, data)}`)
  const error = extendedError == null ? '' : ` (${extendedError[0]} ${extendedError[1]})`
  return `${rcode} [${lines.sort().join(', ')}]${error}`
}

function dataText(type: string, data: string): string {
  if (type === 'CNAME') return data.toLowerCase()
  const bytes = type === 'AAAA' ? ipv6Bytes(data) : null
  return bytes === null ? data : addressText(bytes)
}
