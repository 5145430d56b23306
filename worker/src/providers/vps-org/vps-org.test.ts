import { conformance, type Opened } from '../conformance.ts'
import type { DnsProvider } from '../provider.ts'
import { makeUpstream } from '../upstream.ts'
import { policyFromEnv } from '../url-policy.ts'
import { about } from './about.ts'
import { dns } from './dns.ts'
import { simulate, type Simulation } from './simulator.ts'

const policy = policyFromEnv({ ALLOW_LOOPBACK_UPSTREAM: 'true' })
const SECRET = 'vps_7f3a9c51e0b24d68a1c2'

function connect(fetch: Simulation['fetch'], token = SECRET, budget = { left: 1000 }): DnsProvider {
  const upstream = makeUpstream({
    baseUrl: new URL('http://127.0.0.1'),
    headers: {},
    fetch,
    policy,
    budget,
    sleep: () => Promise.resolve(),
  })
  return dns({ upstream, credentials: { token }, now: Date.now })
}

async function open(change: (simulation: Simulation) => void = () => undefined): Promise<Opened> {
  const simulation = simulate({ token: SECRET, zones: [{ domain: 'example.org' }] })
  change(simulation)
  return {
    zone: 'example.org',
    provider: connect(simulation.fetch),
    stranger: connect(simulation.fetch, 'vps_not_the_token'),
    secret: SECRET,
    log: () => simulation.log.map(({ method, url, body }) => `${method} ${url} ${body}`),
  }
}

conformance({ name: 'VPS.org, simulated', about, open })
conformance({
  name: 'VPS.org, simulated with pages of two, without PATCH and with silent answers',
  about,
  open: () => open((simulation) => Object.assign(simulation, { paginate: 2, patchRefused: true, silentCreate: true })),
})
