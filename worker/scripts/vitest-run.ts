import { readFile } from 'node:fs/promises'
import type { ReportedTest } from './proven-calls.ts'
import { run } from './run.ts'

export interface Tally {
  passed: number
  failed: number
  skipped: string[]
}

interface VitestReport {
  testResults: { message: string; assertionResults: ReportedTest[] }[]
}

/** What a runner wrote down, or null when it did not get that far. */
export async function report<T>(path: string): Promise<T | null> {
  const text = await readFile(path, 'utf8').catch(() => null)
  return text === null ? null : (JSON.parse(text) as T)
}

/** Runs vitest in a workspace. `look` sees the report of every test. */
export async function vitest(
  cwd: string,
  args: string[],
  output: string,
  look?: (tests: readonly ReportedTest[]) => Promise<void>,
): Promise<Tally> {
  const status = await run(
    'vitest',
    ['run', ...args, '--reporter=default', '--reporter=json', `--outputFile.json=${output}`],
    { cwd },
  )
  const result = await report<VitestReport>(output)
  const tests = result?.testResults.flatMap((file) => file.assertionResults) ?? []
  await look?.(tests)
  const failed = tests.filter((test) => test.status === 'failed').length
  // A file that does not even load, an unhandled error or a run without a report has failed too.
  const broken =
    result?.testResults.filter((file) => file.assertionResults.length === 0 && file.message !== '').length ?? 0
  return {
    passed: tests.filter((test) => test.status === 'passed').length,
    failed: Math.max(failed + broken, status === 0 ? 0 : 1),
    skipped: tests.filter((test) => !['passed', 'failed'].includes(test.status)).map((test) => test.fullName),
  }
}
