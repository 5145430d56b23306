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

/**
 * What somebody has made of grants, put on top of what another has made of them meanwhile: whatever they did not touch is
 * as the other left it.
 */
export function mergeGrants(before: Grants, mine: Grants, theirs: Grants): Grant[] {
  const has = (grants: Grants, { connection, zone, right }: Grant) =>
    grants.some((grant) => grant.connection === connection && grant.zone === zone && grant.right === right)
  const set = mine.filter((grant) => !has(before, grant))
  const touched = [...set, ...before.filter((grant) => !has(mine, grant))]
  const rest = theirs.filter(({ connection, zone }) =>
    touched.every((grant) => grant.connection !== connection || grant.zone !== zone),
  )
  return [...rest, ...set]
}
