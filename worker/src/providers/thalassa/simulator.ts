import { Answer, objectOf, stringOf, stringsOf, type Json } from './simulator-answer.ts'
import { dsOf, probe, signing, statusOf, type SimulatedSigning } from './simulator-dnssec.ts'
import { changedContent, newRecord, type SimulatedRecord } from './simulator-records.ts'
import { isName } from './simulator-values.ts'
import { readBind, zoneFileOf } from './simulator-zone-file.ts'

interface SimulatedZone {
  identity: string
  name: string
  description: string
  labels: Record<string, string>
  annotations: Record<string, string>
  projectId: string | undefined
  createdAt: string
  updatedAt?: string
  objectVersion: number
  records: SimulatedRecord[]
  signing?: SimulatedSigning
  /** What the name servers were given, and when (milliseconds since 1970), the oldest first. */
  publications: { at: number; zoneFile: string; signed: boolean }[]
}

export interface Simulation {
  fetch: (request: Request) => Promise<Response>
  /** What was asked, without headers. */
  log: { method: string; url: string; body: string; status: number }[]
  /** Which ways of addressing zones and records it knows; others get `refusal`. */
  dialect: 'both' | 'sdk' | 'docs'
  refusal: 404 | 405
  /** What is switched on for the organisation. */
  gates: Set<'dns' | 'kms'>
  /** Asked before each call: an answer of its own stands for the server's, as from something in front of it. */
  interfere: ((request: Request) => Response | undefined) | undefined
  /** Names of zones whose DS the parent has: the next probe finds it. */
  delegated: Set<string>
  /** What the parent holds of a zone's DS, as rdata. */
  parentDs: (zone: string) => string[]
  /** What stops the zone from being signed, as the platform words it. */
  failSigning: (zone: string, error: string) => void
  /** What the name servers answer from now; null before the first publication. */
  published: (zone: string) => { zoneFile: string; signed: boolean } | null
}

/** Milliseconds between a write and the new answer: 25 to 40 seconds are documented. */
const PUBLISH_DELAY = 30_000

/**
 * The DNS API of Thalassa Cloud, by its API reference and by what its own Go client, Terraform provider and external-dns
 * webhook send and expect. It knows two ways of addressing: zones by name and records by name and type with PATCH, as the
 * reference says, and both by identity with PUT, as the programs do.
 *
 * No document says, and this assumes:
 *
 * - 401 for a token it does not know, 400 without an organisation, 403 for another one, each with a `message`;
 * - without `X-Project-Identity` the zones of no project are meant, with it those of that project;
 * - TTLs from 30 to 604 800 seconds; a missing or zero TTL is 3600, except in a PATCH, which keeps what is there;
 * - a host with a last dot, an empty TXT, a CAA tag other than issue, issuewild and iodef, a second value of a CNAME, a
 *   CNAME at the apex or beside something else, and the same value twice are 400; `.` is taken in MX and SRV;
 * - values come back as they were sent; a CAA value in quotes is taken;
 * - creating answers 201, changing 200 and both with the record or zone; deleting 204;
 * - a PUT of a zone's metadata replaces description, labels and annotations, and clears what is left out;
 * - an import counts record sets, and changes nothing when one line is wrong; what is the same already is not counted;
 * - a set of NS at the apex is taken like any other, and stands for the region's own;
 * - a GET of the DNSSEC state of an unsigned zone is 200; a PUT of the same region and key changes nothing, of another
 *   key starts over; a DELETE of what is off is 204; the parent is looked at every 60 seconds, and only when asked.
 *
 * Not imitated: filters of lists, quotas, audit, IAM, and signatures in the zone file.
 */
export function simulate(options: {
  token: string
  scheme?: 'Token' | 'Bearer'
  organisation: string
  zones?: { name: string; project?: string; records?: object[] }[]
  /** Milliseconds since 1970. */
  now?: () => number
  /** Does the parent of the zone hold its DS? It was named at `since`. */
  parentHasDs?: (zone: string, since: number) => boolean
}): Simulation {
  const { token, scheme = 'Token', organisation, now = Date.now, parentHasDs = () => false } = options
  const zones: SimulatedZone[] = []
  let count = 0
  const identity = (kind: string) => `${kind}-${(36 ** 7 + ++count * 7_919_993).toString(36)}`
  const iso = () => new Date(now()).toISOString()

  const simulation: Simulation = {
    log: [],
    dialect: 'both',
    refusal: 404,
    gates: new Set(['dns', 'kms']),
    interfere: undefined,
    delegated: new Set(),
    parentDs(name) {
      const zone = zones.find((each) => each.name === name)
      return zone && isDelegated(zone) ? dsOf(name, zone.signing).map(({ record }) => record) : []
    },
    failSigning(name, error) {
      const state = zones.find((zone) => zone.name === name)?.signing
      if (state) state.lastSignError = error
    },
    published(name) {
      const past = zones.find((zone) => zone.name === name)?.publications.filter(({ at }) => at <= now()) ?? []
      const last = past.at(-1)
      return last ? { zoneFile: last.zoneFile, signed: last.signed } : null
    },
    async fetch(request) {
      const body = await request.clone().text()
      const response = simulation.interfere?.(request) ?? respond(request, body)
      simulation.log.push({ method: request.method, url: request.url, body, status: response.status })
      return response
    },
  }

  function respond(request: Request, body: string): Response {
    try {
      return answer(request, body)
    } catch (error) {
      if (!(error instanceof Answer)) throw error
      return Response.json({ message: error.message }, { status: error.status })
    }
  }

  function answer({ method, headers, url }: Request, body: string): Response {
    if (headers.get('authorization') !== `${scheme} ${token}`) throw new Answer(401, 'unauthorized')
    const asked = headers.get('x-organisation-identity')
    if (!asked) throw new Answer(400, 'X-Organisation-Identity header is required')
    if (asked !== organisation) throw new Answer(403, 'no access to this organisation')
    if (!simulation.gates.has('dns')) throw gateClosed('dns')
    const [, version, service, collection, zone, action, ...record] = new URL(url).pathname
      .split('/')
      .map(decodeURIComponent)
    if (version !== 'v1' || service !== 'dns' || collection !== 'zones') throw new Answer(404, 'not found')
    const project = headers.get('x-project-identity') ?? undefined
    if (zone === undefined) return allZones(method, body, project)
    const found = findZone(zone, project)
    switch (action) {
      case undefined:
        return oneZone(found, method, body)
      case 'records':
        return record.length === 0 ? allRecords(found, method, body) : oneRecord(found, method, body, record)
      case 'export':
        if (method !== 'GET') throw new Answer(405, 'method not allowed')
        return Response.json({ zoneName: found.name, zoneFile: currentFile(found) })
      case 'import':
        if (method !== 'POST') throw new Answer(405, 'method not allowed')
        return imported(found, objectOf(body))
      case 'dnssec':
        return dnssec(found, method, body)
      default:
        throw new Answer(404, 'not found')
    }
  }

  function knows(way: 'sdk' | 'docs'): void {
    if (simulation.dialect !== 'both' && simulation.dialect !== way) throw new Answer(simulation.refusal, 'not found')
  }

  function findZone(segment: string, project: string | undefined): SimulatedZone {
    knows(segment.startsWith('dnsz-') ? 'sdk' : 'docs')
    const found = zones.find(
      (zone) => (zone.identity === segment || zone.name === segment) && zone.projectId === project,
    )
    if (!found) throw new Answer(404, 'zone not found')
    return found
  }

  function allZones(method: string, body: string, project: string | undefined): Response {
    if (method === 'POST') return Response.json(shown(createZone(objectOf(body), project)), { status: 201 })
    if (method !== 'GET') throw new Answer(405, 'method not allowed')
    return Response.json(zones.filter(({ projectId }) => projectId === project).map(shown))
  }

  function createZone(body: Json, projectId: string | undefined): SimulatedZone {
    const name = stringOf(body, 'zoneName')
    const isFqdn = isName(name) && name.includes('.') && !name.includes('*') && name === name.toLowerCase()
    if (!isFqdn) throw new Answer(400, 'zoneName must be a lowercase FQDN without a trailing dot')
    if (zones.some((zone) => zone.name === name)) throw new Answer(409, 'zone already exists')
    const zone: SimulatedZone = {
      ...{ identity: identity('dnsz'), name, projectId, createdAt: iso(), objectVersion: 1 },
      ...{ ...metadataOf(body), records: [], publications: [] },
    }
    zones.push(zone)
    publish(zone)
    return zone
  }

  function oneZone(zone: SimulatedZone, method: string, body: string): Response {
    switch (method) {
      case 'GET':
        return Response.json(shown(zone))
      case 'PUT':
        // The API reference has no such call.
        knows('sdk')
        Object.assign(zone, metadataOf(objectOf(body)))
        touch(zone)
        return Response.json(shown(zone))
      case 'DELETE':
        zones.splice(zones.indexOf(zone), 1)
        return new Response(null, { status: 204 })
      default:
        throw new Answer(405, 'method not allowed')
    }
  }

  function allRecords(zone: SimulatedZone, method: string, body: string): Response {
    if (method === 'GET') return Response.json(zone.records)
    if (method !== 'POST') throw new Answer(405, 'method not allowed')
    const record = { identity: identity('dnsr'), ...newRecord(zone.records, objectOf(body)), createdAt: iso() }
    zone.records.push(record)
    publish(zone)
    return Response.json(record, { status: 201 })
  }

  function oneRecord(zone: SimulatedZone, method: string, body: string, address: readonly string[]): Response {
    const [first = '', type] = address
    knows(type === undefined ? 'sdk' : 'docs')
    const record = zone.records.find((each) =>
      type === undefined ? each.identity === first : each.name === first.toLowerCase() && each.type === type,
    )
    if (!record || address.length > 2) throw new Answer(404, 'record not found')
    switch (method) {
      case 'GET':
        return Response.json(record)
      case 'PUT':
      case 'PATCH':
        if (simulation.dialect !== 'both') knows(method === 'PUT' ? 'sdk' : 'docs')
        Object.assign(record, changedContent(record, objectOf(body), method === 'PUT'), { updatedAt: iso() })
        publish(zone)
        return Response.json(record)
      case 'DELETE':
        zone.records.splice(zone.records.indexOf(record), 1)
        publish(zone)
        return new Response(null, { status: 204 })
      default:
        throw new Answer(405, 'method not allowed')
    }
  }

  function imported(zone: SimulatedZone, body: Json): Response {
    const { taken, skipped } = readBind(zone.name, stringOf(body, 'zoneFile'))
    const counts = { created: 0, updated: 0, deleted: 0, skipped }
    const kept = new Set<string>()
    const records: SimulatedRecord[] = []
    for (const set of taken) {
      kept.add(`${set.name} ${set.type}`)
      const there = zone.records.find(({ name, type }) => name === set.name && type === set.type)
      if (there === undefined) {
        records.push({ identity: identity('dnsr'), ...set, createdAt: iso() })
        counts.created += 1
      } else if (there.ttl !== set.ttl || String(there.values) !== String(set.values)) {
        records.push({ ...there, ...set, updatedAt: iso() })
        counts.updated += 1
      }
    }
    const changed = new Set(records.map((record) => record.identity))
    const others = zone.records.filter(
      (record) =>
        !changed.has(record.identity) && (body.replaceExisting !== true || kept.has(`${record.name} ${record.type}`)),
    )
    const before = new Set(zone.records.map((record) => record.identity))
    zone.records = [...others, ...records]
    const after = new Set(zone.records.map((record) => record.identity))
    counts.deleted = [...before].filter((each) => !after.has(each)).length
    publish(zone)
    return Response.json({ ...counts, records })
  }

  function dnssec(zone: SimulatedZone, method: string, body: string): Response {
    if (!simulation.gates.has('kms')) throw gateClosed('kms')
    switch (method) {
      case 'GET':
        if (zone.signing && probe(zone.signing, isDelegated(zone), now())) publish(zone)
        return Response.json(statusOf(zone.name, zone.signing))
      case 'PUT':
        zone.signing = signing(zone.signing, zone.name, objectOf(body), now())
        publish(zone)
        return Response.json(statusOf(zone.name, zone.signing))
      case 'DELETE':
        delete zone.signing
        publish(zone)
        return new Response(null, { status: 204 })
      default:
        throw new Answer(405, 'method not allowed')
    }
  }

  const isDelegated = ({ name, signing: state }: SimulatedZone) =>
    simulation.delegated.has(name) || (state !== undefined && parentHasDs(name, state.enabledAt))

  /** Serials count from the start of 2026 in seconds. */
  const serial = () => Math.max(1, Math.floor(now() / 1000) - 1_767_225_600)
  const currentFile = (zone: SimulatedZone) => zoneFileOf(zone.name, zone.records, serial())

  function touch(zone: SimulatedZone): void {
    zone.objectVersion += 1
    zone.updatedAt = iso()
  }

  /** Every write publishes the whole zone, and the name servers have it a while later. */
  function publish(zone: SimulatedZone): void {
    touch(zone)
    const signed = zone.signing?.dsDelegated === true && zone.signing.lastSignError === undefined
    zone.publications = [
      ...zone.publications.slice(-50),
      { at: now() + PUBLISH_DELAY, zoneFile: currentFile(zone), signed },
    ]
  }

  for (const { name, project, records = [] } of options.zones ?? []) {
    const zone = createZone({ zoneName: name }, project)
    for (const record of records) allRecords(zone, 'POST', JSON.stringify(record))
  }
  return simulation
}

function gateClosed(gate: string): Answer {
  return new Answer(403, `feature gate "${gate}" is not enabled for this organisation`)
}

function metadataOf(body: Json): Pick<SimulatedZone, 'description' | 'labels' | 'annotations'> {
  const { description = '' } = body
  if (typeof description !== 'string') throw new Answer(400, 'description must be a string')
  return { description, labels: stringsOf(body, 'labels'), annotations: stringsOf(body, 'annotations') }
}

/** What of a zone is answered; empty parts are left out, as Go's `omitempty` does. */
function shown(zone: SimulatedZone): Json {
  const { identity, name, description, labels, annotations, projectId, createdAt, updatedAt, objectVersion } = zone
  return {
    ...{ identity, name, slug: name.replaceAll('.', '-') },
    ...(description === '' ? {} : { description }),
    ...(Object.keys(labels).length === 0 ? {} : { labels }),
    ...(Object.keys(annotations).length === 0 ? {} : { annotations }),
    ...(projectId === undefined ? {} : { projectId }),
    createdAt,
    ...(updatedAt === undefined ? {} : { updatedAt }),
    objectVersion,
  }
}
