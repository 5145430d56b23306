import { cutText } from '../writes/cut-text.ts'
import type { Ledger } from './ledger.ts'
import { dueAt, type StoredPause } from './stored-pause.ts'

export interface PauseStore {
  /** The one that was begun first comes first. */
  all(): StoredPause[]
  find(id: string): StoredPause | undefined
  save(...pauses: StoredPause[]): void
  drop(...ids: string[]): void
  ledger(): Ledger
  /** The pauses and what they made, both or none. */
  commit(ledger: Ledger, pauses: readonly StoredPause[], dropped: readonly string[]): void
  nextDue(): number | undefined
  clear(): void
}

/** Pauses in their object's own storage. Synchronous: what a method wrote is there when it returns, or none of it is. */
export function makePauseStore(storage: DurableObjectStorage): PauseStore {
  const { sql } = storage
  sql.exec('CREATE TABLE IF NOT EXISTS pauses (id TEXT PRIMARY KEY, started_at INTEGER NOT NULL, body TEXT NOT NULL)')
  sql.exec('CREATE TABLE IF NOT EXISTS ledger (part INTEGER PRIMARY KEY, body TEXT NOT NULL)')

  const all = () =>
    sql
      .exec<{ body: string }>('SELECT body FROM pauses ORDER BY started_at, id')
      .toArray()
      .map(({ body }) => JSON.parse(body) as StoredPause)
  const save = (...pauses: StoredPause[]) => {
    for (const pause of pauses) {
      sql.exec(
        'INSERT OR REPLACE INTO pauses (id, started_at, body) VALUES (?, ?, ?)',
        pause.id,
        pause.startedAt,
        JSON.stringify(pause),
      )
    }
  }
  const drop = (...ids: string[]) => {
    for (const id of ids) sql.exec('DELETE FROM pauses WHERE id = ?', id)
  }
  const writeLedger = (ledger: Ledger) => {
    sql.exec('DELETE FROM ledger')
    if (ledger.held === null && ledger.pending === null) return
    cutText(JSON.stringify(ledger)).forEach((body, part) => {
      sql.exec('INSERT INTO ledger (part, body) VALUES (?, ?)', part, body)
    })
  }
  return {
    all,
    find: (id) => all().find((pause) => pause.id === id),
    save: (...pauses) => storage.transactionSync(() => save(...pauses)),
    drop: (...ids) => storage.transactionSync(() => drop(...ids)),
    ledger: () => {
      const text = sql
        .exec<{ body: string }>('SELECT body FROM ledger ORDER BY part')
        .toArray()
        .map(({ body }) => body)
        .join('')
      return text === '' ? { held: null, pending: null } : (JSON.parse(text) as Ledger)
    },
    commit: (ledger, pauses, dropped) =>
      storage.transactionSync(() => {
        writeLedger(ledger)
        save(...pauses)
        drop(...dropped)
      }),
    nextDue: () =>
      all().reduce<number | undefined>((first, pause) => Math.min(first ?? Infinity, dueAt(pause)), undefined),
    clear: () =>
      storage.transactionSync(() => {
        sql.exec('DELETE FROM pauses')
        sql.exec('DELETE FROM ledger')
      }),
  }
}
