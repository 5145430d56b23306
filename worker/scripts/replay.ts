import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { parseRecording, replay, type Recording } from '../src/providers/technitium/replay.ts'

/**
 * `replay <files…>`: recorded sessions of a real Technitium server against the simulator, all files in one run. Prints
 * every difference, a score a file, and `N of M answers agree` last. The exit status is 1 only when a file is unreadable.
 */
const files = process.argv.slice(2).filter((argument) => argument !== '--')
/** Of a line that shows a long value. */
const MAX_LINE = 2000

if (files.length === 0) {
  console.error('Name the recorded sessions to replay: pnpm replay <files…>')
  process.exit(1)
}

const recordings: Recording[] = []
for (const file of files) {
  try {
    recordings.push(parseRecording(await readFile(resolveFile(file), 'utf8')))
  } catch (error) {
    console.error(`${file}: ${error instanceof Error ? error.message : String(error)}`)
    process.exit(1)
  }
}

const scores = await replay(recordings)
for (const [index, score] of scores.entries()) {
  for (const difference of score.differences) {
    console.log(`${score.session} · ${difference.exchange}`)
    for (const line of difference.lines) {
      console.log(`  ${line.length > MAX_LINE ? `${line.slice(0, MAX_LINE)}…` : line}`)
    }
  }
  console.log(`${files[index]}: ${score.agree} of ${score.of} agree`)
}
const sum = (pick: (score: (typeof scores)[number]) => number) =>
  scores.reduce((total, score) => total + pick(score), 0)
console.log(`${sum(({ agree }) => agree)} of ${sum(({ of }) => of)} answers agree`)

/** Paths are meant from where the command was typed, which pnpm tells. */
function resolveFile(file: string): string {
  return resolve(process.env['INIT_CWD'] ?? '.', file)
}
