import type { ListCheck, ListFetch } from '@zonedeck/shared/content-filter'
import { BlockListCounter } from '@zonedeck/shared/filter/block-list'
import { ProviderError } from '../../providers/provider-error.ts'
import { makeUpstream, type UpstreamBudget, type UpstreamResponse } from '../../providers/upstream.ts'
import { UrlRefused, type UrlPolicy } from '../../providers/url-policy.ts'

const LARGEST = 64 * 2 ** 20
/** As many fit into the memory of one object beside each other. */
const LARGEST_TEXT = 16 * 2 ** 20
const MOST_REDIRECTS = 5
const TIMEOUT = 20_000

export interface Outside {
  fetch: (request: Request) => Promise<Response>
  /** Of connections. Lists are public and ask for no credential, so http is allowed for them beside https. */
  policy: UrlPolicy
  /** Its calls are at most six at a time. */
  budget: UpstreamBudget
}

export interface FetchedList {
  check: ListCheck
  /** The list as it came, when it was asked for. UTF-8 as a rule. */
  text?: readonly Uint8Array[]
}

/**
 * Fetches a block list the way the app does: redirects are followed, though never from https to http, and each address on
 * the way is held against the policy first. Nothing of a connection goes along. Whatever goes wrong is told in the check.
 */
export async function fetchList({ url, type, wantText }: ListFetch, outside: Outside): Promise<FetchedList> {
  const policy = { ...outside.policy, allowHttp: true, ports: new Set([...outside.policy.ports, 80]) }
  const trouble = (text: string, more: Partial<ListCheck> = {}): FetchedList => ({
    check: { url, ok: false, trouble: text, ...more },
  })
  let at = new URL(url)
  for (let redirects = 0; ; redirects++) {
    const body = new Body(type ?? 'domain', wantText === true)
    let answer: UpstreamResponse
    try {
      answer = await ask(at, policy, outside, body)
    } catch (error) {
      if (error instanceof UrlRefused) return trouble(`The panel does not fetch from there: ${error.message}`)
      if (error instanceof ProviderError) return trouble(error.message)
      throw error
    }
    const { status } = answer
    const moved = redirects > 0 ? { movedTo: at.href } : {}
    const next = status >= 300 && status < 400 ? answer.headers.get('location') : null
    if (next === null) return { check: checked(url, { ...answer, ...moved }, body), ...body.kept() }
    if (redirects === MOST_REDIRECTS) return trouble(`It redirects more than ${MOST_REDIRECTS} times.`, { status })
    if (!URL.canParse(next, at.href)) return trouble('It redirects to what is no address.', { status, ...moved })
    const from = at
    at = new URL(next, from)
    if (at.protocol !== 'https:' && (at.protocol !== 'http:' || from.protocol === 'https:')) {
      return trouble('It redirects from https to something else, which the server does not follow.', {
        status,
        ...moved,
      })
    }
  }
}

function ask(at: URL, policy: UrlPolicy, { fetch, budget }: Outside, body: Body): Promise<UpstreamResponse> {
  const { pathname, search, username, password } = at
  const bare = new URL('/', at)
  // What a name and password are for is checked with the rest of the address.
  Object.assign(bare, { username, password })
  const upstream = makeUpstream({ baseUrl: bare, headers: {}, fetch, policy, budget })
  return upstream({
    method: 'GET',
    path: pathname,
    query: search,
    headers: { accept: 'text/plain, */*;q=0.5' },
    redirects: 'returned',
    timeout: TIMEOUT,
    maxBytes: LARGEST,
    pieces: () => body.begin(),
  })
}

/** What comes in, counted and let go, or kept where the text is wanted. */
class Body {
  bytes = 0
  #counter: BlockListCounter
  #decoder = new TextDecoder()
  #beginning = ''
  #pieces: Uint8Array[] = []
  readonly #type: string
  readonly #keeps: boolean

  constructor(type: string, keeps: boolean) {
    this.#type = type
    this.#keeps = keeps
    this.#counter = new BlockListCounter(type)
  }

  /** An attempt begins: what an earlier one brought is void. */
  begin(): (piece: Uint8Array) => void {
    this.bytes = 0
    this.#counter = new BlockListCounter(this.#type)
    this.#decoder = new TextDecoder()
    this.#beginning = ''
    this.#pieces = []
    return (piece) => {
      this.bytes += piece.byteLength
      const text = this.#decoder.decode(piece, { stream: true })
      if (this.#beginning.length < 200) this.#beginning += text.slice(0, 200)
      this.#counter.add(text)
      if (!this.#keeps) return
      if (this.bytes <= LARGEST_TEXT) this.#pieces.push(piece)
      else this.#pieces = []
    }
  }

  counted(): { bytes: number; lines: number; entries: number } {
    this.#counter.add(this.#decoder.decode())
    this.#counter.end()
    const { lines, entries } = this.#counter
    return { bytes: this.bytes, lines, entries }
  }

  looksLikeMarkup(): boolean {
    return /^\s*<(!doctype|html|\?xml)/i.test(this.#beginning)
  }

  kept(): { text?: readonly Uint8Array[] } {
    return this.#keeps && this.bytes <= LARGEST_TEXT ? { text: this.#pieces } : {}
  }
}

function checked(
  url: string,
  { status, contentType, headers, movedTo }: UpstreamResponse & { movedTo?: string },
  body: Body,
): ListCheck {
  const modified = Date.parse(headers.get('last-modified') ?? '')
  const found = {
    url,
    status,
    ...(movedTo === undefined ? {} : { movedTo }),
    ...(contentType === '' ? {} : { contentType: contentType.slice(0, 200) }),
    ...(Number.isNaN(modified) ? {} : { modifiedAt: new Date(modified).toISOString() }),
  }
  if (status < 200 || status > 299) return { ...found, ok: false, trouble: refusal(status) }
  const counts = body.counted()
  const trouble = body.looksLikeMarkup()
    ? 'There is a web page at this address, and no list.'
    : counts.lines === 0
      ? 'It is empty.'
      : counts.entries === 0
        ? 'None of its lines is one the app reads.'
        : undefined
  return { ...found, ...counts, ok: trouble === undefined, ...(trouble === undefined ? {} : { trouble }) }
}

function refusal(status: number): string {
  if (status === 404 || status === 410) return `There is no list at this address (any more): status ${status}.`
  if (status === 401 || status === 403) return `It is not given to everyone: status ${status}.`
  if (status >= 500 || status === 429) return `Its server has trouble, or is asked too often: status ${status}.`
  return `Its server answers with status ${status}.`
}
