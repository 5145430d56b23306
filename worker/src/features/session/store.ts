import type { Session } from '@zonedeck/shared/session'
import { isAlive } from '../../http/session.ts'

export interface NewSession {
  id: string
  tokenHash: string
  userId: string
  remember: boolean
  now: string
  expiresAt: string
  device: string
  network: string
}

export function insertSession(db: D1Database, session: NewSession): D1PreparedStatement {
  return db
    .prepare(
      `INSERT INTO sessions (id, token_hash, user_id, remember, created_at, last_seen_at, expires_at,
         authenticated_at, device, network)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    .bind(
      session.id,
      session.tokenHash,
      session.userId,
      session.remember ? 1 : 0,
      session.now,
      session.now,
      session.expiresAt,
      session.now,
      session.device,
      session.network,
    )
}

/** Notes a fresh authentication and gives the session another token. Null when it has just been ended. */
export async function confirmSession(
  db: D1Database,
  userId: string,
  id: string,
  next: { tokenHash: string; now: string },
): Promise<{ remember: boolean } | null> {
  const row = await db
    .prepare('UPDATE sessions SET token_hash = ?, authenticated_at = ? WHERE id = ? AND user_id = ? RETURNING remember')
    .bind(next.tokenHash, next.now, id, userId)
    .first<{ remember: number }>()
  return row === null ? null : { remember: row.remember === 1 }
}

/** Sessions past their end are nobody's any more; there are few, so each sign-in sweeps them. */
export function deleteExpired(db: D1Database, now: string): D1PreparedStatement {
  return db.prepare('DELETE FROM sessions WHERE expires_at <= ?').bind(now)
}

export async function sessionsOf(db: D1Database, userId: string, current: string, now: number): Promise<Session[]> {
  const { results } = await db
    .prepare('SELECT * FROM sessions WHERE user_id = ? ORDER BY last_seen_at DESC LIMIT 500')
    .bind(userId)
    .all<{
      id: string
      remember: number
      created_at: string
      last_seen_at: string
      expires_at: string
      device: string
      network: string
    }>()
  return results
    .filter((row) => isAlive(row, now))
    .map((row) => ({
      id: row.id,
      current: row.id === current,
      createdAt: row.created_at,
      lastSeenAt: row.last_seen_at,
      expiresAt: row.expires_at,
      device: row.device,
      network: row.network,
    }))
}

/** True when there was such a session of this person. */
export async function deleteSession(db: D1Database, userId: string, id: string): Promise<boolean> {
  const done = await db.prepare('DELETE FROM sessions WHERE id = ? AND user_id = ?').bind(id, userId).run()
  return done.meta.changes > 0
}

export async function deleteOthers(db: D1Database, userId: string, current: string): Promise<void> {
  await db.prepare('DELETE FROM sessions WHERE user_id = ? AND id <> ?').bind(userId, current).run()
}
