import type { DnssecKey } from './dnssec-keys.ts'
import { soaOf, type HeldZone } from './zone.ts'

/** Milliseconds between two looks of the server at its keys. */
const TIMER = 900_000

/** When a published key goes on at the latest, as answers say it; null in every other state. */
export function nextStateText(key: DnssecKey): string | null {
  if (key.state !== 'Published' || key.nextStateBy === null) return null
  return new Date(key.nextStateBy + TIMER).toISOString()
}

/** Seconds until every secondary has a change, notified or not. */
export function propagationDelay(zone: HeldZone): number {
  const { refresh, retry } = soaOf(zone)
  return refresh + retry
}

/** Seconds a signature is valid. */
export function signatureValidity(zone: HeldZone): number {
  return soaOf(zone).expire * 2
}
