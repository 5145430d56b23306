import type { RecordSet } from '@zonedeck/shared/record-set'
import { writeRdata } from './rdata.ts'
import { nameToSend, type HeldRecord, type RecordState } from './records.ts'

/** One record written. */
export type Step =
  | { do: 'edit'; uuid: string; from: RecordState; to: RecordState }
  | { do: 'add'; to: RecordState }
  | { do: 'remove'; uuid: string; from: RecordState }

/**
 * The steps that turn the records a set has now into those it is to have. A record that goes becomes, where there is one,
 * a record that comes: it is edited in place, the one with the same value first, so that a new priority is an edit of the
 * priority. The rest is added, then removed, so that a name never goes empty in between; for a CNAME, of which a name has
 * one, it is removed first. Pure. Throws `refused` for what VPS.org cannot hold.
 */
export function compile(zone: string, held: readonly HeldRecord[], after: RecordSet | null): Step[] {
  const leaving = [...held]
  const edits: Step[] = []
  const coming: RecordState[] = []
  for (const wanted of valuesOf(after)) {
    const same = leaving.filter(({ rdata }) => rdata === wanted.rdata)
    const kept = same.find(({ ttl }) => ttl === wanted.ttl) ?? same[0]
    if (kept === undefined) coming.push({ ...wanted, body: bodyOf(zone, wanted) })
    else {
      leaving.splice(leaving.indexOf(kept), 1)
      if (kept.ttl !== wanted.ttl) edits.push(edit(kept, { ...wanted, body: { ttl: wanted.ttl } }))
    }
  }
  for (const alike of [true, false]) {
    for (const to of [...coming]) {
      const from = alike ? leaving.find(({ body }) => body['value'] === to.body['value']) : leaving[0]
      if (from === undefined) continue
      leaving.splice(leaving.indexOf(from), 1)
      coming.splice(coming.indexOf(to), 1)
      edits.push(edit(from, to))
    }
  }
  const adds = coming.map((to): Step => ({ do: 'add', to }))
  const removes = leaving.map(({ uuid, ...from }): Step => ({ do: 'remove', uuid, from }))
  return after?.type === 'CNAME' ? [...removes, ...edits, ...adds] : [...edits, ...adds, ...removes]
}

type Value = Omit<RecordState, 'body'>

function valuesOf(set: RecordSet | null): Value[] {
  if (set === null) return []
  const { name, type, ttl: common, records } = set
  return records.map(({ rdata, ttl = common }) => ({ name, type, rdata, ttl }))
}

function bodyOf(zone: string, { name, type, rdata, ttl }: Value): RecordState['body'] {
  return { record_type: type, name: nameToSend(name, zone), ttl, ...writeRdata(type, rdata) }
}

/** The record keeps the spelling of its name, and whatever else the server knows of it. */
function edit({ uuid, ...from }: HeldRecord, to: RecordState): Step {
  const { record_type: _, name: __, ...fields } = to.body
  return { do: 'edit', uuid, from, to: { ...to, body: { ...from.body, ...fields } } }
}

/** The step that takes a step back; `uuid` is that of the record it made. */
export function undoOf(step: Step, uuid: string): Step {
  switch (step.do) {
    case 'edit':
      return { do: 'edit', uuid, from: step.to, to: step.from }
    case 'add':
      return { do: 'remove', uuid, from: step.to }
    case 'remove':
      return { do: 'add', to: step.from }
  }
}

/** What an edit changes, and nothing else. */
export function changedFields({ from, to }: Extract<Step, { do: 'edit' }>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(to.body).filter(([field, value]) => from.body[field] !== value))
}

/** A step that was taken, as a sentence. */
export function tell(step: Step): string {
  switch (step.do) {
    case 'edit':
      return step.from.rdata === step.to.rdata
        ? `The TTL of ${quoted(step.to)} is ${step.to.ttl} now.`
        : `${quoted(step.from)} has become ${quoted(step.to)}.`
    case 'add':
      return `${quoted(step.to)} was added.`
    case 'remove':
      return `${quoted(step.from)} was deleted.`
  }
}

const quoted = ({ rdata }: RecordState) => `“${rdata.length > 100 ? `${rdata.slice(0, 100)}…` : rdata}”`
