import type { Counter } from '@zonedeck/shared/stats'
import type { ProviderContext, StatsSource } from '../provider.ts'
import { makeCall } from './call.ts'
import { readStatistics, type Statistics } from './statistics.ts'
import { tallyOf } from './tally.ts'

type Line = [id: string, label: string, unit: Counter['unit'], kind: Counter['kind']]

/**
 * What is worth seeing of about a hundred: https://doc.powerdns.com/authoritative/performance.html. Not `noerror-packets`:
 * it counts names that exist without the type that was asked for, and those only when the packet cache has none.
 */
const LINES: Line[] = [
  ['uptime', 'Running for', 'seconds', 'counter'],
  ['udp-queries', 'Questions over UDP', 'queries', 'counter'],
  ['tcp-queries', 'Questions over TCP', 'queries', 'counter'],
  ['udp-do-queries', 'Questions that ask for signatures (UDP)', 'queries', 'counter'],
  ['udp-answers', 'Answers over UDP', 'answers', 'counter'],
  ['tcp-answers', 'Answers over TCP', 'answers', 'counter'],
  ['udp-answers-bytes', 'Sent over UDP', 'bytes', 'counter'],
  ['tcp-answers-bytes', 'Sent over TCP', 'bytes', 'counter'],
  ['nxdomain-packets', 'Answers that the name does not exist', 'answers', 'counter'],
  ['servfail-packets', 'Answers that the server failed', 'answers', 'counter'],
  ['unauth-packets', 'Questions for zones it does not hold', 'queries', 'counter'],
  ['corrupt-packets', 'Unreadable packets', 'packets', 'counter'],
  ['timedout-packets', 'Not answered in time', 'packets', 'counter'],
  ['overload-drops', 'Dropped because the database was too slow', 'queries', 'counter'],
  ['latency', 'Time to answer, on average', 'microseconds', 'gauge'],
  ['backend-latency', 'Time to ask the database, on average', 'microseconds', 'gauge'],
  ['backend-queries', 'Questions to the database', 'queries', 'counter'],
  ['packetcache-hit', 'Answered from the packet cache', 'queries', 'counter'],
  ['packetcache-miss', 'Not in the packet cache', 'queries', 'counter'],
  ['packetcache-size', 'Packet cache', 'entries', 'gauge'],
  ['query-cache-hit', 'Found in the query cache', 'queries', 'counter'],
  ['query-cache-miss', 'Not in the query cache', 'queries', 'counter'],
  ['query-cache-size', 'Query cache', 'entries', 'gauge'],
  ['zone-cache-size', 'Zones in the zone cache', 'zones', 'gauge'],
  ['signature-cache-size', 'Signatures kept', 'entries', 'gauge'],
  ['incoming-notifications', 'Notices from primaries', 'packets', 'counter'],
  ['dnsupdate-queries', 'Dynamic updates', 'packets', 'counter'],
  ['dnsupdate-changes', 'Records changed by dynamic updates', 'records', 'counter'],
  ['qsize-q', 'Questions that wait for the database', 'queries', 'gauge'],
  ['real-memory-usage', 'Memory in use', 'bytes', 'gauge'],
]

export function stats(context: ProviderContext): StatsSource {
  const call = makeCall(context)
  const read = async () => {
    const { text } = await call({ method: 'GET', path: '/statistics', query: { includerings: 'false' } })
    return readStatistics(text)
  }
  return {
    counters: async () => countersOf(await read()),
    tally: async () => {
      const statistics = await read()
      return { ...tallyOf(statistics), gauges: countersOf(statistics).filter(({ kind }) => kind === 'gauge') }
    },
  }
}

function countersOf({ items }: Statistics): Counter[] {
  return LINES.flatMap(([id, label, unit, kind]) => {
    const value = items.get(id)
    return value === undefined ? [] : [{ id, label, value, unit, kind }]
  })
}
