import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { documentedCalls } from '../src/calls/documented.ts'
import { PROOFS } from './paths.ts'

/** One documented call, the route of ours that drives it, and the test that saw it in the last run. */
interface Proof {
  provider: string
  call: string
  route: string
  test: string
}

/** What a test runner reports of one test; `meta.calls` is what `src/calls/world.ts` noted. */
export interface ReportedTest {
  status: string
  fullName: string
  meta?: { calls?: { id: string; provider: string; route: string }[] }
}

/** Keeps what the tests of this run have proven; only those that passed count. */
export async function keepProofs(tests: readonly ReportedTest[]): Promise<void> {
  const proofs = tests
    .filter(({ status }) => status === 'passed')
    .flatMap(({ fullName, meta }) =>
      (meta?.calls ?? []).map(({ id, provider, route }): Proof => ({ provider, call: id, route, test: fullName })),
    )
  await mkdir(dirname(PROOFS), { recursive: true })
  await writeFile(PROOFS, JSON.stringify(proofs))
}

/** Of the last run, or null when there was none. */
export async function lastProofs(): Promise<Proof[] | null> {
  const text = await readFile(PROOFS, 'utf8').catch(() => null)
  return text === null ? null : (JSON.parse(text) as Proof[])
}

/** Every documented call with its proofs, in the order of the documents. */
export function provenCalls(proofs: readonly Proof[]) {
  return documentedCalls.map((call) => ({
    ...call,
    proofs: proofs.filter(({ provider, call: id }) => provider === call.provider && id === call.id),
  }))
}

/** Documented calls that no test of the last run drove. */
export function missingCalls(proofs: readonly Proof[]): string[] {
  return provenCalls(proofs)
    .filter(({ proofs: found }) => found.length === 0)
    .map(({ provider, id }) => `${provider}: ${id}`)
}
