import type { Connection } from '@zonedeck/shared/connection'
import type { Me } from '@zonedeck/shared/session'
import type { Call } from '../../http/context.ts'
import { notFound } from '../../http/problem-error.ts'

export async function addSandboxConnection(_call: Call, _me: Me, _name: string): Promise<Connection> {
  throw notFound()
}
