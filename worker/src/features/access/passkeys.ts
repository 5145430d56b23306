import type { WebAuthnCredential } from '@simplewebauthn/server'

export interface Passkey extends WebAuthnCredential {
  userId: string
}

export async function findPasskey(db: D1Database, id: string): Promise<Passkey | null> {
  const row = await db
    .prepare('SELECT user_id, public_key, counter, transports FROM passkeys WHERE id = ?')
    .bind(id)
    .first<{ user_id: string; public_key: string; counter: number; transports: string }>()
  if (row === null) return null
  return {
    id,
    userId: row.user_id,
    publicKey: new Uint8Array(Buffer.from(row.public_key, 'base64url')),
    counter: row.counter,
    transports: JSON.parse(row.transports) as NonNullable<WebAuthnCredential['transports']>,
  }
}

/** What a browser is told of a person's passkeys, so that it offers these alone. */
export async function passkeysOf(
  db: D1Database,
  userId: string,
): Promise<{ id: string; transports: NonNullable<WebAuthnCredential['transports']> }[]> {
  const { results } = await db
    .prepare('SELECT id, transports FROM passkeys WHERE user_id = ? ORDER BY created_at LIMIT 100')
    .bind(userId)
    .all<{ id: string; transports: string }>()
  return results.map(({ id, transports }) => ({
    id,
    transports: JSON.parse(transports) as NonNullable<WebAuthnCredential['transports']>,
  }))
}

export function insertPasskey(
  db: D1Database,
  userId: string,
  passkey: WebAuthnCredential,
  at: string,
): D1PreparedStatement {
  return db
    .prepare(
      'INSERT INTO passkeys (id, user_id, public_key, counter, transports, created_at) VALUES (?, ?, ?, ?, ?, ?)',
    )
    .bind(
      passkey.id,
      userId,
      Buffer.from(passkey.publicKey).toString('base64url'),
      passkey.counter,
      JSON.stringify(passkey.transports ?? []),
      at,
    )
}

export function deletePasskeys(db: D1Database, userId: string): D1PreparedStatement {
  return db.prepare('DELETE FROM passkeys WHERE user_id = ?').bind(userId)
}

/** Only forwards: a counter that runs back is a copied authenticator, and a second answer with the same one a replay. */
export async function advanceCounter(db: D1Database, id: string, counter: number): Promise<boolean> {
  const done = await db
    .prepare('UPDATE passkeys SET counter = ? WHERE id = ? AND (counter < ? OR (counter = 0 AND ? = 0))')
    .bind(counter, id, counter, counter)
    .run()
  return done.meta.changes === 1
}
