import { inRecordedOrder } from './replay-ties.ts'
import { isMasked, isSameShape, isSameText, maskText } from './replay-mask.ts'
import { simulate, type TechnitiumSimulator } from './simulator.ts'
import { queriesBefore } from './replay-traffic.ts'
import type { SeenQuery } from './simulator/traffic.ts'

/** One recorded session (the format is described with the recordings: requests, answers, placeholders for secrets). */
export interface Recording {
  session: string
  /** `Technitium DNS Server 15.2`. */
  server: string
  exchanges: Exchange[]
}

interface Exchange {
  name: string
  request: {
    method: string
    path: string
    query?: Record<string, string>
    form?: Record<string, string>
    files?: Record<string, { filename: string; contentType: string; text: string }>
    body?: string
    contentType?: string
    headers?: Record<string, string>
    auth?: { token: string; via: 'header' | 'form' | 'query' }
  }
  response: { status: number; contentType: string; json?: unknown; text?: string }
}

interface Difference {
  exchange: string
  /** `zone.soaSerial: recorded 3, answered 4`. */
  lines: string[]
}

export interface Score {
  session: string
  agree: number
  /** Uploads that were left out of the recording are not counted. */
  of: number
  differences: Difference[]
}

const LEFT_OUT = '(binary left out)'
/** In its place: what the simulator takes for an archive, by its name for that of an app it knows. */
const ARCHIVE = 'PK (an archive)'
const PLACEHOLDER = /\$\{(\w+)\}/g

/** Tells a recording from other JSON; throws with what is wrong. */
export function parseRecording(text: string): Recording {
  const value: unknown = JSON.parse(text)
  if (typeof value !== 'object' || value === null) throw new Error('A recording is a JSON object.')
  const { session, server, exchanges } = value as Partial<Recording>
  if (typeof session !== 'string' || !Array.isArray(exchanges)) {
    throw new Error('A recording has a “session” and a list of “exchanges”.')
  }
  return { session, server: typeof server === 'string' ? server : '', exchanges }
}

/**
 * Replays sessions in their order. Those of one server share a simulator, which starts fresh; tokens it makes take the
 * place of the recorded placeholders.
 */
export async function replay(recordings: readonly Recording[]): Promise<Score[]> {
  const runs = new Map<string, Run>()
  const scores: Score[] = []
  for (const recording of recordings) {
    let run = runs.get(recording.server)
    if (!run) runs.set(recording.server, (run = startRun(recording)))
    scores.push(await replaySession(run, recording))
  }
  return scores
}

interface Run {
  simulator: TechnitiumSimulator
  /** What each placeholder stands for. */
  secrets: Map<string, string>
  /** Key tags of the recording, and of the keys the simulator made in their place. */
  keyTags: Map<string, string>
  clock: { now: number }
  /** What reached the server so far. */
  queries: SeenQuery[]
}

/**
 * What was done and not recorded: a resolver was set that answers everything, these names were asked for, and a name was
 * blocked. The machine was called `vm` before its server had a domain, and the DNS was served on port 5353.
 */
const CACHED = ['www', 'nx', 'fail', 'xn--bcher-kva', ...Array.from({ length: 9 }, (_, at) => `host${at + 1}`)]
const BLOCKED = 'ads.blocked.test'
/** Sessions that were recorded after that. */
const AFTER_TRAFFIC = /^1[0-3]-/
const AFTER_APPS = /^1[23]-/

const ADMIN_TOKEN = 'a'.repeat(64)

function startRun(recording: Recording): Run {
  const clock = { now: firstTime(recording) ?? Date.now() }
  const password = passwordFor('admin')
  const domain = recording.exchanges.map(({ response }) => member(response.json, 'server')).find(isText)
  const queries: SeenQuery[] = []
  const simulator = simulate({
    version: /\b14\./.test(recording.server) ? '14.3' : '15.2',
    admin: { password, token: ADMIN_TOKEN },
    now: () => clock.now,
    machineName: 'vm',
    dnsPort: 5353,
    traffic: (minute) => queries.filter(({ at }) => at >= minute && at < minute + 60_000),
    cached: Object.fromEntries(CACHED.map((name) => [`${name}.upstream.test`, null])),
    ...(domain === undefined ? {} : { serverDomain: domain }),
  })
  return { simulator, secrets: new Map([['admin', ADMIN_TOKEN]]), keyTags: new Map(), clock, queries }
}

function passwordFor(user: string): string {
  return `password of ${user}`
}

function isText(value: unknown): value is string {
  return typeof value === 'string'
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined
}

const TIMES: ReadonlySet<string> = new Set(['lastModified', 'uptimestamp', 'timestamp'])

/** The recording's own clock: the newest change or query an answer tells of. */
function newestTime(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0
  const times = Object.entries(value).map(([name, inner]) =>
    TIMES.has(name) ? Date.parse(String(inner)) || 0 : newestTime(inner),
  )
  return times.reduce((a, b) => Math.max(a, b), 0)
}

/** Statistics of the last hour end with the last full minute. */
function lastMinute({ request, response }: Exchange): number {
  const { type, utc } = { ...request.query, ...request.form }
  if (request.path !== '/api/dashboard/stats/get' || type !== 'LastHour' || utc !== 'true') return 0
  const labels = member(member(member(response.json, 'response'), 'mainChartData'), 'labels')
  return Array.isArray(labels) ? Date.parse(String(labels.at(-1))) || 0 : 0
}

function firstTime(recording: Recording): number | null {
  for (const { response } of recording.exchanges) {
    const time = newestTime(response.json)
    if (time > 0) return time
  }
  return null
}

async function replaySession(run: Run, recording: Recording): Promise<Score> {
  if (AFTER_TRAFFIC.test(recording.session)) await callAsAdmin(run, '/api/blocked/add', { domain: BLOCKED })
  if (AFTER_APPS.test(recording.session)) await ensureFilterApp(run)
  const score: Score = { session: recording.session, agree: 0, of: 0, differences: [] }
  for (const exchange of recording.exchanges) {
    run.clock.now = Math.max(run.clock.now, newestTime(exchange.response.json), lastMinute(exchange))
    run.queries.push(...queriesBefore(recording.session, exchange.name, run.clock.now))
    await ensureTokens(run, exchange)
    const lines = await replayExchange(run, exchange)
    score.of++
    if (lines.length === 0) score.agree++
    else score.differences.push({ exchange: exchange.name, lines })
  }
  return score
}

/** A fault of the simulator itself is a difference like any other: the sessions after it are replayed all the same. */
async function replayExchange(run: Run, exchange: Exchange): Promise<string[]> {
  try {
    const response = await run.simulator.fetch(makeRequest(run, exchange.request))
    return await compare(run, exchange.response, response)
  } catch (error) {
    return [`the simulator failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`]
  }
}

/** A session replayed without the one that made its user: the user and the token are made now, as that one did. */
async function ensureTokens(run: Run, { request }: Exchange): Promise<void> {
  const name = /^\$\{(\w+)\}$/.exec(request.auth?.token ?? '')?.[1]
  if (name === undefined || run.secrets.has(name)) return
  await callAsAdmin(run, '/api/admin/users/create', { user: name, pass: passwordFor(name) })
  const made = await callAsAdmin(run, '/api/admin/sessions/createToken', { user: name, tokenName: 'panel' })
  const token = member(member(made, 'response'), 'token')
  if (isText(token)) run.secrets.set(name, token)
}

/** The session before installed it; a second time is refused, and changes nothing. */
async function ensureFilterApp(run: Run): Promise<void> {
  const form = new FormData()
  form.append('token', ADMIN_TOKEN)
  form.append('name', 'ContentFilter')
  form.append('appZip', new File([ARCHIVE], 'ContentFilter.zip', { type: 'application/zip' }))
  await run.simulator.fetch(new Request('http://simulator.test/api/apps/install', { method: 'POST', body: form }))
}

async function callAsAdmin(run: Run, path: string, form: Record<string, string>): Promise<unknown> {
  const body = new URLSearchParams({ ...form, token: ADMIN_TOKEN })
  const answer = await run.simulator.fetch(new Request(`http://simulator.test${path}`, { method: 'POST', body }))
  return answer.json()
}

function reveal(run: Run, text: string): string {
  return text.replace(PLACEHOLDER, (placeholder, name: string) => {
    const password = /^(\w+)Password$/.exec(name)?.[1]
    return password === undefined ? (run.secrets.get(name) ?? placeholder) : passwordFor(password)
  })
}

function makeRequest(run: Run, recorded: Exchange['request']): Request {
  const url = new URL(recorded.path, 'http://simulator.test')
  const headers = new Headers()
  for (const [name, value] of Object.entries(recorded.headers ?? {})) headers.set(name, reveal(run, value))
  for (const [name, value] of Object.entries(recorded.query ?? {})) url.searchParams.set(name, reveal(run, value))
  const fields = Object.entries(recorded.form ?? {}).map(([name, value]): [string, string] => [
    name,
    name === 'keyTag' && recorded.path.includes('/dnssec/') ? (run.keyTags.get(value) ?? value) : reveal(run, value),
  ])
  const { auth } = recorded
  if (auth) {
    const token = reveal(run, auth.token)
    if (auth.via === 'header') headers.set('authorization', `Bearer ${token}`)
    else if (auth.via === 'query') url.searchParams.set('token', token)
    else if (!recorded.form || !('token' in recorded.form)) fields.push(['token', token])
  }
  if (recorded.method === 'GET' || recorded.method === 'HEAD' || recorded.method === 'OPTIONS') {
    return new Request(url, { method: recorded.method, headers })
  }
  if (recorded.files) {
    const body = new FormData()
    for (const [name, value] of fields) body.append(name, value)
    for (const [name, file] of Object.entries(recorded.files)) {
      const text = file.text === LEFT_OUT ? ARCHIVE : file.text
      body.append(name, new File([text], file.filename, { type: file.contentType }))
    }
    return new Request(url, { method: recorded.method, headers, body })
  }
  // As bytes, so that nothing adds a charset to the content type: the server tells the difference.
  const own = recorded.body !== undefined
  const text = own ? reveal(run, recorded.body!) : new URLSearchParams(fields).toString()
  const contentType = own ? recorded.contentType : 'application/x-www-form-urlencoded'
  if (contentType !== undefined) headers.set('content-type', contentType)
  return new Request(url, { method: recorded.method, headers, body: new TextEncoder().encode(text) })
}

function mediaType(header: string | null): string {
  return (header ?? '').split(';')[0]!.trim()
}

async function compare(run: Run, recorded: Exchange['response'], response: Response): Promise<string[]> {
  const lines: string[] = []
  const note = (what: string, expected: unknown, actual: unknown) =>
    lines.push(`${what}: recorded ${print(expected)}, answered ${print(actual)}`)
  const expectedType = mediaType(recorded.contentType)
  const actualType = mediaType(response.headers.get('content-type'))
  if (recorded.status !== response.status) note('status', recorded.status, response.status)
  if (expectedType !== actualType) note('content type', expectedType, actualType)
  // A byte order mark is a part of what was recorded.
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(await response.arrayBuffer())
  if (recorded.json === undefined) {
    const expected = maskText(expectedType, recorded.text ?? '')
    const actual = maskText(actualType, text)
    if (expected !== actual) note('body', expected, actual)
  } else {
    compareJson(run, recorded.json, tryJson(text), [], note)
  }
  return lines
}

function tryJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return text
  }
}

type Note = (what: string, expected: unknown, actual: unknown) => void

function compareJson(run: Run, expected: unknown, actual: unknown, path: readonly string[], note: Note): void {
  const where = path.join('.') || 'body'
  if (isText(expected) && isText(actual)) {
    const name = /^\$\{(\w+)\}$/.exec(expected)?.[1]
    if (name === undefined) {
      if (!isSameText(expected, actual)) note(where, expected, actual)
    } else if (run.secrets.get(name) !== actual) {
      if (!/^[0-9a-f]{64}$/.test(actual)) note(where, expected, actual)
      run.secrets.set(name, actual)
    }
  } else if (Array.isArray(expected) && Array.isArray(actual)) {
    if (expected.length !== actual.length) note(`${where}.length`, expected.length, actual.length)
    for (const [index, value] of expected.entries()) {
      if (index < actual.length) compareJson(run, value, actual[index], [...path, String(index)], note)
    }
  } else if (isObject(expected) && isObject(actual)) {
    const parents = path.filter((part) => !/^\d+$/.test(part))
    for (const name of new Set([...Object.keys(expected), ...Object.keys(actual)])) {
      const both = name in expected && name in actual
      if (both && isMasked(parents, name)) continue
      const shape = both ? isSameShape(name, expected[name], actual[name]) : null
      if (shape === true) {
        if (name === 'keyTag') run.keyTags.set(String(expected[name]), String(actual[name]))
        continue
      }
      compareJson(run, expected[name], inRecordedOrder(name, expected[name], actual[name]), [...path, name], note)
    }
  } else if (expected !== actual) {
    note(where, expected, actual)
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function print(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value)
}
