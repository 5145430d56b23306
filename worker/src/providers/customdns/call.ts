import { ProviderError, type ProviderErrorKind } from '../provider-error.ts'
import type { ProviderContext } from '../provider.ts'
import { retryAfter, type UpstreamRequest, type UpstreamResponse } from '../upstream.ts'

/** An error that came as an answer: 500 and more may be a refusal as well as a failure here. */
export class AnswerError extends ProviderError {
  readonly status: number

  constructor(status: number, kind: ProviderErrorKind, message: string, more: { retryAfter?: number } = {}) {
    super(kind, message, more)
    this.status = status
  }
}

interface Ask extends Pick<UpstreamRequest, 'method' | 'path' | 'query' | 'idempotent'> {
  /** XML. */
  body?: string
  /** What the answer is: an object or a list of them, a number, or nothing that is read. */
  answer: 'objects' | 'number' | 'nothing'
}

export type Call = (ask: Ask) => Promise<UpstreamResponse>

const XML = 'application/xml'
const ACCEPT = { objects: XML, number: 'text/plain, */*;q=0.5', nothing: '*/*' }
/** A thousand records are half of that. */
const MAX_BYTES = 4 * 2 ** 20

/** Calls the API. Throws `AnswerError` for every status from 400 on; a body is never read for its meaning. */
export function makeCall({ upstream, credentials }: ProviderContext): Call {
  async function attempt({ method, path, query, idempotent, body }: Ask, accept: string): Promise<UpstreamResponse> {
    return upstream({
      method,
      path,
      ...(query === undefined ? {} : { query }),
      ...(idempotent === undefined ? {} : { idempotent }),
      ...(body === undefined ? {} : { body }),
      headers: {
        accept,
        'X-CustomDNS-API-Key': credentials.apiKey ?? '',
        ...(body === undefined ? {} : { 'content-type': `${XML}; charset=utf-8` }),
      },
      maxBytes: MAX_BYTES,
    })
  }

  return async (ask) => {
    const first = await attempt(ask, ACCEPT[ask.answer])
    // The document offers both; a server that has only JSON says 406 to a wish for XML.
    const response = first.status === 406 && ask.answer === 'objects' ? await attempt(ask, 'application/json') : first
    if (response.status >= 400) throw toError(ask, response)
    return response
  }
}

function toError({ method, path }: Ask, response: UpstreamResponse): AnswerError {
  const { status } = response
  const error = (kind: ProviderErrorKind, message: string) => new AnswerError(status, kind, message)
  // What is said of an account may repeat its password.
  const said = path.startsWith('/user') ? null : words(response)
  switch (status) {
    case 401:
      return error('auth', 'CustomDNS does not accept this API key.')
    case 403:
      return error('forbidden', 'The account of this API key may not do this: it needs a ROOT account.')
    case 404:
      return error('missing', 'The server does not have it, or does not show it to this account.')
    case 405:
    case 501:
      return error('refused', `The server does not offer this call (${status}).`)
    case 400:
    case 422:
      return error('refused', said ?? `The server refused this (${status}) and gave no reason.`)
    case 409:
      return error('conflict', said ?? 'The server has it already.')
    case 429: {
      const seconds = retryAfter(response.headers)
      return new AnswerError(status, 'rate-limited', 'The server asks for fewer calls.', {
        ...(seconds === undefined ? {} : { retryAfter: seconds }),
      })
    }
    case 502:
    case 504:
      return method === 'GET'
        ? error('unavailable', `What stands in front of the server had no answer from it (${status}).`)
        : error('unknown', `What stands in front of the server lost its answer (${status}).`)
    case 503:
      return error('unavailable', 'The server, or what stands in front of it, cannot answer now (503).')
    default:
      if (status < 500)
        return error('protocol', `The server answered with status ${status}, which it does not document.`)
      // The document knows no other answer to a mistake than 5xx.
      return method === 'GET'
        ? error(
            'unavailable',
            `The server failed (${status}). CustomDNS also answers so to an API key that it does not accept, or a name that it does not know.`,
          )
        : error(
            'refused',
            `The server failed (${status}) and gave no reason. CustomDNS also answers so to what it does not like, or an API key that it does not accept.`,
          )
  }
}

/** The server's own sentence, without its HTML; nothing where it is a page, a trace or an object. */
function words({ contentType, text }: UpstreamResponse): string | null {
  if (contentType !== 'text/plain' && contentType !== 'text/html') return null
  const plain = text
    .replace(/<(style|script|head)\b.*?<\/\1>/gis, ' ')
    .replace(/<[^>]*>?/g, ' ')
    .replace(/&(?:[a-z]+|#\w+);/gi, ' ')
    .replace(/\s+/g, ' ')
    .trim()
  const isSentence = plain.length >= 3 && plain.length <= 200 && !/exception|\bat [\w$.]+\(|[<{}]/i.test(plain)
  return isSentence ? `The server says: ${plain}` : null
}
