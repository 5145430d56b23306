import type { SeenQuery } from './simulator/traffic.ts'

/**
 * What was asked before the statistics and the query log were recorded, and is not recorded itself: each of a few clients
 * asks for the same names, and the resolver behind the server answers with two addresses for all.
 */

interface Question {
  name: string
  type: string
  rcode: SeenQuery['rcode']
  answer: string | null
  /** By the server's own zones; others are answered from elsewhere first, and from the cache then. */
  own?: true
  blocked?: true
}

const A = 'A 203.0.113.200'
const AAAA = 'AAAA 2001:db8::200'
const SOA = 'SOA ns1.example.net. hostadmin.alpha.example. 1 900 300 604800 900'

const upstream = (name: string, type: string, answer: string | null, rcode: SeenQuery['rcode'] = 'NoError') => ({
  ...{ name: `${name}.upstream.test`, type, answer, rcode },
})

const WWW = [upstream('www', 'A', A), upstream('www', 'AAAA', AAAA)]
const ALPHA: Question = { name: 'alpha.example', type: 'SOA', rcode: 'NoError', answer: SOA, own: true }
const NX = upstream('nx', 'A', null, 'NxDomain')
const FAIL = upstream('fail', 'A', null, 'ServerFailure')
const IDN = upstream('xn--bcher-kva', 'A', A)
const ADS: Question = { name: 'ads.blocked.test', type: 'A', rcode: 'NxDomain', answer: null, blocked: true }

/** Nine clients, of whom every third asks for more. */
function beforeStatistics(client: number): Question[] {
  if (client % 3 !== 0) return [...WWW, ALPHA, NX, upstream(`host${client}`, 'A', A)]
  const text: Question = { ...ALPHA, type: 'TXT', answer: null }
  return [...WWW, ALPHA, NX, ADS, upstream(`host${client}`, 'HTTPS', 'HTTPS 1 .'), IDN, FAIL, text]
}

/** Five clients. With the filter app there the server's own blocking rests. */
function beforeLog(client: number): Question[] {
  const ads: Question = { ...ADS, rcode: 'NoError', answer: A }
  delete ads.blocked
  return [...WWW, ALPHA, NX, ads, upstream(`host${client}`, 'HTTPS', 'HTTPS 1 .'), IDN, FAIL]
}

/** @param now the queries came in the minute before, a few milliseconds apart */
export function queriesBefore(session: string, exchange: string, now: number): SeenQuery[] {
  if (session.startsWith('10-') && exchange === 'LastHour') return asked(9, beforeStatistics, now - 30_000)
  if (session.startsWith('13-') && exchange === 'first page') return asked(5, beforeLog, now - 1600)
  return []
}

function asked(clients: number, questions: (client: number) => Question[], begin: number): SeenQuery[] {
  const known = new Set<string>()
  const numbers = Array.from({ length: clients }, (_, index) => index + 1)
  return numbers.flatMap((client) =>
    questions(client).map(({ own, blocked, ...question }, index): SeenQuery => {
      const key = `${question.name} ${question.type}`
      const fresh = own !== true && blocked !== true && !known.has(key)
      known.add(key)
      return {
        ...question,
        at: begin + client * 200 + index * 20,
        client: `127.0.0.${client}`,
        protocol: 'Udp',
        answeredBy: own ? 'Authoritative' : blocked ? 'Blocked' : fresh ? 'Recursive' : 'Cached',
        ...(fresh ? { took: 1 } : {}),
      }
    }),
  )
}
