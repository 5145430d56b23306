import { typeRefusal } from '@zonedeck/shared/refusals'
import type { Change } from '@zonedeck/shared/change'
import { holds } from '@zonedeck/shared/plan/same-set'
import type { RecordSet } from '@zonedeck/shared/record-set'
import { parseJson } from '../json.ts'
import { ProviderError } from '../provider-error.ts'
import { about } from './about.ts'
import type { Addresses } from './addresses.ts'
import type { Call } from './call.ts'
import { writeValue } from './values.ts'
import { recordSchema, toRecordSet, type WireRecord } from './wire.ts'

/**
 * Makes the server hold `after` of one change; `present` is the set as it is there now. Throws ProviderError when it was
 * not done: of the kind `unknown` when it may have been, or when the server holds something else than it was sent.
 */
export type WriteSet = (zone: string, zonePath: string, change: Change, present: RecordSet | null) => Promise<void>

export function makeWriteSet(call: Call, addresses: Addresses): WriteSet {
  async function write(zone: string, path: string, after: RecordSet, present: RecordSet | null): Promise<void> {
    const { name, type, ttl } = after
    // Thalassa reads 0 as its default. Both are always sent, so that PUT and PATCH mean the same.
    const content = { ...(ttl === 0 ? {} : { ttl }), values: after.records.map(({ rdata }) => writeValue(type, rdata)) }
    if (present === null) {
      const body = { name, type, ...content }
      const sent = await call({ method: 'POST', path: `${path}/records`, body, idempotent: true }).catch(
        (error: unknown) => thereAlready(error, zone, path, after),
      )
      if (sent !== null) await readBack(zone, path, after, sent.text)
    } else {
      const { path: at, method } = await addresses.recordAddress(path, after, identityOf(present))
      const { text } = await call({ method, path: at, body: content, idempotent: true })
      await readBack(zone, path, after, text)
    }
  }

  /** A create that was sent again may meet its own first try: null when the set is there as it was meant. */
  async function thereAlready(error: unknown, zone: string, path: string, after: RecordSet): Promise<null> {
    if (!(error instanceof ProviderError) || error.kind !== 'conflict') throw error
    const records = await addresses.listRecords(path)
    if (records.some((record) => holds(after, toRecordSet(zone, record)))) return null
    throw error
  }

  async function remove(path: string, present: RecordSet): Promise<void> {
    try {
      const { path: at } = await addresses.recordAddress(path, present, identityOf(present))
      await call({ method: 'DELETE', path: at, idempotent: true })
    } catch (error) {
      // Deleted by a first try whose answer was lost, or by somebody else: gone it is, if the list agrees.
      if (!(error instanceof ProviderError) || error.kind !== 'missing') throw error
      const left = await addresses.listRecords(path)
      if (left.some(({ name, type }) => name === present.name && type === present.type)) throw error
    }
  }

  /** Does the server hold what was written? Its answer says so, or the record itself is read. */
  async function readBack(zone: string, path: string, after: RecordSet, text: string): Promise<void> {
    const answer = addresses.writesAnswer() ? recordOf(text) : undefined
    if (answer !== undefined && holds(after, toRecordSet(zone, answer))) return
    const held = await addresses.readRecord(path, after, answer?.identity).catch((error: unknown) => {
      if (!(error instanceof ProviderError)) throw error
      throw new ProviderError('unknown', `It was sent, but reading it back failed. ${error.message}`)
    })
    if (after.ttl === 0 || holds(after, toRecordSet(zone, held))) return
    const values = held.values.join(', ').slice(0, 300)
    throw new ProviderError('unknown', `Thalassa took it, but holds ${values} with TTL ${held.ttl}.`)
  }

  return async (zone, path, change, present) => {
    guard(change, present)
    if (change.after !== null) await write(zone, path, change.after, present)
    else if (present !== null) await remove(path, present)
  }
}

/** The record that a write answered with, if it did: what is written is written, whatever the answer looks like. */
function recordOf(text: string): WireRecord | undefined {
  try {
    return recordSchema.safeParse(parseJson(text)).data
  } catch {
    return undefined
  }
}

/** All values of a set are one record of Thalassa's. */
function identityOf(set: RecordSet): string | undefined {
  return set.records[0]?.ref
}

/** What is not sent at all. */
function guard({ name, type, after }: Change, present: RecordSet | null): void {
  const { capabilities } = about
  const refusal = typeRefusal(capabilities, type)
  if (refusal) throw new ProviderError('refused', refusal.reason)
  if (type === 'NS' && name === '@' && capabilities.apexNs !== 'editable') {
    throw new ProviderError('refused', capabilities.apexNs.reason)
  }
  const { min, note = '' } = capabilities.ttl
  if (after !== null && after.ttl < min && after.ttl !== present?.ttl) {
    throw new ProviderError('refused', `The TTL must be at least ${min}. ${note}`)
  }
}
