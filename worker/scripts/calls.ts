/**
 * `pnpm calls`: each call of the upstream documents, the route of our API that drives it, and the test that proved it in
 * the last run of `pnpm test worker`. Runs those tests when there was no run yet.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { WORKER } from './paths.ts'
import { keepProofs, lastProofs, provenCalls } from './proven-calls.ts'
import { vitest } from './vitest-run.ts'

async function prove() {
  const folder = await mkdtemp(join(tmpdir(), 'zonedeck-calls-'))
  await vitest(WORKER, ['--project', 'worker', 'src/calls'], join(folder, 'calls.json'), keepProofs)
  await rm(folder, { recursive: true })
  return lastProofs()
}

const proofs = (await lastProofs()) ?? (await prove()) ?? []
const calls = provenCalls(proofs)

let provider = ''
for (const call of calls) {
  if (call.provider !== provider) console.log(`\n${(provider = call.provider)}`)
  const [proof] = call.proofs
  console.log(proof === undefined ? `  ${call.id} → NOT PROVEN` : `  ${call.id} → ${proof.route} → ${proof.test}`)
}
const proven = calls.filter((call) => call.proofs.length > 0).length
console.log(`\n${proven} of ${calls.length} documented calls proven`)
