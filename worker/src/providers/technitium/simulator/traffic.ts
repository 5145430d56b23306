/** One query as it reached the server, and what became of it. */
export interface SeenQuery {
  /** Milliseconds since 1970, and parts of one. */
  at: number
  client: string
  protocol: 'Udp' | 'Tcp' | 'Tls' | 'Https' | 'Quic'
  answeredBy:
    'Authoritative' | 'Recursive' | 'Cached' | 'Blocked' | 'UpstreamBlocked' | 'UpstreamBlockedCached' | 'Dropped'
  /** Milliseconds, of what was asked of others. */
  took?: number
  rcode: 'NoError' | 'ServerFailure' | 'NxDomain' | 'Refused'
  name: string
  type: string
  /** As the log app writes it: `A 192.0.2.1`, several parted by commas; null for none. */
  answer: string | null
}

/** The queries of one minute, in order. It is asked for by the time at which that minute begins. */
export type Traffic = (minute: number) => readonly SeenQuery[]

/** What is counted of some time. Names and addresses in the order in which they first came. */
export interface Counter {
  queries: number
  rcodes: Map<string, number>
  answeredBy: Map<string, number>
  clients: Map<string, number>
  domains: Map<string, number>
  blocked: Map<string, number>
  types: Map<string, number>
  protocols: Map<string, number>
}

export function newCounter(): Counter {
  return {
    queries: 0,
    rcodes: new Map(),
    answeredBy: new Map(),
    clients: new Map(),
    domains: new Map(),
    blocked: new Map(),
    types: new Map(),
    protocols: new Map(),
  }
}

function add(counts: Map<string, number>, key: string, hits = 1): void {
  counts.set(key, (counts.get(key) ?? 0) + hits)
}

/** What another resolver has blocked counts as blocked, and as what it was otherwise. */
const COUNTS_AS: Record<SeenQuery['answeredBy'], string[]> = {
  Authoritative: ['Authoritative'],
  Recursive: ['Recursive'],
  Cached: ['Cached'],
  Blocked: ['Blocked'],
  UpstreamBlocked: ['Recursive', 'Blocked'],
  UpstreamBlockedCached: ['Cached', 'Blocked'],
  Dropped: ['Dropped'],
}

export function count(counter: Counter, query: SeenQuery): void {
  counter.queries += 1
  for (const way of COUNTS_AS[query.answeredBy]) add(counter.answeredBy, way)
  if (query.answeredBy === 'Dropped') return
  const blocked = COUNTS_AS[query.answeredBy].includes('Blocked')
  const name = query.name.toLowerCase()
  add(counter.rcodes, query.rcode)
  add(counter.clients, query.client)
  add(counter.types, query.type)
  add(counter.protocols, query.protocol)
  if (blocked) add(counter.blocked, name)
  else if (query.rcode === 'NoError') add(counter.domains, name)
}

/** @param times a sample stands for so many of its kind */
export function merge(into: Counter, other: Counter, times = 1): void {
  into.queries += other.queries * times
  for (const part of ['rcodes', 'answeredBy', 'clients', 'domains', 'blocked', 'types', 'protocols'] as const) {
    for (const [key, hits] of other[part]) add(into[part], key, hits * times)
  }
}
