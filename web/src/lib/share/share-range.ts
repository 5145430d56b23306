import type { StatsRange } from '@zonedeck/shared/statistics'

/** Of two fields of type `datetime-local`, by pointer: what is wrong and what would be right. */
export function wrongTimes(from: string, to: string): { '/range/from'?: string; '/range/to'?: string } {
  const [first, last] = [Date.parse(from), Date.parse(to)]
  if (Number.isNaN(first)) return { '/range/from': 'A time, such as 2026-03-29 10:00.' }
  if (Number.isNaN(last)) return { '/range/to': 'A time, such as 2026-03-29 12:00.' }
  return first < last ? {} : { '/range/to': 'The end comes after the beginning.' }
}

/** The times of such fields, in the viewer's zone, as a range. */
export function between(from: string, to: string): StatsRange {
  return { kind: 'custom', from: new Date(from).toISOString(), to: new Date(to).toISOString() }
}

/** In ms. */
const lengths = { hour: 3_600_000, day: 86_400_000, week: 604_800_000, month: 2_592_000_000, year: 31_536_000_000 }

/** The times for which a range that ends now stands now, RFC 3339. */
export function frozen(kind: keyof typeof lengths): { from: string; to: string } {
  const now = Date.now()
  return { from: new Date(now - lengths[kind]).toISOString(), to: new Date(now).toISOString() }
}
