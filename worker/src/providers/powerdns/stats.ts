import type { Counter } from '@zonedeck/shared/stats'
import * as z from 'zod'
import { readJson } from '../json.ts'
import type { ProviderContext, StatsSource } from '../provider.ts'
import { makeCall } from './call.ts'

/**
 * One element of `GET /statistics`. Numbers come as text. Items of other types are left out: maps (answers by type, code
 * and size) and rings (the last names asked for, and by whom) are no counters, and rings hold who asked what.
 */
const itemSchema = z.looseObject({ name: z.string(), type: z.string(), value: z.unknown() })

type Line = [id: string, label: string, unit: Counter['unit'], kind: Counter['kind']]

/** What is worth seeing of about a hundred: https://doc.powerdns.com/authoritative/performance.html */
const LINES: Line[] = [
  ['uptime', 'Running for', 'seconds', 'counter'],
  ['udp-queries', 'Questions over UDP', 'queries', 'counter'],
  ['tcp-queries', 'Questions over TCP', 'queries', 'counter'],
  ['udp-do-queries', 'Questions that ask for signatures (UDP)', 'queries', 'counter'],
  ['udp-answers', 'Answers over UDP', 'answers', 'counter'],
  ['tcp-answers', 'Answers over TCP', 'answers', 'counter'],
  ['udp-answers-bytes', 'Sent over UDP', 'bytes', 'counter'],
  ['tcp-answers-bytes', 'Sent over TCP', 'bytes', 'counter'],
  ['noerror-packets', 'Answers without an error', 'answers', 'counter'],
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
  return {
    async counters() {
      const { text } = await call({ method: 'GET', path: '/statistics', query: { includerings: 'false' } })
      const items = readJson(z.array(itemSchema), text, 'the statistics')
      const values = new Map(
        items.flatMap(({ name, type, value }) =>
          type === 'StatisticItem' && typeof value === 'string' && /^\d{1,20}$/.test(value)
            ? [[name, Number(value)] as const]
            : [],
        ),
      )
      return LINES.flatMap(([id, label, unit, kind]) => {
        const value = values.get(id)
        return value === undefined ? [] : [{ id, label, value, unit, kind }]
      })
    },
  }
}
