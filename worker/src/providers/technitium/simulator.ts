import { answer } from './simulator/answer.ts'
import { installFilter, installQueryLogs } from './simulator/api-apps.ts'
import { initialiseCatalog } from './simulator/catalogs.ts'
import {
  ADMINISTRATORS,
  createDirectory,
  createSession,
  createUser,
  grantCreator,
  type Directory,
  type User,
} from './simulator/directory.ts'
import { importRecords, readImport } from './simulator/import.ts'
import { lookUp } from './simulator/look-up.ts'
import { toAsciiBytes } from './simulator/rdata-texts.ts'
import type { Traffic } from './simulator/traffic.ts'
import { createInternalZones, createZone, readName, type State } from './simulator/state.ts'
import type { HeldRecord, HeldZone } from './simulator/zone.ts'
import { deleteSet } from './simulator/zone-writes.ts'

interface InitialZone {
  name: string
  /** `Primary` when it is left out. */
  type?: 'Primary' | 'Forwarder' | 'Secondary' | 'Stub' | 'Catalog'
  /** A master file. It is read as the server reads one: no escapes in TXT, comments kept, `{"disabled":true}` too. */
  zoneFile?: string
  disabled?: boolean
}

export interface SimulatorOptions {
  version: '15.2' | '14.3'
  /** The first user; with a token given, it is an API token named `panel`. The second factor's secret is base32. */
  admin: { username?: string; password: string; token?: string; totpSecret?: string }
  /** Milliseconds; the clock of the machine when it is left out. */
  now?: () => number
  /** The server's own name, in its answers and its zones. */
  serverDomain?: string
  zones?: readonly InitialZone[]
  /** What the machine was called before the server had a domain. */
  machineName?: string
  /** 53 when it is left out; answers of the DNS client name it. */
  dnsPort?: number
  /** Further accounts, which nobody can sign in to. */
  users?: readonly { username: string; displayName: string }[]
  /** Names of the keys that zone transfers and updates can ask for. */
  tsigKeyNames?: readonly string[]
  /** What the cache holds at first: names that were looked up, null for those without an address. */
  cached?: Readonly<Record<string, string | null>>
  /** The Content Filter app, under this name and with this configuration. */
  filter?: { name?: string; config?: string | null }
  /** URLs of the server's own block lists. */
  blockLists?: readonly string[]
  /** How many names are on them. */
  listedNames?: number
  /** The queries that reach it, by the minute; none when it is left out. */
  traffic?: Traffic
  /** The app that logs queries is installed, and was before the first of them. */
  logsQueries?: boolean
  /** Makes this server the first node of a cluster, with other nodes that are reached through it alone. */
  cluster?: { domain: string; others: readonly { name: string; zones?: readonly InitialZone[]; traffic?: Traffic }[] }
}

interface LogEntry {
  method: string
  path: string
  status: number
}

export interface TechnitiumSimulator {
  fetch: (request: Request) => Promise<Response>
  /** One entry a request, in order; no parameters and no headers. */
  log: LogEntry[]
  /** What the server would answer in the DNS: zone-file text with absolute names. Empty for no data. */
  answers: (name: string, type: string) => string[]
  /** Ends and starts again: its blocking stays off when it was paused, for good. */
  restart: () => void
}

/**
 * A Technitium DNS Server in memory: it *is* `fetch`, and answers as the real one of its version was recorded to.
 *
 * It is held to the recordings in `fixtures/` by `simulator.test.ts`, and to any other by `pnpm replay`. Two answers do
 * not agree: "token for another user" of version 14.3 is recorded as sent with the token in the header and as answered,
 * while the same session shows that 14.3 refuses such a call; the simulator refuses it. Of version 15.2, the top of the
 * cache was recorded with what a real server found out about the root servers.
 *
 * What differs from the real server beside the recordings, and why:
 *
 * - No network: Secondary and Stub zones are never created (the real one asks the primary first; its error for no
 *   answer is the recorded one), SecondaryForwarder and SecondaryCatalog zones stay empty and expired, `resync` does
 *   nothing, notifications never fail, forwarders are never asked. Forwarder addresses are not checked.
 * - DNSSEC: keys and signatures are random bytes of the right length (a private key that is sent as PEM is read), while
 *   key tags, DS digests and the chains of NSEC and NSEC3 are computed. The keys go through their states when a call
 *   comes, not at the next quarter of an hour; the parent is never asked, so a key that is ready becomes active by hand
 *   alone. Signatures of one TTL may be listed in another order. An unreadable PEM is refused in the words of the
 *   runtime, not recorded ones.
 * - Of the settings only a few are there; DHCP, the contents of log files and the setting up of clusters answer 404, as
 *   unknown paths do. Blocking can be paused and switched, and has no effect on the queries, which come as they are given.
 * - Statistics and the log of queries are made from the queries that are given by the minute. Hours and minutes count once
 *   they are over, but for the running hour of a custom range; days longer ago than eight are counted from one minute of
 *   ten. That a day stays as it was first read, that the tenth type is lost where there are more, and what a cluster adds
 *   up are as the source of 15.2 has them; nodes always answer. Ties are in another order. Nobody is held back.
 * - Of apps the Content Filter and the one that logs queries can be installed: an archive counts as one of them when it
 *   begins as one and its name says it. The filter takes and refuses configurations as it was recorded to; it fetches no lists. The store of apps, which
 *   a real server asks before it lists them, is out of reach.
 * - The cache holds the names it is given, with one address each, and of a whole answer's data (who gave it, in how
 *   many octets) nothing. The server's own DNS client reaches this server alone; members of its answers are recorded for
 *   SOA and assumed for other types.
 * - In a cluster the first node is the primary one and every other is reachable; zones are not carried from one to
 *   another, while users, rights and sessions are the same ones.
 * - No setting up of a second factor, and no single sign-on; login failures are counted over all addresses, as there is
 *   only one.
 * - Records with an expiry are not deleted when it comes.
 * - The two texts a real server ends in for a secondary without a primary are decided by the version here, by its luck
 *   there. Labels of catalog members are random in both.
 * - `stackTrace` of version 14 is a placeholder: it names the source of the real server.
 * - A TLSA record takes its data as hexadecimal only, not as a certificate; raw `rdata` is decoded for HINFO, APL and
 *   ZONEMD only (other types have parameters of their own); URIs are normalised by the WHATWG rules, not by .NET's.
 * - Faults in the JSON of an APP record have other words, as they are the parser's.
 * - Texts that begin before the API is reached (a form over the size limit, a broken multipart body) are not imitated.
 */
export function simulate(options: SimulatorOptions): TechnitiumSimulator {
  const now = options.now ?? Date.now
  const state = createState(options, now, createDirectory())
  const { directory } = state
  const { username = 'admin', password, token, totpSecret } = options.admin
  const admin = createUser(directory, username, 'Administrator', password)
  admin.groups.add(ADMINISTRATORS)
  admin.totpSecret = totpSecret ?? null
  if (token !== undefined) createSession(directory, admin, 'ApiToken', 'panel', now(), null, token)
  for (const other of options.users ?? []) {
    createUser(directory, other.username, other.displayName, crypto.randomUUID())
  }
  fill(state, admin, options.zones ?? [])
  if (options.filter) installFilter(state, options.filter.name ?? 'ContentFilter', options.filter.config ?? null)
  if (options.logsQueries === true) installQueryLogs(state)
  if (options.cluster) {
    const nodes = new Map([[state.serverDomain, state]])
    state.cluster = { domain: options.cluster.domain, nodes }
    for (const { name, zones, traffic = nobodyAsks } of options.cluster.others) {
      const node = { ...createState(options, now, directory), serverDomain: name, cluster: state.cluster, traffic }
      fill(node, admin, zones ?? [])
      nodes.set(name, node)
    }
  }

  const log: LogEntry[] = []
  return {
    log,
    async fetch(request) {
      const response = await answer(state, request)
      log.push({ method: request.method, path: new URL(request.url).pathname, status: response.status })
      return response
    },
    answers: (name, type) => lookUp(state, readName(name), type).records.map(onTheWire),
    restart: () => {
      state.startedAt = state.now()
      Object.assign(state.blocking, { pausedUntil: 0, resumes: false })
    },
  }
}

const nobodyAsks: Traffic = () => []

/** @param directory users, rights and sessions: the nodes of a cluster have them in common */
function createState(options: SimulatorOptions, now: () => number, directory: Directory): State {
  return {
    now,
    legacy: options.version.startsWith('14.'),
    version: options.version,
    serverDomain: options.serverDomain ?? 'ns1.example.net',
    startedAt: now(),
    zones: new Map(),
    directory,
    machineName: options.machineName ?? 'localhost',
    dnsPort: options.dnsPort ?? 53,
    tsigKeyNames: options.tsigKeyNames ?? [],
    allowed: new Set(),
    blocked: new Set(),
    cache: new Map(Object.entries(options.cached ?? {})),
    cluster: null,
    apps: new Map(),
    blocking: {
      enabled: true,
      pausedUntil: 0,
      resumes: false,
      bypass: [],
      lists: options.blockLists ?? [],
      names: options.listedNames ?? 0,
    },
    traffic: options.traffic ?? nobodyAsks,
    countsFrom: -Infinity,
    hours: new Map(),
    days: new Map(),
  }
}

function fill(state: State, admin: User, zones: readonly InitialZone[]): void {
  createInternalZones(state)
  for (const initial of zones) {
    const zone = load(state, initial)
    grantCreator(state.directory, zone.name, admin)
  }
}

function load(state: State, initial: InitialZone): HeldZone {
  const name = readName(initial.name)
  const type = initial.type ?? 'Primary'
  // Zones that come from elsewhere are filled before they become what they are.
  const managed = type === 'Primary' || type === 'Forwarder' || type === 'Catalog'
  const zone = createZone(state, name, managed ? type : 'Primary')
  if (!zone) throw new Error(`The zone ${initial.name} is there twice.`)
  if (type === 'Catalog') initialiseCatalog(state, zone)
  if (initial.zoneFile !== undefined) {
    const records = readImport(state, zone.name, zone, initial.zoneFile)
    if (records.some((record) => record.type === 'NS' && record.name.toLowerCase() === zone.name)) {
      deleteSet(state, zone, zone.name, 'NS')
    }
    importRecords(state, zone, records, { overwrite: true, overwriteZone: false, overwriteSoaSerial: true })
  }
  zone.type = type
  zone.disabled = initial.disabled ?? false
  return zone
}

function onTheWire(record: HeldRecord): string {
  return toAsciiBytes(record.rdata.print(''))
}
