/** Names seen on a connection's server, in their order. */
export async function seenNames(db: D1Database, connection: string): Promise<string[]> {
  const { results } = await db
    .prepare('SELECT name FROM seen_accounts WHERE connection_id = ? ORDER BY name LIMIT 1000')
    .bind(connection)
    .all<{ name: string }>()
  return results.map(({ name }) => name)
}

export async function rememberName(db: D1Database, connection: string, name: string, at: string): Promise<void> {
  await db
    .prepare('INSERT OR REPLACE INTO seen_accounts (connection_id, name, seen_at) VALUES (?, ?, ?)')
    .bind(connection, name, at)
    .run()
}

export async function forgetName(db: D1Database, connection: string, name: string): Promise<void> {
  await db.prepare('DELETE FROM seen_accounts WHERE connection_id = ? AND name = ?').bind(connection, name).run()
}

export async function forgetNames(db: D1Database, connection: string): Promise<void> {
  await db.prepare('DELETE FROM seen_accounts WHERE connection_id = ?').bind(connection).run()
}
