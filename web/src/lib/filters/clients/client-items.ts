import { when } from '#lib/when.ts'
import type { ClientRow } from './client-rows.ts'
import type { Coverage } from './coverage.ts'

/** Which clients the page shows. `state` may be `unfiltered`, `paused`, `look` (there is a finding) or `changed` (by the draft). */
export interface ClientFilter {
  query: string
  state: '' | 'unfiltered' | 'paused' | 'look' | 'changed'
}

/** A line of the grouped list. */
export type ClientItem =
  | { kind: 'group'; key: string; title: string; count: number; filters: boolean }
  | { kind: 'client'; key: string; row: ClientRow }

/** `info` is worth knowing, and nothing to look after. */
export function needsLook({ findings }: ClientRow): boolean {
  return findings.some(({ severity }) => severity !== 'info')
}

/** Every word of the query must be somewhere in the name, the ids or the profile. */
export function filterClients(rows: readonly ClientRow[], { query, state }: ClientFilter): ClientRow[] {
  const words = query
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '')
  return rows.filter(
    (row) =>
      words.every((word) => row.text.includes(word)) &&
      ((state !== 'unfiltered' && state !== 'paused') || row.coverage.state === state) &&
      (state !== 'look' || needsLook(row)) &&
      (state !== 'changed' || row.change !== null),
  )
}

/** Who is not filtered stands first, then who is paused; then one group a profile, by name, and within it the clients by theirs. */
export function groupClients(rows: readonly ClientRow[]): ClientItem[] {
  const groups = new Map<string, ClientRow[]>()
  for (const row of rows) {
    const key = groupKey(row)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [row])
    else group.push(row)
  }
  const compare = new Intl.Collator('en', { numeric: true, sensitivity: 'base' }).compare
  return [...groups]
    .toSorted(([a], [b]) => compare(a, b))
    .flatMap(([key, members]): ClientItem[] => {
      const { coverage } = members[0]!
      const filters = coverage.state === 'filtered' || coverage.state === 'base'
      return [
        { kind: 'group', key: `group ${key}`, title: titleOf(coverage), count: members.length, filters },
        ...members
          .toSorted((a, b) => compare(a.name, b.name) || a.index - b.index)
          .map((row) => ({ kind: 'client' as const, key: `client ${row.index}`, row })),
      ]
    })
}

function titleOf(coverage: Coverage): string {
  if (coverage.state === 'unfiltered') return 'Not filtered'
  if (coverage.state === 'base') return `Base profile ${coverage.profile} alone`
  if (coverage.state === 'filtered') return coverage.profile
  return `${coverage.profile ?? 'Base profile alone'}, paused until ${when(coverage.until)}`
}

function groupKey({ coverage }: ClientRow): string {
  if (coverage.state === 'unfiltered') return '0'
  if (coverage.state === 'paused') return `1 ${coverage.until} ${coverage.profile ?? ''}`
  return `${coverage.state === 'base' ? '2' : '3'} ${coverage.profile}`
}
