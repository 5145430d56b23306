/**
 * The part of the Workers runtime that this worker uses. Everything else it needs (fetch, Request, crypto, …) is in
 * @types/node; wrangler's own declarations are 600 kB and clash with those of the Node scripts beside us.
 */

/** @types/node has the value alone among the globals. */
type CryptoKey = import('node:crypto').webcrypto.CryptoKey

interface D1Result<T> {
  results: T[]
  meta: { changes: number; last_row_id: number; rows_read: number; rows_written: number }
}

interface D1PreparedStatement {
  bind(...values: (string | number | null)[]): D1PreparedStatement
  first<T>(): Promise<T | null>
  all<T>(): Promise<D1Result<T>>
  run(): Promise<D1Result<never>>
}

interface D1Database {
  prepare(sql: string): D1PreparedStatement
  /** All or nothing. */
  batch<T = unknown>(statements: D1PreparedStatement[]): Promise<D1Result<T>[]>
  exec(sql: string): Promise<unknown>
}

interface Fetcher {
  fetch(input: Request | string | URL, init?: RequestInit): Promise<Response>
}

interface DurableObjectId {
  toString(): string
}

type DurableObjectStub<T> = {
  [K in keyof T as T[K] extends (...args: never[]) => unknown ? K : never]: T[K] extends (...args: infer A) => infer R
    ? (...args: A) => Promise<Awaited<R>>
    : never
} & Fetcher

interface DurableObjectNamespace<T> {
  idFromName(name: string): DurableObjectId
  get(id: DurableObjectId): DurableObjectStub<T>
  getByName(name: string): DurableObjectStub<T>
}

interface SqlStorageCursor<T> extends Iterable<T> {
  toArray(): T[]
  one(): T
  readonly rowsWritten: number
}

interface SqlStorage {
  exec<T = Record<string, string | number | null>>(
    sql: string,
    ...values: (string | number | null)[]
  ): SqlStorageCursor<T>
}

interface DurableObjectStorage {
  readonly sql: SqlStorage
  get<T>(key: string): Promise<T | undefined>
  put<T>(key: string, value: T): Promise<void>
  delete(key: string): Promise<boolean>
  list<T>(): Promise<Map<string, T>>
  transactionSync<T>(body: () => T): T
  setAlarm(at: number | Date): Promise<void>
  getAlarm(): Promise<number | null>
  deleteAlarm(): Promise<void>
  deleteAll(): Promise<void>
}

interface DurableObjectState {
  readonly id: DurableObjectId
  readonly storage: DurableObjectStorage
  blockConcurrencyWhile<T>(body: () => Promise<T>): Promise<T>
  waitUntil(work: Promise<unknown>): void
}

interface ExecutionContext {
  waitUntil(work: Promise<unknown>): void
  passThroughOnException(): void
}

declare module 'cloudflare:workers' {
  export abstract class DurableObject<E = unknown> {
    protected readonly ctx: DurableObjectState
    protected readonly env: E
    constructor(ctx: DurableObjectState, env: E)
    alarm?(info?: { isRetry: boolean; retryCount: number }): void | Promise<void>
  }
  export const env: import('./env.ts').Env & { MIGRATIONS: { name: string; queries: string[] }[] }
  export const exports: { default: Fetcher }
}
