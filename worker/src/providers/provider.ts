import type { Account } from '@zonedeck/shared/account'
import type { Change, ChangeResult } from '@zonedeck/shared/change'
import type { ConnectionTest, ProviderInfo } from '@zonedeck/shared/connection'
import type { FilterAbout, ServerBlocking } from '@zonedeck/shared/content-filter'
import type { DnssecState } from '@zonedeck/shared/dnssec'
import type { FilterCall } from '@zonedeck/shared/filter-operation'
import type { FormField, FormValues } from '@zonedeck/shared/form'
import type { RecordSet } from '@zonedeck/shared/record-set'
import type { SearchHit } from '@zonedeck/shared/search'
import type { Measure, QueryLogPage, StatsRange, StatsReport, TopEntry, TopList } from '@zonedeck/shared/statistics'
import type { Counter } from '@zonedeck/shared/stats'
import type { CreateZone, DnssecStep, PermissionTables, Zone, ZoneAction, ZoneSettings } from '@zonedeck/shared/zone'
import type { ZonePermissions } from '@zonedeck/shared/zone-permissions'
import type { Upstream } from './upstream.ts'

/** Everything an adapter may touch, made for one request. The credential lives here and nowhere else. */
export interface ProviderContext {
  /** Calls the connection's own server and no other; see `upstream.ts` for time-outs, caps and retries. */
  upstream: Upstream
  /** By field id of `about.fields`. */
  credentials: Readonly<Record<string, string>>
  /** Milliseconds since 1970. */
  now: () => number
  /** What was learnt of this server in earlier requests; absent, everything is asked anew. */
  memory?: ProviderMemory
}

/**
 * Held while a worker lives, by connection and credentials: sessions, and what is slow to find out. Nothing in it is ever
 * needed, and it is never written down.
 */
export interface ProviderMemory {
  get(key: string): unknown
  /** `lifetime` in milliseconds. */
  set(key: string, value: unknown, lifetime: number): void
  delete(key: string): void
}

/**
 * A server that holds DNS zones.
 *
 * - Three methods are required; of the others, presence is the capability, and `about.capabilities` says so with reasons.
 * - Zone names are lower-case A-labels without the last dot, `@` for the root zone. Record sets are as in
 *   `@zonedeck/shared/record-set`: relative names, canonical rdata.
 * - Methods throw `ProviderError` and nothing else. They may be called in parallel for reading; writes to one zone come
 *   one after the other (the zone-writer sees to it).
 * - Nothing is lost: types, fields and tags the adapter does not know come back as they are (`native`, RFC 3597 text).
 */
export interface DnsProvider {
  /** Who are we to the server, which version is it, which rights are missing? Writes nothing. */
  test(): Promise<ConnectionTest>
  /** Every zone the credential may see. */
  listZones(): Promise<Zone[]>
  /** The whole zone, fresh from the server; sets in any order. Throws `missing` when it is not there. */
  readZone(zone: string): Promise<{ zone: Zone; recordSets: RecordSet[] }>
  /**
   * Makes the server hold `after` of each change. The caller has just compared every `before` with a fresh read, and has
   * put the changes in an order that never breaks a name (deletes that make room first).
   *
   * Atomic providers answer for all changes at once. Sequential ones work in order and may stop early when
   * `upstream.callsLeft()` runs low: they answer for the changes they finished, at least one or `more`, and are called
   * again with the rest. A result is `done`, `failed` (with the server's words, nothing of this change written),
   * `rolled-back` (undone again after a failure midway) or `unknown` (sent, no answer). A change whose set needs more
   * calls than are left may be begun: answer `more: true`, and the caller reads the set again before going on.
   */
  apply(
    zone: string,
    changes: readonly Change[],
    fresh: readonly RecordSet[],
  ): Promise<{ results: ChangeResult[]; more: boolean }>
  /** Returns the name the server gave it, which may differ (a reverse zone made from an address). */
  createZone?(zone: string, input: CreateZone): Promise<{ name: string }>
  deleteZone?(zone: string): Promise<void>
  setZoneEnabled?(zone: string, enabled: boolean): Promise<void>
  /** Options of a zone beside its records. `write` is given only the fields that change, checked against `read`. */
  settings?: {
    read(zone: string): Promise<ZoneSettings>
    write(zone: string, values: FormValues): Promise<void>
  }
  /** The server's own rights on a zone. `write` replaces both tables, but for the rows the server keeps itself. */
  permissions?: {
    read(zone: string): Promise<ZonePermissions>
    write(zone: string, tables: PermissionTables): Promise<void>
  }
  /** `act` does one of the actions that a fresh `read` offers, with values checked against its fields. */
  dnssec?: {
    read(zone: string): Promise<DnssecState>
    act(zone: string, step: DnssecStep): Promise<void>
  }
  /**
   * What `capabilities.actions` lists. `confirms` says what the zone as it is afterwards proves: done, not done, or null
   * when nothing can be seen of it.
   */
  actions?: {
    run(zone: string, action: ZoneAction): Promise<void>
    confirms(action: ZoneAction, zone: Zone): boolean | null
  }
  /**
   * The server's own import, where it loses nothing: `sets` is what the zone file would hold, `merge` keeps the sets that
   * are not among them, `replace` deletes them. `refuses` says before anything is sent why these sets would suffer, or
   * null. Answers with what the server says it did, as a sentence, if it says anything.
   */
  nativeImport?: {
    refuses(sets: readonly RecordSet[]): string | null
    run(zone: string, sets: readonly RecordSet[], mode: 'merge' | 'replace'): Promise<string | undefined>
  }
  /** The zone file as the server itself writes it. */
  exportZone?(zone: string): Promise<string>
  /** Records in all zones that match a text; `*` and `?` are wildcards. At most `most`. */
  search?(text: string, most: number): Promise<SearchHit[]>
}

/** Accounts on the server itself. Passwords and keys of accounts never come out of it. */
export interface UserDirectory {
  /** The account of the connection's own key, or with a name another one. Throws `missing`, `forbidden`. */
  read(name?: string): Promise<Account>
  /** What a new account takes. */
  newFields(): FormField[]
  /** `values` are checked against the fields; `secrets` are those of kind `secret`, by field id. */
  create(name: string, values: FormValues, secrets: Readonly<Record<string, string>>): Promise<void>
  update(name: string, values: FormValues, secrets: Readonly<Record<string, string>>): Promise<void>
  remove(name: string): Promise<void>
  /** Names of the account's zones. */
  zonesOf(name: string): Promise<string[]>
}

/** A range with its two ends, milliseconds since 1970. `kind` lets a server use its own ranges where it has the same. */
export interface TimeRange {
  kind: StatsRange['kind']
  from: number
  to: number
}

/** What may narrow a query log down. Names may hold `*`; the rest is exact, in the server's own words. */
export interface LogFilter {
  page: number
  perPage: number
  newestFirst: boolean
  from?: number | undefined
  to?: number | undefined
  client?: string | undefined
  name?: string | undefined
  type?: string | undefined
  rcode?: string | undefined
  protocol?: string | undefined
  answeredBy?: string | undefined
}

/**
 * What a server has counted since it started, in the panel's words. Everything but the gauges only grows until a restart.
 * What the server does not count is left out.
 */
export interface Tally {
  /** Seconds since the server started: it says of numbers that grew whether they began at zero in between. */
  uptime?: number
  counts: Partial<Record<Exclude<Measure, 'clients'>, number>>
  /** By type of record; one that is not named is at zero. Absent: the server does not tell them apart. */
  types?: Readonly<Record<string, number>>
  protocols?: Readonly<Record<string, number>>
  /** What it holds now. */
  gauges: Counter[]
}

/**
 * What a server counts. It has `report` when it keeps a history of its own. A server that only counts since it started has
 * `tally`: the panel takes one every minute and keeps the differences. `counters` is the same in the server's words.
 */
export interface StatsSource {
  counters?(): Promise<Counter[]>
  tally?(): Promise<Tally>
  /** Everything of a range but the totals of the range before. Top lists hold ten. */
  report?(range: TimeRange): Promise<StatsReport>
  /** At most `most` entries, without looking up host names. */
  top?(list: TopList, range: TimeRange, most: number): Promise<TopEntry[]>
  /** The server's log of queries. Throws `missing` when it keeps none. */
  log?(filter: LogFilter): Promise<QueryLogPage>
}

/**
 * The configuration of one Content Filter app.
 *
 * - A text is a whole configuration, to the letter where the server keeps it so; empty where there is none.
 * - Writes come one after the other, each compared with a fresh read just before (the zone-writer sees to it).
 * - Methods throw `ProviderError` and nothing else; `missing` when the server has no such app.
 */
export interface FilterBackend {
  read(): Promise<{ text: string; about: FilterAbout }>
  /**
   * Makes the server hold this text. `call` says the same in one call of the Web UI's API; only a server that speaks it
   * looks at that. `reloaded`: did the server say that the app took it up; null when it does not say.
   */
  write(text: string, call?: FilterCall): Promise<{ reloaded: boolean | null }>
  /** The app reads its configuration again, and with it the lists whose time has come. */
  refresh(): Promise<{ reloaded: boolean | null }>
  /** Every service that can be blocked, built-in or not, where the server can tell. By id. */
  services?(): Promise<Record<string, { name: string; domains: string[] }>>
  /** The server's own blocking, beside the app's. */
  blocking?: {
    read(): Promise<ServerBlocking>
    setEnabled(enabled: boolean): Promise<void>
    /** The server itself ends it, unless it is started again meanwhile: then it stays off. Whole minutes. */
    pause(minutes: number): Promise<void>
    /** Is it off with nothing that ends that, and was the server started since then? In milliseconds since 1970. */
    isLeftOff(since: number): Promise<boolean>
  }
  /** Of a server that is nothing but a filter; others are tested by their `DnsProvider`. */
  test?(): Promise<ConnectionTest>
}

/**
 * What a provider folder exports: `about.ts` (data), and what it has of `dns.ts`, `filter.ts`, `users.ts`, `stats.ts`,
 * `sign-in.ts`. It has `dns.ts` when `about.capabilities.zones` says so.
 */
export interface ProviderModule {
  about: ProviderInfo
  dns?: (context: ProviderContext) => DnsProvider
  filter?: (context: ProviderContext) => FilterBackend
  users?: (context: ProviderContext) => UserDirectory
  stats?: (context: ProviderContext) => StatsSource
  /**
   * Turns what was typed to sign in (a name, a password, a one-time code) into the credentials that are kept. One attempt,
   * never repeated; called when one of the fields marked `once` is filled in. Throws `auth` with the field that is wrong.
   */
  signIn?: (context: ProviderContext) => Promise<Record<string, string>>
}
