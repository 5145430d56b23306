import type { Place } from './zone-api.ts'

/** The page of a zone, or one below it. */
export function zonePath({ connection, zone }: Place, below = ''): string {
  return `/zones/${encodeURIComponent(connection)}/${encodeURIComponent(zone)}${below}`
}
