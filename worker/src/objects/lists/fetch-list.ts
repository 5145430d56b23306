import type { ListCheck, ListFetch } from '@zonedeck/shared/content-filter'
import { BlockListCounter } from '@zonedeck/shared/filter/block-list'
import { ProviderError } from '../../providers/provider-error.ts'
import { makeUpstream, type UpstreamBudget, type UpstreamResponse } from '../../providers/upstream.ts'
import { isOffInternet, UrlRefused, type UrlPolicy } from '../../providers/url-policy.ts'

const LARGEST = 64 * 2 ** 20
/** As many fit into the memory of one object beside each other. */
const LARGEST_TEXT = 16 * 2 ** 20
const MOST_REDIRECTS = 5
const TIMEOUT = 20_000
/** What can be asked for as a name, or is one in another script. Nothing else that a line may hold is given along. */
const NAME = /^(?=.{1,253}$)[\p{L}\p{N}_-]{1,63}(\.[\p{L}\p{N}_-]{1,63})+$/u
/** A pattern for names: of one word, or held to a begin or an end. A sentence is none. */
const PATTERN = /^(\S{1,1000}|\^.{0,999}|.{0,999}\$)$/

export interface Outside {
  fetch: (request: Request) => Promise<Response>
  /** Of connections. Lists are public and ask for no credential, so http is allowed for them beside https. */
  policy: UrlPolicy
  /** Whether what the policy opens beside the public internet is open for this person. */
  mayPrivate: boolean
  /** Its calls are at most six at a time. */
  budget: UpstreamBudget
}

export interface FetchedList {
  check: ListCheck
  /** What the list names, an entry a line, when it was asked for: the evaluator reads the same of it. In pieces. */
  text?: readonly string[]
}

/**
 * Fetches a block list the way the app does: redirects are followed, though never from https to http, and each address on
 * the way is held against the policy first. Nothing of a connection goes along. Whatever goes wrong is told in the check.
 */
export async function fetchList({ url, type, wantText }: ListFetch, outside: Outside): Promise<FetchedList> {
  const { mayPrivate } = outside
  const policy = {
    ...outside.policy,
    ...(mayPrivate ? {} : { allowLoopback: false, privateNetworks: [] }),
    allowHttp: true,
    ports: new Set([...outside.policy.ports, 80]),
  }
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
      if (error instanceof UrlRefused) {
        const why = !mayPrivate && isOffInternet(at) ? PRIVATE : error.message
        return trouble(`The panel does not fetch from there: ${why}`)
      }
      if (error instanceof ProviderError) return trouble(error.message)
      throw error
    }
    const { status } = answer
    const moved = redirects > 0 ? { movedTo: at.href } : {}
    const next = status >= 300 && status < 400 ? answer.headers.get('location') : null
    if (next === null) {
      const check = checked(url, { ...answer, ...moved }, body)
      return { check, ...(check.ok ? body.kept() : {}) }
    }
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

const PRIVATE = 'This address is on a private network, and lists from there are fetched for owners of the panel only.'

/** What comes in, counted and let go, or its entries kept where they are wanted. */
class Body {
  bytes = 0
  #counter: BlockListCounter
  #decoder = new TextDecoder()
  #beginning = ''
  #entries: string[] = []
  #pieces: string[] = []
  readonly #type: string
  readonly #keeps: boolean

  constructor(type: string, keeps: boolean) {
    this.#type = type
    this.#keeps = keeps
    this.#counter = this.#count()
  }

  #count(): BlockListCounter {
    const form = this.#type === 'regex' ? PATTERN : NAME
    const keep = (entry: string) => void (form.test(entry) && this.#entries.push(entry))
    return new BlockListCounter(this.#type, this.#keeps ? keep : undefined)
  }

  /** An attempt begins: what an earlier one brought is void. */
  begin(): (piece: Uint8Array) => void {
    this.bytes = 0
    this.#counter = this.#count()
    this.#decoder = new TextDecoder()
    this.#beginning = ''
    this.#entries = []
    this.#pieces = []
    return (piece) => {
      this.bytes += piece.byteLength
      const text = this.#decoder.decode(piece, { stream: true })
      if (this.#beginning.length < 200) this.#beginning += text.slice(0, 200)
      this.#counter.add(text)
      this.#flush()
    }
  }

  /** Entries go together piece by piece: a million texts of their own take far more room. */
  #flush(): void {
    if (this.bytes > LARGEST_TEXT) this.#pieces = []
    else if (this.#entries.length > 0) this.#pieces.push(`${this.#entries.join('\n')}\n`)
    this.#entries = []
  }

  counted(): { bytes: number; lines: number; entries: number } {
    this.#counter.add(this.#decoder.decode())
    this.#counter.end()
    this.#flush()
    const { lines, entries } = this.#counter
    return { bytes: this.bytes, lines, entries }
  }

  looksLikeMarkup(): boolean {
    return /^\s*<(!doctype|html|\?xml)/i.test(this.#beginning)
  }

  kept(): { text?: readonly string[] } {
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
