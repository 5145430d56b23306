import type { ProviderContext } from '../provider.ts'
import { ProviderError } from '../provider-error.ts'
import { parseJson } from '../json.ts'
import { retryAfter, type UpstreamRequest, type UpstreamResponse } from '../upstream.ts'
import { errorSchema } from './wire.ts'

interface Question {
  method: UpstreamRequest['method']
  /** Below `/v1/dns`, already percent-encoded. */
  path: string
  body?: object
  /** Doing it twice is the same as once: it may be sent again. */
  idempotent?: boolean
  maxBytes?: number
  /** Milliseconds. */
  timeout?: number
}

export type Call = (question: Question) => Promise<UpstreamResponse>

/** Throws `ProviderError` for every answer other than success. */
export function makeCall({ upstream, credentials }: ProviderContext): Call {
  const headers = {
    accept: 'application/json',
    // Personal access tokens have a scheme of their own.
    authorization: `${credentials.scheme || 'Token'} ${credentials.token ?? ''}`,
    'x-organisation-identity': credentials.organisation ?? '',
    ...(credentials.project ? { 'x-project-identity': credentials.project } : {}),
  }
  return async ({ path, body, ...rest }) => {
    const response = await upstream({
      ...rest,
      path: `/v1/dns${path}`,
      headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    if (response.status >= 400) throw toError(rest.method, path, response)
    return response
  }
}

function toError(method: string, path: string, response: UpstreamResponse): ProviderError {
  const { status } = response
  const said = words(response)
  const says = said === null ? '' : ` It says: ${said}`
  switch (status) {
    case 400:
    case 422:
      return new ProviderError('refused', said ? `Thalassa says: ${said}` : 'Thalassa refused this without saying why.')
    case 401:
      return new ProviderError(
        'auth',
        'Thalassa does not accept this token. Is it of the kind that was chosen, and still valid?',
      )
    case 403:
      return new ProviderError('forbidden', gateSentence(path, said) + says)
    case 404:
      return new ProviderError('missing', 'Thalassa has no such zone or record in this organisation and project.')
    case 405:
      return new ProviderError('protocol', 'Thalassa does not know this way of addressing a zone or record (405).')
    case 409:
      return new ProviderError('conflict', `Thalassa holds this already.${says}`)
    case 429: {
      const seconds = retryAfter(response.headers)
      return new ProviderError(
        'rate-limited',
        `Thalassa asks for fewer calls${seconds === undefined ? '' : `; it wants ${seconds} seconds of rest`}.`,
        seconds === undefined ? {} : { retryAfter: seconds },
      )
    }
    case 503:
      return new ProviderError('unavailable', `Thalassa cannot do this now (503).${says}`)
    default:
      if (status < 500) return new ProviderError('protocol', `Thalassa answered with status ${status}.${says}`)
      return method === 'GET'
        ? new ProviderError('unavailable', `Thalassa failed (${status}).${says}`)
        : new ProviderError('unknown', `Thalassa failed (${status}), perhaps midway. Look at what it holds now.${says}`)
  }
}

/** A whole feature that is switched off looks like a missing right: the difference is who can help. */
function gateSentence(path: string, said: string | null): string {
  const named = /\b(dns|kms)\b/i.exec(said ?? '')?.[1]?.toLowerCase()
  const gate = named ?? (path.endsWith('/dnssec') ? 'kms' : 'dns')
  return /\bgate\b/i.test(said ?? '')
    ? `The feature gate “${gate}” is off for this organisation: ask Thalassa to switch it on.`
    : `Thalassa does not allow this: the token lacks the right, or the feature gate “${gate}” is off for this organisation.`
}

/** The `message` of a JSON answer as one line of text; anything else may be a page of what stands in front. */
function words({ text }: UpstreamResponse): string | null {
  try {
    const parsed = errorSchema.safeParse(parseJson(text))
    return parsed.success ? oneLine(parsed.data.message) || null : null
  } catch {
    return null
  }
}

/** The server's words, fit to stand in a sentence. */
export function oneLine(text: string): string {
  return text
    .replace(/<[^>]*>/g, ' ')
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim()
    .slice(0, 300)
}
