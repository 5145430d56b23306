import type { Right } from './connection.ts'
import type { Grant } from './people.ts'
import type { Me } from './session.ts'

const ladder: readonly Right[] = ['none', 'view', 'edit', 'full']

/** Is `have` at least `need`? */
export function reaches(have: Right, need: Right): boolean {
  return ladder.indexOf(have) >= ladder.indexOf(need)
}

/**
 * The right of a person on one zone, or with `*` on the connection as a whole. Owners have every right; otherwise the
 * closest grant counts alone: this zone here, then this connection, then this zone anywhere, then everything.
 */
export function rightOn(me: Pick<Me, 'owner' | 'rights'>, connection: string, zone = '*'): Right {
  if (me.owner) return 'full'
  const grant = (c: string, z: string) => me.rights.find((right) => right.connection === c && right.zone === z)
  return (grant(connection, zone) ?? grant(connection, '*') ?? grant('*', zone) ?? grant('*', '*'))?.right ?? 'none'
}

/** The highest right a person has on anything in a connection: whether it is shown to them at all. */
export function rightWithin(me: Pick<Me, 'owner' | 'rights'>, connection: string): Right {
  const zones = me.rights.filter((right) => right.connection === connection || right.connection === '*')
  return ['*', ...zones.map(({ zone }) => zone)]
    .map((zone) => rightOn(me, connection, zone))
    .reduce((best, right) => (reaches(right, best) ? right : best), 'none' as Right)
}

/** The same grants, in any order. */
export function sameGrants(a: readonly Grant[], b: readonly Grant[]): boolean {
  const text = (grants: readonly Grant[]) =>
    grants
      .map(({ connection, zone, right }) => `${connection} ${zone} ${right}`)
      .toSorted()
      .join('\n')
  return text(a) === text(b)
}
