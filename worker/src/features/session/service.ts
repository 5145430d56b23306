import type { Me, Session } from '@zonedeck/shared/session'
import type { AppContext, Call } from '../../http/context.ts'

export async function endSession(_c: AppContext, _me: Me): Promise<void> {}

export async function listSessions(_call: Call, _me: Me): Promise<Session[]> {
  return []
}

export async function revokeSession(_call: Call, _me: Me, _id: string): Promise<void> {}

export async function revokeOthers(_call: Call, _me: Me): Promise<void> {}
