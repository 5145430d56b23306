import { canonicalRdata } from '@zonedeck/shared/records/rdata'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { conformance, type Opened } from '../conformance.ts'
import type { DnsProvider } from '../provider.ts'
import { makeUpstream } from '../upstream.ts'
import { policyFromEnv } from '../url-policy.ts'
import { about } from './about.ts'
import { dns } from './dns.ts'
import { powerdnsInstalled, startPowerdns, type RealServer } from './real-server.ts'
import { simulate, type Simulation } from './simulator.ts'
import { spelling, zoneId } from './wire.ts'

const policy = policyFromEnv({ ALLOW_LOOPBACK_UPSTREAM: 'true' })
const SECRET = 'test-key-7f3a9c51e0b24d68'

function connect(baseUrl: string, fetch: Simulation['fetch'], apiKey: string): DnsProvider {
  const upstream = makeUpstream({
    baseUrl: new URL(baseUrl),
    headers: {},
    fetch,
    policy,
    budget: { left: 1000 },
    sleep: () => new Promise((resolve) => setTimeout(resolve, 10)),
  })
  return dns({ upstream, credentials: { apiKey }, now: Date.now })
}

const set = (name: string, type: string, ...rdatas: string[]) => ({
  name,
  type,
  ttl: 300,
  records: rdatas.map((rdata) => ({ rdata: canonicalRdata(type, rdata) })),
})
const creation = (after: ReturnType<typeof set>) => ({ name: after.name, type: after.type, before: null, after })

async function openSimulated(): Promise<Opened & { simulation: Simulation }> {
  const simulation = simulate({ apiKey: SECRET, zones: [{ name: 'example.org.' }] })
  return {
    simulation,
    zone: 'example.org',
    provider: connect('http://127.0.0.1', simulation.fetch, SECRET),
    stranger: connect('http://127.0.0.1', simulation.fetch, 'not-the-key'),
    secret: SECRET,
    log: () => simulation.log.map(({ method, url, body }) => `${method} ${url} ${body}`),
  }
}

conformance({ name: 'PowerDNS, simulated', about, open: openSimulated })

describe.skipIf(!powerdnsInstalled)('PowerDNS itself (needs pdns_server)', () => {
  let server: RealServer
  let count = 0
  const log: string[] = []
  const real = (request: Request) => {
    log.push(`${request.method} ${request.url}`)
    return fetch(request)
  }
  const opened = async (): Promise<Opened> => {
    const provider = connect(server.url, real, server.apiKey)
    const zone = `zone-${++count}.example`
    await provider.createZone?.(zone, { operation: 'create', kind: 'Native' })
    return {
      zone,
      provider,
      stranger: connect(server.url, real, 'not-the-key'),
      secret: server.apiKey,
      log: () => log,
    }
  }

  beforeAll(async () => {
    server = await startPowerdns()
  })
  afterAll(() => server.stop())

  conformance({ name: 'PowerDNS, real', about, open: opened })
})
