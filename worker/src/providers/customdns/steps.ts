import { ProviderError } from '../provider-error.ts'
import { AnswerError, type Call } from './call.ts'
import type { Move } from './compile.ts'
import { toRdata } from './content.ts'
import { readNumber, readOne } from './read.ts'
import { readName } from './record-sets.ts'
import { recordSchema, type Domain, type NewRecord, type WireRecord } from './wire.ts'
import { writeXml } from './xml.ts'
import { zonePath, type Zones } from './zones.ts'

/** What a step has changed on the server so far; its opposite takes it back. */
export interface Done {
  removed?: WireRecord
  /** null: the server gave no id for it. */
  added?: { record: NewRecord; id: number | null }
}

/** A step that broke, and what it had changed by then. `unsure`: a part of it may still happen. */
export class StepFailed extends Error {
  readonly reason: ProviderError
  readonly done: Done
  readonly unsure: boolean

  constructor(reason: ProviderError, done: Done, unsure: boolean) {
    super(reason.message)
    this.reason = reason
    this.done = done
    this.unsure = unsure
  }
}

/** A record as a person would write it down, for the sentences that say what could not be undone. */
function describe({ name, type, ttl, content, prio }: NewRecord): string {
  return `${name} ${ttl} ${type} ${toRdata(type, { content, prio })}`
}

/** Whatever spelling the server lists it in: an IDN may come back by its U-labels. */
const same = (a: NewRecord, b: NewRecord) =>
  a.type.toUpperCase() === b.type.toUpperCase() &&
  readName(a.name) === readName(b.name) &&
  a.ttl === b.ttl &&
  toRdata(b.type, a) === toRdata(b.type, b)

/** Whether the write may have happened although no success was answered: no answer, or one that tells nothing. */
const isUnsure = (error: ProviderError) => error.kind === 'unknown'
const isDoubtful = (error: ProviderError) =>
  isUnsure(error) || (error instanceof AnswerError && (error.status >= 500 || error.status === 404))

/**
 * Makes and deletes the records of one zone, one by one. `held` are all of its records by id, and is kept up to date.
 *
 * The server answers a mistake, a failure and a lost connection alike, so after each of these the zone is read again:
 * what is there counts, not the status.
 */
export function makeSteps(call: Call, zones: Zones, domain: Domain, held: Map<number, WireRecord>) {
  const path = zonePath(domain)

  async function look(): Promise<WireRecord[] | null> {
    try {
      return (await zones.records(domain)).items
    } catch (error) {
      if (error instanceof ProviderError) return null
      throw error
    }
  }

  /** Deletes a record. One that is gone already is as good. */
  async function remove(id: number): Promise<void> {
    try {
      await call({ method: 'DELETE', path: `${path}/record/${id}`, idempotent: true, answer: 'nothing' })
    } catch (error) {
      if (!(error instanceof ProviderError) || !isDoubtful(error)) throw error
      const now = await look()
      if (now === null || now.some((record) => record.id === id)) throw error
    }
    held.delete(id)
  }

  /** Sends a new record and answers its id, null where the server gave none. */
  async function send(record: NewRecord, idempotent: boolean): Promise<number | null> {
    try {
      const body = writeXml('record', record)
      return readNumber(await call({ method: 'POST', path, body, idempotent, answer: 'number' }))
    } catch (error) {
      if (!(error instanceof ProviderError) || !isDoubtful(error)) throw error
      const landed = (await look())?.find((each) => !held.has(each.id) && same(each, record))
      if (!landed) throw error
      return landed.id
    }
  }

  /** Reads the new record back, before anything that it replaces goes. */
  async function verify(record: NewRecord, id: number): Promise<void> {
    const answer = await call({ method: 'GET', path: `${path}/record/${id}`, answer: 'objects' })
    const stored = readOne(answer, 'record', recordSchema)
    if (stored && same(stored, record)) {
      held.set(id, stored)
      return
    }
    const found = stored ? `made “${describe(stored)}” of it` : 'does not have it'
    throw new ProviderError('refused', `The server took the record “${describe(record)}”, but ${found}.`)
  }

  /** One step. Throws `StepFailed`. */
  async function perform({ remove: old, add }: Move): Promise<Done> {
    const done: Done = {}
    try {
      if (old) {
        await remove(old.id)
        done.removed = old
      }
      if (add) {
        const id = await send(add, false)
        done.added = { record: add, id }
        if (id !== null) await verify(add, id)
      }
      return done
    } catch (error) {
      if (!(error instanceof ProviderError)) throw error
      throw new StepFailed(error, done, isUnsure(error))
    }
  }

  /** Takes steps back, the last one first. Answers a sentence for each thing that stayed as it was made. */
  async function undo(steps: readonly Done[]): Promise<string[]> {
    const left: string[] = []
    for (const { removed, added } of steps.toReversed()) {
      if (added) {
        const reason = await attempt(() => takeAway(added))
        if (reason !== null)
          left.push(`“${describe(added.record)}” was added and could not be taken away again: ${reason}`)
      }
      if (removed) {
        const reason = await attempt(() => putBack(removed))
        if (reason !== null) left.push(`“${describe(removed)}” was deleted and could not be put back: ${reason}`)
      }
    }
    return left
  }

  async function takeAway({ record, id }: NonNullable<Done['added']>): Promise<void> {
    const known = id ?? (await look())?.find((each) => !held.has(each.id) && same(each, record))?.id
    if (known === undefined) throw new ProviderError('unavailable', 'It could not be found again.')
    await remove(known)
  }

  async function putBack({ active, name, type, content, ttl, prio }: WireRecord): Promise<void> {
    if (!active) throw new ProviderError('refused', 'CustomDNS cannot make an inactive record.')
    const record = { name, type, content, ttl, prio }
    // Sending twice is the lesser harm here: the server takes no second record of the same kind.
    const id = await send(record, true)
    if (id !== null) held.set(id, { ...record, id, active })
  }

  return { perform, undo }
}

async function attempt(body: () => Promise<void>): Promise<string | null> {
  try {
    await body()
    return null
  } catch (error) {
    if (error instanceof ProviderError) return error.message
    throw error
  }
}
