import { randomBytes } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

export interface SandboxKeys {
  powerdns: string
  technitium: string
  technitiumPassword: string
}

/** The simulators' credentials: made once, so that connections made to them outlive a restart. */
export async function sandboxKeys(state: string): Promise<SandboxKeys> {
  const path = join(state, 'keys.json')
  const kept = await readFile(path, 'utf8').catch(() => null)
  if (kept !== null) return JSON.parse(kept) as SandboxKeys
  const made = {
    powerdns: randomBytes(24).toString('base64url'),
    technitium: randomBytes(32).toString('hex'),
    technitiumPassword: randomBytes(24).toString('base64url'),
  }
  await mkdir(state, { recursive: true })
  await writeFile(path, JSON.stringify(made), { mode: 0o600 })
  return made
}
