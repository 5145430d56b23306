import { execFile, execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checkZone } from './check.ts'
import { corpus } from './corpus.ts'
import { printZone } from './print.ts'
import { readZoneFile } from './read.ts'

const run = promisify(execFile)

function isInstalled(): boolean {
  try {
    execFileSync('named-compilezone', ['-v'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

/** What `zone` prints; the first error instead where it prints nothing. */
function print(source: string | Uint8Array): { text: string; error: string | undefined } {
  const { records, errors } = readZoneFile(source, { origin: 'example.com' })
  const { errors: wrong, tree } = checkZone(records, 'example.com.')
  const error = [...errors, ...wrong][0]?.message
  return { text: error === undefined ? Array.from(printZone(tree)).join('') : '', error }
}

describe('the corpus', () => {
  it.each(corpus)('%s (accepted: %s)', (_, accepted, text) => {
    const { error } = print(text)
    if (accepted) expect(error).toBeUndefined()
    else expect(error).toMatch(/\S/)
  })
})

describe.skipIf(!isInstalled())('named-compilezone', () => {
  let folder = ''
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'zone-file-'))
    for (const [index, [, accepted, text]] of corpus.entries()) {
      await writeFile(join(folder, `${index}.in`), text)
      if (accepted) await writeFile(join(folder, `${index}.ours`), print(text).text)
    }
    // One shell for all of them: starting it from here each time takes longer than the work. BIND's taste in names is
    // not asked for.
    const compile = 'named-compilezone -q -i none -k ignore -n ignore'
    const script = `for i in *.in; do n=\${i%.in}
      ${compile} -s full -o $n.full example.com $i || continue
      ${compile} -s relative -o $n.relative example.com $i
      ${compile} -s full -o $n.back example.com $n.ours
    done; true`
    await run('sh', ['-c', script], { cwd: folder, maxBuffer: 1 << 26 })
  }, 120_000)
  afterAll(() => rm(folder, { recursive: true, force: true }))

  it.each(corpus.map((entry, index) => [...entry, index] as const))(
    'agrees on %s (accepted: %s)',
    async (_, accepted, text, index) => {
      const full = join(folder, `${index}.full`)
      expect(existsSync(full)).toBe(accepted)
      if (!accepted) return
      const ours = print(text).text
      for (const version of ['full', 'relative', 'back']) {
        expect(print(await readFile(join(folder, `${index}.${version}`))).text, version).toBe(ours)
      }
    },
  )
})
