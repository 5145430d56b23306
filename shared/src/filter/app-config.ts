/**
 * A configuration as the app holds it: defaults filled in, unknown keys gone, and the nulls it lets in where it lets them
 * in. Names of profiles and services are as they were written.
 */
export interface AppConfig {
  enableBlocking: boolean
  profiles: ReadonlyMap<string, AppProfile>
  clients: readonly (AppClient | null)[] | null
  defaultProfile: string | null
  baseProfile: string | null
  timeZone: string | null
  scheduleAllDay: boolean
  customServices: ReadonlyMap<string, AppService>
  blockLists: readonly (AppBlockList | null)[] | null
  allowTxtBlockingReport: boolean
  blockingAddresses: readonly (string | null)[] | null
}

export interface AppProfile {
  blockedServices: readonly string[]
  /** `at`: the position in the list as written, of which the app passes over some entries. */
  blockLists: readonly { url: string; at: number }[]
  allowList: readonly string[]
  customRules: readonly string[]
  regexBlockRules: readonly string[]
  regexAllowRules: readonly string[]
  dnsRewrites: readonly AppRewrite[]
  blockingAddresses: readonly string[] | null
  /** By day, in any case. */
  schedule: ReadonlyMap<string, readonly (AppWindow | null)[]> | null
}

export interface AppRewrite {
  domain: string | null
  answer: string | null
}

export interface AppWindow {
  allDay: boolean
  start: string | null
  end: string | null
}

export interface AppClient {
  name: string | null
  ids: readonly (string | null)[] | null
  profile: string | null
}

export interface AppBlockList {
  url: string | null
  name: string | null
  enabled: boolean
  refreshHours: number
  type: string | null
}

export interface AppService {
  name: string | null
  domains: readonly string[]
}
