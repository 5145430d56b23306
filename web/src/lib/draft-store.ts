import type { Change } from '@zonedeck/shared/change'
import type { ZoneOperation } from '@zonedeck/shared/zone'
import { deviceTable } from './device-table.ts'
import { isObject } from './is-object.ts'

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

/** Where drafts are kept: a table of the browser, which holds an import of any size and is shared by all tabs. */
export interface DraftStore {
  /** Everything kept. What cannot be read is left out and counted. */
  load: () => Promise<{ zones: ZoneDraft[]; unreadable: number }>
  /**
   * Changes what is kept for a zone, with no other tab in between.
   *
   * @returns what is kept then; undefined for nothing
   */
  update: (
    where: Pick<ZoneDraft, 'connection' | 'zone'>,
    act: (kept: ZoneDraft | undefined) => ZoneDraft | undefined,
  ) => Promise<ZoneDraft | undefined>
  clear: () => Promise<void>
  /** Asks to be called when another tab has changed something. */
  onchange: (listener: () => void) => void
}

/** Goes up when the shape of a kept draft changes; other versions are not read. */
const VERSION = 1

/**
 * The browser's own database, a row a zone.
 *
 * @param channel tells other tabs that something changed
 */
export function browserStore(factory: IDBFactory, channel: BroadcastChannel): DraftStore {
  const table = deviceTable(factory, 'zonedeck-draft', 'zones', channel)
  return {
    load: async () => {
      const rows = await table.rows()
      const zones = rows.flatMap((row) => readDraft(row) ?? [])
      return { zones, unreadable: rows.length - zones.length }
    },
    update: async (where, act) => {
      let next: ZoneDraft | undefined
      await table.update(rowKey(where), (row) => {
        next = act(readDraft(row) ?? undefined)
        return next === undefined ? undefined : { version: VERSION, zone: next }
      })
      return next
    },
    clear: table.clear,
    onchange: table.onchange,
  }
}

function rowKey({ connection, zone }: Pick<ZoneDraft, 'connection' | 'zone'>): string {
  return `${connection} ${zone}`
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
