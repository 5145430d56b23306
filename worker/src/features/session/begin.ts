import type { Me } from '@zonedeck/shared/session'
import { coarseNetwork, deviceOf } from '../../http/client.ts'
import type { AppContext } from '../../http/context.ts'
import { digest, makeId, makeToken } from '../../http/ids.ts'
import { log } from '../../http/log.ts'
import { ProblemError } from '../../http/problem-error.ts'
import { giveCookie, lifetimes, noteSeen, readMe } from '../../http/session.ts'
import { deleteExpired, deleteSession, insertSession } from './store.ts'

/**
 * A new session, never a continued one: what cookie came along is ended, so that nobody can plant theirs. `first` runs in
 * the same transaction, before it.
 */
export async function beginSession(
  c: AppContext,
  userId: string,
  by: 'password' | 'passkey' | 'setup' | 'invitation',
  remember = false,
  first: D1PreparedStatement[] = [],
): Promise<Me> {
  const { now, requestId } = c.get('call')
  const db = c.env.DB
  const before = await readMe(c)
  if (before !== null) await deleteSession(db, before.id, before.session)
  const token = makeToken()
  const at = now()
  const session = {
    id: makeId('ses'),
    tokenHash: digest(token),
    userId,
    remember,
    now: new Date(at).toISOString(),
    expiresAt: new Date(at + (remember ? lifetimes.remembered : lifetimes.absolute)).toISOString(),
    device: deviceOf(c.req.raw),
    network: coarseNetwork(c.req.raw),
  }
  await db.batch([
    ...first,
    deleteExpired(db, session.now),
    insertSession(db, session),
    noteSeen(db, userId, session.now),
  ])
  giveCookie(c, token, remember)
  log({ event: 'sign-in', requestId, ok: true, by, network: session.network })
  return meOf(db, userId, session.id)
}

async function meOf(db: D1Database, userId: string, session: string): Promise<Me> {
  const [users, rights] = await db.batch<unknown>([
    db.prepare('SELECT id, name, owner FROM users WHERE id = ?').bind(userId),
    db.prepare('SELECT connection_id AS connection, zone, level AS "right" FROM rights WHERE user_id = ?').bind(userId),
  ])
  const user = users?.results[0] as { id: string; name: string; owner: number } | undefined
  if (user === undefined) throw wrongCredentials()
  return {
    id: user.id,
    name: user.name,
    owner: user.owner === 1,
    rights: (rights?.results ?? []) as Me['rights'],
    session,
  }
}

/** One text for all that can be wrong, so that nobody learns which names exist. */
export function wrongCredentials(): ProblemError {
  return new ProblemError(401, 'auth/wrong-credentials', 'The name or the password is wrong')
}
