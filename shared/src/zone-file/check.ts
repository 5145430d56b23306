import { checkTargets } from './targets.ts'
import { closeNotes, newNotes, addNote, type Notes, type ZoneFileNote, type ZoneRecord } from './zone-record.ts'
import { growTree, isBelow, type LiveSet, type ZoneTree } from './zone-tree.ts'

export interface ZoneCheck {
  /** Reasons for which a server refuses the zone. */
  errors: ZoneFileNote[]
  /** What it serves, but hardly as meant. */
  warnings: ZoneFileNote[]
  tree: ZoneTree
}

/** RFC 2181 §10.1 and RFC 4035 §2.5: what may stand beside a CNAME. */
const BESIDE_CNAME = new Set(['CNAME', 'RRSIG', 'NSEC', 'KEY', 'SIG', 'NXT'])

/**
 * Judges the live records of a zone as a whole, as `named-checkzone` does; disabled ones do not count.
 *
 * Errors: names outside of the zone, no SOA, several or a misplaced one, no NS at the apex, a CNAME beside other data,
 * several CNAMEs or DNAMEs at a name, NS at a wildcard, a DS at the apex, an apex NS inside of the
 * zone without an address.
 *
 * @param apex absolute, canonical
 */
export function checkZone(records: readonly ZoneRecord[], apex: string): ZoneCheck {
  const errors = newNotes()
  const warnings = newNotes()
  const tree = growTree(records, apex, warnings)
  for (const [name, types] of tree) checkName(errors, apex, name, types)
  checkApex(errors, apex, tree.get(apex))
  checkTargets(errors, warnings, apex, tree)
  return { errors: byLine(errors), warnings: byLine(warnings), tree }
}

function byLine(notes: Notes): ZoneFileNote[] {
  notes.list.sort((a, b) => a.line - b.line || a.column - b.column)
  return closeNotes(notes)
}

function checkName(errors: Notes, apex: string, name: string, types: Map<string, LiveSet>): void {
  const report = (set: LiveSet, message: string) => addNote(errors, set.records.at(-1)!.line, 1, message)
  if (name !== apex && !isBelow(name, apex)) {
    for (const { records } of types.values()) {
      for (const { line } of records) addNote(errors, line, 1, `${name} is outside of the zone ${apex}`)
    }
    return
  }
  const cname = types.get('CNAME')
  if (cname !== undefined) {
    const other = Array.from(types.keys()).find((type) => !BESIDE_CNAME.has(type))
    if (other !== undefined) {
      const later = Math.max(cname.records.at(-1)!.line, types.get(other)!.records.at(-1)!.line)
      addNote(errors, later, 1, `${name} has a CNAME beside other data (${other}): a CNAME stands alone.`)
    }
  }
  for (const type of ['CNAME', 'DNAME']) {
    const set = types.get(type)
    if (set !== undefined && set.records.length > 1)
      report(set, `${name} has ${set.records.length} ${type} records; there can be one.`)
  }
  const soa = types.get('SOA')
  if (soa !== undefined && name !== apex) report(soa, `The SOA of ${name} is not at the top of the zone ${apex}`)
  const ns = types.get('NS')
  if (ns !== undefined && name.startsWith('*.')) report(ns, `${name} has an NS record: a wildcard cannot delegate.`)
}

function checkApex(errors: Notes, apex: string, types: Map<string, LiveSet> | undefined): void {
  const soa = types?.get('SOA')
  if (soa === undefined) addNote(errors, 1, 1, `The zone ${apex} has no SOA record.`)
  else if (soa.records.length > 1) {
    const last = soa.records.at(-1)!
    addNote(errors, last.line, 1, `The zone ${apex} has ${soa.records.length} SOA records; there is one in a zone.`)
  }
  // RFC 4035 §2.4: a DS belongs to the parent.
  for (const { line } of types?.get('DS')?.records ?? []) {
    addNote(errors, line, 1, `The DS of ${apex} belongs into the zone above it.`)
  }
  if (types?.get('NS') === undefined)
    addNote(errors, soa?.records[0]?.line ?? 1, 1, `The zone ${apex} has no NS record.`)
}
