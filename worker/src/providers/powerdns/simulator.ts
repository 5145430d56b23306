import { ContentError, stored, typeName } from './simulator-content.ts'

interface SimulatedSet {
  name: string
  type: string
  ttl: number
  records: { content: string; disabled: boolean }[]
  comments: { content: string; account: string; modified_at: number }[]
}

interface SimulatedZone {
  name: string
  kind: string
  masters: string[]
  account: string
  dnssec: boolean
  /** By name and type. */
  sets: Map<string, SimulatedSet>
  /** Its records cannot be read back: every GET fails until it is deleted. */
  poisoned: boolean
}

export interface Simulation {
  fetch: (request: Request) => Promise<Response>
  /** What was asked, without headers. */
  log: { method: string; url: string; body: string; status: number }[]
  /** As many of the next writes fail with 500, as if another process held the sqlite file. */
  lockedWrites: number
}

/** An answer other than success, thrown from anywhere inside. */
class Answer extends Error {
  readonly status: number

  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

type Json = Record<string, unknown>

const TEXTS: Record<number, string> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  404: 'Not Found',
  405: 'Method Not Allowed',
  409: 'Conflict',
  500: 'Internal Server Error',
}
/** Larger bodies are not read (webserver-max-bodysize, in millions of bytes). */
const MAX_BODY = 2_000_000
const ONE_RECORD = new Set(['CNAME', 'DNAME', 'SOA'])
const AT_APEX = new Set(['SOA', 'NSEC3PARAM', 'DNSKEY'])
const KINDS: Record<string, string> = {
  native: 'Native',
  master: 'Master',
  primary: 'Master',
  slave: 'Slave',
  secondary: 'Slave',
  producer: 'Producer',
  consumer: 'Consumer',
}

/**
 * The HTTP API of PowerDNS Authoritative 4.7.3 over a sqlite database, as measured on a running one, its oddities
 * included: a trailing slash is 404, an unknown kind becomes Native, a negative TTL wraps, a secondary zone takes
 * edits, the list has no order, and a bad record in a new zone's `zone` text leaves a zone behind that cannot be read.
 *
 * Not imitated: DNSSEC keys (only the flag), metadata, TSIG keys, search, statistics, transfers.
 */
export function simulate(options: {
  apiKey: string
  zones?: { name: string; kind?: string; masters?: string[]; rrsets?: readonly object[] }[]
  /** Milliseconds since 1970. */
  now?: () => number
}): Simulation {
  const { apiKey, now = Date.now } = options
  const zones = new Map<string, SimulatedZone>()
  let reads = 0

  const simulation: Simulation = {
    log: [],
    lockedWrites: 0,
    async fetch(request) {
      const body = await request.text()
      let response: Response
      try {
        if (request.headers.get('x-api-key') !== apiKey) throw new Answer(401, '')
        response = answer(request, body)
      } catch (error) {
        if (!(error instanceof Answer)) throw error
        response = failure(error)
      }
      simulation.log.push({ method: request.method, url: request.url, body, status: response.status })
      return response
    },
  }

  function answer(request: Request, body: string): Response {
    const { pathname, searchParams } = new URL(request.url)
    const [, api, version, servers, server, collection, id, action] = pathname.split('/').map(decodeURIComponent)
    if (api !== 'api' || version !== 'v1' || servers !== 'servers' || pathname.endsWith('/')) throw new Answer(404, '')
    if (server === undefined) return only(request, 'GET', () => json([serverObject]))
    if (server !== 'localhost') throw new Answer(404, '')
    if (collection === undefined) return only(request, 'GET', () => json(serverObject))
    if (collection !== 'zones') throw new Answer(404, '')
    if (request.method !== 'GET') {
      if (body.length > MAX_BODY) throw new Answer(400, '')
      if (simulation.lockedWrites > 0) {
        simulation.lockedWrites -= 1
        throw new Answer(500, '')
      }
    }
    if (id === undefined) return allZones(request.method, body, searchParams)
    const zone = zones.get(zoneOfId(id))
    if (!zone) throw new Answer(404, '')
    if (action === undefined) return oneZone(zone, request.method, body, searchParams)
    if (action === 'export') return only(request, 'GET', () => exported(zone, request.headers.get('accept') ?? ''))
    if (action === 'notify') return only(request, 'PUT', () => json({ result: 'Notification queued' }))
    if (action === 'rectify') return only(request, 'PUT', () => json({ result: 'Rectified' }))
    throw new Answer(404, '')
  }

  function allZones(method: string, body: string, query: URLSearchParams): Response {
    if (method === 'POST') {
      const zone = create(object(body))
      return json({ ...head(zone), ...details, rrsets: listed(zone) }, 201)
    }
    if (method !== 'GET') throw new Answer(405, '')
    const wanted = query.get('zone')
    const all = [...zones.values()].filter(({ name }) => wanted === null || name === canonicalName(wanted))
    return json(all.map((zone) => head(zone, query.get('dnssec') !== 'false')))
  }

  function oneZone(zone: SimulatedZone, method: string, body: string, query: URLSearchParams): Response {
    switch (method) {
      case 'GET':
        if (zone.poisoned) throw new Answer(500, '')
        return json({ ...head(zone), ...details, ...(query.get('rrsets') === 'false' ? {} : { rrsets: listed(zone) }) })
      case 'PATCH': {
        const { rrsets } = object(body)
        if (!Array.isArray(rrsets)) throw new Answer(422, 'No rrsets given in update request')
        patch(zone, rrsets)
        return new Response(null, { status: 204 })
      }
      case 'PUT': {
        const { kind, masters, account, dnssec } = object(body)
        if (typeof kind === 'string') zone.kind = KINDS[kind.toLowerCase()] ?? 'Native'
        if (Array.isArray(masters)) zone.masters = masters.map(String)
        if (typeof account === 'string') zone.account = account
        if (typeof dnssec === 'boolean') zone.dnssec = dnssec
        return new Response(null, { status: 204 })
      }
      case 'DELETE':
        zones.delete(zone.name)
        return new Response(null, { status: 204 })
      default:
        throw new Answer(405, '')
    }
  }

  function create(input: Json): SimulatedZone {
    const name = canonicalName(stringOf(input, 'name'))
    allowed(name, false)
    if (zones.has(name)) throw new Answer(409, '')
    const masters = Array.isArray(input.masters) ? input.masters.map(String) : []
    for (const master of masters) {
      if (!/^(\[?[0-9a-f]*:[0-9a-f:.]+\]?(:\d+)?|\d+\.\d+\.\d+\.\d+(:\d+)?)$/i.test(master)) {
        throw new Answer(
          422,
          `Master (${master}) is not an IP address: Unable to convert presentation address '${master}'`,
        )
      }
    }
    const kind = KINDS[stringOf(input, 'kind').toLowerCase()] ?? 'Native'
    const zone: SimulatedZone = { name, kind, masters, account: '', dnssec: false, sets: new Map(), poisoned: false }
    if (kind !== 'Slave') {
      const content = `a.misconfigured.dns.server.invalid. hostmaster.${name} ${today()} 10800 3600 604800 3600`
      put(zone, { name, type: 'SOA', ttl: 3600, records: [{ content, disabled: false }], comments: [] })
    }
    const servers = Array.isArray(input.nameservers) ? input.nameservers.map(String) : []
    for (const server of servers) {
      if (!server.endsWith('.')) throw new Answer(422, `Nameserver is not canonical: '${server}'`)
    }
    if (servers.length > 0) {
      const records = servers.map((content) => ({ content, disabled: false }))
      put(zone, { name, type: 'NS', ttl: 3600, records, comments: [] })
    }
    if (Array.isArray(input.rrsets)) {
      patch(
        zone,
        input.rrsets.map((set: unknown) => ({ ...(set as object), changetype: 'REPLACE' })),
      )
    }
    if (typeof input.zone === 'string') readZoneText(zone, input.zone)
    zones.set(name, zone)
    return zone
  }

  function readZoneText(zone: SimulatedZone, text: string): void {
    for (const line of text.split('\n').filter((each) => each.trim() !== '')) {
      const [name = '', ttl = '', , type = '', ...rest] = line.trim().split(/\s+/)
      if (!isPartOf(name, zone.name)) throw new Answer(422, `RR in zone '${name}' is out of zone`)
      try {
        const records = [
          ...(zone.sets.get(`${name} ${type}`)?.records ?? []),
          { content: stored(type, rest.join(' ')), disabled: false },
        ]
        put(zone, { name, type, ttl: Number(ttl), records, comments: [] })
      } catch {
        zones.set(zone.name, { ...zone, poisoned: true })
        throw new Answer(500, '')
      }
    }
  }

  /** All of a PATCH or nothing of it. */
  function patch(zone: SimulatedZone, changes: readonly unknown[]): void {
    const draft = { ...zone, sets: new Map(zone.sets) }
    const seen = new Set<string>()
    for (const change of changes) patchSet(draft, change as Json, seen)
    const soa = soaOf(draft, today())
    if (soa) put(draft, soa)
    zone.sets = draft.sets
  }

  function patchSet(zone: SimulatedZone, change: Json, seen: Set<string>): void {
    const name = canonicalName(stringOf(change, 'name'))
    allowed(name, true)
    const given = stringOf(change, 'type')
    const type = typeName(given)
    if (type === null) throw new Answer(422, `RRset ${name} IN ${given}: unknown type given`)
    const changetype = stringOf(change, 'changetype').toUpperCase()
    const set = `${name} IN ${type}`
    if (seen.has(`${set} ${changetype}`)) throw new Answer(422, `Duplicate RRset ${set} with changetype: ${changetype}`)
    seen.add(`${set} ${changetype}`)
    const key = `${name} ${type}`
    if (changetype === 'DELETE') {
      zone.sets.delete(key)
      return
    }
    if (changetype !== 'REPLACE') throw new Answer(422, 'Changetype not understood')
    if (!isPartOf(name, zone.name)) throw new Answer(422, `RRset ${set}: Name is out of zone`)
    const { records, comments } = change
    if (!Array.isArray(records) && !Array.isArray(comments)) throw new Answer(422, `No change for RRset ${set}`)
    const next: SimulatedSet = { ...(zone.sets.get(key) ?? { name, type, ttl: 0, records: [], comments: [] }) }
    if (Array.isArray(records)) {
      next.ttl = integerOf(change, 'ttl') >>> 0
      next.records = records.map((record: Json) => recordOf(name, type, record))
      checkRecords(zone.name, next)
    }
    if (Array.isArray(comments)) next.comments = comments.map(commentOf)
    if (Array.isArray(records) && conflicts(zone, next)) {
      throw new Answer(422, `RRset ${set}: Conflicts with pre-existing RRset`)
    }
    if (next.records.length === 0 && Array.isArray(records))
      next.comments = Array.isArray(comments) ? next.comments : []
    if (next.records.length === 0 && next.comments.length === 0) zone.sets.delete(key)
    else put(zone, next)
  }

  function recordOf(name: string, type: string, record: Json): SimulatedSet['records'][number] {
    const content = stringOf(record, 'content')
    if (record.disabled !== undefined && typeof record.disabled !== 'boolean') {
      throw new Answer(422, "Key 'disabled' not present or not a Bool")
    }
    try {
      return { content: stored(type, content), disabled: record.disabled ?? false }
    } catch (error) {
      if (!(error instanceof ContentError)) throw error
      throw new Answer(422, `Record ${name}/${type} '${content}': ${error.message}`)
    }
  }

  function commentOf(comment: Json): SimulatedSet['comments'][number] {
    const modified = typeof comment.modified_at === 'number' ? comment.modified_at : Math.floor(now() / 1000)
    return { content: stringOf(comment, 'content'), account: stringOf(comment, 'account'), modified_at: modified }
  }

  /** The date with the first number of the day: what `soa_edit_api` DEFAULT starts a day with. */
  function today(): number {
    return Number(new Date(now()).toISOString().slice(0, 10).replaceAll('-', '')) * 100 + 1
  }

  function listed(zone: SimulatedZone): SimulatedSet[] {
    reads += 1
    const sets = [...zone.sets.values()]
    return reads % 2 === 0 ? sets.reverse() : sets
  }

  for (const { rrsets = [], ...zone } of options.zones ?? []) create({ kind: 'Native', ...zone, rrsets })
  return simulation
}

const serverObject = {
  autoprimaries_url: '/api/v1/servers/localhost/autoprimaries{/autoprimary}',
  config_url: '/api/v1/servers/localhost/config{/config_setting}',
  daemon_type: 'authoritative',
  id: 'localhost',
  type: 'Server',
  url: '/api/v1/servers/localhost',
  version: '4.7.3',
  zones_url: '/api/v1/servers/localhost/zones{/zone}',
}

/** What a single zone has beyond its line in the list. */
const details = {
  api_rectify: false,
  master_tsig_key_ids: [],
  nsec3narrow: false,
  nsec3param: '',
  slave_tsig_key_ids: [],
  soa_edit: '',
  soa_edit_api: 'DEFAULT',
}

function head(zone: SimulatedZone, dnssec = true): Json {
  const { name, kind, account, masters } = zone
  const serial = Number(zone.sets.get(`${name} SOA`)?.records[0]?.content.split(' ')[2] ?? 0)
  const id = idOfZone(name)
  return {
    account,
    catalog: '',
    ...(dnssec ? { dnssec: zone.dnssec, edited_serial: serial } : {}),
    id,
    kind,
    last_check: 0,
    masters,
    name,
    notified_serial: 0,
    serial,
    url: `/api/v1/servers/localhost/zones/${id}`,
  }
}

/** The SOA with its next serial, when there is one that is not disabled. */
function soaOf(zone: SimulatedZone, today: number): SimulatedSet | null {
  const soa = zone.sets.get(`${zone.name} SOA`)
  const [record] = soa?.records ?? []
  if (!soa || !record || record.disabled) return null
  const fields = record.content.split(' ')
  const serial = Number(fields[2])
  fields[2] = String(serial < today ? today : serial + 1)
  return { ...soa, records: [{ ...record, content: fields.join(' ') }] }
}

function put(zone: SimulatedZone, set: SimulatedSet): void {
  zone.sets.set(`${set.name} ${set.type}`, set)
}

function checkRecords(zone: string, { name, type, records }: SimulatedSet): void {
  const set = `${name} IN ${type}`
  const contents = new Set<string>()
  for (const { content } of records) {
    if (contents.has(content)) throw new Answer(422, `Duplicate record in RRset ${set} with content "${content}"`)
    contents.add(content)
  }
  if (records.length > 1 && ONE_RECORD.has(type)) throw new Answer(422, `RRset ${set} has more than one record`)
  if (name !== zone && AT_APEX.has(type)) throw new Answer(422, `Record ${set} is only allowed at apex`)
}

/** A CNAME stands alone, disabled records aside. */
function conflicts(zone: SimulatedZone, { name, type }: SimulatedSet): boolean {
  return [...zone.sets.values()].some(
    (other) =>
      other.name === name &&
      other.type !== type &&
      (type === 'CNAME' || other.type === 'CNAME') &&
      other.records.some(({ disabled }) => !disabled),
  )
}

function exported(zone: SimulatedZone, accept: string): Response {
  const lines = [...zone.sets.values()]
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap(({ name, type, ttl, records }) =>
      records.filter(({ disabled }) => !disabled).map(({ content }) => `${name}\t${ttl}\tIN\t${type}\t${content}\n`),
    )
    .join('')
  if (accept.includes('application/json')) return json({ zone: lines })
  return new Response(lines, { headers: { 'content-type': 'text/plain; charset=us-ascii' } })
}

function idOfZone(name: string): string {
  if (name === '.') return '=2E'
  return name.replace(/[^A-Za-z0-9.-]/g, (at) => `=${at.charCodeAt(0).toString(16).toUpperCase()}`)
}

function zoneOfId(id: string): string {
  const name = id.replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))).toLowerCase()
  return name.endsWith('.') ? name : `${name}.`
}

function canonicalName(text: string): string {
  if (!text.endsWith('.')) throw new Answer(422, `DNS Name '${text}' is not canonical`)
  if (text.split('.').some((label) => label.length > 63)) throw new Answer(422, `Unable to parse DNS Name '${text}'`)
  return text.toLowerCase()
}

function allowed(name: string, wildcard: boolean): void {
  const rest = wildcard && name.startsWith('*.') ? name.slice(2) : name
  if (/[^a-z0-9_/.-]/.test(rest)) throw new Answer(422, `Name '${escaped(name)}' contains unsupported characters`)
}

function escaped(name: string): string {
  const bytes = [...new TextEncoder().encode(name)]
  return bytes
    .map((byte) => (byte > 32 && byte < 127 ? String.fromCharCode(byte) : `\\${String(byte).padStart(3, '0')}`))
    .join('')
}

function isPartOf(name: string, zone: string): boolean {
  return zone === '.' || name === zone || name.endsWith(`.${zone}`)
}

function object(body: string): Json {
  try {
    const value: unknown = JSON.parse(body)
    if (typeof value === 'object' && value !== null) return value as Json
  } catch {
    // Answered below, like every other body that is no object.
  }
  throw new Answer(400, '')
}

function stringOf(from: Json, key: string): string {
  const value = from[key]
  if (typeof value !== 'string') throw new Answer(422, `Key '${key}' not present or not a String`)
  return value
}

function integerOf(from: Json, key: string): number {
  const value = typeof from[key] === 'string' ? Number(from[key]) : from[key]
  if (typeof value !== 'number' || !Number.isInteger(value)) {
    throw new Answer(422, `Key '${key}' not an Integer or not present`)
  }
  return value
}

function only(request: Request, method: string, respond: () => Response): Response {
  if (request.method !== method) throw new Answer(405, '')
  return respond()
}

function json(value: unknown, status = 200): Response {
  return Response.json(value, { status })
}

function failure({ status, message }: Answer): Response {
  if (status === 422) return json({ error: message }, 422)
  const headers: Record<string, string> = { 'content-type': 'text/plain; charset=utf-8' }
  if (status === 401) headers['www-authenticate'] = 'X-API-Key realm="PowerDNS"'
  return new Response(TEXTS[status], { status, headers })
}
