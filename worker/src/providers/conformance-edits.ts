import type { Change, ChangeResult } from '@zonedeck/shared/change'
import { setKey } from '@zonedeck/shared/plan/keys'
import type { DnsRecord, RecordSet } from '@zonedeck/shared/record-set'
import { canonicalRdata } from '@zonedeck/shared/records/rdata'
import { expect } from 'vitest'
import type { DnsProvider, StatsSource } from './provider.ts'

/** What one test works with. */
export interface Opened {
  provider: DnsProvider
  /** A zone of the suite's own, made for this test. */
  zone: string
  /** The same server, asked with a credential that it does not accept. */
  stranger: DnsProvider
  /** The credential, which must appear nowhere. */
  secret: string
  /** Every address called so far, and what else was logged. */
  log: () => string[]
  /** What it counts, where it does. */
  stats?: StatsSource
  /** Lets as much of the server's time pass as what it does in the background needs. */
  settle?: () => Promise<void>
  close?: () => Promise<void>
}

/** A case, given a zone of its own; left out when the provider is not able. */
export type Story = (title: string, tell: (opened: Opened) => Promise<void>, able?: boolean) => void

/** Changes are sent again until each has a result: a provider may stop early and answer `more`. */
export async function save(provider: DnsProvider, zone: string, changes: readonly Change[]): Promise<ChangeResult[]> {
  const results: ChangeResult[] = []
  let left = [...changes]
  for (let round = 0; left.length > 0 && round < 1000; round += 1) {
    const { recordSets } = await provider.readZone(zone)
    const answer = await provider.apply(zone, left, recordSets)
    results.push(...answer.results)
    const answered = new Set(answer.results.map(setKey))
    left = answer.more ? left.filter((change) => !answered.has(setKey(change))) : []
  }
  return results
}

export async function sets(provider: DnsProvider, zone: string): Promise<Map<string, RecordSet>> {
  const { recordSets } = await provider.readZone(zone)
  return new Map(recordSets.map((set) => [setKey(set), set]))
}

/** Makes the zone hold this set (or, with no records, hold it no more) and answers what it holds then. */
export async function edit(
  provider: DnsProvider,
  zone: string,
  set: { name: string; type: string; ttl?: number; records: DnsRecord[]; comments?: RecordSet['comments'] },
): Promise<RecordSet | undefined> {
  const before = (await sets(provider, zone)).get(setKey(set)) ?? null
  const after = set.records.length === 0 ? null : { ...before, ...set, ttl: set.ttl ?? before?.ttl ?? 3600 }
  const change = { name: set.name, type: set.type, before, after }
  expect(await save(provider, zone, [change])).toMatchObject([{ name: set.name, type: set.type, status: 'done' }])
  return (await sets(provider, zone)).get(setKey(set))
}

/** What of a set is the person's: no ids, no order, no marks of the server. */
export function plain(set: RecordSet | undefined) {
  return (
    set && {
      name: set.name,
      type: set.type,
      ttl: set.ttl,
      records: set.records
        .map(({ rdata, disabled, comment }) => ({
          rdata,
          ...(disabled ? { disabled } : {}),
          ...(comment ? { comment } : {}),
        }))
        .sort((a, b) => (a.rdata < b.rdata ? -1 : 1)),
      ...(set.comments?.length ? { comments: set.comments.map(({ content }) => content) } : {}),
    }
  )
}

export const values = (type: string, texts: string[]) => texts.map((text) => ({ rdata: canonicalRdata(type, text) }))
