import { join } from 'node:path'
import type { Miniflare } from 'miniflare'
import { startSandbox } from '../sandbox/server.ts'
import { startPanel } from './panel.ts'
import { localSecrets } from './secrets.ts'

export interface LocalPanelOptions {
  /** The sandbox takes the port after it. */
  port: number
  /** The folder of its data. */
  state: string
  /** What an operator sets: of these, what the worker knows is handed on to it. */
  given: Readonly<Record<string, string | undefined>>
}

export interface LocalPanel {
  /** The one-time setup URL, or `done`. */
  setup: string
  close: () => Promise<void>
}

const KNOWN = /^(CONNECTION_[A-Z0-9_]+|TECHNITIUM_URL|TECHNITIUM_TOKEN|UPSTREAM_PORTS|DOH_URL)$/

/** The built worker and its sandbox on this machine, once both answer. Throws when a port is taken. */
export async function startLocalPanel({ port, state, given }: LocalPanelOptions): Promise<LocalPanel> {
  const secrets = await localSecrets(state)
  const sandbox = await startSandbox({ port: port + 1, state: join(state, 'sandbox') })
  const bindings = {
    ...secrets,
    ...Object.fromEntries(
      Object.entries(given).filter(
        (entry): entry is [string, string] => entry[1] !== undefined && KNOWN.test(entry[0]),
      ),
    ),
    SANDBOX: JSON.stringify(sandbox.connections),
    SANDBOX_DOH_URL: sandbox.resolver,
    // A panel on one's own machine may reach what is on that machine and in its network.
    ALLOW_LOOPBACK_UPSTREAM: 'true',
    ALLOW_HTTP_UPSTREAM: 'true',
    PRIVATE_UPSTREAMS: '10.0.0.0/8,172.16.0.0/12,192.168.0.0/16,fc00::/7',
  }
  let panel: Miniflare | null = null
  const close = async () => void (await Promise.allSettled([panel?.dispose(), sandbox.close()]))
  try {
    panel = await startPanel({ port, state, bindings })
    return { setup: await setupState(port, secrets), close }
  } catch (error) {
    await close()
    throw error
  }
}

async function setupState(port: number, secrets: Record<string, string>): Promise<string> {
  const response = await fetch(`http://127.0.0.1:${port}/api/v1/setup`)
  if (!response.ok) throw new Error(`The worker answers with status ${response.status}.`)
  const { done } = (await response.json()) as { done: boolean }
  return done ? 'done' : `http://localhost:${port}/setup#${secrets['SETUP_TOKEN']}`
}
