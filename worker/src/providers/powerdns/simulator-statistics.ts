import { Answer, json } from './simulator-answer.ts'

/** Everything that the server counts and says nothing about here: it stays 0. */
const QUIET =
  'corrupt-packets cpu-iowait cpu-steal deferred-cache-inserts deferred-cache-lookup deferred-packetcache-inserts deferred-packetcache-lookup dnsupdate-answers dnsupdate-changes dnsupdate-queries dnsupdate-refused fd-usage incoming-notifications key-cache-size meta-cache-size open-tcp-connections overload-drops qsize-q rd-queries recursing-answers recursing-questions recursion-unanswered ring-logmessages-capacity ring-logmessages-size ring-noerror-queries-capacity ring-noerror-queries-size ring-nxdomain-queries-capacity ring-nxdomain-queries-size ring-queries-capacity ring-queries-size ring-remotes-capacity ring-remotes-corrupt-capacity ring-remotes-corrupt-size ring-remotes-size ring-remotes-unauth-capacity ring-remotes-unauth-size ring-servfail-queries-capacity ring-servfail-queries-size ring-unauth-queries-capacity ring-unauth-queries-size security-status sys-msec tcp-cookie-queries tcp4-answers tcp4-answers-bytes tcp4-queries tcp6-answers tcp6-answers-bytes tcp6-queries timedout-packets udp-cookie-queries udp-in-csum-errors udp-in-errors udp-noport-errors udp-recvbuf-errors udp-sndbuf-errors udp4-answers udp4-answers-bytes udp4-queries udp6-answers udp6-answers-bytes udp6-in-csum-errors udp6-in-errors udp6-noport-errors udp6-queries udp6-recvbuf-errors udp6-sndbuf-errors user-msec xfr-queue zone-cache-hit zone-cache-miss'.split(
    ' ',
  )
/** A server of a small company: what grows, by the second. */
const RATES: Record<string, number> = {
  uptime: 1,
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

/** `/statistics`. Numbers come as text; the values are made up, and grow with the time since the start alone. */
export function statisticsAnswer(query: URLSearchParams, seconds: number, zones: number): Response {
  const values = new Map<string, number>([
    ...QUIET.map((name) => [name, 0] as const),
    ...Object.entries(RATES).map(([name, rate]) => [name, Math.floor(rate * seconds)] as const),
    ...Object.entries(LEVELS),
    ['zone-cache-size', zones],
  ])
  const item = (name: string, value: number) => ({ name, type: 'StatisticItem', value: String(value) })
  const wanted = query.get('statistic')
  if (wanted !== null) {
    const value = values.get(wanted)
    if (value === undefined) throw new Answer(422, 'Unknown statistic name')
    return json([item(wanted, value)])
  }
  const map = (name: string) => ({ name, type: 'MapStatisticItem', value: [] })
  const ring = (name: string) => ({ name, size: '10000', type: 'RingStatisticItem', value: [] })
  return json([
    ...[...values].map(([name, value]) => item(name, value)),
    ...['response-by-qtype', 'response-sizes', 'response-by-rcode'].map(map),
    ...(query.get('includerings') === 'false'
      ? []
      : 'logmessages remotes remotes-corrupt remotes-unauth noerror-queries nxdomain-queries queries servfail-queries unauth-queries'
          .split(' ')
          .map(ring)),
  ])
}
