import { readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { CONFIG, WORKER } from './paths.ts'
import { capture } from './run.ts'

it('a dry run bundles the worker, names every step and changes nothing', { timeout: 300_000 }, async () => {
  const before = await readFile(CONFIG, 'utf8')
  const { status, stdout, stderr } = await capture('node', [`${WORKER}scripts/deploy.ts`, '--dry-run'])
  expect(stderr + stdout).toContain('Dry run: nothing was created, changed or deployed.')
  expect(status).toBe(0)
  for (const step of ['signed in', 'D1 database', 'migrations', 'KEK_1', 'bundle the worker', 'first sign-in']) {
    expect(stdout).toContain(step)
  }
  expect(stdout).not.toMatch(/setup#/)
  expect(await readFile(CONFIG, 'utf8')).toBe(before)
})
