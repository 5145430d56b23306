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
import { startSandbox } from '../sandbox/server.ts'
import { buildAll } from './build.ts'
import { startLan } from './lan.ts'
import { startPanel } from './panel.ts'
import { endOrphans, noteChildren, watchLaunchers } from './parents.ts'
import { ROOT } from './paths.ts'
import { localSecrets } from './secrets.ts'

type Sandbox = Awaited<ReturnType<typeof startSandbox>>

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

/** Everything the worker is given: its secrets, the sandbox, and whatever the operator set in the environment. */
function bindings(secrets: Record<string, string>, sandbox: Sandbox): Record<string, string> {
  const given = Object.entries(process.env).filter(
    (entry): entry is [string, string] =>
      entry[1] !== undefined &&
      /^(CONNECTION_[A-Z0-9_]+|TECHNITIUM_URL|TECHNITIUM_TOKEN|UPSTREAM_PORTS|DOH_URL)$/.test(entry[0]),
  )
  return {
    ...secrets,
    ...Object.fromEntries(given),
    SANDBOX: JSON.stringify(sandbox.connections),
    SANDBOX_DOH_URL: sandbox.resolver,
    // A panel on one's own machine may reach what is on that machine and in its network.
    ALLOW_LOOPBACK_UPSTREAM: 'true',
    ALLOW_HTTP_UPSTREAM: 'true',
    PRIVATE_UPSTREAMS: '10.0.0.0/8,172.16.0.0/12,192.168.0.0/16,fc00::/7',
  }
}

async function setupState(secrets: Record<string, string>): Promise<string> {
  const response = await fetch(`http://127.0.0.1:${port}/api/v1/setup`)
  if (!response.ok) fail(`The worker answers with status ${response.status}.`)
  const { done } = (await response.json()) as { done: boolean }
  return done ? 'done' : `http://localhost:${port}/setup#${secrets['SETUP_TOKEN']}`
}

async function main() {
  if (!Number.isInteger(port) || port < 1 || port > 65_535) fail('PORT must be a number from 1 to 65535.')
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop(0))
  await watchLaunchers(() => void stop(0))
  await mkdir(state, { recursive: true, mode: 0o700 })
  await endOrphans(state)
  if (flags.fresh) await rm(state, { recursive: true, force: true })
  const secrets = await localSecrets(state)
  await buildAll()

  const sandbox = await startSandbox({ port: port + 1, state: join(state, 'sandbox') })
  running.push(sandbox)
  const panel = await startPanel({ port, state, bindings: bindings(secrets, sandbox) })
  running.unshift({ close: () => panel.dispose() })
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
  console.log(`ready http://localhost:${port} setup=${await setupState(secrets)}`)
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
