import type * as z from 'zod'
import { ProviderError } from '../provider-error.ts'
import type { ProviderContext } from '../provider.ts'
import { parseJson } from '../json.ts'
import { envelope } from './wire.ts'

export type Params = Readonly<Record<string, string>>

export interface CallOptions {
  /** Changes nothing: may be retried. */
  reads?: boolean
  maxBytes?: number
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

/**
 * Calls one API method: always POST with a form, the token in the `Authorization` header. Servers before 15 read the
 * token only from the form: when the header is not enough, the call is made again with it there, and so are all later
 * ones of this context. Nothing has happened on the server by then.
 */
export function makeCall({ upstream, credentials }: ProviderContext) {
  const token = credentials['token'] ?? ''
  let tokenInForm = false

  async function attempt(path: string, params: Params, options: CallOptions) {
    const form = new URLSearchParams({ ...params, ...(tokenInForm ? { token } : {}) })
    const answer = await upstream({
      method: 'POST',
      path,
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        accept: 'application/json',
        ...(tokenInForm ? {} : { authorization: `Bearer ${token}` }),
      },
      body: form.toString(),
      ...(options.reads === true ? { reads: true } : {}),
      ...(options.maxBytes === undefined ? {} : { maxBytes: options.maxBytes }),
    })
    if (answer.status >= 500) {
      throw new ProviderError('unavailable', `The server answered with status ${answer.status}.`)
    }
    if (answer.status === 404) throw new ProviderError('protocol', 'There is no Technitium API at this address.')
    const parsed = envelope.safeParse(answer.contentType === 'application/json' ? parseJson(answer.text) : null)
    if (!parsed.success) {
      throw new ProviderError(
        'protocol',
        'The server did not answer as a Technitium DNS Server does. Is the address right?',
      )
    }
    return parsed.data
  }

  /** Throws ProviderError; answers the whole envelope for the few calls that keep their fields at its top. */
  async function whole(path: string, params: Params, options: CallOptions = {}) {
    let answer = await attempt(path, params, options)
    const notSeen = answer.status === 'invalid-token' || answer.errorMessage === "Parameter 'token' missing."
    if (notSeen && !tokenInForm) {
      tokenInForm = true
      answer = await attempt(path, params, options)
    }
    if (answer.status === 'ok') return answer
    if (answer.status === 'error') throw failure(answer.errorMessage ?? '')
    throw new ProviderError('auth', 'The server does not accept the token. Make a new one there and enter it here.')
  }

  /** The `response` of a call, in the shape it should have. */
  async function call<T>(path: string, params: Params, shape: z.ZodType<T>, options: CallOptions = {}): Promise<T> {
    return parse((await whole(path, params, options)).response, shape, path)
  }

  return { call, whole }
}

/** Throws `protocol` with the place that is not as it should be. */
export function parse<T>(value: unknown, shape: z.ZodType<T>, path: string): T {
  const parsed = shape.safeParse(value)
  if (parsed.success) return parsed.data
  const place = parsed.error.issues[0]?.path.join('.') ?? ''
  throw new ProviderError('protocol', `The server's answer to ${path} is not as expected at "${place}".`)
}
