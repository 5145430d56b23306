/** `pnpm check`: everything about the code that a tool can judge. Runs all steps, names the ones that fail. */
import { buildWeb } from './build.ts'
import { staleFiles } from './gen.ts'
import { SHARED, WEB, WORKER } from './paths.ts'
import { run } from './run.ts'
import { overBudget } from './size.ts'

const tool =
  (command: string, args: string[], cwd?: string): (() => Promise<boolean>) =>
  async () =>
    (await run(command, args, cwd === undefined ? {} : { cwd })) === 0

async function none(what: Promise<string[]>): Promise<boolean> {
  const complaints = await what
  for (const complaint of complaints) console.error(complaint)
  return complaints.length === 0
}

const steps: [string, () => Promise<boolean>][] = [
  ['format', tool('prettier', ['--check', '--log-level', 'warn', '.'])],
  ['types: shared', tool('tsc', ['-p', SHARED])],
  ['types: worker', tool('tsc', ['-p', WORKER])],
  ['types: the API for the web', tool('tsc', ['-p', `${WORKER}tsconfig.api.json`])],
  ['types: web, kit', tool('svelte-kit', ['sync'], WEB)],
  ['types: web', tool('svelte-check', ['--fail-on-warnings', '--output', 'human'], WEB)],
  ['lint', tool('eslint', ['--max-warnings', '0', '.'])],
  ['boundaries', tool('depcruise', ['--config', '.dependency-cruiser.cjs', 'web/src', 'worker', 'shared/src'])],
  ['dead code', tool('knip', [])],
  ['generated files', () => none(staleFiles())],
  ['size budgets', async () => (await buildWeb(), none(overBudget()))],
]

const failed: string[] = []
for (const [name, step] of steps) {
  const began = Date.now()
  const passed = await step()
  console.log(`${passed ? 'ok  ' : 'FAIL'} ${name} (${((Date.now() - began) / 1000).toFixed(1)} s)`)
  if (!passed) failed.push(name)
}
if (failed.length > 0) {
  console.error(`check failed: ${failed.join(', ')}`)
  process.exit(1)
}
console.log('check passed')
