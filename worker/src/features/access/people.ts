/** Two people never differ by case or by Unicode form alone. */
export function nameKey(name: string): string {
  return name.normalize('NFKC').trim().toLowerCase()
}

export interface Person {
  id: string
  password: string | null
}

export function personByName(db: D1Database, name: string): Promise<Person | null> {
  return db.prepare('SELECT id, password FROM users WHERE name_key = ?').bind(nameKey(name)).first<Person>()
}

export function insertPerson(
  db: D1Database,
  person: { id: string; name: string; owner: boolean; password: string | null; at: string },
): D1PreparedStatement {
  return db
    .prepare('INSERT INTO users (id, name, name_key, owner, password, created_at) VALUES (?, ?, ?, ?, ?, ?)')
    .bind(person.id, person.name, nameKey(person.name), person.owner ? 1 : 0, person.password, person.at)
}

export function setPassword(db: D1Database, id: string, password: string | null): D1PreparedStatement {
  return db.prepare('UPDATE users SET password = ? WHERE id = ?').bind(password, id)
}

/** Signs them out everywhere. */
export function endSessions(db: D1Database, id: string): D1PreparedStatement {
  return db.prepare('DELETE FROM sessions WHERE user_id = ?').bind(id)
}

export async function replaceHash(db: D1Database, id: string, before: string, after: string): Promise<void> {
  await db.prepare('UPDATE users SET password = ? WHERE id = ? AND password = ?').bind(after, id, before).run()
}
