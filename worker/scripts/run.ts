import { spawn, type SpawnOptions } from 'node:child_process'
import { join } from 'node:path'
import { ROOT } from './paths.ts'

/** Puts the project's own Node and tools before whatever the machine has. */
export const toolEnv = (more: Record<string, string> = {}): NodeJS.ProcessEnv => ({
  ...process.env,
  PATH: [
    join(ROOT, 'node_modules/node/bin'),
    join(ROOT, 'node_modules/.bin'),
    ...['web', 'worker', 'shared'].map((part) => join(ROOT, part, 'node_modules/.bin')),
    process.env['PATH'] ?? '',
  ].join(':'),
  // Offline and quiet: wrangler otherwise asks its makers about updates and sends statistics.
  CLOUDFLARE_CF_FETCH_ENABLED: 'false',
  WRANGLER_SEND_METRICS: 'false',
  WRANGLER_SEND_ERROR_REPORTS: 'false',
  ...more,
})

/** Runs a tool to its end and answers its exit status; output goes where ours goes. */
export function run(command: string, args: readonly string[], options: SpawnOptions = {}): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: ROOT, env: toolEnv(), stdio: 'inherit', ...options })
    child.on('error', reject)
    child.on('close', (code, signal) => resolve(code ?? (signal ? 1 : 0)))
  })
}

export interface Captured {
  status: number
  stdout: string
  stderr: string
}

/** Runs a tool to its end and keeps what it said. `input` goes to its standard input. */
export function capture(
  command: string,
  args: readonly string[],
  options: SpawnOptions & { input?: string } = {},
): Promise<Captured> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: ROOT, env: toolEnv(), ...options, stdio: 'pipe' })
    let stdout = ''
    let stderr = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
    child.stdin.end(options.input ?? '')
    child.on('error', reject)
    child.on('close', (code) => resolve({ status: code ?? 1, stdout, stderr }))
  })
}

/** Runs a tool quietly; only a failure prints what it said and throws. */
export async function quietly(what: string, command: string, args: readonly string[], options: SpawnOptions = {}) {
  const { status, stdout, stderr } = await capture(command, args, options)
  // The end of what it said tells what went wrong; the beginning is a list of files.
  const end = (text: string) => text.trimEnd().split('\n').slice(-30).join('\n')
  if (status !== 0) throw new Error(`${what} failed with status ${status}:\n${end(stdout)}\n${end(stderr)}`)
}
