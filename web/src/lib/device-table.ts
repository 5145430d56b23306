/** A table in the browser's own database: it holds rows of any size, and all tabs share it. */
export interface DeviceTable {
  rows: () => Promise<unknown[]>
  row: (key: string) => Promise<unknown>
  /**
   * Changes a row, with no other tab in between.
   *
   * @param act what the row becomes; undefined takes it away
   */
  update: (key: string, act: (row: unknown) => unknown) => Promise<void>
  clear: () => Promise<void>
  /** Asks to be called when another tab has changed something. */
  onchange: (listener: () => void) => void
}

/**
 * The one table of a database.
 *
 * @param channel tells other tabs that something changed
 */
export function deviceTable(
  factory: IDBFactory,
  database: string,
  table: string,
  channel: BroadcastChannel,
): DeviceTable {
  const opened = open(factory, database, table)
  opened.catch(() => undefined)
  const write = async (act: (store: IDBObjectStore) => void): Promise<void> => {
    const transaction = (await opened).transaction(table, 'readwrite')
    const finished = new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => {
        resolve()
      }
      transaction.onabort = () => {
        reject(transaction.error ?? new Error('The browser gave no reason.'))
      }
    })
    act(transaction.objectStore(table))
    await finished
    channel.postMessage('changed')
  }
  const read = async () => (await opened).transaction(table).objectStore(table)
  return {
    rows: async () => answer((await read()).getAll()),
    row: async (key) => answer<unknown>((await read()).get(key)),
    update: (key, act) =>
      write((store) => {
        const known = store.get(key)
        // Inside of the request's own event, so that the transaction is still open.
        known.onsuccess = () => {
          const next = act(known.result)
          if (next === undefined) store.delete(key)
          else store.put(next, key)
        }
      }),
    clear: () =>
      write((store) => {
        store.clear()
      }),
    onchange: (listener) => {
      channel.addEventListener('message', listener)
    },
  }
}

function open(factory: IDBFactory, database: string, table: string): Promise<IDBDatabase> {
  const request = factory.open(database, 1)
  request.onupgradeneeded = () => {
    request.result.createObjectStore(table)
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

/** Why the device refused, as the end of a sentence. */
export function refusalOfDevice(error: unknown): string {
  if (error instanceof DOMException && error.name === 'QuotaExceededError') return 'there is no room left.'
  return error instanceof Error && error.message !== '' ? error.message : 'the browser gave no reason.'
}
