import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { capture } from './run.ts'

const HEAD = '@ 60 SOA ns1 host 1 2 3 4 5\n@ NS ns1\nns1 A 192.0.2.1\n'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'zone-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

async function zone(name: string, text: string, ...args: string[]) {
  const file = join(folder, name)
  await writeFile(file, text)
  const { status, stdout, stderr } = await capture('node', [join(import.meta.dirname, 'zone.ts'), file, ...args])
  return { status, stdout, stderr: stderr.replaceAll(file, name) }
}

const printed = [
  'example.com. 60 IN SOA ns1.example.com. host.example.com. 1 2 3 4 5',
  'example.com. 60 IN NS ns1.example.com.',
  'ns1.example.com. 60 IN A 192.0.2.1',
  '',
].join('\n')

// Each case starts a process or four.
describe('zone', { timeout: 60_000 }, () => {
  it('prints a zone by the origin given, by $ORIGIN, or by the name of the file', async () => {
    expect(await zone('x', HEAD, 'Example.com')).toEqual({ status: 0, stdout: printed, stderr: '' })
    expect(await zone('x', `$ORIGIN example.com.\n${HEAD}`)).toEqual({ status: 0, stdout: printed, stderr: '' })
    expect(await zone('db.example.com', HEAD)).toEqual({ status: 0, stdout: printed, stderr: '' })
    expect(await zone('example.com.zone', HEAD)).toEqual({ status: 0, stdout: printed, stderr: '' })
  })

  it('prints errors with line and column, zone-level ones included, and nothing else', async () => {
    const { status, stdout, stderr } = await zone('x', `${HEAD}a A 1.2.3\nb CNAME c\nb A 192.0.2.1\n`, 'example.com')
    expect(status).toBe(1)
    expect(stdout).toBe('')
    expect(stderr.split('\n').filter((line) => line !== '')).toEqual([
      expect.stringMatching(/^x:4:5: \S/),
      expect.stringMatching(/^x:6:1: b\.example\.com\. has a CNAME beside other data/),
    ])
  })

  it('warns on standard error of what is served otherwise than written', async () => {
    const text = `${HEAD}a 5 A 192.0.2.1\na 6 A 192.0.2.2\nb A 192.0.2.3 ;{"disabled":true}\n`
    const { status, stdout, stderr } = await zone('x', text, 'example.com')
    expect(status).toBe(0)
    expect(stdout).toContain('a.example.com. 5 IN A 192.0.2.2\n')
    expect(stdout).not.toContain('192.0.2.3')
    expect(stderr).toMatch(/x:5:1: warning: .*TTLs 5 and 6/)
    expect(stderr).toMatch(/x:6:1: warning: .*disabled/)
  })

  it('says what it cannot do', async () => {
    expect((await zone('x', '')).stderr).toBe('x:1:1: There is no SOA record.\n')
    expect(await zone('x', HEAD, 'a..b')).toMatchObject({ status: 1, stdout: '' })
    expect((await capture('node', [join(import.meta.dirname, 'zone.ts')])).stderr).toMatch(/^Usage: /)
  })
})
