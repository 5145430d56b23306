import { readdir, readFile, readlink, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

interface ProcessInfo {
  parent: number
  command: string[]
}

/** Reads one process from /proc; null when it is gone or the system has no /proc. */
async function inspect(pid: number): Promise<ProcessInfo | null> {
  try {
    const [stat, command] = await Promise.all([
      readFile(`/proc/${pid}/stat`, 'utf8'),
      readFile(`/proc/${pid}/cmdline`, 'utf8'),
    ])
    // "pid (name with spaces and parentheses) state parent …"
    const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
    return { parent, command: command.split('\0') }
  } catch {
    return null
  }
}

const isLauncher = ({ command }: ProcessInfo) =>
  /(^|\/)(npm|npx|pnpm|yarn)(\.c?js)?$/.test(command[0] ?? '') ||
  command.slice(1, 3).some((word) => /(^|\/)(npm|npx|pnpm|npm-cli|npx-cli)(\.c?js|\.mjs)?$/.test(word)) ||
  (/(^|\/)(sh|bash|dash)$/.test(command[0] ?? '') && command[1] === '-c') ||
  /^(npm|npx|pnpm) /.test(command[0] ?? '')

/**
 * Calls `gone` when a package runner above us has ended: a signal to npx alone kills only npx, and pnpm, the shell and
 * we would go on with nobody to end us.
 */
export async function watchLaunchers(gone: () => void): Promise<void> {
  const chain: number[] = []
  for (let pid = process.ppid; pid > 1;) {
    const info = await inspect(pid)
    if (!info || !isLauncher(info)) break
    chain.push(pid)
    pid = info.parent
  }
  if (chain.length === 0) return
  const timer = setInterval(() => {
    void Promise.all(chain.map(inspect)).then((links) => {
      if (links.every((link) => link !== null)) return
      clearInterval(timer)
      gone()
    })
  }, 300)
  timer.unref()
}

const childrenFile = (state: string) => join(state, 'children.json')

/** Notes our child processes, so that the next start can end those that a SIGKILL of ours leaves behind. */
export async function noteChildren(state: string): Promise<void> {
  const pids = (await readdir('/proc').catch(() => [])).map(Number).filter((pid) => pid > 0)
  const infos = await Promise.all(pids.map(async (pid) => ({ pid, info: await inspect(pid) })))
  const ours = infos.filter(({ info }) => info?.parent === process.pid).map(({ pid }) => pid)
  await writeFile(childrenFile(state), JSON.stringify(ours))
}

/** Ends workerd processes of an earlier run of this state folder that nobody owns any more. */
export async function endOrphans(state: string): Promise<void> {
  const noted = await readFile(childrenFile(state), 'utf8').catch(() => '[]')
  for (const pid of JSON.parse(noted) as number[]) {
    const info = await inspect(pid)
    const program = await readlink(`/proc/${pid}/exe`).catch(() => '')
    if (info?.parent === 1 && program.endsWith('workerd')) process.kill(pid, 'SIGKILL')
  }
  await rm(childrenFile(state), { force: true })
}
