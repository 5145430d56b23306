import { cutText } from './cut-text.ts'
import type { StoredJob } from './job-state.ts'

/** The long parts of a job, kept as texts beside its row: the results change, the rest is written once or twice. */
const long = ['changes', 'accepted', 'results', 'about'] as const
type Long = (typeof long)[number]
/** What the operation is and is about: the whole configuration of a filter may be in it three times. */
type About = Pick<StoredJob, 'operation' | 'before' | 'after'>
type Short = Omit<StoredJob, Long | keyof About>

export interface JobStore {
  /** Burns the plan's nonce and keeps the job, both or none. False when the nonce was used before. */
  begin(job: StoredJob, nonce: string, expires: number): boolean
  /** `results` alone, unless the changes themselves were touched. */
  save(job: StoredJob, parts?: readonly Long[]): void
  load(id: string): StoredJob | undefined
  /** As if it had never been: nothing was sent. Its nonce stays burnt. */
  drop(id: string): void
  /** Ids of what is due, the longest waiting first. */
  due(now: number): { id: string; over: boolean }[]
  postpone(id: string, until: number): void
  nextDue(): number | undefined
  /** Forgets nonces of plans that have expired. */
  prune(now: number): void
}

/** Jobs in the object's own storage. Synchronous: what a method wrote is there when it returns, or none of it is. */
export function makeJobStore(storage: DurableObjectStorage): JobStore {
  const { sql } = storage
  sql.exec('CREATE TABLE IF NOT EXISTS nonces (nonce TEXT PRIMARY KEY, expires INTEGER NOT NULL)')
  sql.exec(
    'CREATE TABLE IF NOT EXISTS jobs (id TEXT PRIMARY KEY, next_at INTEGER NOT NULL, over INTEGER NOT NULL, body TEXT NOT NULL)',
  )
  sql.exec(
    'CREATE TABLE IF NOT EXISTS texts (job TEXT NOT NULL, kind TEXT NOT NULL, part INTEGER NOT NULL, body TEXT NOT NULL, PRIMARY KEY (job, kind, part))',
  )

  const writeText = (id: string, kind: Long, value: unknown) => {
    sql.exec('DELETE FROM texts WHERE job = ? AND kind = ?', id, kind)
    cutText(JSON.stringify(value)).forEach((body, part) => {
      sql.exec('INSERT INTO texts (job, kind, part, body) VALUES (?, ?, ?, ?)', id, kind, part, body)
    })
  }
  const readText = (id: string, kind: Long): unknown => {
    const rows = sql.exec<{ body: string }>('SELECT body FROM texts WHERE job = ? AND kind = ? ORDER BY part', id, kind)
    const text = [...rows].map(({ body }) => body).join('')
    return text === '' ? undefined : JSON.parse(text)
  }
  const save: JobStore['save'] = (job, parts = ['results']) => {
    const { changes, accepted, results, operation, before, after, ...short } = job
    storage.transactionSync(() => {
      sql.exec(
        'INSERT OR REPLACE INTO jobs (id, next_at, over, body) VALUES (?, ?, ?, ?)',
        job.id,
        job.nextAt,
        job.phase === 'over' ? 1 : 0,
        JSON.stringify(short satisfies Short),
      )
      const texts = { changes, accepted, results, about: { operation, before, after } }
      for (const kind of parts) writeText(job.id, kind, texts[kind])
    })
  }
  return {
    save,
    begin: (job, nonce, expires) =>
      storage.transactionSync(() => {
        const used = sql.exec('SELECT 1 FROM nonces WHERE nonce = ?', nonce).toArray().length > 0
        if (used) return false
        sql.exec('INSERT INTO nonces (nonce, expires) VALUES (?, ?)', nonce, expires)
        save(job, long)
        return true
      }),
    load: (id) => {
      const [row] = sql.exec<{ body: string }>('SELECT body FROM jobs WHERE id = ?', id).toArray()
      if (row === undefined) return undefined
      return {
        ...(JSON.parse(row.body) as Short),
        ...(readText(id, 'about') as About),
        changes: readText(id, 'changes') as StoredJob['changes'],
        accepted: readText(id, 'accepted') as StoredJob['accepted'],
        results: readText(id, 'results') as StoredJob['results'],
      }
    },
    drop: (id) => {
      storage.transactionSync(() => {
        sql.exec('DELETE FROM jobs WHERE id = ?', id)
        sql.exec('DELETE FROM texts WHERE job = ?', id)
      })
    },
    due: (now) =>
      sql
        .exec<{ id: string; over: number }>('SELECT id, over FROM jobs WHERE next_at <= ? ORDER BY next_at, id', now)
        .toArray()
        .map(({ id, over }) => ({ id, over: over === 1 })),
    postpone: (id, until) => {
      sql.exec('UPDATE jobs SET next_at = ? WHERE id = ?', until, id)
    },
    nextDue: () => sql.exec<{ at: number | null }>('SELECT min(next_at) AS at FROM jobs').one().at ?? undefined,
    prune: (now) => {
      sql.exec('DELETE FROM nonces WHERE expires < ?', now)
    },
  }
}
