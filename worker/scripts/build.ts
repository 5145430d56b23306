/**
 * `pnpm build`: the web app into web/build and the worker's production bundle into worker/.out. A part is built again
 * only when something it is made of has changed.
 */
import { createHash } from 'node:crypto'
import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { BUNDLE, ROOT, SHARED, WEB, WORKER } from './paths.ts'
import { quietly, toolEnv } from './run.ts'

const SHARED_INPUTS = [join(SHARED, 'src'), join(ROOT, 'pnpm-lock.yaml')]
const WEB_INPUTS = [
  join(WEB, 'src'),
  join(WEB, 'static'),
  join(WEB, 'tsconfig.json'),
  ...['vite.config.ts', 'vite.share.config.ts', 'finish-build.ts', 'deep-pages.ts'].map((file) => join(WEB, file)),
]
const WORKER_INPUTS = [join(WORKER, 'src'), join(WORKER, 'wrangler.jsonc'), join(WORKER, 'openapi.json')]

async function files(path: string): Promise<string[]> {
  try {
    const entries = await readdir(path, { withFileTypes: true })
    const nested = await Promise.all(entries.map((entry) => files(join(path, entry.name))))
    return nested.flat()
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    if (code === 'ENOTDIR') return [path]
    if (code === 'ENOENT') return []
    throw error
  }
}

async function fingerprint(inputs: readonly string[]): Promise<string> {
  const hash = createHash('sha256').update(ROOT)
  const paths = (await Promise.all(inputs.map(files))).flat().filter((path) => !path.endsWith('.test.ts'))
  for (const path of paths.toSorted()) hash.update(path).update(await readFile(path))
  return hash.digest('hex')
}

async function unlessFresh(stamp: string, inputs: readonly string[], build: () => Promise<void>): Promise<boolean> {
  const now = await fingerprint(inputs)
  const then = await readFile(stamp, 'utf8').catch(() => '')
  if (then === now) return false
  await rm(stamp, { force: true })
  await build()
  await writeFile(stamp, now)
  return true
}

/** Builds the web app and tells whether there was anything to do. */
export function buildWeb(): Promise<boolean> {
  // Whoever asks: a test's own environment would make a build for development.
  const where = { cwd: WEB, env: toolEnv({ NODE_ENV: 'production' }) }
  return unlessFresh(join(WEB, 'build/.stamp'), [...SHARED_INPUTS, ...WEB_INPUTS], async () => {
    await quietly('Building the web app', 'vite', ['build'], where)
    await quietly('Building the shared page', 'vite', ['build', '--config', 'vite.share.config.ts'], where)
  })
}

/** Bundles the worker as a deploy would, without sending it anywhere. */
export function buildWorker(): Promise<boolean> {
  return unlessFresh(join(BUNDLE, '.stamp'), [...SHARED_INPUTS, ...WORKER_INPUTS], () =>
    quietly('Bundling the worker', 'wrangler', ['deploy', '--dry-run', '--outdir', BUNDLE], { cwd: WORKER }),
  )
}

/** The worker's bundle needs the assets folder to be there, so the web app comes first. */
export async function buildAll(): Promise<void> {
  await buildWeb()
  await buildWorker()
}

if (import.meta.main) await buildAll()
