import { readJson } from '../json.ts'
import { ProviderError } from '../provider-error.ts'
import type { Call } from './call.ts'
import { changedFields, undoOf, type Step } from './compile.ts'
import { failure } from './failure.ts'
import { readRecord, readRecords, sameRecord, type HeldRecord, type RecordState } from './records.ts'
import { recordSchema } from './wire.ts'

/** A step the server has taken. */
export interface Written {
  step: Step
  /** The record that was edited, made or removed. */
  uuid: string
  /** The step that takes it back. */
  undo: Step
  /** The server holds something else than it was asked for: a sentence. */
  complaint?: string
}

/** What stands before an API and lost its answer: whether it was done cannot be asked yet. */
const GATEWAY = new Set([502, 504, 520, 521, 522, 523, 524])

/** Writes single records of one zone. */
export function makeRecordWriter(call: Call, zone: string, zoneUuid: string) {
  /** Learnt from the first refusal, so that it is asked for once. */
  let patches = true

  /**
   * Takes a step and makes sure that it was taken. Throws ProviderError when the server holds what it held before, and
   * `unknown` when nobody can say.
   */
  async function take(step: Step): Promise<Written> {
    switch (step.do) {
      case 'edit': {
        await edit(step)
        // What an edit answers is documented nowhere: the record itself tells.
        const now = await lookAgain(() => readOne(step.uuid), unseen())
        return written(step, step.uuid, now, step.to)
      }
      case 'add': {
        const made = await add(step.to)
        return written(step, made.uuid, made, step.to)
      }
      case 'remove':
        await remove(step.uuid)
        return { step, uuid: step.uuid, undo: undoOf(step, step.uuid) }
    }
  }

  async function edit(step: Extract<Step, { do: 'edit' }>): Promise<void> {
    const path = `/dns-records/${step.uuid}/` as const
    let method: 'PATCH' | 'PUT' = patches ? 'PATCH' : 'PUT'
    let response = await call.ask(method, path, patches ? changedFields(step) : step.to.body)
    if (response.status === 405 && patches) {
      patches = false
      method = 'PUT'
      response = await call.ask(method, path, step.to.body)
    }
    if (response.status < 400) return
    const error = failure(method, response)
    if (error.kind !== 'unknown' || GATEWAY.has(response.status)) throw error
    const now = await lookAgain(() => readOne(step.uuid), error)
    if (now === null || !sameRecord(now, step.to)) throw unwritten(error)
  }

  async function add(to: RecordState): Promise<HeldRecord> {
    const response = await call.ask('POST', `/dns-zones/${zoneUuid}/records/`, to.body)
    if (response.status >= 400) {
      const error = failure('POST', response)
      if (error.kind !== 'unknown' || GATEWAY.has(response.status)) throw error
      const made = await lookAgain(() => findAlike(to), error)
      if (made === null) throw unwritten(error)
      return made
    }
    const made = answered(response.text) ?? (await lookAgain(() => findAlike(to), unseen()))
    if (made !== null) return made
    throw unseen()
  }

  async function remove(uuid: string): Promise<void> {
    const response = await call.ask('DELETE', `/dns-records/${uuid}/`)
    // Gone is gone, whoever did it.
    if (response.status < 400 || response.status === 404) return
    const error = failure('DELETE', response)
    if (error.kind !== 'unknown' || GATEWAY.has(response.status)) throw error
    if ((await lookAgain(() => readOne(uuid), error)) !== null) throw unwritten(error)
  }

  /** The new record as a 201 shows it; that it does is likely and not documented. */
  function answered(text: string): HeldRecord | null {
    try {
      return readRecord(zone, readJson(recordSchema, text, 'the new record'))
    } catch (error) {
      if (error instanceof ProviderError) return null
      throw error
    }
  }

  async function readOne(uuid: string): Promise<HeldRecord | null> {
    try {
      return readRecord(zone, await call.get(recordSchema, `/dns-records/${uuid}/`, 'this record'))
    } catch (error) {
      if (error instanceof ProviderError && error.kind === 'missing') return null
      throw error
    }
  }

  /** The records of one type in this zone. */
  async function listType(type: string): Promise<HeldRecord[]> {
    const query = { zone: zoneUuid, record_type: type }
    return readRecords(zone, await call.list(recordSchema, '/dns-records/', `${type} records`, query))
  }

  /** The record just made, whose id no answer told. The newest of equal ones; there should be one. */
  async function findAlike(to: RecordState): Promise<HeldRecord | null> {
    return (await listType(to.type)).findLast((record) => sameRecord(record, to)) ?? null
  }

  return { take, listType }
}

export type RecordWriter = ReturnType<typeof makeRecordWriter>

function written(step: Step, uuid: string, now: RecordState | null, wanted: RecordState): Written {
  const fine = now !== null && sameRecord(now, wanted)
  return {
    step,
    uuid,
    undo: undoOf(step, uuid),
    ...(fine ? {} : { complaint: `VPS.org accepted ${told(wanted)} and holds ${now ? told(now) : 'nothing'}.` }),
  }
}

const told = ({ name, rdata, ttl }: RecordState) => `${name} with “${rdata.slice(0, 200)}” and TTL ${ttl}`

/** What the server holds now, or the error that is thrown when it cannot be had. */
async function lookAgain<T>(look: () => Promise<T>, failed: ProviderError): Promise<T> {
  try {
    return await look()
  } catch {
    throw failed
  }
}

const unseen = () => new ProviderError('unknown', 'VPS.org accepted it and then did not show it.')

function unwritten(failed: ProviderError): ProviderError {
  return new ProviderError('refused', failed.message.replace(/, perhaps after.*$/, ' and did not do it.'))
}
