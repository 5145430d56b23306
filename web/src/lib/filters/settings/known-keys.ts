import type { JsonObject } from '@zonedeck/shared/filter/json'

/** What the app reads of a configuration; anything else is somebody else's, and kept. */
const KNOWN = [
  'enableBlocking',
  'profiles',
  'clients',
  'defaultProfile',
  'baseProfile',
  'timeZone',
  'scheduleAllDay',
  'customServices',
  'blockLists',
  'allowTxtBlockingReport',
  'blockingAddresses',
]

export function unknownKeys(config: JsonObject): string[] {
  return Object.keys(config).filter((key) => !KNOWN.includes(key))
}
