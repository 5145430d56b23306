import type { Change } from '@zonedeck/shared/change'
import type { ZoneOperation } from '@zonedeck/shared/zone'

/** What waits on this device for one zone. */
export interface ZoneDraft {
  connection: string
  /** The connection's name when editing began, for the list of drafts. */
  connectionName: string
  zone: string
  changes: Change[]
  /** Set for a zone that does not exist yet: it is created with these changes. */
  operation?: ZoneOperation
}

/** Where drafts are kept: a table of the browser, which holds an import of any size. */
export interface DraftStore {
  /** Everything kept. What cannot be read is left out and counted. */
  load: () => Promise<{ zones: ZoneDraft[]; unreadable: number }>
  save: (zone: ZoneDraft) => Promise<void>
  remove: (zone: Pick<ZoneDraft, 'connection' | 'zone'>) => Promise<void>
  clear: () => Promise<void>
}

const TABLE = 'zones'
/** Goes up when the shape of a kept draft changes; other versions are not read. */
const VERSION = 1

/** The browser's own database. Each zone is a row of its own, so that two tabs at different zones do not undo each other. */
export function browserStore(factory: IDBFactory): DraftStore {
  const opened = open(factory)
  opened.catch(() => undefined)
  const write = async (act: (table: IDBObjectStore) => unknown): Promise<void> => {
    const transaction = (await opened).transaction(TABLE, 'readwrite')
    const finished = new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => {
        resolve()
      }
      transaction.onabort = () => {
        reject(transaction.error ?? new Error('The browser gave no reason.'))
      }
    })
    act(transaction.objectStore(TABLE))
    await finished
  }
  return {
    load: async () => {
      const rows = await answer((await opened).transaction(TABLE).objectStore(TABLE).getAll())
      const zones = rows.flatMap((row) => readDraft(row) ?? [])
      return { zones, unreadable: rows.length - zones.length }
    },
    save: (zone) => write((table) => table.put({ version: VERSION, zone }, rowKey(zone))),
    remove: (zone) => write((table) => table.delete(rowKey(zone))),
    clear: () => write((table) => table.clear()),
  }
}

function rowKey({ connection, zone }: Pick<ZoneDraft, 'connection' | 'zone'>): string {
  return `${connection} ${zone}`
}

function open(factory: IDBFactory): Promise<IDBDatabase> {
  const request = factory.open('zonedeck-draft', 1)
  request.onupgradeneeded = () => {
    request.result.createObjectStore(TABLE)
  }
  return answer(request)
}

function answer<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => {
      resolve(request.result)
    }
    request.onerror = () => {
      reject(request.error ?? new Error('The browser gave no reason.'))
    }
  })
}

/** A kept draft, or null for anything else: what lies on a device may be old, half-written or of another program. */
export function readDraft(row: unknown): ZoneDraft | null {
  if (!isObject(row) || row.version !== VERSION || !isObject(row.zone)) return null
  const { connection, connectionName, zone, changes, operation } = row.zone
  if (typeof connection !== 'string' || typeof connectionName !== 'string' || typeof zone !== 'string') return null
  if (!Array.isArray(changes) || !changes.every(isChange)) return null
  if (operation === undefined) return { connection, connectionName, zone, changes }
  return isOperation(operation) ? { connection, connectionName, zone, changes, operation } : null
}

function isOperation(value: unknown): value is ZoneOperation {
  return isObject(value) && value.operation === 'create' && typeof value.kind === 'string'
}

function isChange(value: unknown): value is Change {
  if (!isObject(value)) return false
  const { name, type, before, after } = value
  if (typeof name !== 'string' || typeof type !== 'string') return false
  if (before === null && after === null) return false
  return [before, after].every((set) => set === null || isSet(set, name, type))
}

function isSet(value: unknown, name: string, type: string): boolean {
  return (
    isObject(value) &&
    value.name === name &&
    value.type === type &&
    typeof value.ttl === 'number' &&
    Array.isArray(value.records) &&
    value.records.length > 0 &&
    value.records.every((record) => isObject(record) && typeof record.rdata === 'string')
  )
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
