import { displayName } from '@zonedeck/shared/names'
import {
  answerNumber,
  answerObjects,
  readFields,
  recordFields,
  userFields,
  zoneFields,
  type Formats,
  type JsonStyle,
} from './simulator-answers.ts'
import {
  Answer,
  passwordHash,
  type SimulatedRecord,
  type SimulatedUser,
  type SimulatedZone,
  type State,
} from './simulator-state.ts'
import { isFullName, isTooLongForIdn, validated } from './simulator-validator.ts'

interface SimulatorOptions {
  /** The accounts there are from the start. The role is ROOT for `root` and USER for others unless it is said. */
  users: readonly (Partial<Omit<SimulatedUser, 'password'>> & { userName: string; apikey: string; password?: string })[]
  /** Takes up what an earlier one held; `users` are then those of the state. */
  state?: State
  /** The servers of new zones. */
  nameServers?: readonly string[]
  json?: Partial<JsonStyle>
  ignoresAccept?: boolean
  /** For a key that is missing or unknown. */
  badKeyStatus?: 401 | 500
  /** For a zone whose name is taken. */
  duplicateStatus?: 409 | 500
  /** For a record that the validator refuses. */
  invalidStatus?: 400 | 500
  /** Errors have no body, or WildFly's page. */
  errorBody?: 'empty' | 'html'
  /** `PUT /zone/{zoneName}` changes a record, as in JPowerAdmin 0.99. */
  recordUpdates?: boolean
  /** Names that were given by their A-labels are listed by their U-labels. */
  unicodeNames?: boolean
  /** Contents with more than 63 characters between dots fail with 500. */
  contentAsName?: boolean
  /** What is not in the body of `PUT /user` is emptied, or stays. The password always stays. */
  userUpdates?: 'replace' | 'merge'
  /** Milliseconds since 1970. */
  now?: () => number
}

export interface Simulation {
  fetch: (request: Request) => Promise<Response>
  /** What was asked, without headers. */
  log: { method: string; path: string; query: string; body: string; status: number }[]
  state: State
  /** What the server's own pages can do and the API cannot: makes the records of a name and type inactive, or active. */
  setActive: (zone: string, name: string, type: string, active: boolean) => void
}

const EDITABLE = ['firstName', 'lastName', 'email', 'timeZoneId', 'localeName'] as const
const PAGE = 100
const MAX_PAGE = 1000

/**
 * The REST API of CustomDNS (JPowerAdmin over PowerDNS), after its document. What that leaves open is taken from the
 * source of JPowerAdmin 0.99 (2013), which has an older REST API, and of the rewrite of 2017, which CustomDNS runs and
 * whose published state has none yet:
 *
 * - the checks of a new record, and quotes around a TXT with spaces (both sources); new zones get a SOA and NS records
 *   (rewrite); paging takes a negative offset for 0 and gives a thousand at most (0.99); the record count of an unknown
 *   zone is 0 (0.99); a missing TTL is 0 (0.99); the SOA's serial stays 0 (rewrite); passwords are SHA-256 in base64.
 *
 * Neither says these; they are assumptions:
 *
 * - A key that is missing or unknown is 401 without a body (0.99 suggests 500: `badKeyStatus`). A taken zone name is 409
 *   as in 0.99 (the rewrite suggests 500: `duplicateStatus`), a record that is refused 400 (or 500: `invalidStatus`), a
 *   type that is not in the list 400. Bodies of errors are empty (or a page: `errorBody`).
 * - JSON is what Jackson writes by itself, dates aside (`json`); in a request it is a flat object.
 * - A zone is deleted by `DELETE /zone/{zoneName}` as in 0.99: the document leaves the name out, which is 405 here.
 * - `GET /zone/{name}/count` counts records when there is a zone of that name, else the zones of the account of that
 *   name, for ROOT.
 * - What needs ROOT is 403 to others, also for their own name; somebody else's zone is 404, or a count of 0.
 * - `PUT /user` empties what is not in its body as in 0.99 (`userUpdates`), but keeps the password, since the document
 *   has it only for changing that. An account that is deleted takes its zones along.
 * - The server stores names as they are given: a zone made by its A-label is listed by it (or not: `unicodeNames`).
 * - Records are listed in the order in which they were made (both sources ask for no order at all).
 * - A change of a record does not touch the dates of its zone.
 *
 * Not imitated: the pages of the control panel, mail, the DNS itself.
 */
export async function simulate(options: SimulatorOptions): Promise<Simulation> {
  const { now = Date.now, nameServers = ['ns1.nicmus.com', 'ns2.nicmus.com', 'ns3.nicmus.com'] } = options
  const formats: Formats = {
    json: { shape: 'bare', dates: 'iso', values: 'typed', ...options.json },
    ignoresAccept: options.ignoresAccept ?? false,
  }
  const state: State = options.state ?? {
    users: await Promise.all(options.users.map(newUser)),
    zones: [],
    lastZoneId: 0,
    lastRecordId: 0,
  }

  async function newUser({ password = '', ...user }: SimulatorOptions['users'][number]): Promise<SimulatedUser> {
    return {
      role: user.userName === 'root' ? 'ROOT' : 'USER',
      dateCreated: now(),
      dateModified: now(),
      ...user,
      password: await passwordHash(password),
    }
  }

  const simulation: Simulation = {
    log: [],
    state,
    setActive(zone, name, type, active) {
      for (const record of state.zones.find((each) => each.name === zone)?.records ?? []) {
        if (record.name === name && record.type === type) record.active = active
      }
    },
    async fetch(request) {
      const body = await request.text()
      const { pathname, search } = new URL(request.url)
      const path = pathname.replace(/^\/jpower-admin\/rest(?=\/)/, '')
      let response: Response
      try {
        response = await answer(request, path, new URLSearchParams(search), body)
      } catch (error) {
        if (!(error instanceof Answer)) throw error
        response = failure(error.status)
      }
      simulation.log.push({ method: request.method, path, query: search, body, status: response.status })
      return response
    },
  }

  function failure(status: number): Response {
    if (options.errorBody !== 'html') return new Response(null, { status })
    const page = `<html><head><title>Error</title></head><body><h1>HTTP ${status}</h1><pre>javax.ejb.EJBException: java.lang.RuntimeException\n\tat com.nicmus.jpoweradmin.rest.ZoneResource(ZoneResource.java:81)</pre></body></html>`
    return new Response(page, { status, headers: { 'content-type': 'text/html;charset=UTF-8' } })
  }

  async function answer(request: Request, path: string, query: URLSearchParams, body: string): Promise<Response> {
    const key = request.headers.get('X-CustomDNS-API-Key')
    const me = state.users.find(({ apikey }) => apikey === key)
    if (!me) throw new Answer(options.badKeyStatus ?? 401)
    const parts = path.split('/').slice(1).map(decodeURIComponent)
    // `/zone/list/` is the same as `/zone/list`.
    if (parts.length > 1 && parts.at(-1) === '') parts.pop()
    const [collection, first, second, third, ...rest] = parts
    if (rest.length > 0) throw new Answer(404)
    const call = { request, me, query, body, accept: request.headers.get('accept') }
    if (collection === 'user' && second === undefined) return users(call, first)
    if (collection !== 'zone') throw new Answer(404)
    return zoneCall(call, first, second, third)
  }

  const spelt = <T extends { name: string }>(named: T): T =>
    options.unicodeNames === true ? { ...named, name: displayName(named.name) } : named

  interface Incoming {
    request: Request
    me: SimulatedUser
    query: URLSearchParams
    body: string
    accept: string | null
  }

  const isRoot = (user: SimulatedUser) => user.role === 'ROOT'
  const needRoot = (user: SimulatedUser) => {
    if (!isRoot(user)) throw new Answer(403)
  }
  const zonesOf = (user: SimulatedUser) =>
    isRoot(user) ? state.zones : state.zones.filter(({ owner }) => owner === user.userName)
  const userNamed = (name: string): SimulatedUser => {
    const user = state.users.find(({ userName }) => userName === name)
    if (!user) throw new Answer(404)
    return user
  }

  async function users({ request, me, body, accept }: Incoming, name: string | undefined): Promise<Response> {
    const fields = () => readFields(request.headers.get('content-type'), body, 'user')
    const show = (user: SimulatedUser) => answerObjects(accept, 'user', userFields(user), formats)
    switch (`${request.method} ${name === undefined ? '' : 'named'}`) {
      case 'GET ':
        return show(me)
      case 'GET named':
        needRoot(me)
        return show(userNamed(name ?? ''))
      case 'PUT ':
        await updateUser(me, fields())
        return done()
      case 'POST ':
        needRoot(me)
        await createUser(fields())
        return done()
      case 'DELETE named': {
        if (name !== me.userName) needRoot(me)
        const user = userNamed(name ?? '')
        state.users = state.users.filter((each) => each !== user)
        state.zones = state.zones.filter(({ owner }) => owner !== user.userName)
        return done()
      }
      default:
        throw new Answer(405)
    }
  }

  async function updateUser(me: SimulatedUser, fields: Map<string, string>): Promise<void> {
    const name = fields.get('userName') ?? me.userName
    if (name !== me.userName) needRoot(me)
    const user = userNamed(name)
    for (const field of EDITABLE) {
      const value = fields.get(field)
      if (value !== undefined && value !== '') user[field] = value
      else if (options.userUpdates !== 'merge' || value === '') delete user[field]
    }
    const password = fields.get('password')
    if (password !== undefined && password !== user.password) user.password = await passwordHash(password)
    user.dateModified = now()
  }

  async function createUser(fields: Map<string, string>): Promise<void> {
    const userName = fields.get('userName') ?? ''
    const password = fields.get('password') ?? ''
    if (userName === '' || password === '') throw new Answer(400)
    if (state.users.some((each) => each.userName === userName)) throw new Answer(options.duplicateStatus ?? 409)
    const given = EDITABLE.flatMap((field) => {
      const value = fields.get(field)
      return value === undefined || value === '' ? [] : [[field, value] as const]
    })
    state.users.push(await newUser({ userName, password, apikey: crypto.randomUUID(), ...Object.fromEntries(given) }))
  }

  function zoneCall(call: Incoming, first?: string, second?: string, third?: string): Response {
    const { request, me, query, accept } = call
    const { method } = request
    const list = (user: SimulatedUser) =>
      answerObjects(accept, 'domain', page(zonesOf(user), query).map(spelt).map(zoneFields), formats)
    if (first === undefined) {
      if (method !== 'POST') throw new Answer(405)
      createZone(call)
      return done()
    }
    if (third !== undefined) {
      if (second !== 'record') throw new Answer(404)
      return oneRecord(call, zoneOf(me, first), Number(third))
    }
    switch (`${method} ${second ?? (first === 'count' || first === 'list' ? first : 'zone')}`) {
      case 'GET count':
        return answerNumber(accept, second === undefined ? zonesOf(me).length : count(me, first))
      case 'GET list':
        if (second !== undefined) needRoot(me)
        return list(second === undefined ? me : userNamed(first))
      case 'GET records':
        return answerObjects(
          accept,
          'record',
          page(zoneOf(me, first).records, query).map(spelt).map(recordFields),
          formats,
        )
      case 'POST zone':
        return answerNumber(accept, createRecord(call, zoneOf(me, first)))
      case 'PUT zone':
        if (options.recordUpdates !== true) throw new Answer(405)
        updateRecord(call, zoneOf(me, first))
        return done()
      case 'DELETE zone': {
        const zone = zoneOf(me, first)
        state.zones = state.zones.filter((each) => each !== zone)
        return done()
      }
      default:
        throw new Answer(['count', 'list', 'records', undefined].includes(second) ? 405 : 404)
    }
  }

  function page<T>(items: readonly T[], query: URLSearchParams): T[] {
    const number = (name: string) => {
      const text = query.get(name) ?? '0'
      if (!/^-?\d{1,9}$/.test(text)) throw new Answer(404)
      return Number(text)
    }
    const offset = Math.max(0, number('offset'))
    const wanted = number('count')
    return items.slice(offset, offset + (wanted > MAX_PAGE || wanted < 0 ? MAX_PAGE : wanted === 0 ? PAGE : wanted))
  }

  function zoneOf(me: SimulatedUser, name: string): SimulatedZone {
    const zone = zonesOf(me).find((each) => spelt(each).name === name)
    if (!zone) throw new Answer(404)
    return zone
  }

  function count(me: SimulatedUser, name: string): number {
    const zone = state.zones.find((each) => spelt(each).name === name)
    if (zone) return zonesOf(me).includes(zone) ? zone.records.length : 0
    const user = state.users.find(({ userName }) => userName === name)
    if (!user) return 0
    needRoot(me)
    return zonesOf(user).length
  }

  function createZone({ request, me, query, body }: Incoming): void {
    const fields = readFields(request.headers.get('content-type'), body, 'domain')
    const name = (fields.get('name') ?? '').trim().toLowerCase()
    const type = fields.get('type') ?? 'NATIVE'
    const owner = query.get('userName') ?? me.userName
    if (owner !== me.userName) needRoot(me)
    userNamed(owner)
    if (!['NATIVE', 'MASTER', 'SLAVE'].includes(type) || !isFullName(name)) throw new Answer(400)
    if (state.zones.some((each) => each.name === name)) throw new Answer(options.duplicateStatus ?? 409)
    state.lastZoneId += 1
    const at = now()
    const soa = `${nameServers[0]} hostmaster@${name} 0 10800 3600 604800 3600`
    const zone = { zoneId: state.lastZoneId, name, type, owner, dateCreated: at, dateModified: at, records: [] }
    state.zones.push(zone)
    for (const [kind, content] of [['SOA', soa] as const, ...nameServers.map((server) => ['NS', server] as const)]) {
      keep(zone, { name, type: kind, content, ttl: 3600, prio: 0 })
    }
  }

  function keep(
    zone: SimulatedZone,
    record: Pick<SimulatedRecord, 'name' | 'type' | 'content' | 'ttl' | 'prio'>,
  ): number {
    state.lastRecordId += 1
    const at = now()
    zone.records.push({ ...record, active: true, id: state.lastRecordId, dateCreated: at, dateModified: at })
    return state.lastRecordId
  }

  /** The record of a body, as the server would keep it. */
  function recordOf({ request, body }: Incoming, zone: SimulatedZone) {
    const fields = readFields(request.headers.get('content-type'), body, 'record')
    const whole = (name: string) => {
      const text = fields.get(name) ?? '0'
      if (!/^-?\d{1,10}$/.test(text)) throw new Answer(400)
      return Number(text)
    }
    const [name, type, content] = ['name', 'type', 'content'].map((field) => fields.get(field))
    if (!name || !type || content === undefined) throw new Answer(400)
    if (options.contentAsName === true && isTooLongForIdn(content)) throw new Answer(500)
    let record
    try {
      const given = { name, type, content, ttl: whole('ttl'), prio: whole('prio') }
      record = validated(given, zone.records)
    } catch (error) {
      throw error instanceof Answer && error.status === 400 ? new Answer(options.invalidStatus ?? 400) : error
    }
    // The column is that wide.
    if (record.content.length > 255) throw new Answer(500)
    return { record, id: whole('id') }
  }

  function createRecord(call: Incoming, zone: SimulatedZone): number {
    return keep(zone, recordOf(call, zone).record)
  }

  /** Its check for a record of the same name, type and content finds the record itself when only the TTL is new. */
  function updateRecord(call: Incoming, zone: SimulatedZone): void {
    const { record, id } = recordOf(call, zone)
    const held = zone.records.find((each) => each.id === id)
    if (!held) throw new Answer(404)
    Object.assign(held, record, { dateModified: now() })
  }

  function oneRecord({ request, accept }: Incoming, zone: SimulatedZone, id: number): Response {
    const record = zone.records.find((each) => each.id === id)
    if (!record) throw new Answer(404)
    if (request.method === 'GET') return answerObjects(accept, 'record', recordFields(spelt(record)), formats)
    if (request.method !== 'DELETE') throw new Answer(405)
    zone.records = zone.records.filter((each) => each !== record)
    return done()
  }

  return simulation
}

const done = () => new Response(null, { status: 204 })
