import type { Change } from '@zonedeck/shared/change'
import { diffZones } from '@zonedeck/shared/plan/diff'
import { setKey } from '@zonedeck/shared/plan/keys'
import type { RecordSet } from '@zonedeck/shared/record-set'
import { checkZone } from '@zonedeck/shared/zone-file/check'
import { readZoneFile } from '@zonedeck/shared/zone-file/read'
import { toRecordSets } from '@zonedeck/shared/zone-file/sets'
import { carry, fit, type Keeps } from './fit.ts'
import type { ZoneFileNote } from '@zonedeck/shared/zone-file/zone-record'

export interface ImportInput {
  source: string | Uint8Array
  /** The zone, where it is known; else the file says it. Without the last dot. */
  zone: string | null
  /** What the zone holds now. */
  present: readonly RecordSet[]
  /** `create`: a new zone; `merge`: sets of the file take the place of the same sets; `replace`: the zone becomes the file. */
  mode: 'create' | 'merge' | 'replace'
  /** Whether the file's SOA and apex NS are taken too. Always in a new zone, where the server decides. */
  authority: boolean
  /** What the server can hold beside the data. */
  keeps: Keeps
}

/** What a zone file would do. Plain data: it comes from a worker. */
export interface ImportPlan {
  /** Null when neither the person nor the file says which zone it is. */
  zone: string | null
  records: number
  sets: number
  changes: Change[]
  errors: ZoneFileNote[]
  warnings: ZoneFileNote[]
  /** Names outside of the zone, sets the server keeps itself, disabled records it cannot keep disabled: not taken. */
  leftOut: number
}

/** Reads a zone file and compares it with a zone. Never throws for what a file holds. */
export function planImport({ source, zone, present, mode, authority, keeps }: ImportInput): ImportPlan {
  const file = readZoneFile(source, zone === null ? {} : { zone })
  const name = zone ?? zoneName(file.origin)
  if (name === null) {
    const { errors, warnings } = file
    return { zone: null, records: file.records.length, sets: 0, changes: [], errors, warnings, leftOut: 0 }
  }
  const check = checkZone(file.records, name === '@' ? '.' : `${name}.`)
  const wanted = toRecordSets(file.records, name)
  const kept = new Set(present.filter(({ readOnly }) => readOnly !== undefined).map(setKey))
  const isTaken = (set: RecordSet) =>
    !kept.has(setKey(set)) && (mode === 'create' || authority || set.name !== '@' || !['SOA', 'NS'].includes(set.type))
  const before = new Map(present.map((set) => [setKey(set), set]))
  const taken = wanted.filter(isTaken).flatMap((set) => {
    const fitting = fit(set, keeps)
    return fitting === null ? [] : carry(fitting, before.get(setKey(set)))
  })
  const wantedKeys = new Set(taken.map(setKey))
  const stays = present.filter((set) => !wantedKeys.has(setKey(set)) && (mode !== 'replace' || !isTaken(set)))
  const inside = wanted.reduce((sum, { records }) => sum + records.length, 0)
  const disabled = keeps.disabled
    ? 0
    : wanted.filter(isTaken).reduce((sum, set) => sum + set.records.filter((record) => record.disabled).length, 0)
  return {
    zone: name,
    records: file.records.length,
    sets: wanted.length,
    changes: diffZones(present, [...stays, ...taken]),
    // A part of a zone needs no SOA of its own; what would clash with the rest is found when it is planned.
    errors: [...file.errors, ...(mode === 'create' ? check.errors : [])],
    warnings: [...file.warnings, ...check.warnings],
    leftOut: file.records.length - inside + wanted.filter((set) => !isTaken(set)).length + disabled,
  }
}

function zoneName(origin: string | null): string | null {
  if (origin === null) return null
  return origin === '.' ? '@' : origin.replace(/\.$/, '')
}
