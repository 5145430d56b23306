import type { Counters } from '@zonedeck/shared/stats'
import type { Call } from '../../http/context.ts'
import { offered } from '../connections/offered.ts'
import { openConnection } from '../connections/open.ts'

/** What the server counts, asked now. */
export async function readCounters(call: Call, connection: string): Promise<Counters> {
  const { about, stats } = await openConnection(call.env, connection, call.now, call.fetch)
  const counters = await offered(stats, about.capabilities.statistics).counters()
  return { counters, readAt: new Date(call.now()).toISOString() }
}
