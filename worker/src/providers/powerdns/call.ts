import { parseJson } from '../json.ts'
import { ProviderError } from '../provider-error.ts'
import type { ProviderContext } from '../provider.ts'
import { retryAfter, type UpstreamRequest, type UpstreamResponse } from '../upstream.ts'
import { errorSchema } from './wire.ts'

interface Question extends Pick<UpstreamRequest, 'method' | 'path' | 'query' | 'maxBytes' | 'timeout'> {
  body?: object
  /**
   * Doing it twice is the same as once: it may be sent again, also after a 500, which sqlite makes of two writes at
   * the same time.
   */
  idempotent?: boolean
}

/** Asks below `/api/v1/servers/{server}`. Throws `ProviderError` for every answer other than success. */
export type Call = (question: Question) => Promise<UpstreamResponse>

export function makeCall({ upstream, credentials }: Pick<ProviderContext, 'upstream' | 'credentials'>): Call {
  const server = `/api/v1/servers/${encodeURIComponent(credentials.server || 'localhost')}`
  return async ({ path, body, idempotent, ...rest }) => {
    const response = await upstream({
      ...rest,
      path: server + path,
      headers: {
        accept: 'application/json',
        'x-api-key': credentials.apiKey ?? '',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(idempotent ? { idempotent, retryOn: [500] } : {}),
    })
    if (response.status >= 400) throw toError(rest.method, response)
    return response
  }
}

function toError(method: string, response: UpstreamResponse): ProviderError {
  const { status } = response
  const said = words(response)
  switch (status) {
    case 401:
      return new ProviderError('auth', 'PowerDNS does not accept this API key.')
    case 403:
      return new ProviderError('forbidden', 'PowerDNS, or what stands in front of it, does not let this panel in.')
    case 404:
      return new ProviderError('missing', 'The server has no such zone.')
    case 409:
      return new ProviderError('conflict', 'The server has a zone of this name already.')
    case 400:
      return new ProviderError(
        'refused',
        'The server could not read the request. It takes 2 MB at once unless webserver-max-bodysize says otherwise: save in smaller parts.',
      )
    case 422:
      return new ProviderError('refused', said ?? 'The server refused this without saying why.')
    case 429: {
      const seconds = retryAfter(response.headers)
      return new ProviderError('rate-limited', 'The server asks for fewer calls.', {
        ...(seconds === undefined ? {} : { retryAfter: seconds }),
      })
    }
    case 500:
      // A PATCH is one transaction; making or removing a zone is several.
      return method === 'GET' || method === 'PATCH'
        ? new ProviderError(
            'unavailable',
            'The server failed (500). Its database may be locked by another program, or hold a record that it cannot read.',
          )
        : new ProviderError('unknown', 'The server failed (500), perhaps midway. Look at what it holds now.')
    case 502:
    case 504:
      return method === 'GET'
        ? new ProviderError('unavailable', `What stands in front of the server had no answer from it (${status}).`)
        : new ProviderError('unknown', `What stands in front of the server lost its answer (${status}).`)
    default:
      return status > 500
        ? new ProviderError('unavailable', `The server, or what stands in front of it, cannot answer now (${status}).`)
        : new ProviderError(
            'protocol',
            `The server answered with status ${status}, which the PowerDNS API does not know.`,
          )
  }
}

/** The `error` of a JSON answer; anything else may be a proxy's page. */
function words({ contentType, text }: UpstreamResponse): string | null {
  if (contentType !== 'application/json') return null
  const parsed = errorSchema.safeParse(parseJson(text))
  return parsed.success ? parsed.data.error.slice(0, 500) : null
}
