import { parseJson } from '../json.ts'
import { ProviderError } from '../provider-error.ts'
import { retryAfter, type UpstreamResponse } from '../upstream.ts'
import { errorSchema, fieldErrorsSchema } from './wire.ts'

interface Words {
  text: string
  /** Which field of the body they are about. */
  field?: string
}

/** Sentence for an answer that is no success, with the server's words and the field it blames. */
export function failure(method: string, response: UpstreamResponse): ProviderError {
  const { status } = response
  const words = wordsOf(response)
  const field = words?.field
  const said = words && `VPS.org says: ${words.text}${field === undefined ? '' : ` (field “${field}”)`}`
  const more = field === undefined ? {} : { field }
  switch (status) {
    case 401:
      return new ProviderError(
        'auth',
        'VPS.org does not accept the token. Make a new one under Account › Developers and enter it here.',
      )
    case 403:
      return new ProviderError(
        'forbidden',
        said ?? 'VPS.org, or what stands in front of it, does not let this token do it.',
      )
    case 404:
      return new ProviderError('missing', 'VPS.org has no such zone or record in this account.')
    case 409:
      return new ProviderError('conflict', said ?? 'VPS.org holds something else by now.', more)
    case 429: {
      const seconds = retryAfter(response.headers) ?? secondsIn(words?.text ?? '')
      return new ProviderError(
        'rate-limited',
        `VPS.org asks to wait${seconds === undefined ? '' : ` ${seconds} seconds`} before the next call.`,
        seconds === undefined ? {} : { retryAfter: seconds },
      )
    }
    case 400:
    case 405:
    case 413:
    case 415:
    case 422:
      return new ProviderError('refused', said ?? `VPS.org refused it (${status}) without saying why.`, more)
    default:
      if (status < 500) {
        return new ProviderError('protocol', `VPS.org answered with status ${status}, which its API does not have.`)
      }
      return method === 'GET'
        ? new ProviderError('unavailable', `VPS.org failed (${status}).`)
        : new ProviderError('unknown', `VPS.org failed (${status}), perhaps after it had done it.`)
  }
}

/** Django REST framework's throttle says it in words too. */
function secondsIn(text: string): number | undefined {
  const [, seconds] = /available in ([0-9]{1,6}) second/.exec(text) ?? []
  return seconds === undefined ? undefined : Number(seconds)
}

/** Only JSON has words for people; anything else is a page of the server's or of a proxy. */
function wordsOf({ contentType, text }: UpstreamResponse): Words | null {
  if (!/[/+]json$/.test(contentType)) return null
  let body: unknown
  try {
    body = parseJson(text)
  } catch {
    return null
  }
  const own = errorSchema.safeParse(body)
  if (own.success) return tidy(own.data.detail, own.data.field)
  const native = fieldErrorsSchema.safeParse(body)
  if (!native.success) return null
  const [field, said] = Array.isArray(native.data) ? [null, native.data] : (Object.entries(native.data)[0] ?? [])
  return tidy([said].flat()[0] ?? '', field === 'non_field_errors' ? null : field)
}

function tidy(text: string, field: string | null | undefined): Words | null {
  const plain = text
    .replace(/<[^>]*>/g, ' ')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()
    .slice(0, 300)
  if (plain === '') return null
  return { text: plain, ...(field && /^\w{1,40}$/.test(field) ? { field } : {}) }
}
