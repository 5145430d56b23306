import type { ZoneContent } from '@zonedeck/shared/zone'
import type { Call } from '../../http/context.ts'
import { openConnection } from '../connections/open.ts'

/** The whole zone as its server holds it now. */
export async function readZone(call: Call, connection: string, zone: string): Promise<ZoneContent> {
  const { dns } = await openConnection(call.env, connection, call.now, call.fetch)
  const content = await dns.readZone(zone)
  return { ...content, readAt: new Date(call.now()).toISOString() }
}
