import { Invalid, readContent, readDomain, type Content } from './simulator-content.ts'

interface SimulatedRecord extends Content {
  uuid: string
  created_at: string
}

interface SimulatedZone {
  uuid: string
  domain: string
  created_at: string
  /** Of another account: it is not found, and its name is taken. */
  foreign: boolean
  records: SimulatedRecord[]
}

/** A call that fails. */
interface Failure {
  of: 'read' | 'write'
  /** Which one from now: 1 is the next. */
  nth: number
  status: 429 | 500 | 502
  /** Seconds, of a 429. */
  retryAfter?: number
  /** It did its work before it failed. */
  done?: boolean
}

export interface Simulation {
  fetch: (request: Request) => Promise<Response>
  /** What was asked, without headers. */
  log: { method: string; url: string; body: string; status: number }[]
  /** Elements of a page; null for bare lists, as the documents show them. */
  paginate: number | null
  /** PATCH is answered with 405. */
  patchRefused: boolean
  /** A 201 has no body. */
  silentCreate: boolean
  /** Blanks at both ends of a value are cut off, as Django REST framework does unless told not to. */
  trims: boolean
  /** Of the token. */
  permissions: string[]
  failures: Failure[]
  /** What a zone holds, in the order of creation. */
  records: (domain: string) => readonly Readonly<SimulatedRecord>[]
}

/** An answer other than success, thrown from anywhere inside. */
class Answer extends Error {
  readonly status: number
  readonly body: object

  constructor(status: number, body: object) {
    super(String(status))
    this.status = status
    this.body = body
  }
}

type Json = Record<string, unknown>

const ACCOUNT = {
  email: 'lina@lindqvist.example',
  first_name: 'Lina',
  last_name: 'Lindqvist',
  company_name: 'Studio Lindqvist',
  created_at: '2024-06-15',
}

const NEEDS: Record<string, string> = {
  GET: 'dns:list',
  POST: 'dns:create',
  PUT: 'dns:update',
  PATCH: 'dns:update',
  DELETE: 'dns:delete',
}

/**
 * The DNS API of VPS.org and its `GET /account/me/`, after its public documents. Nobody has recorded the real one:
 * documented are the paths with their slash, the fields, the statuses, the shape of an error, that MX and SRV need a
 * priority, that records of a new zone are none, and that lists are "paginated" while shown bare. Assumed is:
 *
 * - It is Django REST framework: without the last slash a 301; errors of fields, of methods (405), of media types (415)
 *   and of a throttle (429) in its shapes; pages of `count`, `next`, `previous` and `results` by `?page=`; a crash is a
 *   500 with a page of HTML.
 * - `dns:update` is what PUT and PATCH need. The others are documented.
 * - A POST answers with the new record, PUT and PATCH with the record as it is then. PUT needs type, name and value;
 *   the type of a record never changes.
 * - Records come in the order of their creation. Names are kept relative and in lower case, hosts without a last dot.
 *   Everything else is kept as it was sent, blanks of a TXT included.
 * - TTLs are whole numbers from 60 to 604,800; a TXT has 4,096 characters at most.
 * - The same type, name and value twice is refused, whatever the priority; so is anything beside a CNAME, a CNAME at the
 *   apex, and an NS there, which is VPS.org's own. SOA and NS of the apex are not listed.
 * - A name that is a zone already, in whosever account, is refused with 400. Zones of others are 404.
 * - Domains are A-labels of at least two labels. A filter that fits nothing gives an empty list.
 */
export function simulate(options: {
  token: string
  /** Records are taken as they are, whatever a POST would say to them. */
  zones?: { domain: string; foreign?: boolean; records?: (Pick<Content, 'record_type' | 'value'> & object)[] }[]
  /** Milliseconds since 1970. */
  now?: () => number
}): Simulation {
  const { token, now = Date.now } = options
  const zones: SimulatedZone[] = []
  const stamp = () => new Date(now()).toISOString().replace(/\.\d+/, '')

  const simulation: Simulation = {
    log: [],
    paginate: null,
    patchRefused: false,
    silentCreate: false,
    trims: false,
    permissions: ['dns:list', 'dns:create', 'dns:update', 'dns:delete'],
    failures: [],
    records: (domain) => zones.find((zone) => zone.domain === domain)?.records ?? [],
    async fetch(request) {
      const body = await request.text()
      const response = failing(request, () => respond(request, body))
      simulation.log.push({ method: request.method, url: request.url, body, status: response.status })
      return response
    },
  }

  function failing(request: Request, respond: () => Response): Response {
    const of = request.method === 'GET' ? 'read' : 'write'
    let broken: Failure | undefined
    for (const failure of simulation.failures) {
      if (failure.of === of && --failure.nth === 0) broken = failure
    }
    if (broken === undefined) return respond()
    if (broken.done) respond()
    simulation.failures = simulation.failures.filter(({ nth }) => nth > 0)
    return broken.status === 429 ? throttled(broken.retryAfter ?? 30) : page(broken.status)
  }

  function respond(request: Request, body: string): Response {
    try {
      return answer(request, body)
    } catch (error) {
      if (error instanceof Invalid) return json(error.body, 400)
      if (!(error instanceof Answer)) throw error
      const response = json(error.body, error.status)
      if (error.status === 401) response.headers.set('www-authenticate', 'Bearer')
      return response
    }
  }

  function answer(request: Request, body: string): Response {
    const { method } = request
    const url = new URL(request.url)
    const path = /^\/api\/v1\/(.*)$/.exec(url.pathname)?.[1]
    if (path === undefined) return page(404)
    if (!path.endsWith('/')) {
      return new Response(null, { status: 301, headers: { location: `${url.pathname}/${url.search}` } })
    }
    const [collection, id, nested, ...rest] = path.slice(0, -1).split('/')
    if (rest.length > 0) return page(404)
    checkToken(request.headers.get('authorization'))
    if (collection === 'account' && id === 'me' && nested === undefined) {
      allow(method, ['GET'])
      return json({ account: ACCOUNT, token: { name: 'Panel', permissions: simulation.permissions } })
    }
    const permission = NEEDS[method]
    if (permission !== undefined && !simulation.permissions.includes(permission)) {
      throw new Answer(403, { detail: `Token lacks ${permission} permission`, error_code: 'permission_denied' })
    }
    const sent = () => readBody(request, body)
    if (collection === 'dns-zones') {
      if (id === undefined) return allZones(method, url, sent)
      const zone = zones.find(({ uuid, foreign }) => uuid === id && !foreign)
      if (zone === undefined) throw notFound()
      if (nested === undefined) return oneZone(zone, method)
      if (nested === 'records') return recordsOf(zone, method, url, sent)
    }
    if (collection === 'dns-records' && nested === undefined) {
      return id === undefined ? allRecords(method, url) : oneRecord(id, method, sent)
    }
    return page(404)
  }

  function checkToken(header: string | null): void {
    if (header === null) {
      throw new Answer(401, { detail: 'Authentication credentials were not provided.' })
    }
    if (header !== `Bearer ${token}`) {
      throw new Answer(401, { detail: 'Invalid API token', error_code: 'authentication_failed', field: null })
    }
  }

  function allZones(method: string, url: URL, sent: () => Json): Response {
    allow(method, ['GET', 'POST'])
    if (method === 'POST') return json({ ...head(create(readDomain(sent()['domain']))), records: [] }, 201)
    const domain = url.searchParams.get('domain')
    return list(
      url,
      zones.filter((zone) => !zone.foreign && (domain === null || domain === zone.domain)),
      head,
    )
  }

  function oneZone(zone: SimulatedZone, method: string): Response {
    allow(method, ['GET', 'DELETE'])
    if (method === 'GET') return json({ ...head(zone), records: zone.records })
    zones.splice(zones.indexOf(zone), 1)
    return new Response(null, { status: 204 })
  }

  function recordsOf(zone: SimulatedZone, method: string, url: URL, sent: () => Json): Response {
    allow(method, ['GET', 'POST'])
    if (method === 'GET') return list(url, zone.records, (record) => record)
    const record = add(zone, sent())
    return simulation.silentCreate ? new Response(null, { status: 201 }) : json(record, 201)
  }

  function allRecords(method: string, url: URL): Response {
    allow(method, ['GET'])
    const [zone, type] = [url.searchParams.get('zone'), url.searchParams.get('record_type')]
    const records = zones
      .filter(({ uuid, foreign }) => !foreign && (zone === null || zone === uuid))
      .flatMap((each) => each.records)
    return list(
      url,
      records.filter(({ record_type }) => type === null || type === record_type),
      (record) => record,
    )
  }

  function oneRecord(id: string, method: string, sent: () => Json): Response {
    allow(method, simulation.patchRefused ? ['GET', 'PUT', 'DELETE'] : ['GET', 'PUT', 'PATCH', 'DELETE'])
    const zone = zones.find(({ records, foreign }) => !foreign && records.some(({ uuid }) => uuid === id))
    const record = zone?.records.find(({ uuid }) => uuid === id)
    if (zone === undefined || record === undefined) throw notFound()
    if (method === 'GET') return json(record)
    if (method === 'DELETE') {
      zone.records.splice(zone.records.indexOf(record), 1)
      return new Response(null, { status: 204 })
    }
    const content = readContent(trimmed(sent()), record, zone.domain, method === 'PUT')
    checkNeighbours(zone, content, record)
    return json(Object.assign(record, content))
  }

  function create(domain: string, foreign = false): SimulatedZone {
    if (zones.some((zone) => zone.domain === domain)) {
      throw new Invalid('domain', 'A DNS zone for this domain already exists')
    }
    const zone = { uuid: crypto.randomUUID(), domain, created_at: stamp(), foreign, records: [] }
    zones.push(zone)
    return zone
  }

  function add(zone: SimulatedZone, body: Json): SimulatedRecord {
    const content = readContent(trimmed(body), null, zone.domain, true)
    checkNeighbours(zone, content)
    const record = { uuid: crypto.randomUUID(), ...content, created_at: stamp() }
    zone.records.push(record)
    return record
  }

  function trimmed(body: Json): Json {
    const { value } = body
    return simulation.trims && typeof value === 'string' ? { ...body, value: value.trim() } : body
  }

  function list<T>(url: URL, items: readonly T[], shown: (item: T) => object): Response {
    const size = simulation.paginate
    if (size === null) return json(items.map(shown))
    const current = Number(url.searchParams.get('page') ?? 1)
    const last = Math.max(1, Math.ceil(items.length / size))
    if (!Number.isInteger(current) || current < 1 || current > last) throw new Answer(404, { detail: 'Invalid page.' })
    const link = (number: number) => {
      const to = new URL(url)
      to.searchParams.set('page', String(number))
      return to.href
    }
    return json({
      count: items.length,
      next: current < last ? link(current + 1) : null,
      previous: current > 1 ? link(current - 1) : null,
      results: items.slice((current - 1) * size, current * size).map(shown),
    })
  }

  for (const { domain, foreign = false, records = [] } of options.zones ?? []) {
    const zone = create(domain, foreign)
    for (const record of records) {
      const usual = { name: '@', ttl: 3600, priority: null, created_at: stamp() }
      zone.records.push({ uuid: crypto.randomUUID(), ...usual, ...record })
    }
  }
  return simulation
}

function head({ uuid, domain, created_at, records }: SimulatedZone): object {
  return { uuid, domain, created_at, record_count: records.length }
}

function checkNeighbours(zone: SimulatedZone, content: Content, self?: SimulatedRecord): void {
  const { name, record_type: type, value } = content
  if (name === '@' && type === 'CNAME') throw new Invalid('name', 'A CNAME is not allowed at the zone apex')
  if (name === '@' && type === 'NS') throw new Invalid('name', 'Apex NS records are managed by VPS.org')
  const others = zone.records.filter((record) => record !== self && record.name === name)
  if (others.some((other) => other.record_type === type && other.value === value)) {
    throw new Invalid('', 'Record already exists')
  }
  if (others.length > 0 && [type, ...others.map((other) => other.record_type)].includes('CNAME')) {
    throw new Invalid('name', 'A CNAME cannot coexist with other records of the same name')
  }
}

function readBody(request: Request, body: string): Json {
  const type = request.headers.get('content-type') ?? ''
  if (!type.startsWith('application/json')) {
    throw new Answer(415, { detail: `Unsupported media type "${type}" in request.` })
  }
  try {
    const value: unknown = JSON.parse(body)
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Json
  } catch {
    throw new Answer(400, { detail: 'JSON parse error - Expecting value: line 1 column 1 (char 0)' })
  }
  throw new Answer(400, { non_field_errors: ['Invalid data. Expected a dictionary.'] })
}

function allow(method: string, methods: readonly string[]): void {
  if (!methods.includes(method)) throw new Answer(405, { detail: `Method "${method}" not allowed.` })
}

function notFound(): Answer {
  return new Answer(404, { detail: 'Not found.' })
}

function throttled(seconds: number): Response {
  const detail = `Request was throttled. Expected available in ${seconds} seconds.`
  return Response.json({ detail }, { status: 429, headers: { 'retry-after': String(seconds) } })
}

function page(status: number): Response {
  const title = status === 404 ? 'Not Found' : `Server Error (${status})`
  const html = `<!doctype html>\n<html lang="en"><head><title>${title}</title></head><body><h1>${title}</h1></body></html>\n`
  return new Response(html, { status, headers: { 'content-type': 'text/html; charset=utf-8' } })
}

function json(value: unknown, status = 200): Response {
  return Response.json(value, { status })
}
