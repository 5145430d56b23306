import type { Change, ChangeResult } from '@zonedeck/shared/change'
import type { ConnectionTest, ProviderInfo } from '@zonedeck/shared/connection'
import type { RecordSet } from '@zonedeck/shared/record-set'
import type { CreateZone, Zone } from '@zonedeck/shared/zone'
import type { Upstream } from './upstream.ts'

/** Everything an adapter may touch, made for one request. The credential lives here and nowhere else. */
export interface ProviderContext {
  /** Calls the connection's own server and no other; see `upstream.ts` for time-outs, caps and retries. */
  upstream: Upstream
  /** By field id of `about.fields`. */
  credentials: Readonly<Record<string, string>>
  /** Milliseconds since 1970. */
  now: () => number
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
}

/** What a provider folder exports from `about.ts` (data) and `dns.ts` (the factory). */
export interface ProviderModule {
  about: ProviderInfo
  dns: (context: ProviderContext) => DnsProvider
}
