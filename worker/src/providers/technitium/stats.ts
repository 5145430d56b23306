import type { TopList } from '@zonedeck/shared/statistics'
import type { ProviderContext, StatsSource } from '../provider.ts'
import { makeCall } from './call.ts'
import { queryLog } from './query-log.ts'
import { rangeParams } from './stats-range.ts'
import { statsReport, topEntry } from './stats-report.ts'
import { dashboardStats, topStats, type TopStats } from './wire.ts'

const LISTS: Record<TopList, { statsType: string; member: keyof TopStats }> = {
  clients: { statsType: 'TopClients', member: 'topClients' },
  domains: { statsType: 'TopDomains', member: 'topDomains' },
  'blocked-domains': { statsType: 'TopBlockedDomains', member: 'topBlockedDomains' },
}

/** A year is read from files of days; clients' names are looked up meanwhile, half a second each at most. */
const SLOW = 25_000

/**
 * The statistics that Technitium keeps by minute, hour and day. Those of a cluster, where the connection is for all of
 * it, are made by the server: it adds them up, leaves out nodes that do not answer in time, and says as clients the most
 * that one node has seen.
 */
export function stats(context: ProviderContext): StatsSource {
  const { now } = context
  const { call } = makeCall(context)
  return {
    async report(range) {
      const params = {
        ...rangeParams(range, now()),
        utc: 'true',
        // Of more than ten types the server would lose the tenth on the way into “Others”.
        dontTrimQueryTypeData: 'true',
      }
      const answer = await call('/api/dashboard/stats/get', params, dashboardStats, { reads: true, timeout: SLOW })
      return statsReport(answer, range, now())
    },
    async top(list, range, most) {
      const { statsType, member } = LISTS[list]
      const params = { ...rangeParams(range, now()), statsType, limit: String(most), noReverseLookup: 'true' }
      const answer = await call('/api/dashboard/stats/getTop', params, topStats, { reads: true, timeout: SLOW })
      return (answer[member] ?? []).slice(0, most).map(topEntry)
    },
    log: queryLog(context, call),
  }
}
