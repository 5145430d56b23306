import type { Counts } from './increase.ts'
import { kept, steps, type Step } from './steps.ts'
import type { Sample } from './take.ts'

// Times are seconds since 1970, as the table has them.

/** So many at once stay well below the 2 MB that D1 takes of one value. */
const most = 4000

/** Writes samples over those of the same beginning, so that doing it twice is doing it once. */
export async function putSamples(db: D1Database, connection: string, samples: readonly Sample[]): Promise<void> {
  for (let i = 0; i < samples.length; i += most) {
    await db
      .prepare(
        `INSERT OR REPLACE INTO samples (connection_id, step, at, until, counts)
         SELECT ?1, value ->> 'step', value ->> 'at', value ->> 'until', value -> 'counts' FROM json_each(?2)`,
      )
      .bind(connection, JSON.stringify(samples.slice(i, i + most)))
      .run()
  }
}

/** What is older than samples of its step are kept. */
export async function deleteOld(db: D1Database, connection: string, now: number): Promise<void> {
  await db.batch(
    steps.map((step) =>
      db
        .prepare('DELETE FROM samples WHERE connection_id = ? AND step = ? AND at < ?')
        .bind(connection, step, now - kept[step]),
    ),
  )
}

export async function deleteAll(db: D1Database, connection: string): Promise<void> {
  await db.prepare('DELETE FROM samples WHERE connection_id = ?').bind(connection).run()
}

/** From when to when there are samples of each step; null: there are none. */
export async function extents(
  db: D1Database,
  connection: string,
): Promise<Record<Step, { from: number; until: number } | null>> {
  const found = await db.batch<{ from: number | null; until: number | null }>(
    steps.map((step) =>
      db
        .prepare(
          // The two ends, each from the index: one MIN and MAX together would read every row.
          `SELECT (SELECT at FROM samples WHERE connection_id = ?1 AND step = ?2 ORDER BY at LIMIT 1) AS "from",
                  (SELECT until FROM samples WHERE connection_id = ?1 AND step = ?2 ORDER BY at DESC LIMIT 1) AS until`,
        )
        .bind(connection, step),
    ),
  )
  const extent = (i: number) => {
    const { from, until } = found[i]?.results[0] ?? { from: null, until: null }
    return from === null || until === null ? null : { from, until }
  }
  return { 60: extent(0), 900: extent(1), 3600: extent(2) }
}

/** Points are as long as a number of seconds, or a month of UTC. */
export type PointLength = number | 'month'

export interface Sums {
  /** By where a point begins; what lies across two of them is in none. `known`: seconds that samples cover. */
  points: Map<number, { known: number; counts: Counts }>
  /** Of everything, across points or not. */
  known: number
  counts: Counts
}

const pointOf = (length: PointLength, column: string) =>
  length === 'month'
    ? `CAST(strftime('%s', ${column}, 'unixepoch', 'start of month') AS INTEGER)`
    : `${column} / ${length} * ${length}`

/** Adds up the samples that lie wholly in `from` to `to`. Only measures are told apart by point. */
export async function sumUp(
  db: D1Database,
  where: { connection: string; step: Step; from: number; to: number },
  length: PointLength,
): Promise<Sums> {
  const point = `CASE WHEN ${pointOf(length, 'at')} = ${pointOf(length, '(until - 1)')} THEN ${pointOf(length, 'at')} END`
  const chosen = 'connection_id = ?1 AND step = ?2 AND at >= ?3 AND until <= ?4'
  const bound = [where.connection, where.step, where.from, where.to]
  const [counts, known] = await db.batch<{ point: number | null; key: string; value: number }>([
    db
      .prepare(
        `SELECT CASE WHEN instr(key, ':') THEN NULL ELSE ${point} END AS point, key, SUM(value) AS value
         FROM samples, json_each(counts) WHERE ${chosen} GROUP BY 1, 2`,
      )
      .bind(...bound),
    db
      .prepare(`SELECT ${point} AS point, '' AS key, SUM(until - at) AS value FROM samples WHERE ${chosen} GROUP BY 1`)
      .bind(...bound),
  ])
  const sums: Sums = { points: new Map(), known: 0, counts: {} }
  const at = (time: number) => {
    const there = sums.points.get(time) ?? { known: 0, counts: {} }
    sums.points.set(time, there)
    return there
  }
  for (const { point: time, value } of known?.results ?? []) {
    sums.known += value
    if (time !== null) at(time).known += value
  }
  for (const { point: time, key, value } of counts?.results ?? []) {
    sums.counts[key] = (sums.counts[key] ?? 0) + value
    if (time !== null) at(time).counts[key] = value
  }
  return sums
}
