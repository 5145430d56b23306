import type { Counters } from '@zonedeck/shared/stats'
import type { Call } from '../../http/context.ts'
import { offered } from '../connections/offered.ts'
import { openConnection } from '../connections/open.ts'

/** What the server counts, asked now. */
export async function readCounters(call: Call, connection: string): Promise<Counters> {
  const { about, stats } = await openConnection(call.env, connection, call.now, call.fetch)
  const source = offered(stats, about.capabilities.statistics)
  const counters = await offered(source.counters?.bind(source), true, 'This server counts nothing since its start')()
  return { counters, readAt: new Date(call.now()).toISOString() }
}
