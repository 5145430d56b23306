import type * as z from 'zod'
import { parseJson } from '../json.ts'
import { ProviderError } from '../provider-error.ts'
import type { UpstreamResponse } from '../upstream.ts'
import { parseXml } from './xml.ts'

/** What the API's objects are called in XML, and in JSON where they are wrapped. */
type Tag = 'domain' | 'record' | 'user'

const NAMES: Readonly<Record<Tag, string>> = {
  domain: 'the list of zones',
  record: 'the records',
  user: 'the account',
}

/**
 * What a body says, whatever it is written in. We ask for XML, the one form that the document shows; a server that
 * answers in JSON all the same is understood too. The first character tells, as the media type is not always right.
 */
function readBody({ text, contentType }: UpstreamResponse): unknown {
  const body = text.replace(/^\ufeff/, '').trim()
  if (body === '') return null
  if (contentType === 'text/html' || /^<(?:!doctype )?html/i.test(body)) {
    throw new ProviderError('protocol', 'The server answered with a web page. Is this the address of its REST API?')
  }
  return body.startsWith('<') ? parseXml(body) : parseJson(body)
}

/**
 * The objects of one kind in an answer, out of any of the wrappers that Java's writers are known to put around them:
 *
 * - `<collection><domain>…</domain></collection>`, and Jettison's `{"collection":{"domain":[…]}}` of the same,
 * - Jackson's bare `[{…}]` and a bare `{…}`, `{"collection":[…]}`, `[{"domain":{…}}]`, `{"domain":[…]}`,
 * - one object where there could be several, and nothing, `""`, `null` or `{}` where there are none.
 */
function elements(value: unknown, tag: Tag): unknown[] {
  if (value === null || value === undefined || value === '') return []
  if (Array.isArray(value)) return value.flatMap((item) => elements(item, tag))
  if (typeof value !== 'object') return [value]
  for (const [name, inner] of Object.entries(value)) {
    if (name === 'collection' || name === tag || name === `${tag}s`) return elements(inner, tag)
  }
  return Object.keys(value).length === 0 ? [] : [value]
}

/** Reads a list. Throws `protocol`, naming the field that is not as it should be and none of what it holds. */
export function readList<T>(response: UpstreamResponse, tag: Tag, schema: z.ZodType<T>): T[] {
  return elements(readBody(response), tag).map((element) => {
    const parsed = schema.safeParse(element)
    if (parsed.success) return parsed.data
    const field = parsed.error.issues[0]?.path.map(String).join('.').slice(0, 80) ?? ''
    throw new ProviderError(
      'protocol',
      `The server’s answer for ${NAMES[tag]} has another shape than its document says${field === '' ? '' : ` (at ${field})`}.`,
    )
  })
}

/** Reads one object; null when the answer holds none. Throws as `readList` does. */
export function readOne<T>(response: UpstreamResponse, tag: Tag, schema: z.ZodType<T>): T | null {
  return readList(response, tag, schema)[0] ?? null
}

/** A count or an id: a bare number as `text/plain`, or one in quotes or in an element. null when it is none. */
export function readNumber({ text }: UpstreamResponse): number | null {
  const [, digits] = /^\ufeff?\s*(?:<\?xml[^>]*\?>\s*)?(?:<\w+>|")?\s*(\d{1,15})\s*(?:<\/\w+>|")?\s*$/.exec(text) ?? []
  return digits === undefined ? null : Number(digits)
}
