import type * as z from 'zod'
import { ProviderError } from '../provider-error.ts'
import type { ProviderContext } from '../provider.ts'
import { parseJson } from '../json.ts'
import type { UpstreamResponse } from '../upstream.ts'
import { envelope, type Envelope } from './wire.ts'

export type Params = Readonly<Record<string, string>>

export interface CallOptions {
  /** Changes nothing: may be retried. */
  reads?: boolean
  maxBytes?: number
  /** Milliseconds. */
  timeout?: number
  /** Sent as the file of a multipart form. */
  file?: string
}

/** The server answers 200 to almost everything; what went wrong is in the words. */
function failure(message: string): ProviderError {
  if (/access was denied/i.test(message)) return new ProviderError('forbidden', `The server says: ${message}`)
  if (/^no such zone was found/i.test(message)) return new ProviderError('missing', `The server says: ${message}`)
  if (/zone already exists/i.test(message)) return new ProviderError('conflict', `The server says: ${message}`)
  // A message may quote what we sent at length; the beginning tells enough.
  const words = message.length > 300 ? `${message.slice(0, 300)}…` : message
  return new ProviderError(
    'refused',
    words === '' ? 'The server refused and gave no reason.' : `The server says: ${words}`,
  )
}

/** Calls that each node of a cluster answers itself. */
const OWN = '/api/user/'
/** The only calls that all nodes answer together, for a node of this name. */
const TOGETHER = '/api/dashboard/stats/'
const ALL = 'cluster'

/**
 * Calls one API method: always POST with a form, the token in the `Authorization` header. Servers before 15 read the
 * token only from the form: when the header is not enough, the call is made again with it there, and so are all later
 * ones of this context. Nothing has happened on the server by then.
 *
 * With a node named in the credentials, the server hands the calls on to that node of its cluster; without a cluster it
 * does not look at the name.
 */
export function makeCall({ upstream, credentials }: ProviderContext) {
  const token = credentials['token'] ?? ''
  const node = (credentials['node'] ?? '').trim()
  let tokenInForm = false

  async function send(path: string, given: Params, options: CallOptions): Promise<UpstreamResponse> {
    const params = {
      ...given,
      ...(isFor(node, path) ? { node } : {}),
      ...(tokenInForm ? { token } : {}),
    }
    const answer = await upstream({
      method: 'POST',
      path,
      headers: {
        ...(options.file === undefined ? { 'content-type': 'application/x-www-form-urlencoded' } : {}),
        accept: 'application/json',
        ...(tokenInForm ? {} : { authorization: `Bearer ${token}` }),
      },
      body: options.file === undefined ? new URLSearchParams(params).toString() : withFile(params, options.file),
      ...(options.reads === true ? { reads: true } : {}),
      ...(options.maxBytes === undefined ? {} : { maxBytes: options.maxBytes }),
      ...(options.timeout === undefined ? {} : { timeout: options.timeout }),
    })
    if (answer.status >= 500) {
      throw new ProviderError('unavailable', `The server answered with status ${answer.status}.`)
    }
    if (answer.status === 404) throw new ProviderError('protocol', 'There is no Technitium API at this address.')
    return answer
  }

  /** Says the token as this server reads it. */
  async function sendKnown(path: string, params: Params, options: CallOptions): Promise<UpstreamResponse> {
    const answer = await send(path, params, options)
    if (tokenInForm || answer.contentType !== 'application/json') return answer
    const said = envelope.safeParse(parseJson(answer.text)).data
    const notSeen = said?.status === 'invalid-token' || said?.errorMessage === "Parameter 'token' missing."
    if (!notSeen) return answer
    tokenInForm = true
    return send(path, params, options)
  }

  /** Throws ProviderError; answers the whole envelope for the few calls that keep their fields at its top. */
  async function whole(path: string, params: Params, options: CallOptions = {}) {
    return understood(await sendKnown(path, params, options))
  }

  /** The `response` of a call, in the shape it should have. */
  async function call<T>(path: string, params: Params, shape: z.ZodType<T>, options: CallOptions = {}): Promise<T> {
    return parse((await whole(path, params, options)).response, shape, path)
  }

  /** Of the calls that answer with a file; what goes wrong is JSON there, too. */
  async function file(path: string, params: Params, options: CallOptions = {}): Promise<string> {
    const answer = await sendKnown(path, params, options)
    if (answer.contentType === 'text/plain') return answer.text
    understood(answer)
    throw notTechnitium()
  }

  return {
    call,
    whole,
    file,
    /** Once a call was answered: is the server older than version 15, the first one to read the token from the header? */
    isBefore15: () => tokenInForm,
  }
}

function isFor(node: string, path: string): boolean {
  return node.toLowerCase() === ALL ? path.startsWith(TOGETHER) : node !== '' && !path.startsWith(OWN)
}

function withFile(params: Params, text: string): FormData {
  const form = new FormData()
  for (const [name, value] of Object.entries(params)) form.append(name, value)
  form.append('file', new File([text], 'zone.txt', { type: 'text/plain' }))
  return form
}

function notTechnitium(): ProviderError {
  return new ProviderError(
    'protocol',
    'The server did not answer as a Technitium DNS Server does. Is the address right?',
  )
}

/** The envelope of an answer that went well; throws what it says otherwise. */
function understood({ contentType, text }: Pick<UpstreamResponse, 'contentType' | 'text'>): Envelope {
  const parsed = envelope.safeParse(contentType === 'application/json' ? parseJson(text) : null)
  if (!parsed.success) throw notTechnitium()
  const { status, errorMessage } = parsed.data
  if (status === 'ok') return parsed.data
  if (status === 'error') throw failure(errorMessage ?? '')
  throw new ProviderError('auth', 'The server does not accept the token. Make a new one there and enter it here.')
}

/** Throws `protocol` with the place that is not as it should be. */
export function parse<T>(value: unknown, shape: z.ZodType<T>, path: string): T {
  const parsed = shape.safeParse(value)
  if (parsed.success) return parsed.data
  const place = parsed.error.issues[0]?.path.join('.') ?? ''
  throw new ProviderError('protocol', `The server's answer to ${path} is not as expected at "${place}".`)
}
