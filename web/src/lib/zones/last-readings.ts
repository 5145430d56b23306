import type { Zone } from '@zonedeck/shared/zone'
import { isObject } from '../is-object.ts'

/** The zones of one connection as they were read last. Names and states, nothing secret. */
export interface Reading {
  readAt: string
  zones: Zone[]
}

/** Where the last list is kept, so that a silent server does not empty the page. */
export interface LastReadings {
  load: () => Readonly<Record<string, Reading>>
  save: (sources: readonly { connection: string; readAt: string | null; zones: readonly Zone[] }[]) => void
  clear: () => void
}

const KEY = 'zonedeck.zones.1'

/**
 * Keeps the list in the browser's storage. A storage that is full, off or spoilt only means that nothing is remembered.
 *
 * @param may see a zone: somebody else may have used this browser before, or seen more
 */
export function lastReadings(
  storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>,
  may: (connection: string, zone: string) => boolean = () => true,
): LastReadings {
  return {
    load: () => {
      try {
        const kept: unknown = JSON.parse(storage.getItem(KEY) ?? '{}')
        if (!isObject(kept)) return {}
        return Object.fromEntries(
          Object.entries(kept)
            .filter(isReading)
            .map(([connection, { readAt, zones }]) => [
              connection,
              { readAt, zones: zones.filter(({ name }) => may(connection, name)) },
            ]),
        )
      } catch {
        return {}
      }
    },
    save: (sources) => {
      const readings: Record<string, Reading> = {}
      for (const { connection, readAt, zones } of sources) {
        if (readAt !== null) readings[connection] = { readAt, zones: [...zones] }
      }
      try {
        storage.setItem(KEY, JSON.stringify(readings))
      } catch {
        // Full, or switched off: the list is only a convenience.
      }
    },
    clear: () => {
      try {
        storage.removeItem(KEY)
      } catch {
        // Switched off.
      }
    },
  }
}

function isReading(entry: [string, unknown]): entry is [string, Reading] {
  const reading = entry[1]
  return (
    isObject(reading) &&
    typeof reading.readAt === 'string' &&
    Array.isArray(reading.zones) &&
    reading.zones.every((zone) => isObject(zone) && typeof zone.name === 'string' && typeof zone.kind === 'string')
  )
}
