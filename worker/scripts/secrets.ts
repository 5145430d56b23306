import { randomBytes } from 'node:crypto'
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** The secrets an instance cannot do without, all generated. Names are the worker's bindings. */
export function generateSecrets(): Record<string, string> {
  return {
    KEK_ACTIVE: '1',
    KEK_1: randomBytes(32).toString('base64'),
    PLAN_KEY: randomBytes(32).toString('base64'),
    PEPPER: randomBytes(32).toString('base64'),
    SETUP_TOKEN: randomBytes(32).toString('base64url'),
  }
}

/** The local instance's secrets, made once and kept in a file that only its owner reads. */
export async function localSecrets(state: string): Promise<Record<string, string>> {
  const path = join(state, 'secrets.json')
  await mkdir(state, { recursive: true, mode: 0o700 })
  try {
    return JSON.parse(await readFile(path, 'utf8')) as Record<string, string>
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
  const secrets = generateSecrets()
  await writeFile(path, JSON.stringify(secrets, null, 2), { mode: 0o600 })
  await chmod(path, 0o600)
  return secrets
}
