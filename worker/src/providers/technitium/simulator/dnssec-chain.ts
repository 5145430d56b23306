import { enumName } from './numbers.ts'
import { RECORD_TYPES } from './record-types.ts'
import { hashedName } from './signing.ts'
import { nodeAt, type HeldZone, type ZoneNode } from './zone.ts'

/** Sets of a delegation are not signed, its DS excepted; the server signs all others, glue below it included. */
export function isSignedSet(zone: HeldZone, node: ZoneNode, type: string): boolean {
  return type !== 'NS' || node.name === zone.name
}

function typeNames(node: ZoneNode): string[] {
  return node.sets
    .types()
    .sort((a, b) => a - b)
    .map((number) => enumName(RECORD_TYPES, number))
}

/** By the numbers of the types, as in the record's bitmap. */
function inOrder(types: string[]): string[] {
  const number = (type: string) => RECORD_TYPES[type] ?? Number(type)
  return types.sort((a, b) => number(a) - number(b))
}

/** Names with records, and (for NSEC3) the empty ones between them and the apex. */
export function deniedNames(zone: HeldZone): string[] {
  const names = new Set([...zone.nodes.values()].filter((node) => node.sets.size() > 0).map((node) => node.name))
  if (zone.signing?.nsec3) {
    for (const name of [...names]) for (const above of namesAbove(zone, name)) names.add(above)
  }
  return [...names]
}

/** Between a name and the apex, both left out. */
function namesAbove(zone: HeldZone, name: string): string[] {
  const names: string[] = []
  let rest = name
  for (let dot = rest.indexOf('.'); dot >= 0; dot = rest.indexOf('.')) {
    rest = rest.slice(dot + 1)
    if (rest.length <= zone.name.length) break
    names.push(rest)
  }
  return names
}

/** What the NSEC or NSEC3 record of a name lists; null when it has none. */
export function provenTypes(zone: HeldZone, name: string): string[] | null {
  if (!zone.signing) return null
  const node = nodeAt(zone, name)
  const own = node ? typeNames(node) : []
  const apex = name === zone.name ? ['DNSKEY'] : []
  if (!zone.signing.nsec3) return own.length === 0 ? null : inOrder([...own, ...apex, 'RRSIG', 'NSEC'])
  if (own.length === 0) return isBetween(zone, name) ? [] : null
  const signed = node && own.some((type) => isSignedSet(zone, node, type))
  const parameters = name === zone.name ? ['NSEC3PARAM'] : []
  return inOrder([...own, ...apex, ...parameters, ...(signed ? ['RRSIG'] : [])])
}

function isBetween(zone: HeldZone, name: string): boolean {
  return [...zone.nodes.values()].some((node) => node.sets.size() > 0 && node.name.endsWith(`.${name}`))
}

export function hashedOwner(zone: HeldZone, name: string): string {
  const label = hashedName(name, zone.signing!.nsec3!)
  return zone.name === '' ? label : `${label}.${zone.name}`
}

/** The names whose proof a change at one name may touch, with what it says now. */
export function proofsAround(zone: HeldZone, name: string): Map<string, string | null> {
  const key = name.toLowerCase()
  const names = zone.signing?.nsec3 ? [key, ...namesAbove(zone, key)] : [key]
  return new Map(names.map((each) => [each, provenTypes(zone, each)?.join(' ') ?? null]))
}

/**
 * How many more serials a change takes for its proofs: one where a list of types changed, two where a record came or
 * went, as its neighbour is linked anew.
 */
export function proofChanges(before: Map<string, string | null>, after: Map<string, string | null>): number {
  let changes = 0
  for (const [name, was] of before) {
    const is = after.get(name) ?? null
    if (was !== is) changes += was === null || is === null ? 2 : 1
  }
  return changes
}
