import type { ZoneRecord } from './zone-record.ts'

/** What carries over from one entry of a master file to the next. One object, so that every access has one shape. */
export interface ReaderState {
  text: string
  bytes: boolean
  /** Absolute; empty while none is known. */
  origin: string
  /** What a relative name ends with: a dot and the origin. */
  suffix: string
  /** Of the last record, for lines that begin with a blank; empty when there is none. */
  owner: string
  /** The owner as it was typed, to know it again without reading it. */
  ownerToken: string
  /** A `$ORIGIN` came after the last owner. */
  originMoved: boolean
  /** `$TTL`, or the SOA's minimum where BIND takes that; −1 while there is none. */
  defaultTtl: number
  /** Of the last record that named one; −1 while there is none. */
  lastTtl: number
  /** TTL of the first record of each type under the current owner, kept only while there is no default. */
  run: { owner: string; type: string; ttl: number; more: Map<string, number> | null }
  records: ZoneRecord[]
  comments: boolean
  hosts: HostCache
}

const SLOTS = 1024

/** Host names in rdata repeat: the last one of each hash is kept as typed and as canonical. */
export interface HostCache {
  typed: string[]
  canonical: string[]
}

export function newHostCache(): HostCache {
  return { typed: new Array<string>(SLOTS).fill(''), canonical: new Array<string>(SLOTS).fill('') }
}

export function hostSlot(hash: number): number {
  return hash & (SLOTS - 1)
}

export function suffixOf(origin: string): string {
  return origin === '.' ? '.' : `.${origin}`
}

export function setOrigin(state: ReaderState, origin: string): void {
  if (origin === state.origin) return
  state.origin = origin
  state.suffix = suffixOf(origin)
  // Both remember what a relative name meant under the old origin.
  state.ownerToken = ''
  state.hosts = newHostCache()
}

/**
 * Notes an explicit TTL. Without a `$TTL` the next record inherits it, except that BIND holds a set to the TTL of its
 * first record and hands that one on.
 */
export function noteTtl(state: ReaderState, type: string, ttl: number): void {
  if (state.defaultTtl >= 0) return
  const { run } = state
  if (run.owner !== state.owner) {
    run.owner = state.owner
    run.type = type
    run.ttl = ttl
    run.more = null
  } else if (run.type === type) ttl = run.ttl
  else {
    run.more ??= new Map()
    const first = run.more.get(type)
    if (first === undefined) run.more.set(type, ttl)
    else ttl = first
  }
  state.lastTtl = ttl
}
