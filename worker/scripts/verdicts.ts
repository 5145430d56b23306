import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { parseVerdictRecording, type VerdictRecording } from '@zonedeck/shared/filter/recording'
import { replayCase } from '@zonedeck/shared/filter/verdicts'

/**
 * `verdicts <files…>`: recorded verdicts of the real Content Filter app against the panel's evaluator. Prints every
 * verdict that differs, with both answers and how ours came about, a score a file, and `N of M verdicts agree` last. The
 * exit status is 1 only when a file is unreadable.
 */
const files = process.argv.slice(2).filter((argument) => argument !== '--')

if (files.length === 0) {
  console.error('Name the recorded verdicts to compare: pnpm verdicts <files…>')
  process.exit(1)
}

const recordings: { file: string; recording: VerdictRecording }[] = []
for (const file of files) {
  try {
    // Paths are meant from where the command was typed, which pnpm tells.
    const text = await readFile(resolve(process.env['INIT_CWD'] ?? '.', file), 'utf8')
    recordings.push({ file, recording: parseVerdictRecording(text) })
  } catch (error) {
    console.error(`${file}: ${error instanceof Error ? error.message : String(error)}`)
    process.exit(1)
  }
}

let agree = 0
let of = 0
for (const { file, recording } of recordings) {
  const scores = recording.cases.map(replayCase)
  for (const { case: title, query, recorded, ours, because } of scores.flatMap((score) => score.disagreements)) {
    console.log(`${title}${query === '' ? '' : ` · ${query}`}`)
    console.log(`  recorded: ${recorded}`)
    console.log(`  ours:     ${ours}${because === '' ? '' : ` (${because})`}`)
  }
  const inFile = scores.reduce((sum, score) => ({ agree: sum.agree + score.agree, of: sum.of + score.of }), {
    agree: 0,
    of: 0,
  })
  console.log(`${file}: ${inFile.agree} of ${inFile.of} agree`)
  agree += inFile.agree
  of += inFile.of
}
console.log(`${agree} of ${of} verdicts agree`)
