import { ServerError } from './errors.ts'
import { boolean, dictionary, int32, list, object, readNetJson, string, type Shape } from './net-json.ts'

/**
 * What the Content Filter app makes of a configuration before it takes it: `System.Text.Json` into its models, then the
 * compilation of every profile, which stumbles over nulls. Taken from recordings and from the app's own description of
 * its models; no verdict on any name comes from here.
 */

const MODELS = 'ContentFilter.Models'
const nullReference = () => new ServerError('Object reference not set to an instance of an object.')
const argumentNull = (name: string) => new ServerError(`Value cannot be null. (Parameter '${name}')`)

const texts = list(string, 'System.String')

/** The app's models; a property holds null where JSON says so, whatever its type claims. */
interface BlockList {
  url: string | null
  name: string | null
  enabled: boolean
  refreshHours: number
  type: string | null
}
interface Rewrite {
  domain: string | null
  answer: string | null
}
interface Client {
  name: string | null
  ids: Texts
  profile: string | null
}
interface Service {
  name: string | null
  domains: Texts
}
interface Window {
  allDay: boolean
  start: string | null
  end: string | null
}
type Texts = (string | null)[] | null

const blockList = object<BlockList>(
  `${MODELS}.BlockListConfig`,
  () => ({ url: '', name: '', enabled: true, refreshHours: 24, type: 'domain' }),
  { url: string, name: string, enabled: boolean, refreshHours: int32, type: string },
)

const rewrite = object<Rewrite>(`${MODELS}.DnsRewriteConfig`, () => ({ domain: '', answer: '' }), {
  domain: string,
  answer: string,
})

const client = object<Client>(`${MODELS}.ClientConfig`, () => ({ name: '', ids: [], profile: '' }), {
  name: string,
  ids: texts,
  profile: string,
})

const service = object<Service>(`${MODELS}.BlockedServiceDefinition`, () => ({ name: '', domains: [] }), {
  name: string,
  domains: texts,
})

const window = object<Window>(`${MODELS}.ScheduleConfig`, () => ({ allDay: true, start: '00:00', end: '23:59:59' }), {
  allDay: boolean,
  start: string,
  end: string,
})

/** URLs, or the entries of an older form; anything else in the list is passed over. */
const profileLists: Shape<null> = (reader) => {
  const { kind } = reader.token()
  if (kind === 'Null') return null
  if (kind !== 'StartArray') throw new ServerError('Expected array for blockLists.')
  reader.items(() => {
    const item = reader.token()
    reader.skip(item)
  })
  return null
}

/** Each day is one window or a list of them. */
const schedule: Shape<null> = (reader) => {
  const { kind } = reader.token()
  if (kind === 'Null') return null
  if (kind !== 'StartObject') throw new ServerError('Expected object for schedule.')
  reader.members((day) => {
    const first = reader.peek()
    if (first === 'StartArray') list(window, `${MODELS}.ScheduleConfig`)(reader)
    else if (first === 'StartObject') window(reader)
    else throw new ServerError(`Unexpected token for schedule day '${day}': ${first}`)
  })
  return null
}

interface Profile {
  description: string | null
  blockedServices: Texts
  blockLists: null
  allowList: Texts
  customRules: Texts
  regexBlockRules: Texts
  regexAllowRules: Texts
  dnsRewrites: (Rewrite | null)[] | null
  blockingAddresses: Texts
  schedule: null
}

const profile = object<Profile>(
  `${MODELS}.ProfileConfig`,
  () => ({
    description: null,
    blockedServices: [],
    blockLists: null,
    allowList: [],
    customRules: [],
    regexBlockRules: [],
    regexAllowRules: [],
    dnsRewrites: [],
    blockingAddresses: null,
    schedule: null,
  }),
  {
    description: string,
    blockedServices: texts,
    blockLists: profileLists,
    allowList: texts,
    customRules: texts,
    regexBlockRules: texts,
    regexAllowRules: texts,
    dnsRewrites: list(rewrite, `${MODELS}.DnsRewriteConfig`),
    blockingAddresses: texts,
    schedule,
  },
)

interface Config {
  enableBlocking: boolean
  profiles: Map<string, Profile | null> | null
  clients: (Client | null)[] | null
  defaultProfile: string | null
  baseProfile: string | null
  timeZone: string | null
  scheduleAllDay: boolean
  customServices: Map<string, Service | null> | null
  blockLists: (BlockList | null)[] | null
  allowTxtBlockingReport: boolean
  blockingAddresses: Texts
}

const emptyConfig = (): Config => ({
  enableBlocking: true,
  profiles: new Map(),
  clients: [],
  defaultProfile: null,
  baseProfile: null,
  timeZone: 'UTC',
  scheduleAllDay: true,
  customServices: new Map(),
  blockLists: [],
  allowTxtBlockingReport: false,
  blockingAddresses: [],
})

const config = object<Config>(`${MODELS}.AppConfig`, emptyConfig, {
  enableBlocking: boolean,
  profiles: dictionary(profile, `${MODELS}.ProfileConfig`),
  clients: list(client, `${MODELS}.ClientConfig`),
  defaultProfile: string,
  baseProfile: string,
  timeZone: string,
  scheduleAllDay: boolean,
  customServices: dictionary(service, `${MODELS}.BlockedServiceDefinition`),
  blockLists: list(blockList, `${MODELS}.BlockListConfig`),
  allowTxtBlockingReport: boolean,
  blockingAddresses: texts,
})

/** Throws `ServerError` in the app's words. */
export function loadFilterConfig(text: string | null): void {
  if (text === null || text.trim() === '') return
  compile(readNetJson(text, config) ?? emptyConfig())
}

function compile({ profiles, customServices, blockLists, blockingAddresses }: Config): void {
  if (customServices === null || profiles === null) throw nullReference()
  for (const held of customServices.values()) if (held === null || held.domains === null) throw nullReference()
  for (const held of profiles.values()) {
    if (held === null) throw nullReference()
    compileProfile(held)
    if (blockLists === null || blockLists.includes(null)) throw nullReference()
    if ((held.blockingAddresses ?? blockingAddresses)?.includes(null) === true) throw nullReference()
  }
}

function compileProfile(held: Profile): void {
  if (held.blockedServices === null) throw nullReference()
  if (held.blockedServices.includes(null)) throw argumentNull('key')
  for (const entries of [held.customRules, held.allowList, held.dnsRewrites]) {
    if (entries === null || entries.includes(null)) throw nullReference()
  }
  for (const patterns of [held.regexBlockRules, held.regexAllowRules]) {
    if (patterns === null) throw argumentNull('collection')
    if (patterns.includes(null)) throw nullReference()
  }
}
