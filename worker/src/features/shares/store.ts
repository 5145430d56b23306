import type { SharePreviewInput } from '@zonedeck/shared/share'
import type { Right } from '@zonedeck/shared/connection'
import type { Me } from '@zonedeck/shared/session'
import { digest } from '../../http/ids.ts'

/** A link as it is kept. */
export interface StoredShare {
  id: string
  content: SharePreviewInput
  passcode: string | null
  badge: boolean
  createdAt: string
  expiresAt: string
  maxViews: number | null
  views: number
  lastViewAt: string | null
  /** Who made it, with the rights they have now. */
  maker: Pick<Me, 'id' | 'name' | 'owner' | 'rights'>
}

interface Row {
  id: string
  content: string
  passcode: string | null
  badge: number
  created_at: string
  expires_at: string
  max_views: number | null
  views: number
  last_view_at: string | null
  user_id: string
  name: string
  owner: number
  rights: string
}

const select = `SELECT s.id, s.content, s.passcode, s.badge_hash IS NOT NULL AS badge, s.created_at, s.expires_at,
    s.max_views, s.views, s.last_view_at, s.user_id, u.name, u.owner,
    (SELECT json_group_array(json_array(r.connection_id, r.zone, r.level)) FROM rights r WHERE r.user_id = u.id) AS rights
  FROM shares s JOIN users u ON u.id = s.user_id`

function toShare(row: Row): StoredShare {
  return {
    ...{ id: row.id, content: JSON.parse(row.content) as SharePreviewInput, passcode: row.passcode },
    ...{ badge: row.badge === 1, createdAt: row.created_at, expiresAt: row.expires_at, maxViews: row.max_views },
    ...{ views: row.views, lastViewAt: row.last_view_at },
    maker: {
      ...{ id: row.user_id, name: row.name, owner: row.owner === 1 },
      rights: (JSON.parse(row.rights) as [string, string, Right][]).map(([connection, zone, right]) => ({
        ...{ connection, zone, right },
      })),
    },
  }
}

/** Newest first. */
export async function allShares(db: D1Database): Promise<StoredShare[]> {
  const { results } = await db.prepare(`${select} ORDER BY s.created_at DESC, s.id`).all<Row>()
  return results.map(toShare)
}

export async function countShares(db: D1Database): Promise<number> {
  return (await db.prepare('SELECT COUNT(*) AS count FROM shares').first<{ count: number }>())?.count ?? 0
}

export async function shareById(db: D1Database, id: string): Promise<StoredShare | null> {
  const row = await db.prepare(`${select} WHERE s.id = ?`).bind(id).first<Row>()
  return row && toShare(row)
}

/** The link with this token, whatever its state. */
export async function shareByToken(db: D1Database, token: string): Promise<StoredShare | null> {
  const row = await db.prepare(`${select} WHERE s.token_hash = ?`).bind(digest(token)).first<Row>()
  return row && toShare(row)
}

export async function shareByBadge(db: D1Database, badge: string): Promise<StoredShare | null> {
  const row = await db.prepare(`${select} WHERE s.badge_hash = ?`).bind(digest(badge)).first<Row>()
  return row && toShare(row)
}

/** The link of a session that is still good. */
export async function shareBySession(db: D1Database, session: string, now: number): Promise<StoredShare | null> {
  const row = await db
    .prepare(`${select} JOIN share_sessions x ON x.share_id = s.id WHERE x.token_hash = ? AND x.expires_at > ?`)
    .bind(digest(session), new Date(now).toISOString())
    .first<Row>()
  return row && toShare(row)
}

export async function insertShare(
  db: D1Database,
  share: Omit<StoredShare, 'maker' | 'badge' | 'views' | 'lastViewAt'>,
  { maker, token, badge }: { maker: string; token: string; badge: string | null },
): Promise<void> {
  const { id, content, passcode, createdAt, expiresAt, maxViews } = share
  await db
    .prepare(
      `INSERT INTO shares (id, user_id, token_hash, badge_hash, content, passcode, created_at, expires_at, max_views)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    .bind(
      ...[id, maker, digest(token), badge === null ? null : digest(badge), JSON.stringify(content)],
      ...[passcode, createdAt, expiresAt, maxViews],
    )
    .run()
}

/** Was there one? Its sessions go with it. */
export async function deleteShare(db: D1Database, id: string): Promise<boolean> {
  const { meta } = await db.prepare('DELETE FROM shares WHERE id = ?').bind(id).run()
  return meta.changes > 0
}

/** Links whose end is past are listed for a while, then forgotten. */
export async function forgetShares(db: D1Database, endedBefore: string): Promise<void> {
  await db.prepare('DELETE FROM shares WHERE expires_at < ?').bind(endedBefore).run()
}

/**
 * Counts a view and begins a session, in one step; false when every view is used up. Sessions that are over are swept
 * away with it.
 */
export async function beginView(
  db: D1Database,
  id: string,
  { session, until, now }: { session: string; until: string; now: number },
): Promise<boolean> {
  const at = new Date(now).toISOString()
  const [, counted] = await db.batch([
    db.prepare('DELETE FROM share_sessions WHERE share_id = ? AND expires_at <= ?').bind(id, at),
    db
      .prepare(
        `UPDATE shares SET views = views + 1, last_view_at = ?1
         WHERE id = ?2 AND expires_at > ?1 AND (max_views IS NULL OR views < max_views)`,
      )
      .bind(at, id),
    // After an update that met no row there is nothing to begin.
    db
      .prepare('INSERT INTO share_sessions (token_hash, share_id, expires_at) SELECT ?, ?, ? WHERE changes() > 0')
      .bind(digest(session), id, until),
  ])
  return (counted?.meta.changes ?? 0) > 0
}
