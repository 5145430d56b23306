import { parseName } from '@zonedeck/shared/names'
import { readJson } from '../json.ts'
import { ProviderError } from '../provider-error.ts'
import type { Call } from './call.ts'
import { recordSchema, recordsSchema, zoneSchema, zonesSchema, type WireRecord, type WireZone } from './wire.ts'

const LISTING_BYTES = 64 * 2 ** 20

/**
 * Thalassa's API reference addresses a zone by its name and a record by name and type, changed with PATCH (`docs`). Its
 * own programs address both by identity and change a record with PUT (`sdk`).
 */
export type Dialect = 'sdk' | 'docs'

type Key = { name: string; type: string }

export interface Addresses {
  listZones: () => Promise<WireZone[]>
  /** The zone's own path, in which way it is addressed, and what the server says of it. Throws `missing`. */
  readZone: (zone: string) => Promise<{ path: string; way: Dialect; head: WireZone }>
  zonePath: (zone: string) => Promise<string>
  listRecords: (zonePath: string) => Promise<WireRecord[]>
  /** Where a record that exists is changed and deleted. `identity`: as far as it is known. Throws `missing`. */
  recordAddress: (
    zonePath: string,
    key: Key,
    identity: string | undefined,
  ) => Promise<{ path: string; method: 'PUT' | 'PATCH' }>
  /** One record, fresh from the server. Throws `missing`. */
  readRecord: (zonePath: string, key: Key, identity: string | undefined) => Promise<WireRecord>
  /** Do writes answer with the record? The API reference does not say so; Thalassa's programs rely on it. */
  writesAnswer: () => boolean
  forget: (zone: string) => void
}

/**
 * Knows, or finds out, how this server addresses zones and records, and remembers it for the context. With `auto` it
 * looks before it writes: a record that can be read in one way can be written in that way.
 */
export function makeAddresses(call: Call, chosen: Dialect | 'auto'): Addresses {
  const paths = new Map<string, string>()
  const identities = new Map<string, string>()
  let dialect = chosen === 'auto' ? undefined : chosen

  async function listZones(): Promise<WireZone[]> {
    const { text } = await call({ method: 'GET', path: '/zones', maxBytes: LISTING_BYTES })
    const zones = readJson(zonesSchema, text, 'the list of zones')
    for (const { name, identity } of zones) if (identity !== undefined) identities.set(zoneKey(name), identity)
    return zones
  }

  async function identityOf(zone: string): Promise<string | undefined> {
    if (!identities.has(zone)) await listZones()
    return identities.get(zone)
  }

  async function readAt(path: string): Promise<WireZone> {
    return readJson(zoneSchema, (await call({ method: 'GET', path })).text, 'this zone')
  }

  const byName = (zone: string) => `/zones/${encodeURIComponent(zone)}`
  const wayOf = (zone: string, path: string): Dialect => (path === byName(zone) ? 'docs' : 'sdk')

  async function readZone(zone: string): Promise<{ path: string; way: Dialect; head: WireZone }> {
    const known = paths.get(zone)
    if (known !== undefined) return { path: known, way: wayOf(zone, known), head: await readAt(known) }
    const identity = dialect === 'docs' ? undefined : await identityOf(zone)
    if (identity === undefined && chosen === 'sdk') throw missingZone()
    const ways = identity === undefined ? [byName(zone)] : [`/zones/${identity}`]
    if (identity !== undefined && chosen === 'auto') ways.push(byName(zone))
    const found = await firstOf(ways.map((path) => async () => ({ path, head: await readAt(path) })))
    paths.set(zone, found.path)
    return { ...found, way: wayOf(zone, found.path) }
  }

  async function zonePath(zone: string): Promise<string> {
    const known = paths.get(zone)
    if (known !== undefined) return known
    if (chosen === 'docs') return byName(zone)
    if (chosen === 'auto') return (await readZone(zone)).path
    const identity = await identityOf(zone)
    if (identity === undefined) throw missingZone()
    return `/zones/${identity}`
  }

  async function listRecords(path: string): Promise<WireRecord[]> {
    const { text } = await call({ method: 'GET', path: `${path}/records`, maxBytes: LISTING_BYTES })
    return readJson(recordsSchema, text, 'the records of this zone')
  }

  const recordPath = (zone: string, { name, type }: Key, identity: string | undefined) =>
    identity === undefined ? `${zone}/records/${encodeURIComponent(name)}/${type}` : `${zone}/records/${identity}`

  async function readRecordAt(path: string): Promise<WireRecord> {
    return readJson(recordSchema, (await call({ method: 'GET', path })).text, 'this record')
  }

  async function knownIdentity(path: string, { name, type }: Key): Promise<string> {
    const found = (await listRecords(path)).find((record) => record.name === name && record.type === type)
    if (found?.identity !== undefined) return found.identity
    throw new ProviderError('missing', 'Thalassa has no such record in this zone.')
  }

  async function readRecord(path: string, key: Key, given: string | undefined): Promise<WireRecord> {
    if (dialect === 'docs') return readRecordAt(recordPath(path, key, undefined))
    const identity = given ?? (dialect === 'sdk' ? await knownIdentity(path, key) : undefined)
    if (dialect === 'sdk') return readRecordAt(recordPath(path, key, identity))
    const ways: Dialect[] = identity === undefined ? ['docs'] : ['sdk', 'docs']
    const found = await firstOf(
      ways.map((way) => async () => ({
        way,
        record: await readRecordAt(recordPath(path, key, way === 'sdk' ? identity : undefined)),
      })),
    )
    dialect = found.way
    return found.record
  }

  async function recordAddress(path: string, key: Key, given: string | undefined) {
    if (dialect === undefined) await readRecord(path, key, given)
    if (dialect === 'docs') return { path: recordPath(path, key, undefined), method: 'PATCH' as const }
    const identity = given ?? (await knownIdentity(path, key))
    return { path: recordPath(path, key, identity), method: 'PUT' as const }
  }

  return {
    listZones,
    readZone,
    zonePath,
    listRecords,
    recordAddress,
    readRecord,
    writesAnswer: () => dialect !== 'docs',
    forget: (zone) => {
      paths.delete(zone)
      identities.delete(zone)
    },
  }
}

function missingZone(): ProviderError {
  return new ProviderError('missing', 'Thalassa has no such zone in this organisation and project.')
}

/** Thalassa's name of a zone as the panel writes it; one that is no name stands for itself. */
function zoneKey(name: string): string {
  try {
    return parseName(name).slice(0, -1)
  } catch {
    return name
  }
}

/** The first way that the server knows. Throws what the first one threw when it knows none. */
async function firstOf<T>(ways: readonly (() => Promise<T>)[]): Promise<T> {
  let first: unknown
  for (const way of ways) {
    try {
      return await way()
    } catch (error) {
      const unknownWay = error instanceof ProviderError && /^(missing|refused|protocol)$/.test(error.kind)
      if (!unknownWay) throw error
      first ??= error
    }
  }
  throw first
}
