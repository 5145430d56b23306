import { addNote, type Notes, type ZoneRecord } from './zone-record.ts'

/** One live set: what a server answers. */
export interface LiveSet {
  type: string
  /** The one TTL that BIND would give it. */
  ttl: number
  /** No two with the same rdata. */
  records: ZoneRecord[]
}

/** Sets by owner, then by type; both in the order of the file. */
export type ZoneTree = Map<string, Map<string, LiveSet>>

/** Is `name` below `parent`? Both canonical and absolute. */
export function isBelow(name: string, parent: string): boolean {
  if (parent === '.') return name !== '.'
  const cut = name.length - parent.length - 1
  if (cut < 1 || name[cut] !== '.' || !name.endsWith(parent)) return false
  let slashes = 0
  while (name[cut - 1 - slashes] === '\\') slashes++
  return slashes % 2 === 0
}

/**
 * Gathers the live records as a server would hold them. Duplicates are dropped and mixed TTLs made one, each with a
 * warning. As in BIND the TTL is that of the first record of the set in the last run of lines with its owner (glue may
 * stand between a delegation's lines).
 */
export function growTree(records: readonly ZoneRecord[], apex: string, warnings: Notes): ZoneTree {
  const tree: ZoneTree = new Map()
  const runs = new Map<LiveSet, number>()
  const indexes = new Map<LiveSet, Set<string>>()
  const spot = runFinder(apex)
  for (const record of records) {
    if (record.disabled) continue
    const run = spot(record)
    let types = tree.get(record.name)
    if (types === undefined) tree.set(record.name, (types = new Map<string, LiveSet>()))
    const set = types.get(record.type)
    if (set === undefined) {
      const fresh = { type: record.type, ttl: record.ttl, records: [record] }
      types.set(record.type, fresh)
      runs.set(fresh, run)
      continue
    }
    if (record.ttl !== set.ttl) {
      const taken = runs.get(set) === run ? set.ttl : record.ttl
      const message = `${record.name} ${record.type} has records with the TTLs ${set.ttl} and ${record.ttl}; a set has one, ${taken} is taken.`
      addNote(warnings, record.line, 1, message)
      set.ttl = taken
    }
    runs.set(set, run)
    const index = indexes.get(set)
    if (isKnown(set, record.rdata, index)) {
      addNote(warnings, record.line, 1, `${record.name} ${record.type} ${record.rdata.slice(0, 80)} is here twice.`)
      continue
    }
    set.records.push(record)
    if (index !== undefined) index.add(record.rdata)
    else if (set.records.length === 16) {
      indexes.set(set, new Set(set.records.map(({ rdata }) => rdata)))
    }
  }
  return tree
}

/** Whether the set has this rdata already. Small sets are searched; a large one gets an index, kept up from then on. */
function isKnown({ records }: LiveSet, rdata: string, index: Set<string> | undefined): boolean {
  return index?.has(rdata) ?? records.some((record) => record.rdata === rdata)
}

/** Numbers the runs of lines that BIND takes in at once: one owner's, and glue among a delegation's. */
function runFinder(apex: string): (record: ZoneRecord) => number {
  let last = 0
  let owner = ''
  let ownerRun = 0
  let delegates = false
  let glue = ''
  let glueRun = 0
  return ({ name, type }) => {
    if (glue !== '' && name === glue) return glueRun
    glue = ''
    if (name !== owner && delegates && isBelow(name, owner)) {
      glue = name
      glueRun = ++last
      return glueRun
    }
    if (name !== owner) {
      owner = name
      ownerRun = ++last
      delegates = false
    }
    if (type === 'NS' && name !== apex) delegates = true
    return ownerRun
  }
}
