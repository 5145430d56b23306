import type { Right } from '@zonedeck/shared/connection'
import type { Grant } from '@zonedeck/shared/people'
import { rightOn } from '@zonedeck/shared/rights'

type Grants = readonly Grant[]

const others = (grants: Grants, connection: string, zone: string) =>
  grants.filter((grant) => grant.connection !== connection || grant.zone !== zone)

/** What a person may do on a connection as a whole; `*`: on those that have nothing of their own. */
export function connectionRight(grants: Grants, connection: string): Right {
  return rightOn({ owner: false, rights: [...grants] }, connection)
}

/** A connection that gets what it would have anyway needs no grant of its own. */
export function setConnectionRight(grants: Grants, connection: string, right: Right): Grant[] {
  const rest = others(grants, connection, '*')
  return connectionRight(rest, connection) === right ? rest : [...rest, { connection, zone: '*', right }]
}

/** The single zones that a connection has grants for, by name. */
export function zoneGrants(grants: Grants, connection: string): Grant[] {
  return grants
    .filter((grant) => grant.connection === connection && grant.zone !== '*')
    .toSorted((a, b) => (a.zone < b.zone ? -1 : 1))
}

/** Kept even where the connection gives as much: it was said on purpose, and the connection may change. */
export function setZoneRight(grants: Grants, connection: string, zone: string, right: Right): Grant[] {
  return [...others(grants, connection, zone), { connection, zone, right }]
}

export function withoutZone(grants: Grants, connection: string, zone: string): Grant[] {
  return others(grants, connection, zone)
}

/** What a zone most likely gets that is singled out from its connection. */
export function likelyRight(connection: Right): Right {
  return connection === 'none' || connection === 'edit' ? 'view' : 'edit'
}

/** The same grants, in any order. */
export function sameGrants(a: Grants, b: Grants): boolean {
  const text = (grants: Grants) =>
    grants
      .map(({ connection, zone, right }) => `${connection} ${zone} ${right}`)
      .toSorted()
      .join('\n')
  return text(a) === text(b)
}
