import type { Place } from './zone-api.ts'

const KEY = 'zonedeck.new-zones.1'
/** The oldest are forgotten: the menu of a zone leads to the same. */
const MOST = 20

type Store = Pick<Storage, 'getItem' | 'setItem'>

/** Remembers on this device that a zone was just made, until somebody says that its name servers are set. */
export function noteNewZone(storage: Store, place: Place): void {
  write(storage, [key(place), ...read(storage).filter((each) => each !== key(place))].slice(0, MOST))
}

/**
 * Kinds of zone that no one delegates, in the words of all providers: they send questions on, list other zones, or only
 * know where another server is.
 */
export function isDelegable(kind: string): boolean {
  return !/forwarder|stub|catalog|producer|consumer/i.test(kind)
}

export function isNewZone(storage: Store, place: Place): boolean {
  return read(storage).includes(key(place))
}

export function forgetNewZone(storage: Store, place: Place): void {
  write(
    storage,
    read(storage).filter((each) => each !== key(place)),
  )
}

function key({ connection, zone }: Place): string {
  return `${connection} ${zone}`
}

function read(storage: Store): string[] {
  try {
    const kept: unknown = JSON.parse(storage.getItem(KEY) ?? '[]')
    return Array.isArray(kept) ? kept.filter((each) => typeof each === 'string') : []
  } catch {
    return []
  }
}

function write(storage: Store, zones: readonly string[]): void {
  try {
    storage.setItem(KEY, JSON.stringify(zones))
  } catch {
    // Full, or switched off: the menu of the zone still leads there.
  }
}
