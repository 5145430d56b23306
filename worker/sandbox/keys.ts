import { randomBytes, randomUUID } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

export interface SandboxKeys {
  contentFilterPassword: string
  customdns: string
  powerdns: string
  technitium: string
  technitiumPassword: string
  thalassa: string
  vpsOrg: string
}

/** The simulators' credentials: each made once, so that connections made to them outlive a restart. */
export async function sandboxKeys(state: string): Promise<SandboxKeys> {
  const path = join(state, 'keys.json')
  const kept = await readFile(path, 'utf8').catch(() => null)
  const made: SandboxKeys = {
    contentFilterPassword: randomBytes(12).toString('base64url'),
    customdns: randomUUID(),
    powerdns: randomBytes(24).toString('base64url'),
    technitium: randomBytes(32).toString('hex'),
    technitiumPassword: randomBytes(24).toString('base64url'),
    thalassa: `tc_pat_${randomBytes(24).toString('base64url')}`,
    vpsOrg: `vps_${randomBytes(24).toString('base64url')}`,
  }
  // A state from before a server was added lacks its key.
  if (kept !== null) Object.assign(made, JSON.parse(kept))
  await mkdir(state, { recursive: true })
  await writeFile(path, JSON.stringify(made), { mode: 0o600 })
  return made
}
