import { createHmac } from 'node:crypto'
import type { SharedList, SharedServer, SharePolicy, ShareTile } from '@zonedeck/shared/share'
import type { StatsReport, StatsSlice, TopEntry } from '@zonedeck/shared/statistics'
import { namesAClient } from './names-a-client.ts'

/** What is left of a server's report for visitors of a link. `key` is this link's own: see `pseudonym`. */
export function cutReport(
  name: string,
  report: StatsReport,
  { tiles, policy, key }: { tiles: readonly ShareTile[]; policy: SharePolicy; key: string },
): SharedServer {
  const { from, to, fullHours, readAt, totals, series, types, protocols, gauges } = report
  const clients = report.top.clients ?? []
  const shared: Required<Omit<SharedServer, 'name' | 'readAt' | 'from' | 'to' | 'fullHours'>> = {
    totals: totals.map(({ measure, value, previous }) => ({ measure, value, previous })),
    series: { step: series.step, times: series.times, rows: series.rows },
    types: types && plainSlices(types),
    protocols: protocols && plainSlices(protocols),
    clients: cutClients(report.top.clients ?? null, policy, key),
    domains: cutDomains(report.top.domains ?? null, policy, clients),
    'blocked-domains': cutDomains(report.top['blocked-domains'] ?? null, policy, clients),
    gauges: gauges.map(({ id, label, value, unit, kind }) => ({ id, label, value, unit, kind })),
  }
  return {
    ...{ name, readAt, from, to, fullHours },
    ...Object.fromEntries(tiles.map((tile) => [tile, shared[tile]])),
  }
}

/** Labels are the server's words: those that are no plain word are not passed on, and are one together. */
function plainSlices(slices: readonly StatsSlice[]): StatsSlice[] {
  const sums = new Map<string, number>()
  for (const { label, value } of slices) {
    const shown = /^[A-Za-z][A-Za-z0-9 -]{0,15}$/.test(label) ? label : 'Other'
    sums.set(shown, (sums.get(shown) ?? 0) + value)
  }
  return [...sums].map(([label, value]) => ({ label, value }))
}

function cutClients(entries: readonly TopEntry[] | null, policy: SharePolicy, key: string): SharedList {
  if (entries === null) return null
  if (policy.clients === 'hidden') return { entries: [], hidden: { count: entries.length, why: 'policy' } }
  return { entries: entries.map(({ name, hits }) => ({ name: pseudonym(key, name), hits })), hidden: null }
}

const letters = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789'

/**
 * The name of a client on one link. A plain hash of an address can be undone by trying all of them; this takes the link's
 * key, which nobody outside of the worker has. 40 bits: two of a thousand clients share one in a million links.
 */
export function pseudonym(key: string, client: string): string {
  const bytes = createHmac('sha256', key).update(client.toLowerCase()).digest()
  return `Client ${Array.from(bytes.subarray(0, 8), (byte) => letters[byte % 32]).join('')}`
}

function cutDomains(
  entries: readonly TopEntry[] | null,
  { domains, atLeast }: SharePolicy,
  clients: readonly TopEntry[],
): SharedList {
  if (entries === null) return null
  if (domains === 'hidden') return { entries: [], hidden: { count: entries.length, why: 'policy' } }
  const harmless = entries.filter(({ name }) => !namesAClient(name, clients))
  const common =
    domains === 'full' ? harmless : harmless.filter(({ askers }) => askers !== undefined && askers >= atLeast)
  const count = entries.length - common.length
  return {
    entries: common.map(({ name, hits }) => ({ name, hits })),
    hidden: count === 0 ? null : { count, why: reason(domains, entries) },
  }
}

function reason(domains: SharePolicy['domains'], entries: readonly TopEntry[]) {
  if (domains === 'full') return 'names-a-client'
  return entries.every(({ askers }) => askers === undefined) ? 'cannot-tell' : 'too-few-askers'
}
