import type { ClientRow } from './client-rows.ts'

/** Which clients the page shows. `state` may be `unfiltered`, `look` (there is a finding) or `changed` (by the draft). */
export interface ClientFilter {
  query: string
  state: '' | 'unfiltered' | 'look' | 'changed'
}

/** A line of the grouped list. */
export type ClientItem =
  | { kind: 'group'; key: string; title: string; count: number; profile: string | null; filters: boolean }
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
      (state !== 'unfiltered' || row.coverage.state === 'unfiltered') &&
      (state !== 'look' || needsLook(row)) &&
      (state !== 'changed' || row.change !== null),
  )
}

/** Who is not filtered stands first; then one group a profile, by name, and within it the clients by theirs. */
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
      const profile = coverage.state === 'unfiltered' ? null : coverage.profile
      const title =
        coverage.state === 'unfiltered'
          ? 'Not filtered'
          : coverage.state === 'base'
            ? `Base profile ${coverage.profile} alone`
            : coverage.profile
      return [
        { kind: 'group', key: `group ${key}`, title, count: members.length, profile, filters: profile !== null },
        ...members
          .toSorted((a, b) => compare(a.name, b.name) || a.index - b.index)
          .map((row) => ({ kind: 'client' as const, key: `client ${row.index}`, row })),
      ]
    })
}

function groupKey({ coverage }: ClientRow): string {
  return coverage.state === 'unfiltered'
    ? '0'
    : coverage.state === 'base'
      ? `1 ${coverage.profile}`
      : `2 ${coverage.profile}`
}
