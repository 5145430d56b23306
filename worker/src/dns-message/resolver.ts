import { ProviderError } from '../providers/provider-error.ts'
import { makeUpstream, type Upstream, type UpstreamBudget } from '../providers/upstream.ts'
import { UrlRefused, type UrlPolicy } from '../providers/url-policy.ts'
import { decodeMessage } from './decode.ts'
import { encodeQuestion } from './encode.ts'
import { MAX_MESSAGE, MessageError, RCODE, type Message, type ResourceRecord } from './message.ts'

/**
 * What a resolver found, told apart as RFC 2308 §2 does: `records`; `nodata`, the name exists without such records;
 * `nxdomain`, it does not exist; `servfail`, the resolver got nowhere; `silent`, no resolver gave an answer that can be
 * read.
 */
export interface Answer {
  kind: 'records' | 'nodata' | 'nxdomain' | 'servfail' | 'silent'
  /** The host that answered, or that was asked last. */
  resolver: string
  /** The answer's records: those asked for, their signatures, and aliases on the way. */
  records: readonly ResourceRecord[]
  /** The SOA that comes with a negative answer: its owner is the zone that gave it. */
  soa: ResourceRecord | null
  /** Seconds this resolver may keep the answer; null when it does not say. */
  ttl: number | null
  /** The resolver validated the answer's signatures. */
  validated: boolean
  /** Why there is no answer, as a sentence; null when there is one. */
  trouble: string | null
}

/** Asks for the records of a type at a canonical absolute name. Never throws. */
export type Resolve = (name: string, type: string, options?: { checkingDisabled?: boolean }) => Promise<Answer>

const MEDIA_TYPE = 'application/dns-message'
const TIMEOUT = 5000

/**
 * A resolver over HTTPS (RFC 8484, GET). The first of `urls` is asked; the next when it gives nothing that can be read,
 * or SERVFAIL, which is the trouble of one resolver as often as that of the zone. No credential goes along. Throws
 * UrlRefused for an address that the policy does not allow.
 */
export function makeResolver(options: {
  urls: readonly URL[]
  fetch: (request: Request) => Promise<Response>
  policy: UrlPolicy
  budget: UpstreamBudget
}): Resolve {
  const { urls, fetch, policy, budget } = options
  const resolvers = urls.map((url) => {
    // A query of its own in the address would be lost.
    if (url.search !== '') throw new UrlRefused('The address of a resolver must end before any “?”.')
    const baseUrl = new URL('/', url)
    return { url, upstream: makeUpstream({ baseUrl, headers: {}, fetch, policy, budget }) }
  })
  return async (name, type, { checkingDisabled = false } = {}) => {
    let answer: Answer | null = null
    for (const { url, upstream } of resolvers) {
      const next = await ask(upstream, url, name, type, checkingDisabled)
      // SERVFAIL of the first says more than the silence of the second.
      if (answer === null || next.kind !== 'silent') answer = next
      if (next.kind !== 'silent' && next.kind !== 'servfail') break
    }
    return answer ?? nothing('', 'silent', 'There is no resolver to ask.')
  }
}

async function ask(
  upstream: Upstream,
  url: URL,
  name: string,
  type: string,
  checkingDisabled: boolean,
): Promise<Answer> {
  const silent = (trouble: string) => nothing(url.hostname, 'silent', trouble)
  try {
    const { status, contentType, headers, bytes } = await upstream({
      method: 'GET',
      path: url.pathname,
      query: { dns: base64url(encodeQuestion(name, type, checkingDisabled)) },
      headers: { accept: MEDIA_TYPE },
      binary: true,
      maxBytes: MAX_MESSAGE,
      timeout: TIMEOUT,
    })
    if (status !== 200) return silent(`${url.hostname} answers with status ${status}.`)
    if (contentType !== MEDIA_TYPE || bytes === undefined) {
      return silent(`${url.hostname} answers with something other than a DNS message.`)
    }
    const message = decodeMessage(bytes)
    const [question] = message.questions
    if (!message.response || message.truncated || question?.name !== name || question.type !== type) {
      return silent(`${url.hostname} answers a question that was not asked.`)
    }
    return toAnswer(message, url.hostname, type, age(headers))
  } catch (error) {
    if (error instanceof MessageError) return silent(`The answer of ${url.hostname} cannot be read.`)
    if (error instanceof ProviderError) return silent(error.message)
    throw error
  }
}

function toAnswer(message: Message, resolver: string, type: string, age: number): Answer {
  const { rcode, answers, authority, authenticData } = message
  if (rcode !== RCODE.NOERROR && rcode !== RCODE.NXDOMAIN) {
    const failed = rcode === RCODE.SERVFAIL
    return nothing(
      resolver,
      failed ? 'servfail' : 'silent',
      failed ? servfail(resolver, message) : refused(resolver, rcode),
    )
  }
  const found = answers.filter((record) => record.type === type)
  const soa = authority.find((record) => record.type === 'SOA') ?? null
  // RFC 2308 §5: a negative answer is kept for the smaller of the SOA's TTL and its last field.
  const ttl = found[0]?.ttl ?? (soa === null ? null : Math.min(soa.ttl, Number(soa.rdata.split(' ').at(-1))))
  return {
    kind: found.length > 0 ? 'records' : rcode === RCODE.NXDOMAIN ? 'nxdomain' : 'nodata',
    resolver,
    records: answers,
    soa,
    // RFC 8484 §5.1: what HTTP kept for a while is that much older.
    ttl: ttl === null ? null : Math.max(0, ttl - age),
    validated: authenticData,
    trouble: null,
  }
}

function nothing(resolver: string, kind: 'servfail' | 'silent', trouble: string): Answer {
  return { kind, resolver, records: [], soa: null, ttl: null, validated: false, trouble }
}

function refused(resolver: string, rcode: number): string {
  return rcode === RCODE.REFUSED
    ? `${resolver} refuses to answer.`
    : `${resolver} answers with the DNS error code ${rcode}.`
}

/** Of RFC 8914's codes those that a person can do something about. */
const REASONS: Readonly<Record<number, string>> = {
  6: 'The signatures do not fit (DNSSEC bogus).',
  7: 'A signature has expired.',
  8: 'A signature is not valid yet.',
  9: 'The zone has no key that fits the DS records at its parent.',
  10: 'Signatures are missing.',
  22: 'None of its name servers can be reached.',
  23: 'Its name servers cannot be reached.',
}

function servfail(resolver: string, { edns }: Message): string {
  const reason = edns?.errors.map(({ code }) => REASONS[code]).find((words) => words !== undefined)
  return `${resolver} finds no answer (SERVFAIL).${reason === undefined ? '' : ` ${reason}`}`
}

/** Seconds an HTTP cache kept the answer (RFC 9111 §5.1). */
function age(headers: Headers): number {
  const text = headers.get('age') ?? ''
  return /^\d{1,9}$/.test(text) ? Number(text) : 0
}

function base64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
}
