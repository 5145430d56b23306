import type { Change, ChangeResult } from '@zonedeck/shared/change'
import { setKey } from '@zonedeck/shared/plan/keys'
import type { RecordSet } from '@zonedeck/shared/record-set'
import type { DnsProvider, ProviderContext } from '../provider.ts'
import { ProviderError, type ProviderErrorKind } from '../provider-error.ts'
import { makeAddresses, type Dialect } from './addresses.ts'
import { makeCall } from './call.ts'
import { isSigned, makeDnssec } from './dnssec.ts'
import { makeSettings, metadataOf } from './settings.ts'
import { turnsOf, type Turn } from './turns.ts'
import { toRecordSet, toZone } from './wire.ts'
import { makeWriteSet } from './write-set.ts'
import { exportZone, makeNativeImport } from './zone-file.ts'

/** Finding out how records are addressed, and a retry or two. */
const CALLS_FIRST = 4
/** Writing one record and reading it back. */
const CALLS_TO_WRITE = 2
/** After these, the next call would fare no better. */
const NOT_NOW: readonly ProviderErrorKind[] = ['auth', 'forbidden', 'rate-limited', 'unavailable']

/**
 * Thalassa Cloud DNS (early access), over `/v1/dns`.
 *
 * A record of Thalassa is a whole set, so one change is one call. What is written is published 25 to 40 seconds later;
 * the API itself answers with the new state at once.
 */
export function dns(context: ProviderContext) {
  const { upstream, credentials } = context
  const call = makeCall(context)
  const addresses = makeAddresses(call, dialectOf(credentials.dialect))
  const writeSet = makeWriteSet(call, addresses)
  const dnssec = makeDnssec(call, addresses)

  /**
   * As far as it gets: `stop` is why it goes no further. Without a result stay what follows a lost answer, which has to
   * wait until the zone was read again, and what there were no calls left for.
   */
  async function applyTurn(
    zone: string,
    path: string,
    { changes, makesRoom }: Turn,
    now: ReadonlyMap<string, RecordSet>,
  ): Promise<{ results: ChangeResult[]; stop?: ProviderError }> {
    const results: ChangeResult[] = []
    let stop: ProviderError | undefined
    for (const change of changes) {
      const { name, type } = change
      try {
        await writeSet(zone, path, change, now.get(setKey(change)) ?? null)
        results.push({ name, type, status: 'done' })
      } catch (error) {
        if (!(error instanceof ProviderError)) throw error
        if (error.kind === 'unavailable' && upstream.callsLeft() <= 0) return { results, stop: error }
        const unknown = error.kind === 'unknown'
        results.push({ name, type, status: unknown ? 'unknown' : 'failed', detail: error.message })
        if (unknown) return { results, stop: error }
        if (!NOT_NOW.includes(error.kind)) continue
        results.push(...notSent(changes, results, error))
        stop = error
        break
      }
    }
    if (makesRoom) await takeBack(zone, path, changes, results, now)
    return { results, ...(stop ? { stop } : {}) }
  }

  /** Puts back what was deleted to make room, when nothing took its place. Tells in `results` what became of it. */
  async function takeBack(
    zone: string,
    path: string,
    changes: readonly Change[],
    results: ChangeResult[],
    now: ReadonlyMap<string, RecordSet>,
  ): Promise<void> {
    if (changes.some(({ after }, index) => after !== null && results[index]?.status !== 'failed')) return
    for (const [index, change] of changes.entries()) {
      const { name, type } = change
      const before = now.get(setKey(change))
      if (change.after !== null || before === undefined || results[index]?.status !== 'done') continue
      const why = 'It was deleted to make room, but nothing took its place'
      try {
        await writeSet(zone, path, { name, type, before: null, after: before }, null)
        results[index] = { name, type, status: 'rolled-back', detail: `${why}: it was put back.` }
      } catch (error) {
        if (!(error instanceof ProviderError)) throw error
        const status = error.kind === 'unknown' ? 'unknown' : 'done'
        results[index] = { name, type, status, detail: `${why}, and putting it back failed. ${error.message}` }
      }
    }
  }

  return {
    async test() {
      const [first, ...others] = await addresses.listZones()
      const { organisation = '', project } = credentials
      // DNSSEC has a feature gate of its own, which only a zone can show.
      const closed = first === undefined ? null : await refusalOf(dnssec.read(toZone(first).name))
      return {
        account: project ? `${organisation}, project ${project}` : organisation,
        missing: closed === null ? [] : [`DNSSEC: ${closed}`],
        notes: [first === undefined ? 'There is no zone here yet.' : zoneCount(others.length + 1)],
      }
    },

    async listZones() {
      return (await addresses.listZones()).map(toZone)
    },

    async readZone(zone) {
      const { path, head } = await addresses.readZone(zone)
      const [records, signed] = await Promise.all([addresses.listRecords(path), isSigned(call, path)])
      const recordSets = records.flatMap((record) => toRecordSet(zone, record) ?? [])
      const recordCount = recordSets.reduce((sum, set) => sum + set.records.length, 0)
      return {
        zone: { ...toZone(head), recordCount, ...(signed === undefined ? {} : { dnssec: signed }) },
        recordSets,
      }
    },

    async apply(zone, changes, fresh) {
      const path = await addresses.zonePath(zone)
      const now = new Map(fresh.map((set) => [setKey(set), set]))
      const results: ChangeResult[] = []
      for (const turn of turnsOf(changes)) {
        if (upstream.callsLeft() < callsFor(turn)) return { results, more: true }
        const { results: answers, stop } = await applyTurn(zone, path, turn, now)
        results.push(...answers)
        if (stop === undefined) continue
        const again = stop.kind === 'unknown' || upstream.callsLeft() <= 0
        if (again) return { results, more: results.length < changes.length }
        return { results: [...results, ...notSent(changes, results, stop)], more: false }
      }
      return { results, more: false }
    },

    async createZone(zone, { values = {} }) {
      if (zone === '@') throw new ProviderError('refused', 'Thalassa does not hold the root zone.')
      await call({ method: 'POST', path: '/zones', body: { zoneName: zone, ...metadataOf(values) } })
      addresses.forget(zone)
      // The name goes in as it comes back: a lower-case A-label name without the last dot.
      return { name: zone }
    },

    async deleteZone(zone) {
      await call({ method: 'DELETE', path: await addresses.zonePath(zone) })
      addresses.forget(zone)
    },

    settings: makeSettings(call, addresses),
    dnssec,
    nativeImport: makeNativeImport(call, addresses),
    exportZone: (zone) => exportZone(call, addresses, zone),
  } satisfies DnsProvider
}

const zoneCount = (count: number) => (count === 1 ? 'It sees one zone.' : `It sees ${count} zones.`)

/** Why something is forbidden, or null. */
async function refusalOf(reading: Promise<unknown>): Promise<string | null> {
  try {
    await reading
    return null
  } catch (error) {
    return error instanceof ProviderError && error.kind === 'forbidden' ? error.message : null
  }
}

/** What is enough for a turn, taking back included: none is begun that might have to stop midway. */
function callsFor({ changes, makesRoom }: Turn): number {
  const deletes = changes.filter(({ after }) => after === null).length
  const writes = changes.length - deletes + (makesRoom ? deletes : 0)
  return CALLS_FIRST + deletes + CALLS_TO_WRITE * writes
}

function dialectOf(text: string | undefined): Dialect | 'auto' {
  return text === 'sdk' || text === 'docs' ? text : 'auto'
}

function notSent(changes: readonly Change[], results: readonly ChangeResult[], cause: ProviderError): ChangeResult[] {
  const answered = new Set(results.map(setKey))
  return changes
    .filter((change) => !answered.has(setKey(change)))
    .map(({ name, type }) => ({ name, type, status: 'failed', detail: `It was not sent. ${cause.message}` }))
}
