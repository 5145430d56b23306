import { type ChildProcess, fork, spawn } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { test as base, expect, type Page } from '@playwright/test'
import type { Asked, Told } from '../../worker/scripts/warm-messages.ts'

const START = fileURLToPath(new URL('../../worker/scripts/start.ts', import.meta.url))
const WARM = fileURLToPath(new URL('../../worker/scripts/warm-panels.ts', import.meta.url))

export interface Panel {
  url: string
  setup: string
  /** The folder of its data. */
  state: string
  /** Ends the panel and starts it again over the same data; `between` runs while it is down. */
  restart: (between?: () => Promise<void>) => Promise<void>
}

/**
 * A port that is free together with the one after it, which the sandbox takes. It is none of those that the system gives
 * to outgoing connections, of which another could have it before the panel does.
 */
async function freePort(): Promise<number> {
  const isFree = (port: number) =>
    new Promise<boolean>((resolve) => {
      const server = createServer()
      server.once('error', () => resolve(false))
      server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
    })
  for (;;) {
    const port = 20_000 + 2 * randomInt(6000)
    if ((await isFree(port)) && (await isFree(port + 1))) return port
  }
}

/** Starts a panel; answers its setup link and how to end it. */
type Start = (options: NonNullable<Asked['start']>) => Promise<{ setup: string; end: () => Promise<void> }>

/** As the operator does, by the command and its one line of output. */
const byCommand: Start = async ({ port, state, given }) => {
  const child = spawn(process.execPath, [START], {
    env: { ...process.env, ...given, PORT: String(port), STATE: state },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  return { setup: await ready(child), end: () => end(child) }
}

async function ready({ stdout }: { stdout: Readable }): Promise<string> {
  const said: string[] = []
  for await (const line of createInterface(stdout)) {
    said.push(line)
    const setup = /^ready \S+ setup=(\S+)$/.exec(line)?.[1]
    if (setup !== undefined) return setup
  }
  throw new Error(`The panel did not start:\n${said.join('\n')}`)
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  await ended
}

/** In a process that has started others before. */
function inWarm(warm: ChildProcess): Start {
  const ask = (asked: Asked) =>
    new Promise<string | null>((resolve, reject) => {
      const gone = () => reject(new Error('The process of the panels has ended.'))
      warm.once('exit', gone)
      warm.once('message', (told: Told) => {
        warm.off('exit', gone)
        if ('failed' in told) reject(new Error(told.failed))
        else resolve(told.setup)
      })
      warm.send(asked)
    })
  return async (options) => {
    const setup = await ask({ start: options })
    return { setup: setup ?? '', end: async () => void (await ask({})) }
  }
}

interface Fixtures {
  /** What the operator gives the panel besides: `test.use({ environment: { CONNECTION_OFFICE: '…' } })`. */
  environment: Record<string, string>
  /** Whether the panel is started by its command: `test.use({ asCommand: true })`. */
  asCommand: boolean
  panel: Panel
  /** Fails the test when a page breaks the content security policy, logs an error or asks another server for something. */
  clean: void
}

export const test = base.extend<Fixtures, { warm: ChildProcess }>({
  environment: [{}, { option: true }],
  asCommand: [false, { option: true }],
  warm: [
    async ({ browserName: _ }, use) => {
      const child = fork(WARM, { execArgv: [] })
      await use(child)
      const ended = new Promise((resolve) => child.once('exit', resolve))
      child.disconnect()
      await ended
    },
    { scope: 'worker' },
  ],
  panel: [
    async ({ environment, asCommand, warm, browser }, use) => {
      const state = await mkdtemp(join(tmpdir(), 'zonedeck-e2e-'))
      const options = { port: await freePort(), state, given: environment }
      const start = asCommand ? byCommand : inWarm(warm)
      let running = await start(options)
      const panel: Panel = {
        url: `http://localhost:${options.port}`,
        setup: running.setup,
        state,
        restart: async (between) => {
          await running.end()
          await between?.()
          running = await start(options)
          panel.setup = running.setup
        },
      }
      await use(panel)
      // A page that is still open would ask a panel that is gone, and that is no error of a story.
      for (const context of browser.contexts()) await Promise.all(context.pages().map((page) => page.close()))
      await running.end()
      await rm(state, { recursive: true, force: true })
    },
    // Where nothing is built yet, that is done first, and takes none of the story's time.
    { timeout: 240_000 },
  ],
  clean: [
    async ({ context }, use) => {
      const troubles: string[] = []
      await context.exposeFunction('reportViolation', (text: string) => troubles.push(`CSP: ${text}`))
      await context.addInitScript(() => {
        addEventListener('securitypolicyviolation', (event) => {
          const report = Reflect.get(window, 'reportViolation') as (text: string) => void
          report(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`)
        })
      })
      context.on('weberror', (error) => troubles.push(`page error: ${error.error().message}`))
      context.on('request', (request) => {
        const { protocol, hostname } = new URL(request.url())
        if (protocol.startsWith('http') && hostname !== 'localhost') troubles.push(`foreign request: ${request.url()}`)
      })
      await use()
      expect(troubles).toEqual([])
    },
    { auto: true },
  ],
})

export const OWNER = { name: 'mara', password: 'correct horse battery' }

/** Becomes the owner through the one-time link, with a password. Ends on the page that offers the first server. */
export async function setUp(page: Page, panel: Panel): Promise<void> {
  await page.goto(panel.setup)
  await page.getByRole('button', { name: 'Use a password instead' }).click()
  await page.getByLabel('Name', { exact: true }).fill(OWNER.name)
  await page.getByLabel('Password', { exact: true }).fill(OWNER.password)
  await page.getByRole('button', { name: 'Create the owner' }).click()
  await expect(page).toHaveURL(/\/welcome$/)
}

/** A phone's own authenticator, as Chromium simulates it. */
export async function authenticator(page: Page): Promise<void> {
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('WebAuthn.enable')
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
}

/** Signs in by the form that is on the page. */
export async function signIn(page: Page, password = OWNER.password): Promise<void> {
  await page.getByLabel('Name', { exact: true }).fill(OWNER.name)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
}

/** Is the owner, of a story that is not about becoming it. No page is opened. */
export async function asOwner(page: Page, panel: Panel): Promise<void> {
  const token = new URL(panel.setup).hash.slice(1)
  await post(page, panel, 'setup/password', { token, ...OWNER })
}

/** Is the owner of a panel that knows every simulated server, and opens one of its pages. */
export async function withSandbox(page: Page, panel: Panel, at = '/zones'): Promise<void> {
  await asOwner(page, panel)
  const offers = await page.request.get(`${panel.url}/api/v1/sandbox`)
  const { connections } = (await offers.json()) as { connections: { name: string }[] }
  for (const { name } of connections) await post(page, panel, 'connections/sandbox', { name })
  await page.goto(panel.url + at)
}

async function post(page: Page, panel: Panel, path: string, data: object): Promise<void> {
  const answer = await page.request.post(`${panel.url}/api/v1/${path}`, { data, headers: { origin: panel.url } })
  if (!answer.ok()) throw new Error(`POST ${path}: ${answer.status()} ${await answer.text()}`)
}

/** Connects every simulated server, from the page after the setup. */
export async function openSandbox(page: Page): Promise<void> {
  await page.getByRole('button', { name: /Try the sandbox/ }).click()
  await expect(page).toHaveURL(/\/zones$/)
}

export { expect }
