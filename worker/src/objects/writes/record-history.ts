import { changeKind } from '@zonedeck/shared/plan/keys'
import { cutText } from './cut-text.ts'
import { withoutText } from './filter-text.ts'
import { outcome, type StoredJob } from './job-state.ts'

/** The history entry of a job has the job's own id, with another kind in front: it can never be there twice. */
const historyId = (job: Pick<StoredJob, 'id'>) => job.id.replace(/^job_/, 'his_')

/**
 * Puts a finished job into the history, before and after of every change with it: one batch, all or nothing, long texts
 * in parts. Does nothing when it is there already (an answer of D1 may get lost like any other).
 */
export async function recordHistory(db: D1Database, job: StoredJob): Promise<void> {
  const id = historyId(job)
  const there = await db.prepare('SELECT 1 AS there FROM history WHERE id = ?').bind(id).first<{ there: number }>()
  if (there !== null) return
  const counts = { create: 0, modify: 0, delete: 0 }
  for (const change of job.changes) counts[changeKind(change)] += 1
  const { changes, results, accepted, before, after } = job
  const parts = cutText(JSON.stringify({ changes, results, accepted, before, after }))
  await db.batch([
    db
      .prepare(
        `INSERT INTO history (id, at, actor_id, actor, connection_id, connection_name, zone, state, operation,
           operation_result, creates, modifies, deletes, accepted) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      .bind(
        id,
        new Date(job.startedAt).toISOString(),
        job.actorId,
        job.actor,
        job.connection,
        job.connectionName,
        job.zoneOnServer,
        outcome(job),
        job.operation === undefined ? null : JSON.stringify(withoutText(job.operation)),
        job.operationResult === undefined ? null : JSON.stringify(job.operationResult),
        counts.create,
        counts.modify,
        counts.delete,
        JSON.stringify(job.accepted.slice(0, mostInList)),
      ),
    ...parts.map((body, part) =>
      db.prepare('INSERT INTO history_parts (history_id, part, body) VALUES (?, ?, ?)').bind(id, part, body),
    ),
  ])
}

/** A list shows this many accepted findings of an entry; the entry itself has them all. */
const mostInList = 100
