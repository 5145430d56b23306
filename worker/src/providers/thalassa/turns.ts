import type { Change } from '@zonedeck/shared/change'

/** Changes that are sent one right after the other; all but one stand alone mostly. */
export interface Turn {
  changes: Change[]
  /** The first ones are deletes that only make room for the others at the same name. */
  makesRoom: boolean
}

/**
 * A record cannot change its type: the old set is deleted and another one made. Where a CNAME is part of it, the delete
 * has to come first, and nothing answers at that name until the other is there. Such changes are kept together, so that
 * the deletes can be taken back when the server refuses what was to take their place.
 */
export function turnsOf(changes: readonly Change[]): Turn[] {
  const byName = new Map<string, Change[]>()
  for (const change of changes) byName.set(change.name, [...(byName.get(change.name) ?? []), change])
  const sent = new Set<Change>()
  const turns: Turn[] = []
  for (const change of changes) {
    if (sent.has(change)) continue
    const together = makingRoom(byName.get(change.name) ?? [])
    const makesRoom = together.includes(change)
    const turn = makesRoom ? together : [change]
    for (const each of turn) sent.add(each)
    turns.push({ changes: turn, makesRoom })
  }
  return turns
}

/** Of the changes at one name: deletes and then what takes their place; none when they do not stand in each other's way. */
function makingRoom(changes: readonly Change[]): Change[] {
  const deletes = changes.filter(({ after }) => after === null)
  const creates = changes.filter(({ before, after }) => before === null && after !== null)
  const both = [...deletes, ...creates]
  const inTheWay = deletes.length > 0 && creates.length > 0 && both.some(({ type }) => type === 'CNAME')
  return inTheWay ? both : []
}
