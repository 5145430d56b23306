/** What the server gives when it is asked for no particular number, and what is asked for. */
const PAGE = 100
/** From here on it is asked for more at once, which JPowerAdmin gives up to a thousand of, so that calls do not run out. */
const MANY = 500
const LARGE_PAGE = 1000

/**
 * All items of a listing, page by page until a short one. The server promises no order, so that an item may come twice
 * while others come and go: it counts once. A server that ignores the offset is not asked for ever.
 */
export async function listAll<T>(
  page: (offset: string, count: string) => Promise<T[]>,
  key: (item: T) => string | number,
  enough: (item: T) => boolean = () => false,
): Promise<T[]> {
  const found = new Map<string | number, T>()
  for (let offset = 0; ;) {
    const items = await page(String(offset), String(offset < MANY ? PAGE : LARGE_PAGE))
    const before = found.size
    for (const item of items) found.set(key(item), item)
    offset += items.length
    if (items.length < PAGE || found.size === before || items.some(enough)) return [...found.values()]
  }
}

/**
 * A listing with the server's own count of it. Where the two differ, something came or went between the pages: it is
 * listed once more. `counted` is null when the server would not count.
 */
export async function listCounted<T>(
  list: () => Promise<T[]>,
  count: () => Promise<number | null>,
  callsLeft: () => number,
): Promise<{ items: T[]; counted: number | null }> {
  const read = async () => {
    const [items, counted] = await Promise.all([list(), count()])
    return { items, counted }
  }
  const calls = callsLeft()
  const first = await read()
  if (first.counted === null || first.counted === first.items.length) return first
  return callsLeft() > calls - callsLeft() + RESERVE ? read() : first
}

/** Calls that are left for whoever reads before it writes. */
const RESERVE = 4
