import type { Change, ChangeResult } from '@zonedeck/shared/change'
import { toAbsolute } from '@zonedeck/shared/names'
import type { RecordSet } from '@zonedeck/shared/record-set'
import { setKey } from '@zonedeck/shared/plan/keys'
import type { Zone } from '@zonedeck/shared/zone'
import * as z from 'zod'
import { ProviderError } from '../provider-error.ts'
import type { DnsProvider, ProviderContext } from '../provider.ts'
import { about } from './about.ts'
import { makeActions } from './actions.ts'
import { makeCall } from './call.ts'
import { compile, nativeName, type Step } from './compile.ts'
import { makeDnssec } from './dnssec.ts'
import { proxyOf, proxyPasswords } from './forwarder.ts'
import { refuseSpoiled } from './rdata.ts'
import { toRecordSets } from './record-sets.ts'
import { makePermissions } from './permissions.ts'
import { makeSettings } from './settings.ts'
import { testConnection } from './test-connection.ts'
import { createZone } from './new-zone.ts'
import { recordList } from './wire.ts'
import { makeImport } from './zone-import.ts'
import { listAll, toZone, zoneName } from './zones.ts'

const LARGE = 64 * 2 ** 20
/** Calls that are left unspent, to undo a change that fails midway. */
const RESERVE = 4

/** A Technitium DNS Server, 13 and later. */
export function dns(context: ProviderContext): DnsProvider {
  const calls = makeCall(context)
  const { call } = calls
  const { upstream } = context
  const address = (zone: string) => nativeName(toAbsolute('@', zone))

  async function listZones(): Promise<Zone[]> {
    return (await listAll(calls)).filter((zone) => zone.internal !== true).map(toZone)
  }

  async function readZone(zone: string): Promise<{ zone: Zone; recordSets: RecordSet[] }> {
    const name = address(zone)
    const answer = await call('/api/zones/records/get', { domain: name, zone: name, listZone: 'true' }, recordList, {
      reads: true,
      maxBytes: LARGE,
    })
    // The server answers from the closest zone above when there is none of this name.
    if (zoneName(answer.zone.name) !== zone) throw new ProviderError('missing', `The server has no zone ${zone}.`)
    const listed = toZone(answer.zone)
    return { zone: listed, recordSets: toRecordSets(zone, answer.records, listed.readOnly ? 'secondary' : undefined) }
  }

  /** Read only for the one write that must send them back. */
  async function passwords(zone: string, { name, type, after }: Pick<Change, 'name' | 'type' | 'after'>) {
    if (type !== 'FWD' || !after?.records.some((record) => proxyOf(record.rdata) !== '')) return undefined
    const domain = nativeName(toAbsolute(name, zone))
    const { records } = await call('/api/zones/records/get', { domain, zone: address(zone) }, recordList, {
      reads: true,
    })
    return proxyPasswords(records)
  }

  async function send(step: Step): Promise<void> {
    await call(step.path, step.params, z.unknown())
  }

  /** Puts a set back as it was after a change of several calls failed midway. */
  async function rollBack(
    zone: string,
    change: Change,
    before: RecordSet | null,
    words: string,
  ): Promise<ChangeResult> {
    const { name, type } = change
    try {
      const { recordSets } = await readZone(zone)
      const present = recordSets.find((set) => setKey(set) === setKey(change)) ?? null
      for (const step of compile(zone, present, before)) await send(step)
      return { name, type, status: 'rolled-back', detail: `${words} What had been written of it was taken back.` }
    } catch {
      return { name, type, status: 'unknown', detail: `${words} A part of it was written before.` }
    }
  }

  /** One change, as far as the calls reach. `more` when they did not reach to its end. */
  async function applyOne(zone: string, change: Change, before: RecordSet | null): Promise<ChangeResult | 'more'> {
    const { name, type } = change
    let done = 0
    try {
      guard(change)
      const known = new Set(before?.records.map((record) => record.rdata))
      for (const { rdata } of change.after?.records ?? []) if (!known.has(rdata)) refuseSpoiled(type, rdata)
      for (const step of compile(zone, before, change.after, await passwords(zone, change))) {
        if (upstream.callsLeft() <= RESERVE) return 'more'
        await send(step)
        done += 1
      }
      return { name, type, status: 'done' }
    } catch (error) {
      if (!(error instanceof ProviderError)) throw error
      if (error.kind === 'unknown') return { name, type, status: 'unknown', detail: error.message }
      if (done > 0) return rollBack(zone, change, before, error.message)
      return { name, type, status: 'failed', detail: error.message }
    }
  }

  async function apply(zone: string, changes: readonly Change[], fresh: readonly RecordSet[]) {
    const now = new Map(fresh.map((set) => [setKey(set), set]))
    const results: ChangeResult[] = []
    for (const change of changes) {
      if (upstream.callsLeft() <= RESERVE) return { results, more: true }
      const result = await applyOne(zone, change, now.get(setKey(change)) ?? null)
      if (result === 'more') return { results, more: true }
      results.push(result)
      // After a broken connection the rest waits for the zone to be read again.
      if (result.status === 'unknown') break
    }
    return { results, more: results.length < changes.length }
  }

  return {
    test: () => testConnection(calls, context.credentials),
    listZones,
    readZone,
    apply,
    createZone: (zone, input) => createZone(calls, context.credentials, address(zone), input),
    deleteZone: async (zone) => {
      await call('/api/zones/delete', { zone: address(zone) }, z.unknown())
    },
    setZoneEnabled: async (zone, enabled) => {
      await call(enabled ? '/api/zones/enable' : '/api/zones/disable', { zone: address(zone) }, z.unknown())
    },
    settings: makeSettings(calls, address),
    permissions: makePermissions(calls, address),
    dnssec: makeDnssec(calls, address),
    actions: makeActions(calls, address, readZone),
    nativeImport: makeImport(calls, address),
    exportZone: (zone) =>
      calls.file('/api/zones/export', { zone: address(zone) }, { reads: true, maxBytes: LARGE, timeout: 30_000 }),
  }
}

/** What the server would let happen and no zone survives. */
function guard({ name, type, before, after }: Change): void {
  if (type === 'SOA' && (before === null || after === null)) {
    throw new ProviderError('refused', 'The server makes the SOA itself; it can be edited, not added or deleted.')
  }
  if (type === 'NS' && name === '@' && after === null) {
    throw new ProviderError(
      'refused',
      'A zone without name servers cannot be answered for. Keep at least one NS at the apex.',
    )
  }
  const refusal = about.capabilities.types[type]
  if (after !== null && typeof refusal === 'object') throw new ProviderError('refused', refusal.reason)
}
