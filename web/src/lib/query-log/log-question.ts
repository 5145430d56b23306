/** What is asked of a server's log of queries, as the page's address holds it. An empty text asks for any. */
export interface LogQuestion {
  /** An address. */
  client: string
  /** May hold `*`. */
  name: string
  type: string
  rcode: string
  /** Who answered, in the server's word. */
  answeredBy: string
  protocol: string
  /** RFC 3339. */
  from: string
  to: string
  order: 'newest' | 'oldest'
  page: number
  /** New rows as they are logged, instead of pages. */
  live: boolean
}

/** Parts of a question that leave rows out. */
export const filterParts = ['client', 'name', 'type', 'rcode', 'answeredBy', 'protocol', 'from', 'to'] as const
export type FilterPart = (typeof filterParts)[number]
export type LogFilter = Pick<LogQuestion, FilterPart>

/** As long as the API takes them. */
const LONGEST: Record<FilterPart, number> = {
  client: 45,
  name: 255,
  type: 20,
  rcode: 30,
  answeredBy: 40,
  protocol: 20,
  from: 40,
  to: 40,
}

const PER_PAGE = 50

interface Params {
  get: (name: string) => string | null
}

/** What is no part of a question is left out: an address is typed, shared and shortened. */
export function readQuestion(params: Params): LogQuestion {
  const text = (part: FilterPart) => (params.get(part) ?? '').trim().slice(0, LONGEST[part])
  const page = Number(params.get('page') ?? '1')
  return {
    client: text('client'),
    name: text('name'),
    type: text('type').toUpperCase(),
    rcode: text('rcode'),
    answeredBy: text('answeredBy'),
    protocol: text('protocol'),
    from: instant(text('from')),
    to: instant(text('to')),
    order: params.get('order') === 'oldest' ? 'oldest' : 'newest',
    page: Number.isInteger(page) && page >= 1 && page <= 1_000_000 ? page : 1,
    live: params.get('live') === 'on',
  }
}

function instant(text: string): string {
  const time = Date.parse(text)
  return Number.isNaN(time) ? '' : new Date(time).toISOString()
}

/** The parameters of an address for a part of a question; what is as usual is left out. Any change leads to page 1. */
export function questionParams({ order, live, page, ...filter }: Partial<LogQuestion>): Record<string, string> {
  return {
    ...filter,
    ...(order === undefined ? {} : { order: order === 'newest' ? '' : order }),
    ...(live === undefined ? {} : { live: live ? 'on' : '' }),
    page: page === undefined || page === 1 ? '' : String(page),
  }
}

/** Parts of the filter that are set. */
export function partsSet(question: LogFilter): FilterPart[] {
  return filterParts.filter((part) => question[part] !== '')
}

function filterQuery(question: LogFilter): Record<string, string> {
  return Object.fromEntries(partsSet(question).map((part) => [part, question[part]]))
}

/** As the API is asked for a page. */
export function pageQuery(question: LogQuestion): Record<string, string> {
  const { order, page } = question
  return { ...filterQuery(question), order, page: String(page), perPage: String(PER_PAGE) }
}

/** Rows asked for at once while the log is followed. */
const AT_ONCE = 200

/**
 * As the API is asked for what was logged since: the oldest of it first, so that nothing is left out where it is more
 * than one answer holds. What is to come has no end, so the filter's is not asked for.
 *
 * @param after `at` of the newest row seen; undefined: the newest rows there are
 */
export function tailQuery(question: LogFilter, after: string | undefined): Record<string, string> {
  const filter = { ...filterQuery({ ...question, to: '' }), perPage: String(AT_ONCE) }
  return after === undefined ? { ...filter, order: 'newest' } : { ...filter, order: 'oldest', after }
}

/** The end of a filter that a row is just within. Servers keep times more finely than the panel asks for them. */
export function endAfter(at: string): string {
  return new Date(Date.parse(at) + 1).toISOString()
}
