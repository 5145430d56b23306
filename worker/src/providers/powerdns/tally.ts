import type { Tally } from '../provider.ts'
import type { Statistics } from './statistics.ts'

/** As the server spells them in `response-by-rcode`. */
const CODES = {
  'no-error': 'No Error',
  'server-failure': 'Server Failure',
  'nx-domain': 'Non-Existent domain',
  refused: 'Query Refused',
} as const
/** Counted by the messages that a zone is sent in, not by who asked for it. */
const TRANSFERS = new Set(['AXFR', 'IXFR'])
const TYPE = /^[A-Z0-9-]{1,16}$/
const MOST_TYPES = 60

/**
 * The panel's words for what PowerDNS counts, as measured on 4.7.3. Answers are split by their code from
 * `response-by-rcode`, which has them all: `unauth-packets` lacks refused notices and updates, `nxdomain-packets` and
 * `servfail-packets` agree with it, and `noerror-packets` is something else. A zone transfer counts there once a message.
 * `cached` is the packet cache. Who answers the rest is not counted, nor are clients.
 */
export function tallyOf({ items, maps }: Statistics): Omit<Tally, 'gauges'> {
  const sum = (...names: string[]) => {
    const values = names.map((name) => items.get(name))
    return values.every((value) => value !== undefined) ? values.reduce((all, value) => all + value, 0) : undefined
  }
  const byCode = maps.get('response-by-rcode')
  const byType = maps.get('response-by-qtype')
  const [udp, tcp, uptime] = [items.get('udp-queries'), items.get('tcp-queries'), items.get('uptime')]
  const counts = {
    queries: sum('udp-queries', 'tcp-queries'),
    ...Object.fromEntries(Object.entries(CODES).map(([measure, code]) => [measure, byCode && (byCode.get(code) ?? 0)])),
    cached: items.get('packetcache-hit'),
    dropped: sum('overload-drops', 'timedout-packets'),
  }
  return {
    ...(uptime === undefined ? {} : { uptime }),
    counts: Object.fromEntries(Object.entries(counts).filter(([, value]) => value !== undefined)),
    ...(byType === undefined ? {} : { types: Object.fromEntries([...byType].filter(isType).slice(0, MOST_TYPES)) }),
    ...(udp === undefined || tcp === undefined ? {} : { protocols: { UDP: udp, TCP: tcp } }),
  }
}

function isType([name]: readonly [string, number]): boolean {
  return TYPE.test(name) && !TRANSFERS.has(name)
}
