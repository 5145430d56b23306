import { digest, makeToken } from '../../http/ids.ts'

const lifetime = 5 * 60_000

/** A confirmation belongs to the session that asked for it, a new passkey to the person it is made for. */
type Kind = 'register' | `register ${string}` | 'sign-in' | `confirm ${string}`

/** Enough for the border: SimpleWebAuthn checks the rest of what an authenticator sends, and says what is wrong. */
export function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Remembers the challenge of one ceremony for five minutes, and returns the name under which it is taken out again. */
export async function beginCeremony(db: D1Database, kind: Kind, challenge: string, now: number): Promise<string> {
  const ceremony = makeToken()
  await db.batch([
    db.prepare('DELETE FROM challenges WHERE expires_at <= ?').bind(new Date(now).toISOString()),
    db
      .prepare('INSERT INTO challenges (token_hash, kind, challenge, expires_at) VALUES (?, ?, ?, ?)')
      .bind(digest(ceremony), kind, challenge, new Date(now + lifetime).toISOString()),
  ])
  return ceremony
}

/** The challenge, once: it is gone whatever comes of it. Null when it was used, is too old, or never was. */
export async function endCeremony(db: D1Database, kind: Kind, ceremony: string, now: number): Promise<string | null> {
  const row = await db
    .prepare('DELETE FROM challenges WHERE token_hash = ? AND kind = ? RETURNING challenge, expires_at')
    .bind(digest(ceremony), kind)
    .first<{ challenge: string; expires_at: string }>()
  return row === null || Date.parse(row.expires_at) <= now ? null : row.challenge
}

/** The relying party of a request: passkeys belong to its host name, and to its exact origin. */
export function relyingParty(request: Request): { id: string; origin: string } {
  const { hostname, origin } = new URL(request.url)
  return { id: hostname, origin }
}
