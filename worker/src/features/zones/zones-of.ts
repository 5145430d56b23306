import { reaches, rightOn } from '@zonedeck/shared/rights'
import type { Me } from '@zonedeck/shared/session'
import type { Zone } from '@zonedeck/shared/zone'
import type { Call } from '../../http/context.ts'
import { openConnection } from '../connections/open.ts'

/** The zones of one connection that the caller may at least view. `calls`: upstream calls that may be spent. */
export async function zonesOf(call: Call, me: Me, connection: string, calls?: number): Promise<Zone[]> {
  const { dns } = await openConnection(call.env, connection, call.now, call.fetch, calls)
  const zones = await dns.listZones()
  return zones.filter(({ name }) => reaches(rightOn(me, connection, name), 'view'))
}
