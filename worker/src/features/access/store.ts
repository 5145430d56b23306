import type { Grant, Person } from '@zonedeck/shared/people'
import { isAlive } from '../../http/session.ts'

interface PersonRow {
  id: string
  name: string
  owner: number
  password: number
  passkeys: number
  created_at: string
  last_seen_at: string | null
  invited_at: string | null
  invited_until: string | null
}

/** Everyone by name, or one person alone. */
export async function selectPeople(db: D1Database, now: number, only: string | null = null): Promise<Person[]> {
  const [people, grants, sessions] = await db.batch<unknown>([
    db
      .prepare(
        `SELECT u.id, u.name, u.owner, u.password IS NOT NULL AS password, u.created_at, u.last_seen_at,
           (SELECT COUNT(*) FROM passkeys p WHERE p.user_id = u.id) AS passkeys,
           i.created_at AS invited_at, i.expires_at AS invited_until
         FROM users u LEFT JOIN invitations i ON i.user_id = u.id AND i.expires_at > ?1
         WHERE ?2 IS NULL OR u.id = ?2 ORDER BY u.name_key`,
      )
      .bind(new Date(now).toISOString(), only),
    db
      .prepare(
        `SELECT user_id, connection_id AS connection, zone, level AS "right" FROM rights
         WHERE ?1 IS NULL OR user_id = ?1 ORDER BY connection_id, zone`,
      )
      .bind(only),
    db
      .prepare(`SELECT user_id, remember, last_seen_at, expires_at FROM sessions WHERE ?1 IS NULL OR user_id = ?1`)
      .bind(only),
  ])
  const rights = (grants?.results ?? []) as (Grant & { user_id: string })[]
  const open = ((sessions?.results ?? []) as (Parameters<typeof isAlive>[0] & { user_id: string })[]).filter(
    (session) => isAlive(session, now),
  )
  return ((people?.results ?? []) as PersonRow[]).map((row) => ({
    id: row.id,
    name: row.name,
    owner: row.owner === 1,
    rights: rights
      .filter(({ user_id }) => user_id === row.id)
      .map(({ connection, zone, right }) => ({ connection, zone, right })),
    passkeys: row.passkeys,
    password: row.password === 1,
    sessions: open.filter(({ user_id }) => user_id === row.id).length,
    createdAt: row.created_at,
    ...(row.last_seen_at === null ? {} : { lastSeenAt: row.last_seen_at }),
    ...(row.invited_at === null || row.invited_until === null
      ? {}
      : { invitation: { createdAt: row.invited_at, expiresAt: row.invited_until } }),
  }))
}

/** The whole list: what is not in it is gone. */
export function replaceRights(db: D1Database, person: string, rights: readonly Grant[]): D1PreparedStatement[] {
  return [
    db.prepare('DELETE FROM rights WHERE user_id = ?').bind(person),
    // One statement for any number of them; not for a person who is gone.
    db
      .prepare(
        `INSERT INTO rights (user_id, connection_id, zone, level)
         SELECT u.id, one.value ->> 'connection', one.value ->> 'zone', one.value ->> 'right'
         FROM users u, json_each(?) one WHERE u.id = ?`,
      )
      .bind(JSON.stringify(rights), person),
  ]
}

export function renamePerson(db: D1Database, person: string, name: string, key: string): D1PreparedStatement {
  return db.prepare('UPDATE users SET name = ?, name_key = ? WHERE id = ?').bind(name, key, person)
}

export function setOwner(db: D1Database, person: string, owner: boolean): D1PreparedStatement {
  return db.prepare('UPDATE users SET owner = ? WHERE id = ?').bind(owner ? 1 : 0, person)
}

/** With their sessions, passkeys, rights and link. */
export function deletePerson(db: D1Database, person: string): D1PreparedStatement {
  return db.prepare('DELETE FROM users WHERE id = ?').bind(person)
}
