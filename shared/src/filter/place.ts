import { isObject, type Json } from './json.ts'
import type { Path } from './pointer.ts'

const PARTS: Record<string, string> = {
  description: 'the description',
  blockedServices: 'the blocked services',
  blockLists: 'the lists',
  allowList: 'the allow list',
  customRules: 'the rules',
  regexBlockRules: 'the blocking patterns',
  regexAllowRules: 'the allowing patterns',
  dnsRewrites: 'the rewrites',
  blockingAddresses: 'the answer for what is blocked',
  schedule: 'the schedule',
  ids: 'the ids',
  profile: 'the profile',
  name: 'the name',
  url: 'the URL',
  enabled: 'the switch',
  refreshHours: 'the hours between two fetches',
  type: 'the type',
  domains: 'the domains',
}

const SETTINGS: Record<string, string> = {
  enableBlocking: 'the switch for all filtering',
  profiles: 'the profiles',
  clients: 'the clients',
  defaultProfile: 'the default profile',
  baseProfile: 'the base profile',
  timeZone: 'the time zone',
  scheduleAllDay: 'whether schedules count',
  customServices: 'the own services',
  blockLists: 'the registered lists',
  allowTxtBlockingReport: 'whether answers tell the reason',
  blockingAddresses: 'the answer for what is blocked',
}

/** A place of a configuration in words: `the rules of the profile “kids”`. */
export function placeInWords(path: Path, config: Json): string {
  const [first, second, third] = path
  const setting = SETTINGS[String(first)] ?? `“${String(first)}”`
  if (path.length < 2) return setting
  const owner = ownerInWords(first, second, config)
  if (owner === null) return setting
  return third === undefined ? owner : `${PARTS[String(third)] ?? `“${String(third)}”`} of ${owner}`
}

function ownerInWords(first: Path[number] | undefined, second: Path[number] | undefined, config: Json): string | null {
  if (first === 'profiles') return `the profile “${String(second)}”`
  if (first === 'customServices') return `the service “${String(second)}”`
  if ((first !== 'clients' && first !== 'blockLists') || typeof second !== 'number') return null
  const items = isObject(config) ? config[first] : undefined
  const item = Array.isArray(items) ? items[second] : undefined
  const text = (key: string) => (isObject(item) && typeof item[key] === 'string' && item[key] !== '' ? item[key] : null)
  if (first === 'clients') return `the client “${text('name') ?? second + 1}”`
  return `the list “${text('name') ?? text('url') ?? second + 1}”`
}
