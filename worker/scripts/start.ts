/**
 * `pnpm start [--fresh] [--lan]`: the whole panel on this machine. Builds what changed, applies migrations, starts the
 * worker and the sandbox, and prints one line once it answers:
 *
 *     ready http://localhost:<port> setup=<one-time setup url | done>
 *
 * `PORT` chooses the port (8787), `STATE` the folder of its data (.state). Ctrl-C ends everything.
 */
import { mkdir, rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { buildAll } from './build.ts'
import { startLan } from './lan.ts'
import { startLocalPanel } from './local-panel.ts'
import { endOrphans, noteChildren, watchLaunchers } from './parents.ts'
import { ROOT } from './paths.ts'

interface Running {
  close: () => Promise<void> | void
}

const { values: flags } = parseArgs({
  options: { fresh: { type: 'boolean', default: false }, lan: { type: 'boolean', default: false } },
})
const port = Number(process.env['PORT'] ?? 8787)
const state = resolve(process.env['STATE'] ?? join(ROOT, '.state'))
const running: Running[] = []

function fail(message: string): never {
  console.error(message)
  process.exit(1)
}

let stopping = false
async function stop(status: number): Promise<never> {
  if (!stopping) {
    stopping = true
    // A server that will not close must not keep the others alive.
    setTimeout(() => process.exit(status), 5000).unref()
    await Promise.allSettled(running.map(async (part) => part.close()))
    process.exit(status)
  }
  return new Promise(() => {})
}

async function main() {
  if (!Number.isInteger(port) || port < 1 || port > 65_535) fail('PORT must be a number from 1 to 65535.')
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop(0))
  await watchLaunchers(() => void stop(0))
  await mkdir(state, { recursive: true, mode: 0o700 })
  await endOrphans(state)
  if (flags.fresh) await rm(state, { recursive: true, force: true })
  await buildAll()

  const panel = await startLocalPanel({ port, state, given: process.env })
  running.push(panel)
  // Miniflare and wrangler leave with status 143 on a signal; a stop that was asked for is no failure.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.removeAllListeners(signal)
    process.on(signal, () => void stop(0))
  }
  await noteChildren(state)
  if (flags.lan) {
    const lan = await startLan({ port: port + 2, target: port, state })
    running.push(lan)
    for (const url of lan.urls)
      console.log(`also on ${url} (the certificate is this machine's own; sign in by password)`)
  }
  console.log(`ready http://localhost:${port} setup=${panel.setup}`)
}

main().catch((error: unknown) => {
  const code = error instanceof Error && 'code' in error ? error.code : ''
  if (code === 'ERR_ADDRESS_IN_USE' || code === 'EADDRINUSE') {
    console.error(`Port ${port} or the one after it is taken. Choose another with PORT=<number>.`)
  } else {
    console.error(error instanceof Error ? error.message : String(error))
  }
  void stop(1)
})
