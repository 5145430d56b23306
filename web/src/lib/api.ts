import { goto, invalidate } from '$app/navigation'
import { navigating } from '$app/state'
import type { Problem } from '@zonedeck/shared/problem'
import type { DnsRecord } from '@zonedeck/shared/record-set'
import type { Api } from '@zonedeck/worker/api'
import type { ClientResponse, hc } from 'hono/client'
import type { JSONValue } from 'hono/utils/types'
import { makeClient } from './client.ts'
import { ProblemError } from './problem-error.ts'
import { signInPath } from './safe-next.ts'

/** The worker's API, typed by the worker's own routes. Its requests go through `call` or, for streams, `respond`. */
export const api = (makeClient('', send) as ReturnType<typeof hc<Api>>).api.v1

let mayRepeat: (refusal: Response) => Promise<boolean> = () => Promise.resolve(false)

/** Who is asked about a refused call: true when it may be made again. Set once, as the app starts. */
export function onRefusal(ask: (refusal: Response) => Promise<boolean>): void {
  mayRepeat = ask
}

/**
 * A call that needs a fresh authentication is made again once the person has confirmed who they are. One that they may
 * not make (any more) was offered by a page that does not know yet: it learns what they may do now.
 */
async function send(...request: [url: string, init: RequestInit]): Promise<Response> {
  const response = await fetch(...request)
  if (response.status !== 403) return response
  if (await mayRepeat(response.clone())) return fetch(...request)
  if (request[1].method !== 'GET') void invalidate('app:session')
  return response
}

type Success = 200 | 201 | 202 | 204
type Body<R> =
  R extends ClientResponse<infer T, infer Status, string> ? (Status extends Success ? Json<T> : never) : never

/**
 * What `hc` says of a body, made exact: JSON has no `undefined`, the values a provider keeps for itself are any JSON (`hc`
 * loses the recursive type), and what may be anything has no depth to look into.
 */
type Json<T> = [JSONValue] extends [T]
  ? unknown
  : T extends object
    ? { [Key in keyof T]: Key extends 'native' ? NonNullable<DnsRecord['native']> : Json<Exclude<T[Key], undefined>> }
    : T

/**
 * The answer's body, or a thrown `ProblemError`.
 *
 *     const connections = await call(api.connections.$get())
 */
export async function call<R extends ClientResponse<unknown, number, string>>(request: Promise<R>): Promise<Body<R>> {
  const response = await respond(request)
  if (response.status === 204) return undefined as Body<R>
  return (await response.json()) as Body<R>
}

/** The answer itself, once it is a success: for bodies that are read while they arrive. */
export async function respond<R extends ClientResponse<unknown, number, string>>(request: Promise<R>): Promise<R> {
  let response: R
  try {
    response = await request
  } catch (cause) {
    // An abandoned request is not a trouble of the network.
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause
    throw new ProblemError(offline)
  }
  if (response.ok) return response
  const problem = await readProblem(response)
  // `load` and event handlers alike end up here: one place leads to the sign-in page and back.
  if (problem.type === '/problems/auth/signed-out' && location.pathname !== '/sign-in') {
    // While a page is being loaded the address is still that of the last one.
    void goto(signInPath(navigating.to?.url ?? new URL(location.href)), { replace: true })
  }
  throw new ProblemError(problem)
}

const offline: Problem = {
  type: '/problems/panel/offline',
  title: 'The panel cannot be reached',
  status: 503,
  detail: 'No answer came from the panel. Check the connection of this device; drafts stay here.',
}

async function readProblem(response: ClientResponse<unknown, number, string>): Promise<Problem> {
  const type = response.headers.get('content-type') ?? ''
  if (type.includes('json')) {
    const body: unknown = await response.json().catch(() => null)
    if (isProblem(body)) return body
  }
  return {
    type: '/problems/panel/no-problem',
    title: 'The panel answered in a way that is not its own',
    status: response.status,
    detail: `Status ${response.status} came without an explanation. Something between this page and the panel may have answered instead.`,
  }
}

function isProblem(body: unknown): body is Problem {
  return typeof body === 'object' && body !== null && 'type' in body && 'title' in body && 'status' in body
}
