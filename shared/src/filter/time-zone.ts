import { windowsZones } from './dotnet/windows-zones.ts'

/** A moment on the clock of a place. */
export interface LocalTime {
  /** 0 is Sunday. */
  weekday: number
  /** Since midnight, by the clock's hands. */
  milliseconds: number
  /** `2026-03-29`. */
  date: string
}

export interface Zone {
  /** The IANA name as it is usually spelled. */
  name: string
  /** @param time milliseconds since 1970 */
  localTime(time: number): LocalTime
}

/** What the app takes for its time zone, and how sure that is. */
export interface ZoneChoice {
  /** Null: looking for the zone fails in a way that makes the app let everything pass that has a schedule. */
  zone: Zone | null
  note: 'unknown' | 'other-case' | 'windows' | 'folder' | 'none' | null
}

/** Folders of the zone database. Where the app finds a folder instead of a zone, it does not fall back to UTC. */
const FOLDERS = new Set(
  `Africa America America/Argentina America/Indiana America/Kentucky America/North_Dakota Antarctica Arctic Asia Atlantic
  Australia Brazil Canada Chile Etc Europe Indian Mexico Pacific US`.split(/\s+/),
)
/** Abbreviations that JavaScript knows, from old Java, and the app does not; `EST` and `HST` are in the database. */
const NO_ZONES = new Set(
  `ACT AET AGT ART AST BET BST CAT CNT CST CTT EAT ECT IET IST JST MIT NET NST PLT PNT PRT PST SST VST`.split(' '),
)
const HOUR = 3_600_000
/** Zones change their offset on quarters of an hour. */
const QUARTER = HOUR / 4

/**
 * The zone the app would use. It knows IANA names and those of Windows; what it does not know is UTC. An IANA name in other
 * case works only while the running server has met the zone before; here it always works, and the note says so.
 */
export function chooseZone(name: string | null): ZoneChoice {
  if (name === null) return { zone: null, note: 'none' }
  if (FOLDERS.has(name.replace(/\/+$/, ''))) return { zone: null, note: 'folder' }
  if (/^utc$/i.test(name)) return { zone: zoneOf('UTC'), note: null }
  const windows = Object.hasOwn(windowsZones, name) ? windowsZones[name] : undefined
  if (windows !== undefined) return { zone: zoneOf(windows), note: 'windows' }
  const known = ianaName(name)
  if (known === null) return { zone: zoneOf('UTC'), note: 'unknown' }
  return { zone: zoneOf(known), note: name === known ? null : 'other-case' }
}

/** The name of a zone in any case → as it is usually spelled; null for what is no zone, offsets like +02:00 among it. */
function ianaName(name: string): string | null {
  if (!/^[A-Za-z][A-Za-z0-9+_/-]*$/.test(name) || NO_ZONES.has(name.toUpperCase()) || /^SystemV\//i.test(name))
    return null
  try {
    const resolved = new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone
    if (resolved.toLowerCase() === name.toLowerCase()) return resolved
    // An alias: its own spelling is not told, but every part of every name begins with a capital and is not all capitals.
    return /(^|\/)[a-z]|^[A-Z_]{3,}\/[A-Z_]+$/.test(name) ? resolved : name
  } catch {
    return null
  }
}

function zoneOf(name: string): Zone {
  let format: Intl.DateTimeFormat | undefined
  const offsets = new Map<number, number>()
  /** Milliseconds that the zone is ahead of UTC. */
  const offset = (time: number): number => {
    const quarter = Math.floor(time / QUARTER)
    const known = offsets.get(quarter)
    if (known !== undefined) return known
    format ??= formatOf(name)
    const parts = Object.fromEntries(
      format.formatToParts(quarter * QUARTER).map(({ type, value }) => [type, Number(value)]),
    )
    const local = Date.UTC(
      parts['year'] ?? 0,
      (parts['month'] ?? 1) - 1,
      parts['day'] ?? 1,
      parts['hour'] ?? 0,
      parts['minute'] ?? 0,
      parts['second'] ?? 0,
    )
    const found = local - quarter * QUARTER
    offsets.set(quarter, found)
    return found
  }
  return {
    name,
    localTime(time) {
      const local = new Date(time + offset(time))
      return {
        weekday: local.getUTCDay(),
        milliseconds: local.getTime() - Date.UTC(local.getUTCFullYear(), local.getUTCMonth(), local.getUTCDate()),
        date: local.toISOString().slice(0, 10),
      }
    },
  }
}

function formatOf(name: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat('en-US', {
    timeZone: name,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
}
