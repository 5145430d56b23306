import { Answer, json } from './simulator-answer.ts'

/** Everything that the server counts and says nothing about here: it stays 0. */
const QUIET =
  'corrupt-packets cpu-iowait cpu-steal deferred-cache-inserts deferred-cache-lookup deferred-packetcache-inserts deferred-packetcache-lookup dnsupdate-answers dnsupdate-changes dnsupdate-queries dnsupdate-refused fd-usage incoming-notifications key-cache-size meta-cache-size open-tcp-connections overload-drops qsize-q rd-queries recursing-answers recursing-questions recursion-unanswered ring-logmessages-capacity ring-logmessages-size ring-noerror-queries-capacity ring-noerror-queries-size ring-nxdomain-queries-capacity ring-nxdomain-queries-size ring-queries-capacity ring-queries-size ring-remotes-capacity ring-remotes-corrupt-capacity ring-remotes-corrupt-size ring-remotes-size ring-remotes-unauth-capacity ring-remotes-unauth-size ring-servfail-queries-capacity ring-servfail-queries-size ring-unauth-queries-capacity ring-unauth-queries-size security-status sys-msec tcp-cookie-queries tcp4-answers tcp4-answers-bytes tcp4-queries tcp6-answers tcp6-answers-bytes tcp6-queries timedout-packets udp-cookie-queries udp-in-csum-errors udp-in-errors udp-noport-errors udp-recvbuf-errors udp-sndbuf-errors udp4-answers udp4-answers-bytes udp4-queries udp6-answers udp6-answers-bytes udp6-in-csum-errors udp6-in-errors udp6-noport-errors udp6-queries udp6-recvbuf-errors udp6-sndbuf-errors user-msec xfr-queue zone-cache-hit zone-cache-miss'.split(
    ' ',
  )
/** A server of a small company: what grows, by the second, on average. */
const RATES: Record<string, number> = {
  'backend-queries': 3.1,
  'noerror-packets': 9.2,
  'nxdomain-packets': 1.7,
  'packetcache-hit': 8.8,
  'packetcache-miss': 2.4,
  'query-cache-hit': 1.2,
  'query-cache-miss': 3.1,
  'servfail-packets': 0.01,
  signatures: 0.6,
  'tcp-answers': 0.08,
  'tcp-answers-bytes': 21,
  'tcp-queries': 0.08,
  'udp-answers': 11.1,
  'udp-answers-bytes': 1560,
  'udp-do-queries': 7.4,
  'udp-queries': 11.2,
  'unauth-packets': 0.3,
}
const BY_CODE = { 'No Error': 9.27, 'Non-Existent domain': 1.7, 'Query Refused': 0.3, 'Server Failure': 0.01 }
const BY_TYPE = {
  A: 5.1,
  AAAA: 3.2,
  HTTPS: 1.3,
  MX: 0.6,
  TXT: 0.5,
  NS: 0.24,
  SOA: 0.14,
  PTR: 0.12,
  CAA: 0.05,
  SRV: 0.03,
}
const DAY = 86_400
/** How the traffic swings around its average: by day (most at 14:00 UTC), by week (least on Sundays), and a little always. */
const SWINGS = [
  { share: 0.55, period: DAY, at: (8 / 24) * DAY },
  { share: 0.2, period: 7 * DAY, at: 5 * DAY },
  { share: 0.08, period: 5 * 3600 + 1700, at: 0 },
  { share: 0.05, period: 37 * 60 + 11, at: 0 },
]

const LEVELS: Record<string, number> = {
  'backend-latency': 310,
  'cache-latency': 4,
  latency: 92,
  'packetcache-size': 2210,
  'query-cache-size': 640,
  'real-memory-usage': 67_121_152,
  'receive-latency': 3,
  'send-latency': 9,
  'signature-cache-size': 1180,
}

/** So many seconds of average traffic lie between two times (milliseconds since 1970). */
function traffic(from: number, to: number): number {
  const until = (time: number) =>
    SWINGS.reduce((sum, { share, period, at }) => {
      const turn = (2 * Math.PI) / period
      return sum - (share / turn) * Math.cos(turn * (time - at))
    }, time)
  return until(to / 1000) - until(from / 1000)
}

/** What a server that started at `from` has counted at `to`, in milliseconds since 1970. */
export function countedBetween(
  from: number,
  to: number,
): { items: Map<string, number>; maps: Map<string, Map<string, number>> } {
  const seconds = traffic(from, to)
  const grown = (rates: Record<string, number>) =>
    Object.entries(rates).map(([name, rate]) => [name, Math.floor(rate * seconds)] as const)
  const happened = (rates: Record<string, number>) => new Map(grown(rates).filter(([, count]) => count > 0))
  return {
    items: new Map([
      ...QUIET.map((name) => [name, 0] as const),
      ...grown(RATES),
      ...Object.entries(LEVELS),
      ['uptime', Math.floor((to - from) / 1000)],
    ]),
    maps: new Map([
      ['response-by-qtype', happened(BY_TYPE)],
      ['response-sizes', new Map<string, number>()],
      ['response-by-rcode', happened(BY_CODE)],
    ]),
  }
}

/** `/statistics`. Numbers come as text; the values are made up, and grow with the time since the start alone. */
export function statisticsAnswer(query: URLSearchParams, started: number, now: number, zones: number): Response {
  const { items, maps } = countedBetween(started, now)
  items.set('zone-cache-size', zones)
  const item = (name: string, value: number) => ({ name, type: 'StatisticItem', value: String(value) })
  const wanted = query.get('statistic')
  if (wanted !== null) {
    const value = items.get(wanted)
    if (value === undefined) throw new Answer(422, 'Unknown statistic name')
    return json([item(wanted, value)])
  }
  const map = (name: string, values: Map<string, number>) => ({
    name,
    type: 'MapStatisticItem',
    value: [...values].map(([key, value]) => ({ name: key, value: String(value) })),
  })
  const ring = (name: string) => ({ name, size: '10000', type: 'RingStatisticItem', value: [] })
  return json([
    ...[...items].map(([name, value]) => item(name, value)),
    ...[...maps].map(([name, values]) => map(name, values)),
    ...(query.get('includerings') === 'false'
      ? []
      : 'logmessages remotes remotes-corrupt remotes-unauth noerror-queries nxdomain-queries queries servfail-queries unauth-queries'
          .split(' ')
          .map(ring)),
  ])
}
