import { createOwnToken, getSession, login } from './api-sessions.ts'
import type { Call, Members } from './call.ts'
import { hasExpired, type Session } from './directory.ts'
import { ageKeys } from './dnssec.ts'
import { InvalidToken, SecondFactorRequired, ServerError } from './errors.ts'
import { makeParameters, type Parameters } from './parameters.ts'
import { ROUTES, TEXT_ROUTES } from './routes.ts'
import type { State } from './state.ts'

/** The web server in front of the API takes no longer request line. */
const MAX_REQUEST_LINE = 8192
const FRESH = { 'cache-control': 'no-cache, no-store, must-revalidate', pragma: 'no-cache', expires: '0' }

interface Received {
  path: string
  method: string
  parameters: Parameters
  authorization: string | null
  userAgent: string | null
  american: boolean
  contentType: string | null
  body: string
  file: string | null
  fileName: string | null
  isForm: boolean
}

/** One request of the API, answered as the real server does: with status 200 for everything it understood. */
export async function answer(state: State, request: Request): Promise<Response> {
  const url = new URL(request.url)
  const requestLine = `${request.method} ${url.pathname}${url.search} HTTP/1.1\r\n`
  if (requestLine.length > MAX_REQUEST_LINE) return new Response(null, { status: 414 })
  if (!url.pathname.startsWith('/api/')) return new Response(null, { status: 404, headers: FRESH })
  try {
    const received = await receive(request, url)
    return respond(nodeFor(state, received), received)
  } catch (error) {
    if (error instanceof Error && statusOf(error) !== null) return failure(state, error)
    throw error
  }
}

async function receive(request: Request, url: URL): Promise<Received> {
  const contentType = request.headers.get('content-type')
  const mediaType = contentType?.split(';')[0]?.trim().toLowerCase()
  const multipart = mediaType === 'multipart/form-data'
  const urlencoded = mediaType === 'application/x-www-form-urlencoded'
  let form: URLSearchParams | null = null
  let file: string | null = null
  let fileName: string | null = null
  let body = ''
  if (multipart) {
    form = new URLSearchParams()
    for (const [name, value] of await request.formData()) {
      if (typeof value === 'string') form.append(name, value)
      else if (file === null) {
        file = await value.text()
        fileName = value.name
      }
    }
  } else {
    body = new TextDecoder().decode(await request.arrayBuffer())
    if (urlencoded) form = new URLSearchParams(body)
  }
  return {
    path: url.pathname.slice('/api/'.length),
    method: request.method,
    parameters: makeParameters(url.searchParams, form),
    authorization: request.headers.get('authorization'),
    userAgent: request.headers.get('user-agent'),
    american: /^(en-us|$)/i.test(request.headers.get('accept-language') ?? ''),
    contentType,
    body,
    file,
    fileName,
    isForm: multipart || urlencoded,
  }
}

/** Before version 15 the header was not looked at; since then it alone counts when it is there. */
function tokenOf(state: State, { authorization, parameters }: Received): string | null {
  const bearer = state.legacy ? null : /^bearer (.*)$/i.exec(authorization ?? '')
  const token = bearer ? bearer[1]!.trim() : parameters.raw('token')
  return token === '' ? null : token
}

function sessionOf(state: State, received: Received): Session | null {
  const token = tokenOf(state, received)
  const session = token === null ? undefined : state.directory.sessions.get(token)
  if (!session || state.directory.users.get(session.username)?.disabled !== false) return null
  if (session.type === 'SingleUse') state.directory.sessions.delete(session.token)
  else if (hasExpired(state.directory, session, state.now())) {
    state.directory.sessions.delete(session.token)
    return null
  }
  session.lastSeen = state.now()
  session.lastSeenUserAgent = received.userAgent
  return session
}

function makeCall(state: State, received: Received): Call {
  if (state.legacy) received.parameters.text('token')
  const session = sessionOf(state, received)
  if (!session) throw new InvalidToken()
  return { ...received, state, session, user: state.directory.users.get(session.username)! }
}

/** Calls that need no session, or whose answer has no `response` around it. */
function openCall(state: State, received: Received): Members | null {
  const { path, parameters, userAgent } = received
  switch (path) {
    case 'user/login':
      return login(state, parameters, userAgent)
    case 'user/createToken':
      return createOwnToken(state, parameters, userAgent, sessionOf(state, received))
    case 'user/logout':
      if (state.legacy) parameters.text('token')
      state.directory.sessions.delete(tokenOf(state, received) ?? '')
      return {}
    case 'user/session/get':
      return getSession(makeCall(state, received))
    case 'sso/status':
      return state.legacy ? null : { ssoEnabled: false }
    default:
      return null
  }
}

/** Calls that a node answers itself, whatever node they name. */
const OWN_CALLS: ReadonlySet<string> = new Set([
  'sso/status',
  'user/login',
  'user/logout',
  'user/createToken',
  'user/session/get',
  'user/session/delete',
])

/** The node of a cluster that a call is meant for; without a cluster the parameter is not looked at. */
function nodeFor(state: State, { path, parameters }: Received): State {
  const name = parameters.text('node', '')
  if (!state.cluster || name === '' || name === 'cluster' || OWN_CALLS.has(path)) return state
  const node = state.cluster.nodes.get(name.toLowerCase())
  if (!node) throw new ServerError(`No such node exists in the Cluster by name: ${name}`)
  return node
}

/** Calls that version 14 does not know. */
const NEW_IN_15: ReadonlySet<string> = new Set(['zones/dnssec/properties/activateKskDnsKey', 'dashboard/metrics/json'])

function respond(state: State, received: Received): Response {
  const known = received.method === 'GET' || received.method === 'POST'
  const open = known ? openCall(state, received) : null
  const end = { server: state.serverDomain, status: 'ok' }
  if (open) return json({ ...open, ...end }, FRESH)
  const call = makeCall(state, received)
  for (const zone of state.zones.values()) ageKeys(state, zone)
  const print = known ? TEXT_ROUTES[received.path] : undefined
  if (print) {
    const { text, filename, contentType = 'text/plain' } = print(call)
    const kept = filename === undefined ? {} : { 'content-disposition': `attachment;filename=${filename}` }
    return new Response(text, { headers: { 'content-type': contentType, ...kept } })
  }
  const handler = known && !(state.legacy && NEW_IN_15.has(received.path)) ? ROUTES[received.path] : undefined
  if (!handler) return new Response(null, { status: 404, headers: FRESH })
  return json({ response: handler(call), ...end }, FRESH)
}

function statusOf(error: Error): string | null {
  if (error instanceof ServerError) return 'error'
  if (error instanceof InvalidToken) return 'invalid-token'
  return error instanceof SecondFactorRequired ? '2fa-required' : null
}

function failure(state: State, error: Error): Response {
  const status = statusOf(error)
  const inner = error instanceof ServerError ? error.inner : undefined
  return json(
    {
      server: state.serverDomain,
      status,
      errorMessage: error.message,
      ...(state.legacy && status === 'error' ? { stackTrace: '   at the simulator' } : {}),
      ...(inner === undefined ? {} : { innerErrorMessage: inner }),
    },
    { 'cache-control': 'no-cache,no-store' },
  )
}

function json(value: unknown, headers: Record<string, string>): Response {
  return new Response(JSON.stringify(value), {
    headers: { ...headers, 'content-type': 'application/json; charset=utf-8' },
  })
}
