import { createWriteStream } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { convertV4MiniflareOptions, Log, LogLevel, Miniflare } from 'miniflare'
import { unstable_getMiniflareWorkerOptions, unstable_splitSqlQuery } from 'wrangler'
import { BUNDLE, CONFIG, WORKER } from './paths.ts'

export interface PanelOptions {
  port: number
  /** Where D1 and the Durable Objects keep their data. */
  state: string
  /** Secrets and variables of the worker. */
  bindings: Record<string, string>
}

/**
 * Applies what wrangler would apply, in wrangler's own table, so that either can go on where the other stopped. A file
 * and the note that it was applied go in one batch: both or neither.
 */
async function migrate(db: D1Database): Promise<void> {
  await db
    .prepare(
      'CREATE TABLE IF NOT EXISTS d1_migrations (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT UNIQUE, applied_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL)',
    )
    .run()
  const { results } = await db.prepare('SELECT name FROM d1_migrations').all<{ name: string }>()
  const applied = new Set(results.map((row) => row.name))
  const folder = join(WORKER, 'migrations')
  for (const name of (await readdir(folder)).toSorted()) {
    if (!name.endsWith('.sql') || applied.has(name)) continue
    const statements = unstable_splitSqlQuery(await readFile(join(folder, name), 'utf8'))
    await db.batch([
      ...statements.map((sql) => db.prepare(sql)),
      db.prepare('INSERT INTO d1_migrations (name) VALUES (?)').bind(name),
    ])
  }
}

/** As far as we look into them. */
interface WorkerOptions {
  bindings?: Record<string, string>
  modulesRules?: unknown
}

/** Runs the built worker with its assets, D1 and Durable Objects on localhost, and answers once it does. It logs to a file. */
export async function startPanel({ port, state, bindings }: PanelOptions): Promise<Miniflare> {
  // The bundle is one finished module: rules for making modules of other files have nothing to do.
  const { modulesRules: _, ...workerOptions } = unstable_getMiniflareWorkerOptions(CONFIG)
    .workerOptions as WorkerOptions
  const log = createWriteStream(join(state, 'worker.log'), { flags: 'a' })
  const mf = new Miniflare(
    convertV4MiniflareOptions({
      host: '127.0.0.1',
      port,
      cf: false,
      telemetry: { enabled: false },
      logRequests: false,
      log: new Log(LogLevel.ERROR),
      handleStructuredLogs: ({ message }) => void log.write(`${message}\n`),
      resourcePersistencePath: join(state, 'v3'),
      workers: [
        {
          ...workerOptions,
          name: 'zonedeck',
          modules: true,
          scriptPath: join(BUNDLE, 'index.js'),
          bindings: { ...workerOptions.bindings, ...bindings },
        },
      ],
    }),
  )
  await mf.ready
  await migrate((await mf.getD1Database('DB')) as D1Database)
  return mf
}
