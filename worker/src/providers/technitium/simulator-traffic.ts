import type { SeenQuery, Traffic } from './simulator/traffic.ts'

const NAMES = ['www.example.org', 'mail.example.org', 'ads.example.net', 'search.example.com', 'xn--bcher-kva.example']
const TYPES = ['A', 'AAAA', 'HTTPS', 'TXT']

/** A few clients, day and night, for tests: two queries a minute, of which every fifth is blocked and every tenth rewritten. */
export const steadyTraffic: Traffic = (minute) => {
  const number = minute / 60_000
  return [0, 1].map((index) => query(minute + index * 20_000 + 0.25, number * 2 + index))
}

function query(at: number, number: number): SeenQuery {
  const blocked = number % 5 === 0
  const rewritten = number % 10 === 0
  const type = TYPES[number % TYPES.length]!
  return {
    at,
    client: `192.0.2.${(number % 7) + 1}`,
    protocol: number % 3 === 0 ? 'Tls' : 'Udp',
    answeredBy: blocked ? 'Blocked' : number % 2 === 0 ? 'Cached' : 'Recursive',
    ...(blocked || number % 2 === 0 ? {} : { took: 12.5 }),
    rcode: blocked && !rewritten ? 'NxDomain' : 'NoError',
    name: NAMES[number % NAMES.length]!,
    type,
    answer: blocked && !rewritten ? null : `${type} 198.51.100.7`,
  }
}
