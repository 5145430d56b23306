import type { Change } from '@zonedeck/shared/change'
import type { ListFetch, Pause, PauseTarget } from '@zonedeck/shared/content-filter'
import type { Job, Plan } from '@zonedeck/shared/job'
import type { Operation } from '@zonedeck/shared/operation'
import type { StatsRange, StatsReport } from '@zonedeck/shared/statistics'
import type { Reading } from './features/statistics/samples/increase.ts'
import type { Answer } from './objects/answer.ts'

/** What requests ask of a `Limiter`. Said here and not taken from the class, which needs `Env` itself. */
export interface LimiterCalls {
  take(now: number): Promise<number>
  giveBack(): Promise<void>
  clear(): Promise<void>
  callsAMinute(now: number, most: number): Promise<number>
  hash(password: string, pepper: string): Promise<string>
  verify(password: string, stored: string | null, pepper: string): Promise<{ ok: boolean; rehash?: string }>
}

/** What requests ask of a `ListReader`. */
export interface ListReaderCalls {
  /** A `ListCheck` as JSON, or the seconds to wait before the next one. `ownHost`: where this panel is, not to ask itself. */
  read(input: ListFetch, from: { ownHost: string; mayPrivate: boolean }): Promise<Response | number>
}

interface WriteCall<B> {
  connection: string
  zone: string
  actor: { id: string; name: string }
  requestId: string
  body: B
}

interface WriteInput {
  changes: Change[]
  operation?: Operation | undefined
}

interface ApplyBody extends WriteInput {
  plan: string
  accept: string[]
  secrets?: Record<string, string> | undefined
}

/** What requests ask of a `StatsCache`. */
export interface StatsCacheCalls {
  report(connection: string, range: StatsRange): Promise<Answer<StatsReport>>
}

/** What requests ask of a `ZoneWriter`. */
interface ZoneWriterCalls {
  plan(call: WriteCall<WriteInput>): Promise<Answer<Plan>>
  apply(call: WriteCall<ApplyBody>): Promise<Answer<Job>>
  job(connection: string, zone: string, id: string): Promise<Job | null>
}

/** What requests ask of a `FilterPauses`. */
export interface FilterPausesCalls {
  start(call: PauseCall & { target: PauseTarget; until: number }): Promise<Answer<Pause>>
  end(call: PauseCall & { id: string }): Promise<Answer<Pause>>
  leave(call: PauseCall): Promise<Answer<null>>
  follow(): Promise<void>
  list(text?: string): Promise<Pause[]>
}

interface PauseCall {
  connection: string
  actor: { id: string; name: string }
  requestId: string
}

/** What requests ask of a `Sampler`. */
export interface SamplerCalls {
  begin(connection: string, elsewhere: boolean): Promise<void>
  note(connection: string, reading: Reading): Promise<void>
  last(): Promise<Reading | null>
  end(connection: string): Promise<void>
}

/**
 * What the worker is given. Everything but the bindings is text that may be missing: what needs it fails closed and
 * says which variable it misses.
 */
export interface Env {
  DB: D1Database
  ASSETS: Fetcher
  ZONE_WRITER: DurableObjectNamespace<ZoneWriterCalls>
  LIMITER: DurableObjectNamespace<LimiterCalls>
  STATS_CACHE: DurableObjectNamespace<StatsCacheCalls>
  FILTER_PAUSES: DurableObjectNamespace<FilterPausesCalls>
  SAMPLER: DurableObjectNamespace<SamplerCalls>
  LIST_READER: DurableObjectNamespace<ListReaderCalls>
  /** Id of the key that seals: `KEK_<id>` holds it, base64 of 32 bytes. Older keys stay readable under their ids. */
  KEK_ACTIVE?: string
  /** Signs plans: base64 of 32 bytes. */
  PLAN_KEY?: string
  /** Mixed into every password hash. */
  PEPPER?: string
  /** Opens the setup page once. */
  SETUP_TOKEN?: string
  TECHNITIUM_URL?: string
  TECHNITIUM_TOKEN?: string
  /** Comma-separated addresses of resolvers (DNS over HTTPS) to ask about parent zones, or `off`. Absent: public ones. */
  DOH_URL?: string
  /** The resolver of the simulated internet, for the zones of sandbox connections. */
  SANDBOX_DOH_URL?: string
  /** JSON list of simulators to offer as one-click connections. */
  SANDBOX?: string
  ALLOW_LOOPBACK_UPSTREAM?: string
  ALLOW_HTTP_UPSTREAM?: string
  /** Comma-separated CIDR blocks. */
  PRIVATE_UPSTREAMS?: string
  /** Comma-separated further ports. */
  UPSTREAM_PORTS?: string
}

/** A variable whose name is only known at run time (`KEK_<id>`, `CONNECTION_<NAME>`), when it is there and is text. */
export function variable(env: Env, name: string): string | undefined {
  const value: unknown = Object.hasOwn(env, name) ? Reflect.get(env, name) : undefined
  return typeof value === 'string' ? value : undefined
}
