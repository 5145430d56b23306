import { deviceTable } from '../device-table.ts'
import { isObject } from '../is-object.ts'

/** A configuration and its hash, as the server had them. */
export interface FilterBase {
  hash: string
  text: string
}

/** What waits on this device for one filter: a whole configuration, and what it was made from. */
export interface KeptFilter {
  connection: string
  /** The connection's name when editing began, for the list of drafts. */
  connectionName: string
  base: FilterBase
  text: string
}

/** Where drafts of filters are kept. What cannot be read is taken for nothing. */
export interface FilterStore {
  all: () => Promise<KeptFilter[]>
  load: (connection: string) => Promise<KeptFilter | undefined>
  /** Changes what is kept for a filter, with no other tab in between. Returns what is kept then. */
  update: (
    connection: string,
    act: (kept: KeptFilter | undefined) => KeptFilter | undefined,
  ) => Promise<KeptFilter | undefined>
  clear: () => Promise<void>
  /** Asks to be called when another tab has changed something. */
  onchange: (listener: () => void) => void
}

/** Goes up when the shape of a kept draft changes; other versions are not read. */
const VERSION = 1

/** The browser's own database, a row a connection. */
function browserStore(factory: IDBFactory, channel: BroadcastChannel): FilterStore {
  const table = deviceTable(factory, 'zonedeck-filter-draft', 'filters', channel)
  return {
    all: async () => (await table.rows()).flatMap((row) => readKept(row) ?? []),
    load: async (connection) => readKept(await table.row(connection)),
    update: async (connection, act) => {
      let next: KeptFilter | undefined
      await table.update(connection, (row) => {
        next = act(readKept(row))
        return next === undefined ? undefined : { version: VERSION, filter: next }
      })
      return next
    },
    clear: table.clear,
    onchange: table.onchange,
  }
}

/** A kept draft, or nothing for anything else: what lies on a device may be old, half-written or of another program. */
function readKept(row: unknown): KeptFilter | undefined {
  if (!isObject(row) || row['version'] !== VERSION || !isObject(row['filter'])) return undefined
  const { connection, connectionName, base, text } = row['filter']
  if (typeof connection !== 'string' || typeof connectionName !== 'string' || typeof text !== 'string') return undefined
  if (!isObject(base) || typeof base['hash'] !== 'string' || typeof base['text'] !== 'string') return undefined
  return { connection, connectionName, base: { hash: base['hash'], text: base['text'] }, text }
}

/** The one store of this device; null where a browser has none. */
export const filterStore: FilterStore | null =
  typeof indexedDB === 'undefined' ? null : browserStore(indexedDB, new BroadcastChannel('zonedeck-filter-draft'))
