import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { capture } from './run.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'verdicts-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

async function verdicts(...texts: string[]) {
  const files = texts.map((_, index) => join(folder, `${index}.json`))
  await Promise.all(files.map((file, index) => writeFile(file, texts[index] ?? '')))
  const { status, stdout, stderr } = await capture('node', [join(import.meta.dirname, 'verdicts.ts'), ...files])
  return { status, lines: stdout.replaceAll(`${folder}/`, '').trimEnd().split('\n'), stderr }
}

function recording(filtered: boolean) {
  const config = { profiles: { p: { customRules: ['a.test'] } }, defaultProfile: 'p' }
  const answer = filtered ? { rcode: 'NXDOMAIN', records: [] } : { rcode: 'NOERROR' }
  const query = { name: 'a.test', type: 'A', client: { ip: '192.0.2.1' }, answer, filtered }
  return JSON.stringify({ title: 't', cases: [{ title: 'one', at: '2026-11-23T20:00:00Z', config, queries: [query] }] })
}

// Each case starts a process.
describe('verdicts', { timeout: 60_000 }, () => {
  it('prints what differs, a score a file and the sum', async () => {
    expect(await verdicts(recording(true), recording(false))).toEqual({
      status: 0,
      stderr: '',
      lines: [
        '0.json: 1 of 1 agree',
        'one · a.test A from 192.0.2.1',
        '  recorded: passes',
        '  ours:     NXDOMAIN [] (The rule “a.test” of profile “p” blocks it.)',
        '1.json: 0 of 1 agree',
        '1 of 2 verdicts agree',
      ],
    })
  })

  it('fails on what is no recording, and without files', async () => {
    const broken = await verdicts('{"title":1}')
    expect(broken.status).toBe(1)
    expect(broken.stderr).toContain('This is no recording of verdicts')
    expect((await verdicts()).status).toBe(1)
  })
})
