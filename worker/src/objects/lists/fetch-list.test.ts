import type { ListCheck } from '@zonedeck/shared/content-filter'
import { parseBlockList } from '@zonedeck/shared/filter/block-list'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { policyFromEnv } from '../../providers/url-policy.ts'
import { fetchList } from './fetch-list.ts'
import { listAnswer } from './list-answer.ts'

const url = 'https://lists.example.com/ads.txt'
const hosts = '# Ads\n0.0.0.0 ads.test\n0.0.0.0 nodot\n\ntracker.test\n'
type Internet = (request: Request) => Response | Promise<Response>

/** Fetches a list from an internet that notes what it was asked. */
async function fetched(
  internet: Internet,
  { mayPrivate = false, ...more }: { url?: string; type?: 'regex'; wantText?: boolean; mayPrivate?: boolean } = {},
  vars: Parameters<typeof policyFromEnv>[0] = {},
) {
  const seen: Request[] = []
  const list = await fetchList(
    { url, ...more },
    {
      fetch: async (request) => {
        seen.push(request)
        return internet(request)
      },
      policy: policyFromEnv(vars, ['panel.example']),
      mayPrivate,
      budget: { left: 1000 },
    },
  )
  const answer = await listAnswer(list).json()
  return { ...list, answer, seen }
}

const names = ['ads.test', 'sub.ads.test', 'xn--bcher-kva.test', '_tcp.ads.test', 'a.b.c']
const line = fc
  .tuple(
    fc.constantFrom('', '0.0.0.0 ', '||', '# ', '@@', ' '),
    fc.constantFrom(...names),
    fc.constantFrom('', '^', '.', ' x'),
  )
  .map((parts) => parts.join(''))

const redirect = (to: string, status = 302) => new Response(null, { status, headers: { location: to } })

describe('a block list', () => {
  it('is counted as the app reads it, and told when it changed', async () => {
    const headers = { 'content-type': 'text/plain; charset=utf-8', 'last-modified': 'Sun, 22 Nov 2026 04:10:00 GMT' }
    const { check, text, seen } = await fetched(() => new Response(hosts, { headers }))
    expect(check).toEqual({
      url,
      ok: true,
      status: 200,
      contentType: 'text/plain',
      modifiedAt: '2026-11-22T04:10:00.000Z',
      bytes: hosts.length,
      lines: 3,
      entries: 2,
    })
    expect(text).toBeUndefined()
    expect([...(seen[0]?.headers.keys() ?? [])].toSorted()).toEqual(['accept', 'user-agent'])
  })

  it('of patterns has one on each line', async () => {
    const { check } = await fetched(() => new Response(hosts), { type: 'regex' })
    expect(check).toMatchObject({ ok: true, lines: 3, entries: 3 })
  })

  it('[S11] comes with what it names and nothing else, in whatever pieces it arrived', async () => {
    const text =
      '# secret.comment\nbücher.test\n"quoted".test\\\n😀.test\r\n0.0.0.0 ads.test # secret\n||more.test^\nkey=a.b\n\u0000.test\n' +
      `token.${'x'.repeat(64)}.test\n_dns.last.test.`
    const bytes = new TextEncoder().encode(text)
    const pieces = new ReadableStream<Uint8Array>({
      start(controller) {
        for (const byte of bytes) controller.enqueue(new Uint8Array([byte]))
        controller.close()
      },
    })
    const { answer } = await fetched(() => new Response(pieces), { wantText: true })
    expect(answer).toMatchObject({
      ok: true,
      text: 'bücher.test\nads.test\nmore.test\n_dns.last.test\n',
      bytes: bytes.length,
    })
  })

  it('[S11] of patterns comes without what is none', async () => {
    const text = `# c\n^ads[0-9]+\\.\n(^|\\.)x y$\nA sentence of somebody.\n${'x'.repeat(1001)}\n\\.test$\n`
    const { answer } = await fetched(() => new Response(text), { type: 'regex', wantText: true })
    expect(answer).toMatchObject({ text: '^ads[0-9]+\\.\n(^|\\.)x y$\n\\.test$\n', entries: 5 })
  })

  it.each([
    ['an error', () => new Response('10.0.0.1 is.secret\nsecret.test', { status: 500 })],
    ['a web page', () => new Response('<!doctype html>\nsecret.test')],
  ])('[S11] that is %s comes with nothing of it', async (_, internet) => {
    const { answer } = await fetched(internet, { wantText: true })
    expect(JSON.stringify(answer)).not.toContain('secret')
  })

  it('is read as one by the evaluator, though it was made smaller on the way', () =>
    fc.assert(
      fc.asyncProperty(fc.array(line, { maxLength: 30 }), async (lines) => {
        const text = lines.join('\n')
        const { answer } = await fetched(() => new Response(text), { wantText: true })
        const { text: sent = '' } = answer as ListCheck
        const [whole, small] = [parseBlockList(text, 'domain'), parseBlockList(sent, 'domain')]
        if (whole.type !== 'domain' || small.type !== 'domain') throw new Error('These are lists of names.')
        for (const asked of names) expect(small.names.find(asked)).toBe(whole.names.find(asked))
      }),
      { numRuns: 50 },
    ))

  it('keeps its query as it is written', async () => {
    const { seen } = await fetched(() => new Response(hosts), {
      url: 'https://lists.example.com/l.php?hosts&a=%20b&a=c',
    })
    expect(seen[0]?.url).toBe('https://lists.example.com/l.php?hosts&a=%20b&a=c')
  })

  it('may be on http, which asks for no credential', async () => {
    const { check } = await fetched(() => new Response(hosts), { url: 'http://lists.example.com/ads.txt' })
    expect(check.ok).toBe(true)
  })

  it.each([
    [404, 'There is no list at this address (any more): status 404.'],
    [403, 'It is not given to everyone: status 403.'],
    [503, 'Its server has trouble, or is asked too often: status 503.'],
    [304, 'Its server answers with status 304.'],
  ])('that is answered with status %i is none', async (status, trouble) => {
    const { check } = await fetched(() => new Response(status === 304 ? null : hosts, { status }))
    expect(check).toMatchObject({ ok: false, status, trouble })
    expect(check.entries).toBeUndefined()
  })

  it.each([
    ['<!doctype html><p>ads.test\nads.test', 'There is a web page at this address, and no list.'],
    ['', 'It is empty.'],
    ['# nothing\n\n', 'It is empty.'],
    ['localhost\n*.ads.test^\n', undefined],
    ['localhost\nnodot', 'None of its lines is one the app reads.'],
  ])('%j is one or says why not', async (text, trouble) => {
    const { check } = await fetched(() => new Response(text))
    expect(check).toMatchObject({ ok: trouble === undefined })
    expect(check.trouble).toBe(trouble)
  })
})

describe('redirects of a list', () => {
  it('are followed and told', async () => {
    const { check, seen } = await fetched((request) =>
      request.url === url ? redirect('/moved/ads.txt', 301) : new Response(hosts),
    )
    expect(check).toMatchObject({ url, ok: true, status: 200, movedTo: 'https://lists.example.com/moved/ads.txt' })
    expect(seen).toHaveLength(2)
  })

  it.each([
    ['http://169.254.169.254/latest/meta-data/', 'from https to something else'],
    ['https://169.254.169.254/latest/meta-data/', 'not on the public internet'],
    ['https://[::ffff:127.0.0.1]/', 'not on the public internet'],
    ['https://2130706433/', 'not on the public internet'],
    ['https://nas.home.arpa/list.txt', 'local network'],
    ['https://panel.example/api/v1/health', 'the panel itself'],
    ['https://lists.example.com:22/', 'Port 22 is not allowed'],
    ['https://user:word@lists.example.com/', 'must not hold a name or password'],
    ['file:///etc/passwd', 'from https to something else'],
    ['https://[', 'no address'],
  ])('to %s end there, and nothing is sent', async (to, trouble) => {
    const { check, seen } = await fetched(() => redirect(to), { mayPrivate: true })
    expect(check.ok).toBe(false)
    expect(check.trouble).toContain(trouble)
    expect(seen).toHaveLength(1)
  })

  it.each([
    ['http://192.168.1.5/list.txt', 'http://lists.example.com/ads.txt'],
    ['http://127.0.0.1:9000/list.txt', 'http://lists.example.com/ads.txt'],
    ['http://localhost:9000/list.txt', 'http://lists.example.com/ads.txt'],
  ])('[S6] to %s end there for all but owners, though the operator opened it', async (to, from) => {
    const vars = { PRIVATE_UPSTREAMS: '192.168.1.0/24', ALLOW_LOOPBACK_UPSTREAM: 'true' }
    const internet = (request: Request) => (request.url === from ? redirect(to) : new Response(hosts))
    const { check, seen } = await fetched(internet, { url: from }, vars)
    expect(check.trouble).toContain('fetched for owners of the panel only')
    expect(seen).toHaveLength(1)
    expect((await fetched(internet, { url: from, mayPrivate: true }, vars)).check).toMatchObject({
      ok: true,
      movedTo: to,
    })
  })

  it('[S6] to a private network that is not opened end there for everybody', async () => {
    const { check, seen } = await fetched(() => redirect('https://10.0.0.7/list.txt'), { mayPrivate: true })
    expect(check.trouble).toContain('not on the public internet')
    expect(seen).toHaveLength(1)
  })

  it('in a circle end', async () => {
    const { check, seen } = await fetched(() => redirect(url))
    expect(check).toMatchObject({ ok: false, trouble: 'It redirects more than 5 times.' })
    expect(seen).toHaveLength(6)
  })
})

describe('a hostile or broken server', () => {
  it.each(['http://192.168.1.1/list.txt', 'https://localhost/list.txt', 'https://metadata.google.internal/'])(
    'at %s is not asked',
    async (to) => {
      const { check, seen } = await fetched(() => new Response(hosts), { url: to })
      expect(check.trouble).toMatch(/^The panel does not fetch from there: /)
      expect((await fetched(() => new Response(hosts), { url: to, mayPrivate: true })).seen).toHaveLength(0)
      expect(check.status).toBeUndefined()
      expect(seen).toHaveLength(0)
    },
  )

  it('that sends without end is cut off, and nothing of it is kept', { timeout: 60_000 }, async () => {
    let sent = 0
    const line = new TextEncoder().encode('a.test\n'.repeat(150_000))
    const endless = () =>
      new Response(
        new ReadableStream<Uint8Array>({
          pull(controller) {
            sent += line.length
            controller.enqueue(line)
          },
        }),
      )
    const { check, text } = await fetched(endless, { wantText: true })
    expect(check).toMatchObject({ ok: false, trouble: 'The server’s answer is larger than 64 MiB. It was not read.' })
    expect(text).toBeUndefined()
    expect(sent).toBeLessThan(70 * 2 ** 20)
  })

  it('with a list too large for the browser is counted all the same', { timeout: 60_000 }, async () => {
    const large = 'a.test\n'.repeat(3_000_000)
    const { check, text } = await fetched(() => new Response(large), { wantText: true })
    expect(check).toMatchObject({ ok: true, entries: 3_000_000, bytes: large.length })
    expect(text).toBeUndefined()
  })

  it('that breaks off is asked again, and each attempt counts anew', async () => {
    let attempt = 0
    const { check } = await fetched(
      () => {
        attempt += 1
        if (attempt > 1) return new Response('b.test\n')
        const broken = new ReadableStream<Uint8Array>({
          pull(controller) {
            controller.enqueue(new TextEncoder().encode('a.test\na.test\n'))
            controller.error(new Error('reset'))
          },
        })
        return new Response(broken)
      },
      { wantText: true },
    )
    expect(check).toMatchObject({ ok: true, lines: 1, bytes: 7 })
  })

  it('that refuses the connection tells nothing of itself', async () => {
    const { check } = await fetched(() => Promise.reject(new Error('connect ECONNREFUSED 10.0.0.7:443 secret')))
    expect(check.trouble).toBe(
      'No connection to lists.example.com: it refused or broke it, or its name or certificate is wrong.',
    )
  })

  it('with one line of millions of letters, or millions without a dot, takes no longer than another', async () => {
    const { check } = await fetched(() => new Response('a'.repeat(8_000_000)))
    expect(check).toMatchObject({ ok: false, lines: 1, entries: 0 })
    const dotless = await fetched(() => new Response('aaaaaaa\n'.repeat(1_000_000)))
    expect(dotless.check).toMatchObject({ ok: false, lines: 1_000_000, entries: 0 })
  })
})
