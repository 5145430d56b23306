import { labelBytes, splitLabels } from '../names.ts'
import { typeNumber } from '../records/type-numbers.ts'
import type { ZoneTree } from './zone-tree.ts'

/**
 * A text that sorts plainly as its name sorts in DNSSEC's canonical order (RFC 4034 §6.1): labels from the last to the
 * first, byte by byte. Two NULs end a label, and NUL and SOH stand for a NUL in it.
 */
export function orderKey(name: string): string {
  const labels = splitLabels(name).reverse()
  if (!name.includes('\\')) return labels.join('\0\0')
  const plain = labels.map((label) => String.fromCharCode(...labelBytes(label)).replaceAll('\0', '\0\x01'))
  return plain.join('\0\0')
}

/**
 * The canonical text of a zone: one record a line, `name TTL IN TYPE rdata` with single spaces. Owners are in DNSSEC
 * canonical order, then the SOA first, types by number, and rdata as its text sorts by code unit.
 */
export function* printZone(tree: ZoneTree): Generator<string> {
  const owners = Array.from(tree.keys(), (name) => ({ name, key: orderKey(name) }))
  owners.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
  for (const { name } of owners) {
    const sets = Array.from(tree.get(name)!.values())
    if (sets.length > 1) sets.sort((a, b) => rank(a.type) - rank(b.type))
    for (const { type, ttl, records } of sets) {
      const lines = records.map(({ rdata }) => rdata)
      if (lines.length > 1) lines.sort()
      for (const rdata of lines) yield `${name} ${ttl} IN ${type} ${rdata}\n`
    }
  }
}

function rank(type: string): number {
  return type === 'SOA' ? -1 : (typeNumber(type) ?? 65_536)
}
