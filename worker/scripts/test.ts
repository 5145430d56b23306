/**
 * `pnpm test`: unit, worker and browser tests, one after the other, and one summary line over all of them. Arguments
 * choose parts: `shared`, `providers`, `worker`, `web`, `e2e`. With `NO_SKIPS=1` a skipped test is a failure.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ensureBrowser } from './browser.ts'
import { buildAll } from './build.ts'
import { SHARED, WEB, WORKER } from './paths.ts'
import { keepProofs, lastProofs, missingCalls } from './proven-calls.ts'
import { run, toolEnv } from './run.ts'
import { report, vitest, type Tally } from './vitest-run.ts'

interface PlaywrightSuite {
  title: string
  suites?: PlaywrightSuite[]
  specs: { title: string; tests: { status: string; projectName: string }[] }[]
}

async function e2e(output: string): Promise<Tally> {
  const browser = await ensureBrowser()
  await buildAll()
  const status = await run('playwright', ['test', '--reporter=list,json'], {
    cwd: WEB,
    env: toolEnv({ ...(browser === null ? {} : { CHROMIUM: browser }), PLAYWRIGHT_JSON_OUTPUT_NAME: output }),
  })
  const result = await report<{ suites: PlaywrightSuite[] }>(output)
  const flat = (suite: PlaywrightSuite, trail: string[]): { name: string; status: string }[] => [
    ...suite.specs.flatMap((spec) =>
      spec.tests.map((test) => ({ name: [...trail, suite.title, spec.title].join(' › '), status: test.status })),
    ),
    ...(suite.suites ?? []).flatMap((inner) => flat(inner, [...trail, suite.title])),
  ]
  const tests = (result?.suites ?? []).flatMap((suite) => flat(suite, []))
  const failed = tests.filter((test) => test.status === 'unexpected' || test.status === 'flaky').length
  return {
    passed: tests.filter((test) => test.status === 'expected').length,
    failed: Math.max(failed, status === 0 && tests.length > 0 ? 0 : 1),
    skipped: tests.filter((test) => test.status === 'skipped').map((test) => test.name),
  }
}

const reports = await mkdtemp(join(tmpdir(), 'zonedeck-test-'))
const parts: Record<string, () => Promise<Tally>> = {
  shared: () => vitest(SHARED, [], join(reports, 'shared.json')),
  providers: () => vitest(WORKER, ['--project', 'providers'], join(reports, 'providers.json')),
  worker: () => vitest(WORKER, ['--project', 'worker'], join(reports, 'worker.json'), keepProofs),
  web: () => vitest(WEB, [], join(reports, 'web.json')),
  e2e: () => e2e(join(reports, 'e2e.json')),
}

const wanted = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(parts)
const total: Tally = { passed: 0, failed: 0, skipped: [] }
for (const name of wanted) {
  const part = parts[name]
  if (!part) throw new Error(`There is no part "${name}". Choose from ${Object.keys(parts).join(', ')}.`)
  console.log(`\n── ${name}`)
  const tally = await part()
  total.passed += tally.passed
  total.failed += tally.failed
  total.skipped.push(...tally.skipped)
}
await rm(reports, { recursive: true })

if (wanted.includes('worker')) {
  const missing = missingCalls((await lastProofs()) ?? [])
  for (const call of missing) console.log(`\nNo test drives a documented call: ${call}`)
  total.failed += missing.length
}

console.log('')
for (const name of total.skipped) console.log(`skipped: ${name}`)
const skipsFail = process.env['NO_SKIPS'] === '1' && total.skipped.length > 0
if (skipsFail) console.log('Nothing may be skipped here.')
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped.length} skipped`)
process.exit(total.failed > 0 || skipsFail ? 1 : 0)
