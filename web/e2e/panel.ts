import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { test as base, expect, type Page } from '@playwright/test'

const START = fileURLToPath(new URL('../../worker/scripts/start.ts', import.meta.url))

export interface Panel {
  url: string
  setup: string
  /** The folder of its data. */
  state: string
  /** Ends the panel and starts it again over the same data; `between` runs while it is down. */
  restart: (between?: () => Promise<void>) => Promise<void>
}

/** A port that is free together with the one after it, which the sandbox takes. */
async function freePort(): Promise<number> {
  const holds = (port: number) =>
    new Promise<number | null>((resolve) => {
      const server = createServer()
      server.once('error', () => resolve(null))
      server.listen(port, '127.0.0.1', () => {
        const address = server.address()
        server.close(() => resolve(typeof address === 'object' && address ? address.port : null))
      })
    })
  for (;;) {
    const port = await holds(0)
    if (port !== null && port < 65_535 && (await holds(port + 1)) !== null) return port
  }
}

async function ready(child: ChildProcess): Promise<string> {
  if (!child.stdout) throw new Error('no output to read')
  const said: string[] = []
  for await (const line of createInterface(child.stdout)) {
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

interface Fixtures {
  /** What the operator gives the panel besides: `test.use({ environment: { CONNECTION_OFFICE: '…' } })`. */
  environment: Record<string, string>
  panel: Panel
  /** Fails the test when a page breaks the content security policy, logs an error or asks another server for something. */
  clean: void
}

export const test = base.extend<Fixtures>({
  environment: [{}, { option: true }],
  panel: async ({ environment, browser }, use) => {
    const state = await mkdtemp(join(tmpdir(), 'zonedeck-e2e-'))
    const port = await freePort()
    const start = () =>
      spawn(process.execPath, [START], {
        env: { ...process.env, ...environment, PORT: String(port), STATE: state },
        stdio: ['ignore', 'pipe', 'inherit'],
      })
    let child = start()
    const panel: Panel = {
      url: `http://localhost:${port}`,
      setup: await ready(child),
      state,
      restart: async (between) => {
        await end(child)
        await between?.()
        child = start()
        panel.setup = await ready(child)
      },
    }
    await use(panel)
    // A page that is still open would ask a panel that is gone, and that is no error of a story.
    for (const context of browser.contexts()) await Promise.all(context.pages().map((page) => page.close()))
    await end(child)
    await rm(state, { recursive: true, force: true })
  },
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

/** Connects every simulated server, from the page after the setup. */
export async function openSandbox(page: Page): Promise<void> {
  await page.getByRole('button', { name: /Try the sandbox/ }).click()
  await expect(page).toHaveURL(/\/zones$/)
}

export { expect }
