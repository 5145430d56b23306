import type { AccessEntry, Grant } from '@zonedeck/shared/people'
import { makeId } from '../../http/ids.ts'

const pageSize = 50

type Did = Pick<AccessEntry, 'did' | 'by' | 'to' | 'before' | 'after'>

/**
 * A line of the access log, to go into the batch that does it. It names the person as they are called at that point of
 * the batch; when there is no such person there is no line.
 */
export function noteAccess(
  db: D1Database,
  at: string,
  actor: { id: string; name: string },
  personId: string,
  { did, ...detail }: Did,
): D1PreparedStatement {
  return db
    .prepare(
      `INSERT INTO access_log (id, at, actor_id, actor, person_id, person, did, detail)
       SELECT ?, ?, ?, ?, id, name, ?, ? FROM users WHERE id = ?`,
    )
    .bind(makeId('acc'), at, actor.id, actor.name, did, JSON.stringify(detail), personId)
}

/** Newest first, fifty at most; `before` is the id of the last line that is known already. */
export async function selectAccess(db: D1Database, before?: string): Promise<AccessEntry[]> {
  const older = before === undefined ? '' : 'WHERE rowid < (SELECT rowid FROM access_log WHERE id = ?)'
  const { results } = await db
    .prepare(
      `SELECT id, at, actor_id AS actorId, actor, person_id AS personId, person, did, detail
       FROM access_log ${older} ORDER BY rowid DESC LIMIT ${pageSize}`,
    )
    .bind(...(before === undefined ? [] : [before]))
    .all<Omit<AccessEntry, 'by' | 'to' | 'before' | 'after'> & { detail: string }>()
  return results.map(({ detail, ...entry }) => ({
    ...entry,
    ...(JSON.parse(detail) as { by?: 'password' | 'passkey'; to?: string; before?: Grant[]; after?: Grant[] }),
  }))
}
