import type { AccountOperation } from '@zonedeck/shared/account'
import type { FilterTokenMade } from '@zonedeck/shared/content-filter'
import type { Change } from '@zonedeck/shared/change'
import type { Job, Plan } from '@zonedeck/shared/job'
import { findingKey, setKey } from '@zonedeck/shared/plan/keys'
import type { RecordSet } from '@zonedeck/shared/record-set'
import type { ZoneContent, ZoneOperation } from '@zonedeck/shared/zone'
import { TestRunner } from 'vitest'
import openapi from '../../openapi.json'
import { emptyPanel, person, type Browser, type Panel } from '../http/test-panel.ts'
import { documentedCall } from './documented.ts'

/** A documented call that a test drove, and the route of ours that drove it. */
interface ProvenCall {
  id: string
  provider: string
  route: string
}

declare module 'vitest' {
  interface TaskMeta {
    /** Collected from the report of a run: a test that is gone or fails proves nothing. */
    calls?: ProvenCall[]
  }
}

/** One server behind the panel, driven through the panel's own API as a script would. */
export interface World {
  panel: Panel
  owner: Browser
  /** Id of the connection. */
  connection: string
  ask: <T>(method: string, path: string, body?: unknown, status?: number) => Promise<T>
  read: (zone: string) => Promise<ZoneContent>
  /** Plans, accepts every danger, applies, and returns the finished job. */
  write: (zone: string, input: { changes?: Change[]; operation?: ZoneOperation }) => Promise<Job>
  /** Makes the zone hold these sets (and no longer those that are `null`), as read just before. */
  edit: (zone: string, sets: Record<string, Pick<RecordSet, 'ttl' | 'records'> | null>) => Promise<Job>
  account: (operation: AccountOperation, secrets?: Record<string, string>) => Promise<Job>
  /** A call of a script, below the base URL of the connection's filter, with a token made for it. */
  script: <T>(method: string, path: string, body?: unknown, status?: number) => Promise<T>
}

const base = 'http://127.0.0.1:5999/upstream'

/**
 * Opens an empty panel with one connection to `internet` (a simulator's `fetch`). Every call that reaches it is held
 * against the documents, and noted with the route that was asked at the time.
 */
export async function openWorld(options: {
  provider: string
  internet: (request: Request) => Promise<Response>
  credentials: Record<string, string>
  /** Of an answer with a good status: did it do what it was asked? Some servers say so only in the body. */
  succeeded?: (answer: Response) => Promise<boolean>
}): Promise<World> {
  const { provider, credentials, succeeded = () => Promise.resolve(true) } = options
  const asked = { route: '' }
  const panel = await emptyPanel({
    internet: async (request) => {
      const body = await request.clone().text()
      const url = new URL(request.url)
      const path = decodeURI(url.pathname.slice(new URL(base).pathname.length))
      const answer = await options.internet(new Request(new URL(`${path}${url.search}`, url.origin), request))
      if (answer.ok && (await succeeded(answer.clone()))) {
        note(asked.route, { provider, method: request.method, path, query: Object.fromEntries(url.searchParams), body })
      }
      return answer
    },
  })
  const owner = await person(panel, 'usr_owner', 'owner')

  async function ask<T>(method: string, path: string, body?: unknown, status = 200): Promise<T> {
    asked.route = describe(method, path, body)
    return answered(await owner.ask(method, path, body), `${method} ${path}`, status)
  }

  const { id: connection } = await ask<{ id: string }>(
    'POST',
    'connections',
    { name: 'server', provider, url: base, credentials },
    201,
  )
  const at = (zone: string) => `connections/${connection}/zones/${encodeURIComponent(zone)}`

  async function answered<T>(response: Response, what: string, status: number): Promise<T> {
    const text = await response.text()
    if (response.status !== status) throw new Error(`${what}: ${response.status} ${text}`)
    const isJson = response.headers.get('content-type')?.includes('json') === true
    return (text === '' ? undefined : isJson ? JSON.parse(text) : text) as T
  }

  async function apply(path: string, input: object, secrets?: Record<string, string>): Promise<Job> {
    const { plan, findings } = await ask<Plan>('POST', `${path}/plans`, input)
    const accept = findings.filter(({ severity }) => severity === 'danger').map(findingKey)
    asked.route = describe('POST', `${path}/jobs`, input)
    const response = await owner.ask('POST', `${path}/jobs`, { ...input, plan, accept, ...(secrets && { secrets }) })
    if (response.status !== 200) throw new Error(`${path}/jobs: ${response.status} ${await response.text()}`)
    return (await response.json()) as Job
  }

  let token = ''
  const compat = '/api/compat/content-filter'
  async function script<T>(method: string, path: string, body?: unknown, status = 200): Promise<T> {
    if (token === '') {
      const tokens = `connections/${connection}/filter/tokens`
      token = (await ask<FilterTokenMade>('POST', tokens, { name: 'script' }, 201)).secret
    }
    asked.route = `${method} ${compat}/{connection}${path}`
    const headers = { Authorization: `Bearer ${token}` }
    const response = await panel.browser().ask(method, `${compat}/${connection}${path}`, body, headers)
    return answered(response, `${method} ${path}`, status)
  }

  const read = (zone: string) => ask<ZoneContent>('GET', at(zone))
  const write: World['write'] = (zone, { changes = [], operation }) =>
    apply(at(zone), { changes, ...(operation === undefined ? {} : { operation }) })

  return {
    panel,
    owner,
    connection,
    ask,
    read,
    write,
    edit: async (zone, sets) => {
      const { recordSets } = await read(zone)
      const held = new Map(recordSets.map((set) => [setKey(set), set]))
      const changes = Object.entries(sets).map(([key, wanted]): Change => {
        const [name = '@', type = 'A'] = key.split(' ')
        const before = held.get(key) ?? null
        return { name, type, before, after: wanted === null ? null : { ...before, name, type, ...wanted } }
      })
      return write(zone, { changes })
    },
    account: (operation, secrets) => apply(`connections/${connection}/accounts`, { operation }, secrets),
    script,
  }
}

/** The route of the API's description that this is, with the operation it carries. */
function describe(method: string, path: string, body: unknown): string {
  const given = `/api/v1/${path.split('?', 1)[0] ?? ''}`.split('/')
  // What is spelled out wins over what is a parameter: `/accounts/plans` is no account.
  const [route] = Object.keys(openapi.paths)
    .filter((template) => {
      const wanted = template.split('/')
      return wanted.length === given.length && wanted.every((part, i) => part.startsWith('{') || part === given[i])
    })
    .sort((a, b) => a.split('{').length - b.split('{').length)
  if (route === undefined) throw new Error(`The API has no route for ${path}.`)
  const operation = typeof body === 'object' && body !== null && 'operation' in body ? body.operation : undefined
  const name =
    typeof operation === 'object' && operation !== null && 'operation' in operation
      ? ` · ${String(operation.operation)}`
      : ''
  return `${method} ${route}${name}`
}

function note(route: string, seen: Parameters<typeof documentedCall>[0]): void {
  const call = documentedCall(seen)
  const test = TestRunner.getCurrentTest()
  if (call === undefined || test === undefined) return
  const calls = (test.meta.calls ??= [])
  if (
    !calls.some(({ id, provider, route: known }) => id === call.id && provider === call.provider && known === route)
  ) {
    calls.push({ id: call.id, provider: call.provider, route })
  }
}
