/**
 * `pnpm dev`: the panel with hot reload. Vite serves the web app on PORT (5173) and passes what is the worker's on to it.
 * The worker is bundled again whenever worker/src or shared/src change; the page behind a shared link is as it was when
 * this began. Data lives in .state/dev.
 */
import { spawn } from 'node:child_process'
import { watch } from 'node:fs'
import { join } from 'node:path'
import { buildAll, buildWorker } from './build.ts'
import { ROOT, SHARED, WEB, WORKER } from './paths.ts'
import { toolEnv } from './run.ts'

const port = Number(process.env['PORT'] ?? 5173)
const api = port + 10

function startWorker() {
  return spawn('node', [join(WORKER, 'scripts/start.ts')], {
    cwd: ROOT,
    env: toolEnv({ PORT: String(api), STATE: process.env['STATE'] ?? join(ROOT, '.state/dev') }),
    stdio: 'inherit',
  })
}

await buildAll()
let worker = startWorker()
const vite = spawn('vite', ['dev', '--port', String(port), '--strictPort'], {
  cwd: WEB,
  env: toolEnv({ WORKER_URL: `http://127.0.0.1:${api}` }),
  stdio: 'inherit',
})

let rebuilding: Promise<void> = Promise.resolve()
let timer: NodeJS.Timeout | undefined
function rebuild() {
  clearTimeout(timer)
  timer = setTimeout(() => {
    rebuilding = rebuilding.then(async () => {
      try {
        if (!(await buildWorker())) return
      } catch (error) {
        console.error(error instanceof Error ? error.message : String(error))
        return
      }
      const ended = new Promise((resolve) => worker.once('exit', resolve))
      worker.kill('SIGTERM')
      await ended
      worker = startWorker()
    })
  }, 100)
}
for (const folder of [join(WORKER, 'src'), join(SHARED, 'src')]) watch(folder, { recursive: true }, rebuild)

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    vite.kill('SIGTERM')
    worker.once('exit', () => process.exit(0))
    worker.kill('SIGTERM')
  })
}
