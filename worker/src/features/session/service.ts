import type { Me, Session } from '@zonedeck/shared/session'
import type { AppContext, Call } from '../../http/context.ts'
import { notFound } from '../../http/problem-error.ts'
import { takeCookie } from '../../http/session.ts'
import { deleteOthers, deleteSession, sessionsOf } from './store.ts'

export async function endSession(c: AppContext, me: Me): Promise<void> {
  await deleteSession(c.env.DB, me.id, me.session)
  takeCookie(c)
}

export function listSessions(call: Call, me: Me): Promise<Session[]> {
  return sessionsOf(call.env.DB, me.id, me.session, call.now())
}

export async function revokeSession(call: Call, me: Me, id: string): Promise<void> {
  if (!(await deleteSession(call.env.DB, me.id, id))) throw notFound()
}

export function revokeOthers(call: Call, me: Me): Promise<void> {
  return deleteOthers(call.env.DB, me.id, me.session)
}
