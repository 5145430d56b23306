import type { FilterToken } from '@zonedeck/shared/content-filter'
import type { Right } from '@zonedeck/shared/connection'
import type { Me } from '@zonedeck/shared/session'

/** A token as a script presents it, with the rights that its maker has now. */
export interface KnownToken {
  id: string
  name: string
  connection: string
  maker: Pick<Me, 'owner' | 'rights'>
  lastUsedAt: string | null
}

const columns = `t.id, t.name, t.created_at AS createdAt, u.name AS createdBy, t.last_used_at AS lastUsedAt
  FROM filter_tokens t JOIN users u ON u.id = t.user_id`

/** By name. */
export async function selectTokens(db: D1Database, connection: string): Promise<FilterToken[]> {
  const { results } = await db
    .prepare(`SELECT ${columns} WHERE t.connection_id = ? ORDER BY t.name`)
    .bind(connection)
    .all<FilterToken>()
  return results
}

export async function insertToken(
  db: D1Database,
  { id, name, createdAt }: Pick<FilterToken, 'id' | 'name' | 'createdAt'>,
  owner: { connection: string; user: string; hash: string },
): Promise<void> {
  await db
    .prepare(
      `INSERT INTO filter_tokens (id, connection_id, name, token_hash, user_id, created_at) VALUES (?, ?, ?, ?, ?, ?)`,
    )
    .bind(id, owner.connection, name, owner.hash, owner.user, createdAt)
    .run()
}

/** False when it was not there. */
export async function deleteToken(db: D1Database, connection: string, id: string): Promise<boolean> {
  const done = await db
    .prepare('DELETE FROM filter_tokens WHERE connection_id = ? AND id = ?')
    .bind(connection, id)
    .run()
  return done.meta.changes === 1
}

export async function findToken(db: D1Database, hash: string): Promise<KnownToken | null> {
  const [tokens, grants] = await db.batch<unknown>([
    db
      .prepare(
        `SELECT t.id, t.name, t.connection_id AS connection, t.last_used_at AS lastUsedAt, u.owner
         FROM filter_tokens t JOIN users u ON u.id = t.user_id WHERE t.token_hash = ?`,
      )
      .bind(hash),
    db
      .prepare(
        `SELECT r.connection_id AS connection, r.zone, r.level AS "right"
         FROM filter_tokens t JOIN rights r ON r.user_id = t.user_id WHERE t.token_hash = ?`,
      )
      .bind(hash),
  ])
  const found = tokens?.results[0] as (Omit<KnownToken, 'maker'> & { owner: number }) | undefined
  if (found === undefined) return null
  const { owner, ...token } = found
  const rights = (grants?.results ?? []) as { connection: string; zone: string; right: Right }[]
  return { ...token, maker: { owner: owner === 1, rights } }
}

export async function noteUse(db: D1Database, id: string, at: string): Promise<void> {
  await db.prepare('UPDATE filter_tokens SET last_used_at = ? WHERE id = ?').bind(at, id).run()
}
