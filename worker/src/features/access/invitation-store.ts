import type { Invitation } from '@zonedeck/shared/people'
import { digest } from '../../http/ids.ts'

const lifetime = 7 * 24 * 3_600_000

/** An invitation as its link opens it. */
export interface Opened extends Invitation {
  person: string
}

export function invitationEnd(now: number): string {
  return new Date(now + lifetime).toISOString()
}

/** A person has one link: this one takes the place of the one before. */
export function putInvitation(db: D1Database, person: string, token: string, now: number): D1PreparedStatement {
  return db
    .prepare(
      `INSERT INTO invitations (user_id, token_hash, created_at, expires_at) VALUES (?, ?, ?, ?)
       ON CONFLICT (user_id) DO UPDATE
       SET token_hash = excluded.token_hash, created_at = excluded.created_at, expires_at = excluded.expires_at`,
    )
    .bind(person, digest(token), new Date(now).toISOString(), invitationEnd(now))
}

/** Null when the link was used, is too old, gave way to a newer one, or never was. */
export async function findInvitation(db: D1Database, token: string, now: number): Promise<Opened | null> {
  const row = await db
    .prepare(
      `SELECT u.id, u.name, i.expires_at,
         u.password IS NOT NULL OR EXISTS (SELECT 1 FROM passkeys p WHERE p.user_id = u.id) AS known
       FROM invitations i JOIN users u ON u.id = i.user_id WHERE i.token_hash = ? AND i.expires_at > ?`,
    )
    .bind(digest(token), new Date(now).toISOString())
    .first<{ id: string; name: string; expires_at: string; known: number }>()
  return row === null ? null : { person: row.id, name: row.name, expiresAt: row.expires_at, known: row.known === 1 }
}

/** Uses the link up, within a batch that fails as a whole when there is nothing to use up (any more): see `isSpent`. */
export function takeInvitation(db: D1Database, token: string, now: number): D1PreparedStatement[] {
  return [
    db
      .prepare('DELETE FROM invitations WHERE token_hash = ? AND expires_at > ?')
      .bind(digest(token), new Date(now).toISOString()),
    // When that found no row, this breaks a constraint, and with it the whole batch.
    db.prepare("INSERT INTO facts (key, value) SELECT 'spent link', NULL WHERE changes() = 0"),
  ]
}

export function isSpent(error: unknown): boolean {
  return error instanceof Error && error.message.includes('facts.value')
}
