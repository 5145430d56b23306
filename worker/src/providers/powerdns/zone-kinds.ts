/** Kinds of zone that can be made and chosen, in the words of newer servers. */
export const zoneKinds = [
  { id: 'Native', label: 'Native', help: 'Edited here; other servers, if any, share the same database.' },
  { id: 'Primary', label: 'Primary', help: 'Edited here; secondary servers are told of every change.' },
  {
    id: 'Secondary',
    label: 'Secondary',
    help: 'A copy of a zone that another server holds. Its records cannot be edited.',
  },
] as const

/** The words that every version takes. */
const WIRE_KINDS: Record<string, string> = { Native: 'Native', Primary: 'Master', Secondary: 'Slave' }
/** Newer servers may say Primary and Secondary for the same kinds. */
const KINDS: Record<string, string> = { Master: 'Primary', Slave: 'Secondary' }

/** An unknown kind would become Native without a word. */
export function wireKind(kind: string): string | undefined {
  return Object.hasOwn(WIRE_KINDS, kind) ? WIRE_KINDS[kind] : undefined
}

export function readKind(wire: string): string {
  return KINDS[wire] ?? wire
}
