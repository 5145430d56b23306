import type { Place, Sealed } from './seal.ts'

export interface StoredConnection {
  id: string
  name: string
  provider: string
  url: string
  source: 'panel' | 'sandbox'
  version: number
  createdAt: string
  updatedAt: string
}

/** `field` is one of the provider's, or `header:<name>`. */
export interface StoredCredential extends Sealed {
  field: string
  hint: string | null
}

const connectionColumns = 'id, name, provider, url, source, version, created_at AS createdAt, updated_at AS updatedAt'
const credentialColumns = 'field, kek_id AS kekId, wrapped_key AS wrappedKey, sealed, hint'

export async function allConnections(
  db: D1Database,
): Promise<{ connection: StoredConnection; fields: { field: string; hint: string | null }[] }[]> {
  const [connections, credentials] = await db.batch<unknown>([
    db.prepare(`SELECT ${connectionColumns} FROM connections ORDER BY name, id`),
    db.prepare('SELECT connection_id, field, hint FROM credentials ORDER BY field'),
  ])
  const fields = (credentials?.results ?? []) as { connection_id: string; field: string; hint: string | null }[]
  return ((connections?.results ?? []) as StoredConnection[]).map((connection) => ({
    connection,
    fields: fields.filter((row) => row.connection_id === connection.id),
  }))
}

export async function storedIds(db: D1Database): Promise<string[]> {
  const { results } = await db.prepare('SELECT id FROM connections').all<{ id: string }>()
  return results.map(({ id }) => id)
}

export async function findStored(
  db: D1Database,
  id: string,
): Promise<{ connection: StoredConnection; credentials: StoredCredential[] } | null> {
  const [connections, credentials] = await db.batch<unknown>([
    db.prepare(`SELECT ${connectionColumns} FROM connections WHERE id = ?`).bind(id),
    db.prepare(`SELECT ${credentialColumns} FROM credentials WHERE connection_id = ? ORDER BY field`).bind(id),
  ])
  const connection = connections?.results[0] as StoredConnection | undefined
  if (connection === undefined) return null
  return { connection, credentials: (credentials?.results ?? []) as StoredCredential[] }
}

export async function insertConnection(
  db: D1Database,
  connection: StoredConnection,
  credentials: readonly StoredCredential[],
): Promise<void> {
  const { id, name, provider, url, source, version, createdAt, updatedAt } = connection
  await db.batch([
    db
      .prepare(
        `INSERT INTO connections (id, name, provider, url, source, version, created_at, updated_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      .bind(id, name, provider, url, source, version, createdAt, updatedAt),
    ...credentials.map((credential) => putCredential(db, id, credential, updatedAt)),
  ])
}

/** Writes only over the version that was read; false, and nothing written, when someone else was faster. */
export async function updateConnection(
  db: D1Database,
  connection: StoredConnection,
  put: readonly StoredCredential[],
  remove: readonly string[],
): Promise<boolean> {
  const { id, name, url, version, updatedAt } = connection
  try {
    await db.batch([
      db
        .prepare('UPDATE connections SET name = ?, url = ?, version = ?, updated_at = ? WHERE id = ? AND version = ?')
        .bind(name, url, version + 1, updatedAt, id, version),
      // When that found no row, this breaks a constraint, and with it the whole batch.
      db.prepare("INSERT INTO facts (key, value) SELECT 'version conflict', NULL WHERE changes() = 0"),
      ...remove.map((field) =>
        db.prepare('DELETE FROM credentials WHERE connection_id = ? AND field = ?').bind(id, field),
      ),
      ...put.map((credential) => putCredential(db, id, credential, updatedAt)),
    ])
    return true
  } catch (error) {
    if (error instanceof Error && error.message.includes('facts.value')) return false
    throw error
  }
}

function putCredential(
  db: D1Database,
  id: string,
  { field, kekId, wrappedKey, sealed, hint }: StoredCredential,
  at: string,
): D1PreparedStatement {
  return db
    .prepare(
      `INSERT OR REPLACE INTO credentials (connection_id, field, kek_id, wrapped_key, sealed, hint, updated_at)
       VALUES (?, ?, ?, ?, ?, ?, ?)`,
    )
    .bind(id, field, kekId, wrappedKey, sealed, hint, at)
}

/**
 * With its sealed credentials, everyone's rights on it, the tokens of its filter, and what was seen and sampled
 * there. False when it was not there.
 */
export async function deleteConnection(db: D1Database, id: string): Promise<boolean> {
  const [, , deleted] = await db.batch([
    db.prepare('DELETE FROM credentials WHERE connection_id = ?').bind(id),
    db.prepare('DELETE FROM rights WHERE connection_id = ?').bind(id),
    db.prepare('DELETE FROM connections WHERE id = ?').bind(id),
    db.prepare('DELETE FROM seen_accounts WHERE connection_id = ?').bind(id),
    db.prepare('DELETE FROM filter_tokens WHERE connection_id = ?').bind(id),
    db.prepare('DELETE FROM samples WHERE connection_id = ?').bind(id),
  ])
  return deleted?.meta.changes === 1
}

/** Values that another key than this one holds. */
export async function sealedWithOthers(
  db: D1Database,
  active: string,
  limit: number,
): Promise<(StoredCredential & { connection: string })[]> {
  const { results } = await db
    .prepare(`SELECT connection_id AS connection, ${credentialColumns} FROM credentials WHERE kek_id <> ? LIMIT ?`)
    .bind(active, limit)
    .all<StoredCredential & { connection: string }>()
  return results
}

/** The same value under another key; false when it is no longer the value that was read. */
export async function replaceSealed(db: D1Database, place: Place, before: string, after: Sealed): Promise<boolean> {
  const done = await db
    .prepare(
      `UPDATE credentials SET kek_id = ?, wrapped_key = ?, sealed = ?
       WHERE connection_id = ? AND field = ? AND sealed = ?`,
    )
    .bind(after.kekId, after.wrappedKey, after.sealed, place.connection, place.field, before)
    .run()
  return done.meta.changes === 1
}
