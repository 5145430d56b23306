import type { Me } from '@zonedeck/shared/session'
import type { Right } from '@zonedeck/shared/connection'
import { getCookie, setCookie } from 'hono/cookie'
import type { AppContext } from './context.ts'
import { digest } from './ids.ts'

const cookie = '__Host-sid'
const minute = 60_000
const day = 24 * 60 * minute

/**
 * How long a session lasts, in ms: unused, and in all. A remembered one is prolonged by use. `fresh`: how long the last
 * authentication opens what needs one.
 */
export const lifetimes = { idle: 30 * minute, absolute: 12 * 60 * minute, remembered: 30 * day, fresh: 5 * minute }

interface SessionRow {
  id: string
  remember: number
  last_seen_at: string
  expires_at: string
  authenticated_at: string
  user_id: string
  name: string
  owner: number
}

/** Who the session cookie stands for, with their rights as they are now; null when it stands for nobody (any more). */
export async function readMe(c: AppContext): Promise<Me | null> {
  const token = getCookie(c, cookie)
  if (token === undefined || token.length > 100) return null
  const hash = digest(token)
  const db = c.env.DB
  const [sessions, grants] = await db.batch<unknown>([
    db
      .prepare(
        `SELECT s.id, s.remember, s.last_seen_at, s.expires_at, s.authenticated_at, u.id AS user_id, u.name, u.owner
         FROM sessions s JOIN users u ON u.id = s.user_id WHERE s.token_hash = ?`,
      )
      .bind(hash),
    db
      .prepare(
        `SELECT r.connection_id, r.zone, r.level FROM sessions s JOIN rights r ON r.user_id = s.user_id
         WHERE s.token_hash = ?`,
      )
      .bind(hash),
  ])
  const session = sessions?.results[0] as SessionRow | undefined
  const now = c.get('call').now()
  if (session === undefined || !isAlive(session, now)) return null
  c.set('authenticatedAt', Date.parse(session.authenticated_at))
  await prolong(c, token, session, now)
  const rights = (grants?.results ?? []) as { connection_id: string; zone: string; level: Right }[]
  return {
    id: session.user_id,
    name: session.name,
    owner: session.owner === 1,
    rights: rights.map((right) => ({ connection: right.connection_id, zone: right.zone, right: right.level })),
    session: session.id,
  }
}

export function isAlive(session: Pick<SessionRow, 'remember' | 'last_seen_at' | 'expires_at'>, now: number): boolean {
  if (now >= Date.parse(session.expires_at)) return false
  return session.remember === 1 || now < Date.parse(session.last_seen_at) + lifetimes.idle
}

/** Writes at most once a minute: a page makes many requests, and each write costs. */
async function prolong(c: AppContext, token: string, session: SessionRow, now: number): Promise<void> {
  if (now < Date.parse(session.last_seen_at) + minute) return
  const remembered = session.remember === 1
  const expiresAt = remembered ? new Date(now + lifetimes.remembered).toISOString() : session.expires_at
  const db = c.env.DB
  const at = new Date(now).toISOString()
  await db.batch([
    db.prepare('UPDATE sessions SET last_seen_at = ?, expires_at = ? WHERE id = ?').bind(at, expiresAt, session.id),
    noteSeen(db, session.user_id, at),
  ])
  if (remembered) giveCookie(c, token, true)
}

/** When somebody was last here, beyond their sessions. */
export function noteSeen(db: D1Database, userId: string, at: string): D1PreparedStatement {
  return db.prepare('UPDATE users SET last_seen_at = ? WHERE id = ?').bind(at, userId)
}

/** The session's token, for the browser alone. Without a lifetime it ends with the browser. */
export function giveCookie(c: AppContext, token: string, remember: boolean): void {
  // A new token takes the place of the one that was prolonged in the same request.
  c.header('Set-Cookie', undefined)
  setCookie(c, cookie, token, {
    secure: true,
    httpOnly: true,
    sameSite: 'Lax',
    path: '/',
    ...(remember ? { maxAge: lifetimes.remembered / 1000 } : {}),
  })
}

export function takeCookie(c: AppContext): void {
  setCookie(c, cookie, '', { secure: true, httpOnly: true, sameSite: 'Lax', path: '/', maxAge: 0 })
}
