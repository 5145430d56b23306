import type { Change, ChangeResult } from '@zonedeck/shared/change'
import type { Finding, HistoryEntry } from '@zonedeck/shared/job'
import type { Operation, OperationState } from '@zonedeck/shared/operation'
import type { Me } from '@zonedeck/shared/session'

interface Row {
  id: string
  at: string
  actor: string
  connection_id: string
  connection_name: string
  zone: string
  state: HistoryEntry['state']
  operation: string | null
  operation_result: string | null
  creates: number
  modifies: number
  deletes: number
  accepted: string
}

const pageSize = 50

/**
 * `rightOn` of shared/rights.ts and `neededFor` in SQL, so that a page is full whatever its reader may not see: the
 * closest grant counts.
 */
const mayView = `(SELECT level = 'full' OR level <> 'none' AND (
    COALESCE(h.operation ->> 'operation', '') IN ('filter', 'filter-refresh')
    OR h.zone <> '*' AND COALESCE(h.operation ->> 'operation', '') <> 'permissions')
  FROM (SELECT COALESCE(
    (SELECT level FROM rights r WHERE r.user_id = ? AND r.connection_id = h.connection_id AND r.zone = h.zone),
    (SELECT level FROM rights r WHERE r.user_id = ? AND r.connection_id = h.connection_id AND r.zone = '*'),
    (SELECT level FROM rights r WHERE r.user_id = ? AND r.connection_id = '*' AND r.zone = h.zone),
    (SELECT level FROM rights r WHERE r.user_id = ? AND r.connection_id = '*' AND r.zone = '*'),
    'none') AS level))`

/**
 * The right that an entry is shown for: what is kept of the server itself (zone `*`) and of the server's own permissions
 * is shown to nobody who could not read it on the server now. A filter is read by whoever may view its connection.
 */
export function neededFor({ zone, operation }: Pick<HistoryEntry, 'zone' | 'operation'>): 'view' | 'full' {
  if (operation?.operation === 'filter' || operation?.operation === 'filter-refresh') return 'view'
  return zone === '*' || operation?.operation === 'permissions' ? 'full' : 'view'
}

/** Newest first; `before` is the id of the last entry that is known already. */
export async function selectPage(
  db: D1Database,
  me: Pick<Me, 'id' | 'owner'>,
  filter: { connection?: string; zone?: string; before?: string | undefined },
): Promise<HistoryEntry[]> {
  const conditions: [sql: string, values: string[]][] = []
  if (filter.connection !== undefined) conditions.push(['h.connection_id = ?', [filter.connection]])
  if (filter.zone !== undefined) conditions.push(['h.zone = ?', [filter.zone]])
  if (filter.before !== undefined) {
    conditions.push(['(h.at, h.id) < (SELECT at, id FROM history WHERE id = ?)', [filter.before]])
  }
  if (!me.owner) conditions.push([mayView, [me.id, me.id, me.id, me.id]])
  const where = conditions.length === 0 ? '' : `WHERE ${conditions.map(([sql]) => sql).join(' AND ')}`
  const { results } = await db
    .prepare(`SELECT h.* FROM history h ${where} ORDER BY h.at DESC, h.id DESC LIMIT ${pageSize}`)
    .bind(...conditions.flatMap(([, values]) => values))
    .all<Row>()
  return results.map(toEntry)
}

/** One entry with its changes, or null. */
export async function selectEntry(db: D1Database, id: string): Promise<HistoryEntry | null> {
  const row = await db.prepare('SELECT * FROM history WHERE id = ?').bind(id).first<Row>()
  if (row === null) return null
  const { results } = await db
    .prepare('SELECT body FROM history_parts WHERE history_id = ? ORDER BY part')
    .bind(id)
    .all<{ body: string }>()
  const whole = JSON.parse(results.map(({ body }) => body).join('')) as {
    changes: Change[]
    results: ChangeResult[]
    accepted: Finding[]
    before?: OperationState
    after?: OperationState
  }
  return { ...toEntry(row), ...whole }
}

function toEntry(row: Row): HistoryEntry {
  return {
    id: row.id,
    at: row.at,
    actor: row.actor,
    connection: row.connection_id,
    connectionName: row.connection_name,
    zone: row.zone,
    state: row.state,
    ...(row.operation === null ? {} : { operation: JSON.parse(row.operation) as Operation }),
    ...(row.operation_result === null ? {} : { operationResult: JSON.parse(row.operation_result) as ChangeResult }),
    counts: { create: row.creates, modify: row.modifies, delete: row.deletes },
    accepted: JSON.parse(row.accepted) as Finding[],
  }
}
