import { createHmac } from 'node:crypto'
import type { SharedServer, SharedView, SharePreviewInput } from '@zonedeck/shared/share'
import type { Me } from '@zonedeck/shared/session'
import type { Call } from '../../http/context.ts'
import { pepperOf } from '../access/attempts.ts'
import { findConnection } from '../connections/service.ts'
import { cutReport } from './cut.ts'

/** What a visitor gets, exactly: the reports of the chosen servers after the link's policy has cut them. */
export async function viewOf(
  call: Call,
  maker: Me,
  content: SharePreviewInput,
  { key, expiresAt }: { key: string; expiresAt: string | null },
): Promise<SharedView> {
  const { title, note, range, tiles, policy, connections } = content
  const servers = connections.map(async (id): Promise<SharedServer> => {
    const { name } = await findConnection(call, maker, id)
    const answer = await call.env.STATS_CACHE.getByName(id).report(id, range)
    return answer.ok ? cutReport(name, answer.value, { tiles, policy, key }) : { name, readAt: null }
  })
  return {
    ...{ title, range, tiles, policy, expiresAt },
    ...(note === undefined ? {} : { note }),
    servers: await Promise.all(servers),
    at: new Date(call.now()).toISOString(),
  }
}

/** The key of one link's pseudonyms. Made from a secret that is in no table: a copy of the database undoes none of them. */
export function linkKey({ env }: Call, share: string): string {
  return createHmac('sha256', pepperOf(env)).update(`pseudonyms of ${share}`).digest('hex')
}
