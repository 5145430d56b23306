import { answer } from './simulator/answer.ts'
import { initialiseCatalog } from './simulator/catalogs.ts'
import { ADMINISTRATORS, createDirectory, createSession, createUser, grantCreator } from './simulator/directory.ts'
import { importRecords, readImport } from './simulator/import.ts'
import { toAsciiBytes } from './simulator/rdata-texts.ts'
import { createInternalZones, createZone, findZone, readName, zoneNamed, type State } from './simulator/state.ts'
import { recordsAt, type HeldRecord, type HeldZone } from './simulator/zone.ts'
import { deleteSet } from './simulator/zone-writes.ts'

interface InitialZone {
  name: string
  /** `Primary` when it is left out. */
  type?: 'Primary' | 'Forwarder' | 'Secondary' | 'Stub' | 'Catalog'
  /** A master file. It is read as the server reads one: no escapes in TXT, comments kept, `{"disabled":true}` too. */
  zoneFile?: string
  disabled?: boolean
}

interface SimulatorOptions {
  version: '15.2' | '14.3'
  /** The first user; with a token given, it is an API token named `panel`. */
  admin: { username?: string; password: string; token?: string }
  /** Milliseconds; the clock of the machine when it is left out. */
  now?: () => number
  /** The server's own name, in its answers and its zones. */
  serverDomain?: string
  zones?: readonly InitialZone[]
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
}

/**
 * A Technitium DNS Server in memory: it *is* `fetch`, and answers as the real one of its version was recorded to.
 *
 * It is held to the recordings in `fixtures/` by `simulator.test.ts`, and to any other by `pnpm replay`. One answer does
 * not agree: "token for another user" of version 14.3 is recorded as sent with the token in the header and as answered,
 * while the same session shows that 14.3 refuses such a call; the simulator refuses it.
 *
 * What differs from the real server beside the recordings, and why:
 *
 * - No network: Secondary and Stub zones are never created (the real one asks the primary first; its error for no
 *   answer is the recorded one), SecondaryForwarder and SecondaryCatalog zones stay empty and expired, `resync` does
 *   nothing, notifications never fail, forwarders are never asked. Forwarder addresses are not checked.
 * - No DNSSEC: zones are unsigned and say so, and the calls of signing answer 404. It is not part of this adapter yet.
 * - Statistics, settings, apps, allow and block lists, cache, DHCP, logs and clusters answer 404, as unknown paths do.
 * - No TOTP and no single sign-on; login failures are counted over all addresses, as there is only one.
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
  const state: State = {
    now,
    legacy: options.version.startsWith('14.'),
    version: options.version,
    serverDomain: options.serverDomain ?? 'ns1.example.net',
    startedAt: now(),
    zones: new Map(),
    directory: createDirectory(),
  }
  const { username = 'admin', password, token } = options.admin
  const admin = createUser(state.directory, username, 'Administrator', password)
  admin.groups.add(ADMINISTRATORS)
  if (token !== undefined) createSession(state.directory, admin, 'ApiToken', 'panel', now(), null, token)
  createInternalZones(state)
  for (const initial of options.zones ?? []) {
    const zone = load(state, initial)
    grantCreator(state.directory, zone.name, admin)
  }

  const log: LogEntry[] = []
  return {
    log,
    async fetch(request) {
      const response = await answer(state, request)
      log.push({ method: request.method, path: new URL(request.url).pathname, status: response.status })
      return response
    },
    answers: (name, type) => answersFor(state, readName(name), type),
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

/** The name itself, else the closest wildcard (RFC 4592); a CNAME answers for every type. */
function answersFor(state: State, name: string, type: string): string[] {
  const zone = findZone(state, name)
  if (!zone || zone.disabled || !zoneNamed(state, zone.name)) return []
  const found = live(zone, name, type)
  if (found.length > 0 || zone.nodes.has(name.toLowerCase())) return found.map(onTheWire)
  for (let rest = name; rest.length > zone.name.length;) {
    rest = rest.slice(rest.indexOf('.') + 1)
    const wildcard = live(zone, `*.${rest}`, type)
    if (wildcard.length > 0) return wildcard.map(onTheWire)
    if (zone.nodes.has(rest.toLowerCase()) || !rest.includes('.')) break
  }
  return []
}

function live(zone: HeldZone, name: string, type: string): HeldRecord[] {
  const enabled = (records: HeldRecord[]) => records.filter((record) => !record.disabled)
  const own = enabled(recordsAt(zone, name, type))
  return own.length > 0 ? own : enabled(recordsAt(zone, name, 'CNAME'))
}

function onTheWire(record: HeldRecord): string {
  return toAsciiBytes(record.rdata.print(''))
}
