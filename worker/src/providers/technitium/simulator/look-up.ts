import { findZone, zoneNamed, type State } from './state.ts'
import { recordsAt, type HeldRecord, type HeldZone } from './zone.ts'

interface Found {
  /** The zone that answers; undefined when there is none that is enabled. */
  zone: HeldZone | undefined
  records: HeldRecord[]
  /** Whether the name exists, or a wildcard stands for it. */
  exists: boolean
}

/** The name itself, else the closest wildcard (RFC 4592); a CNAME answers for every type. */
export function lookUp(state: State, name: string, type: string): Found {
  const zone = findZone(state, name)
  if (!zone || zone.disabled || !zoneNamed(state, zone.name)) return { zone: undefined, records: [], exists: false }
  const found = live(zone, name, type)
  if (found.length > 0 || zone.nodes.has(name.toLowerCase())) return { zone, records: found, exists: true }
  for (let rest = name; rest.length > zone.name.length;) {
    rest = rest.slice(rest.indexOf('.') + 1)
    const wildcard = live(zone, `*.${rest}`, type)
    if (wildcard.length > 0) return { zone, records: wildcard, exists: true }
    if (zone.nodes.has(rest.toLowerCase()) || !rest.includes('.')) break
  }
  return { zone, records: [], exists: false }
}

function live(zone: HeldZone, name: string, type: string): HeldRecord[] {
  const enabled = (records: HeldRecord[]) => records.filter((record) => !record.disabled)
  const own = enabled(recordsAt(zone, name, type))
  return own.length > 0 ? own : enabled(recordsAt(zone, name, 'CNAME'))
}
