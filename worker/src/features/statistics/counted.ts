import type { StatsReport } from '@zonedeck/shared/statistics'
import type { Counter } from '@zonedeck/shared/stats'
import type { OpenConnection } from '../connections/open.ts'
import type { TimeRange } from '../../providers/provider.ts'

const remembered = 60_000

/** What a server holds now, of one that counts no queries: its zones, and their records where its list tells. */
export async function countedReport(
  { dns, memory }: Pick<OpenConnection, 'dns' | 'memory'>,
  { from, to }: TimeRange,
  now: number,
): Promise<StatsReport> {
  const known = memory.get('counted') as { gauges: Counter[]; readAt: string } | undefined
  const { gauges, readAt } = known ?? { gauges: await count(dns), readAt: new Date(now).toISOString() }
  if (known === undefined) memory.set('counted', { gauges, readAt }, remembered)
  return {
    from: new Date(from).toISOString(),
    to: new Date(to).toISOString(),
    fullHours: false,
    totals: [],
    series: { step: 'hour', times: [], rows: [] },
    types: null,
    protocols: null,
    top: { clients: null, domains: null, 'blocked-domains': null },
    gauges,
    source: { kind: 'counted' },
    readAt,
  }
}

async function count(dns: OpenConnection['dns']): Promise<Counter[]> {
  const zones = await dns.listZones()
  const records = zones.map(({ recordCount }) => recordCount)
  // Records of some zones alone would be taken for all of them.
  const sum = records.every((each) => each !== undefined) ? records.reduce((a, b) => a + b, 0) : null
  return [
    { id: 'zones', label: 'Zones', value: zones.length, unit: 'zones', kind: 'gauge' },
    ...(sum === null || zones.length === 0
      ? []
      : [{ id: 'records', label: 'Records', value: sum, unit: 'records' as const, kind: 'gauge' as const }]),
  ]
}
