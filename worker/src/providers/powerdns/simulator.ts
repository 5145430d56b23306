import { randomBytes } from 'node:crypto'
import {
  Answer,
  booleanOf,
  empty,
  failure,
  integerOf,
  json,
  object,
  only,
  stringOf,
  type Json,
} from './simulator-answer.ts'
import { ContentError, stored, typeName } from './simulator-content.ts'
import { keysAnswer } from './simulator-dnssec.ts'
import { canonicalName, checkCharacters, idOfZone, isPartOf, withoutDot, zoneOfId } from './simulator-names.ts'
import { searchAnswer } from './simulator-search.ts'
import { applySettings, checkRectifiable, metadataAnswer } from './simulator-settings.ts'
import { statisticsAnswer } from './simulator-statistics.ts'
import {
  countUp,
  details,
  head,
  isPresigned,
  kindOf,
  put,
  type SimulatedSet,
  type SimulatedZone,
} from './simulator-zone.ts'

export interface Simulation {
  fetch: (request: Request) => Promise<Response>
  /** What was asked, without headers. */
  log: { method: string; url: string; body: string; status: number }[]
  /** As many of the next writes fail with 500, as if another process held the sqlite file. */
  lockedWrites: number
}

/** Larger bodies are not read (webserver-max-bodysize, in millions of bytes). */
const MAX_BODY = 2_000_000
const ONE_RECORD = new Set(['CNAME', 'DNAME', 'SOA'])
const AT_APEX = new Set(['SOA', 'NSEC3PARAM', 'DNSKEY'])

/**
 * The HTTP API of PowerDNS Authoritative 4.7.3 over a sqlite database, as measured on a running one, its oddities
 * included: a trailing slash is 404, an unknown kind becomes Native, a negative TTL wraps, a secondary zone takes
 * edits, the list has no order, a bad record in a new zone's `zone` text leaves a zone behind that cannot be read, a key
 * of which only `active` is set is published again, and NSEC3 parameters that it cannot read are a 500.
 *
 * Assumed, not measured: nothing. Not imitated: signatures and DNS answers (keys are random bytes of the right length),
 * serials as SOA-EDIT would serve them (`edited_serial` is `serial`), transfers and notices (they are queued and
 * forgotten), the numbers of the statistics, TSIG keys beyond their names.
 */
export function simulate(options: {
  apiKey: string
  zones?: {
    name: string
    kind?: string
    masters?: string[]
    dnssec?: boolean
    rrsets?: readonly object[]
    /** Such as what no call can write: PRESIGNED, LUA-AXFR-SCRIPT. */
    metadata?: Readonly<Record<string, string[]>>
  }[]
  /** Names of TSIG keys, with a final dot. */
  tsigKeys?: readonly string[]
  /** Milliseconds since 1970. */
  now?: () => number
}): Simulation {
  const { apiKey, now = Date.now } = options
  const zones = new Map<string, SimulatedZone>()
  /** By name; the value is the algorithm. */
  const tsigKeys = new Map((options.tsigKeys ?? []).map((name) => [name, 'hmac-sha256']))
  const started = now()
  let reads = 0
  /** Ids are rows of the database: the highest there is, and one more. */
  const nextId = () => Math.max(0, ...[...zones.values()].flatMap(({ keys }) => keys.map(({ id }) => id))) + 1
  const world = () => ({ tsigKeys, nextId, now: now() })

  const simulation: Simulation = {
    log: [],
    lockedWrites: 0,
    async fetch(request) {
      const body = await request.text()
      let response: Response
      try {
        if (request.headers.get('x-api-key') !== apiKey) throw new Answer(401)
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
    const [, api, version, servers, server, collection, id, action, part] = pathname.split('/').map(decodeURIComponent)
    if (api !== 'api' || version !== 'v1' || servers !== 'servers' || pathname.endsWith('/')) throw new Answer(404)
    if (server !== undefined && server !== 'localhost') throw new Answer(404)
    const { method } = request
    if (collection !== 'zones' && collection !== 'tsigkeys') only(method, 'GET')
    if (server === undefined) return json([serverObject])
    if (method !== 'GET') lockOrRefuse(body)
    switch (collection) {
      case undefined:
        return json(serverObject)
      case 'search-data':
        return searchAnswer(zones.values(), searchParams)
      case 'statistics':
        return statisticsAnswer(searchParams, started, now(), zones.size)
      case 'tsigkeys':
        return tsigAnswer(method, body)
      case 'zones':
        return id === undefined
          ? allZones(method, body, searchParams)
          : zoneAnswer(request, body, searchParams, zoneOfId(id), action, part)
      default:
        throw new Answer(404)
    }
  }

  function lockOrRefuse(body: string): void {
    if (body.length > MAX_BODY) throw new Answer(400)
    if (simulation.lockedWrites > 0) {
      simulation.lockedWrites -= 1
      throw new Answer(500)
    }
  }

  function zoneAnswer(
    request: Request,
    body: string,
    query: URLSearchParams,
    name: string,
    action: string | undefined,
    part: string | undefined,
  ): Response {
    const zone = zones.get(name)
    if (!zone) throw new Answer(404)
    const { method } = request
    switch (action) {
      case undefined:
        return oneZone(zone, method, body, query)
      case 'cryptokeys':
        return keysAnswer(zone, method, part, body, nextId)
      case 'metadata':
        return metadataAnswer(zone, method, part, body)
      case 'export':
        only(method, 'GET')
        return exported(zone, request.headers.get('accept') ?? '')
      case 'notify':
        only(method, 'PUT')
        return json({ result: 'Notification queued' })
      case 'axfr-retrieve':
        only(method, 'PUT')
        return retrieved(zone)
      case 'rectify':
        only(method, 'PUT')
        return rectified(zone)
      default:
        throw new Answer(404)
    }
  }

  function tsigAnswer(method: string, body: string): Response {
    const line = (name: string, key: string) => ({
      algorithm: tsigKeys.get(name),
      id: idOfZone(name),
      key,
      name: withoutDot(name),
      type: 'TSIGKey',
    })
    if (method === 'GET') return json([...tsigKeys.keys()].map((name) => line(name, '')))
    if (method !== 'POST') throw new Answer(405)
    const input = object(body)
    const name = zoneOfId(stringOf(input, 'name'))
    const algorithm = stringOf(input, 'algorithm')
    if (tsigKeys.has(name)) throw new Answer(409)
    tsigKeys.set(name, algorithm)
    return json(line(name, randomBytes(64).toString('base64')), 201)
  }

  function allZones(method: string, body: string, query: URLSearchParams): Response {
    if (method === 'POST') {
      const zone = create(object(body))
      return json({ ...head(zone), ...details(zone), rrsets: listed(zone) }, 201)
    }
    if (method !== 'GET') throw new Answer(405)
    const wanted = query.get('zone')
    const all = [...zones.values()].filter(({ name }) => wanted === null || name === canonicalName(wanted))
    return json(all.map((zone) => head(zone, query.get('dnssec') !== 'false')))
  }

  function oneZone(zone: SimulatedZone, method: string, body: string, query: URLSearchParams): Response {
    switch (method) {
      case 'GET':
        if (zone.poisoned) throw new Answer(500)
        return json({
          ...head(zone),
          ...details(zone),
          ...(query.get('rrsets') === 'false' ? {} : { rrsets: listed(zone) }),
        })
      case 'PATCH': {
        const { rrsets } = object(body)
        if (!Array.isArray(rrsets)) throw new Answer(422, 'No rrsets given in update request')
        patch(zone, rrsets)
        return empty()
      }
      case 'PUT': {
        const draft = { ...zone, sets: new Map(zone.sets), metadata: new Map(zone.metadata) }
        applySettings(draft, object(body), world(), false)
        zones.set(zone.name, draft)
        return empty()
      }
      case 'DELETE':
        zones.delete(zone.name)
        return empty()
      default:
        throw new Answer(405)
    }
  }

  function create(input: Json): SimulatedZone {
    const name = canonicalName(stringOf(input, 'name'))
    checkCharacters(name, false)
    if (zones.has(name)) throw new Answer(409)
    const kind = kindOf(stringOf(input, 'kind'))
    const zone: SimulatedZone = {
      name,
      kind,
      masters: [],
      account: '',
      catalog: '',
      sets: new Map(),
      metadata: new Map([['SOA-EDIT-API', ['DEFAULT']]]),
      keys: [],
      poisoned: false,
    }
    if (kind !== 'Slave' && kind !== 'Consumer') {
      const content = `a.misconfigured.dns.server.invalid. hostmaster.${name} 0 10800 3600 604800 3600`
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
      patchSets(
        zone,
        input.rrsets.map((set: unknown) => ({ ...(set as object), changetype: 'REPLACE' })),
      )
    }
    if (typeof input.zone === 'string') readZoneText(zone, input.zone)
    applySettings(zone, input, world(), zone.sets.size > 0)
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
        throw new Answer(500)
      }
    }
  }

  /** All of a PATCH or nothing of it. */
  function patch(zone: SimulatedZone, changes: readonly unknown[]): void {
    const draft = { ...zone, sets: new Map(zone.sets) }
    patchSets(draft, changes)
    countUp(draft, now())
    zone.sets = draft.sets
  }

  function patchSets(zone: SimulatedZone, changes: readonly unknown[]): void {
    const seen = new Set<string>()
    for (const change of changes) patchSet(zone, change as Json, seen)
  }

  function patchSet(zone: SimulatedZone, change: Json, seen: Set<string>): void {
    const name = canonicalName(stringOf(change, 'name'))
    checkCharacters(name, true)
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
    const disabled = record.disabled === undefined ? false : booleanOf(record, 'disabled')
    try {
      return { content: stored(type, content), disabled }
    } catch (error) {
      if (!(error instanceof ContentError)) throw error
      throw new Answer(422, `Record ${name}/${type} '${content}': ${error.message}`)
    }
  }

  function commentOf(comment: Json): SimulatedSet['comments'][number] {
    const modified = typeof comment.modified_at === 'number' ? comment.modified_at : Math.floor(now() / 1000)
    return { content: stringOf(comment, 'content'), account: stringOf(comment, 'account'), modified_at: modified }
  }

  function listed(zone: SimulatedZone): SimulatedSet[] {
    reads += 1
    const sets = [...zone.sets.values()]
    return reads % 2 === 0 ? sets.reverse() : sets
  }

  for (const { rrsets = [], metadata = {}, ...zone } of options.zones ?? []) {
    const made = create({ kind: 'Native', ...zone, rrsets })
    for (const [kind, values] of Object.entries(metadata)) made.metadata.set(kind, values)
  }
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

function retrieved({ name, masters }: SimulatedZone): Response {
  const [master] = masters
  if (master === undefined) {
    throw new Answer(422, `Domain '${name}' is not a slave domain (or has no master defined)`)
  }
  return json({ result: `Added retrieval request for '${name}' from master ${master}` })
}

function rectified(zone: SimulatedZone): Response {
  if (isPresigned(zone)) throw new Answer(422, `Zone '${zone.name}' is pre-signed, not rectifying.`)
  checkRectifiable(zone)
  return json({ result: 'Rectified' })
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
