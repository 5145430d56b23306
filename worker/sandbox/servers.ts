import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { servicesById } from '@zonedeck/shared/filter/catalogue'
import { simulate as simulateWebUi } from '../src/providers/content-filter/simulator.ts'
import { dns as customdns } from '../src/providers/customdns/dns.ts'
import { simulate as simulateCustomdns } from '../src/providers/customdns/simulator.ts'
import { dns as powerdns } from '../src/providers/powerdns/dns.ts'
import { simulate as simulatePowerdns } from '../src/providers/powerdns/simulator.ts'
import type { Sample } from '../src/features/statistics/samples/take.ts'
import type { DnsProvider, ProviderContext } from '../src/providers/provider.ts'
import { dns as technitium } from '../src/providers/technitium/dns.ts'
import { filter as technitiumFilter } from '../src/providers/technitium/filter.ts'
import { simulate as simulateTechnitium } from '../src/providers/technitium/simulator.ts'
import { dns as thalassa } from '../src/providers/thalassa/dns.ts'
import { simulate as simulateThalassa } from '../src/providers/thalassa/simulator.ts'
import { dns as vpsOrg } from '../src/providers/vps-org/dns.ts'
import { simulate as simulateVpsOrg } from '../src/providers/vps-org/simulator.ts'
import { makeUpstream } from '../src/providers/upstream.ts'
import { policyFromEnv } from '../src/providers/url-policy.ts'
import { filterText, keepFilter } from './filter-files.ts'
import { homeTraffic } from './home-traffic.ts'
import { hostingAccounts } from './hosting-accounts.ts'
import type { SandboxKeys } from './keys.ts'
import { keep, load, loadFiles } from './load.ts'
import { pastOf } from './past.ts'

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
  /** What the panel would have sampled of it, had it always been there. `now`: seconds since 1970. */
  past?: (now: number) => Sample[]
  /** Writes down what it holds, for the next start. */
  keep: () => Promise<void>
}

/** So long after a DS is named the parent has it, in milliseconds. */
const REGISTRAR = 20_000

const DATA = fileURLToPath(new URL('data/', import.meta.url))

/** An adapter that talks to a simulator directly, with as many calls as it likes. */
function connect<T>(open: (context: ProviderContext) => T, fetch: Fetch, credentials: Record<string, string>): T {
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
    past: pastOf,
    fetch,
  })
}

async function home(keys: SandboxKeys, state: string, lists: string): Promise<SandboxServer> {
  const config = await filterText('home', state, lists)
  const { fetch } = simulateTechnitium({
    version: '15.2',
    admin: { password: keys.technitiumPassword, token: keys.technitium },
    serverDomain: 'dns.home.arpa',
    users: [
      { username: 'ines', displayName: 'Ines' },
      { username: 'jonas', displayName: 'Jonas' },
    ],
    tsigKeyNames: ['nas.home.arpa'],
    filter: { config },
    traffic: await homeTraffic(config),
    logsQueries: true,
    // Of before the app was installed, since when it does nothing.
    blockLists: ['https://big.oisd.nl/domainswild2'],
  })
  const credentials = { token: keys.technitium }
  const server = await filled(state, technitium, 'Primary', {
    path: 'home',
    name: 'Home',
    provider: 'technitium',
    credentials,
    blurb: 'A family network: devices, smart home, a domain of their own, and a filter for the children.',
    fetch,
  })
  const app = connect(technitiumFilter, fetch, credentials)
  return {
    ...server,
    keep: async () => {
      await server.keep()
      await keepFilter('home', state, lists, (await app.read()).text)
    },
  }
}

/** The filter app's own Web UI, which signs people in. The DNS server behind it is nobody's business here. */
async function library(keys: SandboxKeys, state: string, lists: string): Promise<SandboxServer> {
  const login = { username: 'librarian', password: keys.contentFilterPassword }
  const services = Object.fromEntries(
    [...servicesById(new Map()).values()].map(({ id, name, domains }) => [id, { name, domains: [...domains] }]),
  )
  const { fetch, file } = simulateWebUi({
    shape: 'merged',
    config: await filterText('library', state, lists),
    services,
    login,
  })
  return {
    path: 'library',
    name: 'Riverside Library',
    provider: 'content-filter',
    credentials: login,
    blurb: 'A library’s content filter: public computers, a children’s corner, the staff.',
    fetch,
    keep: () => keepFilter('library', state, lists, file.text ?? ''),
  }
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

/**
 * Every simulator of the sandbox, filled.
 *
 * @param lists the URL below which block lists are served, with the last slash
 */
export async function openSandboxServers({
  keys,
  state,
  lists,
}: {
  keys: SandboxKeys
  state: string
  lists: string
}): Promise<SandboxServer[]> {
  await mkdir(state, { recursive: true })
  return [
    await company(keys, state),
    await home(keys, state, lists),
    await saas(keys, state),
    await hosting(keys, state),
    await freelancer(keys, state),
    await library(keys, state, lists),
    silent,
  ]
}
