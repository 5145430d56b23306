import { displayName } from '@zonedeck/shared/names-display'
import type { Zone } from '@zonedeck/shared/zone'
import type { Source } from './zone-list.svelte.ts'

/** One line of the merged zone list. */
export interface ZoneRow {
  key: string
  connection: string
  zone: Zone
  /** U-labels, for the eye. */
  shown: string
  /** What is searched: both spellings, lower case. */
  text: string
  reverse: boolean
  /** Why it could be taken for another name, or null. */
  lookAlike: string | null
  /** The server does not answer; this is its last reading. */
  unknown: boolean
  readAt: string | null
  /** Record sets waiting in the draft. */
  drafted: number
}

/** What the filters of the zone list ask for. */
export interface ZoneFilter {
  query: string
  /** A connection's id; empty for all. */
  connection: string
  state: '' | 'draft' | 'look' | 'reverse'
}

/**
 * All zones of all connections in one order: by shown name, forward zones before reverse ones.
 *
 * @param drafts connection and zone (`con_x example.org`) → sets in the draft
 */
export function zoneRows(
  sources: readonly Source[],
  drafts: ReadonlyMap<string, number>,
  whyAlike: (name: string) => string | null,
): ZoneRow[] {
  const rows = sources.flatMap(({ connection, zones, state, readAt }) =>
    zones.map((zone): ZoneRow => {
      const key = `${connection} ${zone.name}`
      const shown = displayName(zone.name)
      return {
        key,
        connection,
        zone,
        shown,
        text: `${zone.name} ${shown}`.toLowerCase(),
        reverse: /(^|\.)(in-addr|ip6)\.arpa$/.test(zone.name),
        lookAlike: whyAlike(zone.name),
        unknown: state === 'failed',
        readAt,
        drafted: drafts.get(key) ?? 0,
      }
    }),
  )
  const collator = new Intl.Collator('en', { numeric: true })
  return rows.sort(
    (a, b) => Number(a.reverse) - Number(b.reverse) || collator.compare(a.shown, b.shown) || (a.key < b.key ? -1 : 1),
  )
}

/** Does a zone ask for attention? */
export function needsLook({ zone, lookAlike, unknown }: ZoneRow): boolean {
  return lookAlike !== null || unknown || zone.disabled === true || (zone.warnings?.length ?? 0) > 0
}

const STATES: Record<ZoneFilter['state'], (row: ZoneRow) => boolean> = {
  '': () => true,
  draft: ({ drafted }) => drafted > 0,
  look: needsLook,
  reverse: ({ reverse }) => reverse,
}

export function filterZones(rows: readonly ZoneRow[], filter: ZoneFilter): readonly ZoneRow[] {
  const words = filter.query.toLowerCase().split(/\s+/).filter(Boolean)
  const fits = STATES[filter.state]
  return rows.filter(
    (row) =>
      (filter.connection === '' || row.connection === filter.connection) &&
      fits(row) &&
      words.every((word) => row.text.includes(word)),
  )
}
