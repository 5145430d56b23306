import type { QueryLogPage } from '@zonedeck/shared/statistics'

/** Leaves out what was logged at or before a time. Servers keep it more finely than a `Date` can. */
export function rowsAfter(page: QueryLogPage, after: string): QueryLogPage {
  return { ...page, rows: page.rows.filter(({ at }) => isLater(at, after)) }
}

function isLater(one: string, other: string): boolean {
  const [a, b] = [Date.parse(one), Date.parse(other)]
  return a === b ? beyondMilliseconds(one) > beyondMilliseconds(other) : a > b
}

/** Digits of a second behind the thousandths, as a text that sorts as they do. */
function beyondMilliseconds(time: string): string {
  return (/\.(\d+)/.exec(time)?.[1] ?? '').slice(3).padEnd(9, '0')
}
