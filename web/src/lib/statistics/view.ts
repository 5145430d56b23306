import type { NamedRange, StatsRange } from '@zonedeck/shared/statistics'

/** What the dashboard shows, as its address says it. */
export interface View {
  range: StatsRange
  /** A connection, or empty: all of them. */
  server: string
}

const named: readonly NamedRange[] = ['hour', 'day', 'week', 'month', 'year']

/** What cannot be read is the last day of all servers. */
export function viewOf(params: { get: (name: string) => string | null }): View {
  return { range: rangeOf(params), server: params.get('server') ?? '' }
}

function rangeOf(params: { get: (name: string) => string | null }): StatsRange {
  const asked = params.get('range')
  if (asked === 'custom') {
    const [from, to] = [instant(params.get('from')), instant(params.get('to'))]
    if (from !== null && to !== null && from < to) return { kind: 'custom', from, to }
  }
  return { kind: named.find((kind) => kind === asked) ?? 'day' }
}

function instant(text: string | null): string | null {
  const time = Date.parse(text ?? '')
  return Number.isNaN(time) ? null : new Date(time).toISOString()
}

/** The parameters of a range: of the address and of the API alike. An empty one takes it out of an address. */
export function rangeParams(range: StatsRange): { range: StatsRange['kind']; from: string; to: string } {
  return range.kind === 'custom'
    ? { range: 'custom', from: range.from, to: range.to }
    : { range: range.kind, from: '', to: '' }
}

/** Where a link is made that shows this view to others. */
export function sharePath(connections: readonly string[], range: StatsRange): string {
  const params = Object.entries({ connections: connections.join(','), ...rangeParams(range) })
  return `/shares/new?${new URLSearchParams(params.filter(([, value]) => value !== '')).toString()}`
}

/** For a field of type `datetime-local`, in the viewer's zone: `2026-11-26T10:00`. */
export function localInput(time: string): string {
  const date = new Date(time)
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}
