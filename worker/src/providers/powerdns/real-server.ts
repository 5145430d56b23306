import { execFile, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { promisify } from 'node:util'

const PROGRAM = '/usr/sbin/pdns_server'
const SCHEMA = '/usr/share/doc/pdns-backend-sqlite3/schema.sqlite3.sql'
const DIG = '/usr/bin/dig'

/** Is everything here that a test against the real server needs? As Debian's packages put it. */
export const powerdnsInstalled = [PROGRAM, SCHEMA, DIG].every((path) => existsSync(path))

export interface RealServer {
  /** Base address of its HTTP API. */
  url: string
  apiKey: string
  /** Of its DNS side, on 127.0.0.1. */
  dnsPort: number
  /** What its DNS side answers: the data of each record, as dig prints it. */
  dig: (name: string, type: string) => Promise<string[]>
  stop: () => Promise<void>
}

/** Starts PowerDNS in a private folder, on free ports of 127.0.0.1; rejects when it does not come up in ten seconds. */
export async function startPowerdns(): Promise<RealServer> {
  const folder = await mkdtemp(join(tmpdir(), 'zonedeck-powerdns-'))
  const [apiPort, dnsPort] = [await freePort(), await freePort()]
  const apiKey = `key-${crypto.randomUUID()}`
  const database = join(folder, 'pdns.db')
  const sqlite = new DatabaseSync(database)
  sqlite.exec(await readFile(SCHEMA, 'utf8'))
  sqlite.close()
  await writeFile(
    join(folder, 'pdns.conf'),
    [
      'launch=gsqlite3',
      `gsqlite3-database=${database}`,
      'gsqlite3-dnssec=yes',
      'local-address=127.0.0.1',
      `local-port=${dnsPort}`,
      `socket-dir=${folder}`,
      'webserver=yes',
      'webserver-address=127.0.0.1',
      `webserver-port=${apiPort}`,
      'webserver-allow-from=127.0.0.1',
      'api=yes',
      `api-key=${apiKey}`,
      'daemon=no',
      'guardian=no',
      'write-pid=no',
      'disable-syslog=yes',
      // It would ask the internet about itself.
      'security-poll-suffix=',
      '',
    ].join('\n'),
  )
  const server = spawn(PROGRAM, [`--config-dir=${folder}`], { stdio: 'ignore' })
  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()))
  const stop = async () => {
    server.kill('SIGTERM')
    await ended
    await rm(folder, { recursive: true, force: true })
  }
  const url = `http://127.0.0.1:${apiPort}`
  for (let tries = 0; ; tries += 1) {
    const response = await fetch(`${url}/api/v1/servers`, { headers: { 'x-api-key': apiKey } }).catch(() => null)
    await response?.body?.cancel()
    if (response?.ok) break
    if (tries === 200 || server.exitCode !== null) {
      await stop()
      throw new Error('pdns_server did not start.')
    }
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  const dig = async (name: string, type: string) => {
    const where = ['@127.0.0.1', '-p', String(dnsPort), '+short', '+norecurse', '+tries=1', '+time=2']
    const { stdout } = await promisify(execFile)(DIG, [...where, name, type])
    return stdout.split('\n').filter((line) => line !== '')
  }
  return { url, apiKey, dnsPort, dig, stop }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo
      probe.close(() => resolve(port))
    })
  })
}
