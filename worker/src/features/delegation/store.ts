/** DS records of a zone that were seen at its parent, and are gone by now or not. */
export interface DsSeen {
  /** Seconds. */
  ttl: number
  /** When they were first found to be gone. RFC 3339. */
  goneAt: string | null
}

/** Notes that the parent has DS records now. Written at most once a minute, however often it is looked at. */
export async function noteDs(db: D1Database, zone: string, ttl: number, at: string): Promise<void> {
  const aMinuteAgo = new Date(Date.parse(at) - 60_000).toISOString()
  await db
    .prepare(
      `INSERT INTO ds_seen (zone, ttl, seen_at) VALUES (?1, ?2, ?3)
       ON CONFLICT (zone) DO UPDATE SET ttl = max(ttl, ?2), seen_at = ?3, gone_at = NULL
       WHERE seen_at < ?4 OR gone_at IS NOT NULL OR ttl < ?2`,
    )
    .bind(zone, ttl, at, aMinuteAgo)
    .run()
}

/** Notes that the parent has none now, and tells what it had; null when none were ever seen. */
export async function noteNoDs(db: D1Database, zone: string, at: string): Promise<DsSeen | null> {
  const find = db.prepare('SELECT ttl, gone_at AS goneAt FROM ds_seen WHERE zone = ?').bind(zone)
  const seen = await find.first<DsSeen>()
  if (seen === null || seen.goneAt !== null) return seen
  await db.prepare('UPDATE ds_seen SET gone_at = ? WHERE zone = ? AND gone_at IS NULL').bind(at, zone).run()
  return { ...seen, goneAt: at }
}
