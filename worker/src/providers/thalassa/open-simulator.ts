import { makeUpstream } from '../upstream.ts'
import { policyFromEnv } from '../url-policy.ts'
import { dns } from './dns.ts'
import { simulate, type Simulation } from './simulator.ts'

export const TOKEN = 'tc_pat_7f3a9c51e0b24d68'
export const ORGANISATION = 'harbour-metrics'
export const ZONE = 'metrics.example'

const policy = policyFromEnv({ ALLOW_LOOPBACK_UPSTREAM: 'true' })

/** An adapter that asks `fetch`, and waits for nothing. */
export function connect(
  fetch: Simulation['fetch'],
  more: Record<string, string> = {},
  budget = 1000,
): ReturnType<typeof dns> {
  const upstream = makeUpstream({
    baseUrl: new URL('http://127.0.0.1'),
    headers: {},
    fetch,
    policy,
    budget: { left: budget },
    sleep: async () => {},
  })
  return dns({ upstream, credentials: { token: TOKEN, organisation: ORGANISATION, ...more }, now: Date.now })
}

/** A server with one zone, and an adapter for it. */
export function open(
  options: {
    records?: object[]
    dialect?: Simulation['dialect']
    credentials?: Record<string, string>
    now?: () => number
  } = {},
) {
  const { records = [], dialect = 'both', credentials = {}, now } = options
  const simulation = simulate({
    token: TOKEN,
    organisation: ORGANISATION,
    zones: [{ name: ZONE, records }],
    ...(now ? { now } : {}),
  })
  simulation.dialect = dialect
  return { simulation, provider: connect(simulation.fetch, credentials) }
}

/** What was asked, without what all addresses have in front. */
export const calls = ({ log }: Simulation) =>
  log.map(({ method, url, status }) => `${method} ${new URL(url).pathname.replace('/v1/dns/zones', '')} ${status}`)
export const bodies = ({ log }: Simulation) =>
  log.filter(({ body }) => body !== '').map(({ body }) => JSON.parse(body) as Record<string, unknown>)
