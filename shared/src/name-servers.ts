import { toRelative } from './names.ts'
import type { RecordSet } from './record-set.ts'

/** A name server as a registrar asks for it: its name without the last dot, and its addresses. */
export interface NameServer {
  name: string
  /** Only of a server whose name is inside of the zone: nobody would find it by its name alone. */
  glue: string[]
}

/** The name servers that a zone names at its apex, by name. */
export function nameServersOf(sets: readonly RecordSet[], zone: string): NameServer[] {
  return answered(sets, '@', 'NS')
    .toSorted()
    .map((host) => {
      const inside = toRelative(host, zone)
      const glue = inside === null ? [] : ['A', 'AAAA'].flatMap((type) => answered(sets, inside, type))
      return { name: bareName(host), glue }
    })
}

/** `ns1.example.com.` → `ns1.example.com`; the root is `@`, as a zone is. */
export function bareName(host: string): string {
  return host === '.' ? '@' : host.slice(0, -1)
}

function answered(sets: readonly RecordSet[], name: string, type: string): string[] {
  const set = sets.find((each) => each.name === name && each.type === type)
  return (set?.records ?? []).filter(({ disabled }) => !disabled).map(({ rdata }) => rdata)
}
