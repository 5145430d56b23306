import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { dns as customdns } from '../src/providers/customdns/dns.ts'
import { simulate as simulateCustomdns } from '../src/providers/customdns/simulator.ts'
import { dns as powerdns } from '../src/providers/powerdns/dns.ts'
import { simulate as simulatePowerdns } from '../src/providers/powerdns/simulator.ts'
import type { DnsProvider, ProviderContext } from '../src/providers/provider.ts'
import { dns as technitium } from '../src/providers/technitium/dns.ts'
import { simulate as simulateTechnitium } from '../src/providers/technitium/simulator.ts'
import { dns as thalassa } from '../src/providers/thalassa/dns.ts'
import { simulate as simulateThalassa } from '../src/providers/thalassa/simulator.ts'
import { dns as vpsOrg } from '../src/providers/vps-org/dns.ts'
import { simulate as simulateVpsOrg } from '../src/providers/vps-org/simulator.ts'
import { makeUpstream } from '../src/providers/upstream.ts'
import { policyFromEnv } from '../src/providers/url-policy.ts'
import { hostingAccounts } from './hosting-accounts.ts'
import type { SandboxKeys } from './keys.ts'
import { keep, load, loadFiles } from './load.ts'

type Fetch = (request: Request) => Promise<Response>

export interface SandboxServer {
  /** First part of the path it is served under. */
  path: string
  name: string
  provider: string
  credentials: Record<string, string>
  blurb: string
  /** null: takes the connection and never answers. */
  fetch: Fetch | null
  /** What the simulated internet asks for its zones; absent: none of them is ever delegated. */
  dns?: DnsProvider
  /** Those it publishes for zones that list none. */
  nameServers?: string[]
  /** What the registrar has put in as DS of a zone. */
  parentDs?: (zone: string) => string[]
  /** Writes down what it holds, for the next start. */
  keep: () => Promise<void>
}

/** So long after a DS is named the parent has it, in milliseconds. */
const REGISTRAR = 20_000

const DATA = fileURLToPath(new URL('data/', import.meta.url))

/** An adapter that talks to a simulator directly, with as many calls as it likes. */
function connect(
  open: (context: ProviderContext) => DnsProvider,
  fetch: Fetch,
  credentials: Record<string, string>,
): DnsProvider {
  const upstream = makeUpstream({
    baseUrl: new URL('http://127.0.0.1/'),
    headers: {},
    fetch,
    policy: policyFromEnv({ ALLOW_LOOPBACK_UPSTREAM: 'true' }),
    budget: { left: Number.MAX_SAFE_INTEGER },
  })
  return open({ upstream, credentials, now: Date.now })
}

/** What four of the servers share: filled through the adapter from their folder, and kept in a file of the same name. */
async function filled(
  state: string,
  open: (context: ProviderContext) => DnsProvider,
  kind: string,
  server: Omit<SandboxServer, 'dns' | 'keep' | 'fetch'> & { fetch: Fetch },
): Promise<SandboxServer> {
  const dns = connect(open, server.fetch, server.credentials)
  const kept = join(state, `${server.path}.json`)
  await load(dns, join(DATA, server.path), kind, kept)
  return { ...server, dns, keep: () => keep(dns, kept) }
}

function company(keys: SandboxKeys, state: string): Promise<SandboxServer> {
  const { fetch } = simulatePowerdns({ apiKey: keys.powerdns })
  const credentials = { apiKey: keys.powerdns }
  return filled(state, powerdns, 'Native', {
    path: 'company',
    name: 'Harbour & Pine',
    provider: 'powerdns',
    credentials,
    blurb: 'A small company: shop, mail with DKIM, offices, reverse zones.',
    fetch,
  })
}

function home(keys: SandboxKeys, state: string): Promise<SandboxServer> {
  const { fetch } = simulateTechnitium({
    version: '15.2',
    admin: { password: keys.technitiumPassword, token: keys.technitium },
    serverDomain: 'dns.home.arpa',
    users: [
      { username: 'ines', displayName: 'Ines' },
      { username: 'jonas', displayName: 'Jonas' },
    ],
    tsigKeyNames: ['nas.home.arpa'],
  })
  const credentials = { token: keys.technitium }
  return filled(state, technitium, 'Primary', {
    path: 'home',
    name: 'Home',
    provider: 'technitium',
    credentials,
    blurb: 'A family network: devices, smart home, a domain of their own.',
    fetch,
  })
}

function saas(keys: SandboxKeys, state: string): Promise<SandboxServer> {
  const organisation = 'tidewatch'
  // Somebody puts the DS into the parent soon after it is named.
  const parentHasDs = (_: string, since: number) => Date.now() > since + REGISTRAR
  const { fetch, parentDs } = simulateThalassa({ token: keys.thalassa, organisation, parentHasDs })
  const credentials = { token: keys.thalassa, organisation }
  return filled(state, thalassa, 'Primary', {
    path: 'saas',
    name: 'Tidewatch',
    provider: 'thalassa',
    credentials,
    blurb: 'A small SaaS company on Thalassa Cloud: app, tenants, mail, a status page.',
    fetch,
    nameServers: ['ns1.eu-nl-1.thalassa.cloud.', 'ns2.eu-nl-1.thalassa.cloud.'],
    parentDs,
  })
}

/** Every customer's zones are made with their own key; the connection has that of the company, which sees them all. */
async function hosting(keys: SandboxKeys, state: string): Promise<SandboxServer> {
  const kept = join(state, 'hosting.json')
  const snapshot = await readFile(kept, 'utf8').catch(() => null)
  const accounts = hostingAccounts(keys.customdns)
  const simulation = await simulateCustomdns({
    users: accounts,
    nameServers: ['ns1.lanternhosting.example', 'ns2.lanternhosting.example', 'ns3.lanternhosting.example'],
    ...(snapshot === null ? {} : { state: JSON.parse(snapshot) as typeof simulation.state }),
  })
  if (snapshot === null) {
    for (const { userName, apikey } of accounts) {
      await loadFiles(
        connect(customdns, simulation.fetch, { apiKey: apikey }),
        join(DATA, 'hosting', userName),
        'NATIVE',
      )
    }
    simulation.setActive('fernandfox.example', 'stock.fernandfox.example', 'A', false)
  }
  return {
    path: 'hosting',
    name: 'Lantern Hosting',
    provider: 'customdns',
    credentials: { apiKey: keys.customdns },
    blurb: 'A hosting company: its customers, each with an account and zones of their own.',
    fetch: simulation.fetch,
    dns: connect(customdns, simulation.fetch, { apiKey: keys.customdns }),
    keep: () => writeFile(kept, JSON.stringify(simulation.state), { mode: 0o600 }),
  }
}

function freelancer(keys: SandboxKeys, state: string): Promise<SandboxServer> {
  const { fetch } = simulateVpsOrg({ token: keys.vpsOrg })
  const credentials = { token: keys.vpsOrg }
  return filled(state, vpsOrg, 'Hosted', {
    path: 'freelancer',
    name: 'Studio Lindqvist',
    provider: 'vps-org',
    credentials,
    blurb: 'A freelancer’s three small domains on VPS.org: her studio, a blog, a client’s pottery.',
    fetch,
    nameServers: ['ns1.vps.org.', 'ns2.vps.org.'],
  })
}

const silent: SandboxServer = {
  path: 'silent',
  name: 'Branch office',
  provider: 'powerdns',
  credentials: { apiKey: 'never-read' },
  blurb: 'A broken server: it takes calls and never answers. The others go on.',
  fetch: null,
  keep: async () => {},
}

/** Every simulator of the sandbox, filled. */
export async function openSandboxServers({
  keys,
  state,
}: {
  keys: SandboxKeys
  state: string
}): Promise<SandboxServer[]> {
  await mkdir(state, { recursive: true })
  return [
    await company(keys, state),
    await home(keys, state),
    await saas(keys, state),
    await hosting(keys, state),
    await freelancer(keys, state),
    silent,
  ]
}
